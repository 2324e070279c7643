package webp

import "testing"

// TestStudioRange compares the tables with BT.601: the ends of the range, the middle, and values outside.
func TestStudioRange(t *testing.T) {
	for _, tt := range []struct {
		table      *[256]uint8
		from, want uint8
	}{
		{&fullLuma, 16, 0}, {&fullLuma, 235, 255}, {&fullLuma, 126, 128}, {&fullLuma, 0, 0}, {&fullLuma, 15, 0},
		{&fullLuma, 255, 255},
		{&fullChroma, 16, 0}, {&fullChroma, 128, 128}, {&fullChroma, 240, 255}, {&fullChroma, 72, 64},
		{&fullChroma, 184, 192},
		{&fullChroma, 0, 0}, {&fullChroma, 255, 255},
	} {
		if got := tt.table[tt.from]; got != tt.want {
			t.Errorf("%d becomes %d, want %d", tt.from, got, tt.want)
		}
	}
}
