package photo

import (
	"testing"

	"newsroom.example/cards/internal/fault"
)

// TestScansAreNotHidden: markers that the decoder takes for data, since they cannot be behind a scan, do not hide the
// scans that follow them from the gate.
func TestScansAreNotHidden(t *testing.T) {
	for _, hides := range [][]byte{
		{}, {0xff, 0x02, 0, 0}, {0xff, 0x02, 0xff, 0xff}, {0xff, 0xf8, 0, 1}, {0xff, 0xc5, 0xff, 0xff}, {0xff, 0xde, 1, 0},
	} {
		data := scans(frame(markerSOF2, 7000, 7000, 1), 1)
		data = append(data[:len(data)-2], hides...) // without its end
		if _, err := Inspect(scans(data, 500)); fault.KindOf(err) != fault.ImageTooLarge {
			t.Errorf("% x: %v", hides, err)
		}
	}
}
