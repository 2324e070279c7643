package photo

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"testing"
)

// grayRows is a JPEG of side by side pixels without subsampling, of which the first rows are
// there. Both are multiples of 16. Its codes take 24 bytes a block where it was cut off.
func grayRows(t testing.TB, side, rows int) []byte {
	t.Helper()
	data := jpegOf(t, image.NewRGBA(image.Rect(0, 0, 16, 16)))
	sof, sos := bytes.Index(data, []byte{0xff, markerSOF0}), bytes.Index(data, []byte{0xff, markerSOS})
	binary.BigEndian.PutUint16(data[sof+5:], uint16(side))
	binary.BigEndian.PutUint16(data[sof+7:], uint16(side))
	data[sof+11] = 0x11
	data[sos+8], data[sos+10] = 0, 0 // chroma has the codes of luma
	data = data[:sos+2+int(binary.BigEndian.Uint16(data[sos+2:]))]
	flat := []byte{0b00_1010_00, 0b1010_00_10, 0b10_00_1010} // four blocks (T.81, K.3)
	return append(data, bytes.Repeat(flat, 3*side*rows/64/4)...)
}

// TestCutOff: a photo is used as far as it goes, however large, when that is most of it.
func TestCutOff(t *testing.T) {
	for _, tt := range []struct{ side, there, want int }{{4672, 2848, 2848}, {640, 384, 384}, {640, 368, 0}} {
		got := 0
		err := NewDecoder(DefaultDecodeBytes).Decode(t.Context(), grayRows(t, tt.side, tt.there), color.White, func(p *Photo) error {
			got = p.Size().Y
			return nil
		})
		if got != tt.want || (err == nil) != (tt.want > 0) {
			t.Errorf("%d of %d rows: %d, %v", tt.there, tt.side, got, err)
		}
	}
}

// TestCutOffCosts: two pictures are held to compare.
func TestCutOffCosts(t *testing.T) {
	cut := grayRows(t, 640, 480)
	whole := append(grayRows(t, 640, 640), 0xff, markerEOI)
	for name, tt := range map[string]struct {
		data []byte
		want int64
	}{"whole": {whole, 4}, "cut off": {cut, 7}} {
		info, err := Inspect(tt.data)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.DecodeBytes / (640 * 640); got != tt.want {
			t.Errorf("%s: %d bytes a pixel, want %d", name, got, tt.want)
		}
	}
}
