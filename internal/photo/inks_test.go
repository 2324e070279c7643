package photo

import (
	"testing"

	"newsroom.example/cards/internal/icc/icctest"
)

// flatJPEG returns a JPEG of one block per component, each of one value. It has Adobe's marker if transform is not
// negative. Coefficients are multiples of 8, so that the values are exact.
func flatJPEG(transform int, values ...uint8) []byte {
	out := []byte{0xff, markerSOI}
	if transform >= 0 {
		out = append(out, 0xff, 0xee, 0, 14)
		out = append(append(out, "Adobe\x00\x64\x00\x00\x00\x00"...), byte(transform))
	}
	out = append(out, 0xff, 0xdb, 0, 67, 0)
	for range 64 {
		out = append(out, 8)
	}
	out = append(out, frame(markerSOF0, 8, 8, byte(len(values)))[2:]...)
	// Nine codes of four bits.
	out = append(out, 0xff, markerDHT, 0, 19+9, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	out = append(out, 0, 1, 2, 3, 4, 5, 6, 7, 8)
	// End of block: one bit, 0.
	out = append(out, 0xff, markerDHT, 0, 19+1, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	out = append(out, 0xff, markerSOS, 0, byte(6+2*len(values)), byte(len(values)))
	for c := range values {
		out = append(out, byte(c+1), 0)
	}
	out = append(out, 0, 63, 0)
	bits := ""
	for _, v := range values {
		bits += difference(int(v) - 128)
	}
	for len(bits)%8 != 0 {
		bits += "1"
	}
	for i := 0; i < len(bits); i += 8 {
		b := byte(0)
		for _, bit := range bits[i : i+8] {
			b = b<<1 | byte(bit-'0')
		}
		if out = append(out, b); b == 0xff {
			out = append(out, 0)
		}
	}
	return append(out, 0xff, markerEOI)
}

// difference returns the code of a DC coefficient and the end of its block.
func difference(v int) (bits string) {
	size, magnitude := 0, max(v, -v)
	for ; magnitude>>size != 0; size++ {
	}
	if v < 0 {
		v += 1<<size - 1
	}
	digits := func(v, n int) (s string) {
		for i := n - 1; i >= 0; i-- {
			s += string(rune('0' + v>>i&1))
		}
		return s
	}
	return digits(size, 4) + digits(v, size) + "0"
}

// TestInks: in Adobe's files inks are inverted, 255 for none. In YCCK, three of them are converted to YCbCr.
func TestInks(t *testing.T) {
	for _, tt := range []struct {
		why  string
		data []byte
		want [3]uint8
	}{
		{"paper", flatJPEG(0, 255, 255, 255, 255), [3]uint8{255, 255, 255}},
		{"cyan", flatJPEG(0, 0, 255, 255, 255), [3]uint8{0, 255, 255}},
		{"black", flatJPEG(0, 255, 255, 255, 0), [3]uint8{0, 0, 0}},
		{"half yellow", flatJPEG(0, 255, 255, 128, 255), [3]uint8{255, 255, 128}},
		{"YCCK, paper", flatJPEG(2, 0, 128, 128, 255), [3]uint8{255, 255, 255}},
		{"YCCK, red", flatJPEG(2, 179, 171, 1, 255), [3]uint8{255, 0, 0}},
		{"YCCK, half black", flatJPEG(2, 0, 128, 128, 128), [3]uint8{128, 128, 128}},
		{"grey", flatJPEG(-1, 77), [3]uint8{77, 77, 77}},
	} {
		r, g, b, _ := decoded(t, tt.data).At(3, 3).RGBA()
		got := [3]uint8{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8)}
		for i := range got {
			if !near(got[i], tt.want[i]) {
				t.Errorf("%s: %v, want %v", tt.why, got, tt.want)
				break
			}
		}
	}
}

// TestInksByProfile: with a profile, its table determines the colours, not (1-C)(1-K).
func TestInksByProfile(t *testing.T) {
	for kind := range icctest.PressKinds {
		at := func(values ...uint8) [3]uint8 {
			r, g, b, _ := decoded(t, withICC(flatJPEG(0, values...), icctest.Press(kind), 9999)).At(3, 3).RGBA()
			return [3]uint8{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8)}
		}
		if paper := at(255, 255, 255, 255); paper[0] < 240 || paper[1] < 240 || paper[2] < 240 {
			t.Errorf("kind %d: paper is %v", kind, paper)
		}
		if black := at(255, 255, 255, 0); black[0] < 20 || black[0] > 40 { // the black of a press has an L* of 10
			t.Errorf("kind %d: black is %v", kind, black)
		}
	}
}

func near(a, b uint8) bool { return max(a, b)-min(a, b) <= 1 }
