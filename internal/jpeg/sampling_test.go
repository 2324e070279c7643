package jpeg

import "testing"

func TestSamples(t *testing.T) {
	for want, ratio := range ratios {
		if h, v := Samples(ratio); h != want[0] || v != want[1] {
			t.Errorf("%v: %d by %d, want %v", ratio, h, v, want)
		}
	}
}
