package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"testing"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/scene"
)

// grayRows returns a truncated JPEG of side by side pixels without subsampling, with only the first rows. Both are
// multiples of 16. Its codes have 24 bytes per block where it ends.
func grayRows(t testing.TB, side, rows int) []byte {
	t.Helper()
	data := scene.JPEG(image.NewRGBA(image.Rect(0, 0, 16, 16)))
	sof, sos := bytes.Index(data, []byte{0xff, markerSOF0}), bytes.Index(data, []byte{0xff, markerSOS})
	binary.BigEndian.PutUint16(data[sof+5:], uint16(side))
	binary.BigEndian.PutUint16(data[sof+7:], uint16(side))
	data[sof+11] = 0x11
	data[sos+8], data[sos+10] = 0, 0 // chroma uses the codes of luma
	data = data[:sos+2+int(binary.BigEndian.Uint16(data[sos+2:]))]
	flat := []byte{0b00_1010_00, 0b1010_00_10, 0b10_00_1010} // four blocks (T.81, K.3)
	return append(data, bytes.Repeat(flat, 3*side*rows/64/4)...)
}

// TestCutOff: the existing rows of a truncated photo of any size are shown if they are most of it.
func TestCutOff(t *testing.T) {
	for _, tt := range []struct{ side, there, want int }{{4672, 2848, 2848}, {640, 384, 384}, {640, 368, 0}} {
		got := 0
		d, data := NewDecoder(DefaultDecodeBytes), grayRows(t, tt.side, tt.there)
		err := d.Decode(t.Context(), data, color.White, func(p *Photo) error {
			got = p.Size().Y
			return nil
		})
		if got != tt.want || (err == nil) != (tt.want > 0) {
			t.Errorf("%d of %d rows: %d, %v", tt.there, tt.side, got, err)
		}
	}
}

// TestCutOffCosts: a file that is cut short takes no more memory than a complete one.
func TestCutOffCosts(t *testing.T) {
	for name, data := range map[string][]byte{
		"whole": append(grayRows(t, 640, 640), 0xff, markerEOI), "cut off": grayRows(t, 640, 480),
	} {
		info, err := Inspect(data)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.DecodeBytes / (640 * 640); got != 3 {
			t.Errorf("%s: %d bytes a pixel", name, got)
		}
	}
}

// scansOf returns a grey JPEG of 16 by 16 pixels without an end marker: the header with the given frame marker, and
// scans.
func scansOf(t testing.TB, frame byte, scans ...[]byte) []byte {
	t.Helper()
	data := scene.JPEG(image.NewRGBA(image.Rect(0, 0, 16, 16)))
	sof, sos := bytes.Index(data, []byte{0xff, markerSOF0}), bytes.Index(data, []byte{0xff, markerSOS})
	data[sof+1] = frame
	return append(data[:sos:sos], bytes.Join(scans, nil)...)
}

// TestCutBetweenScans: a file of several scans that ends exactly after one of them is cut short, although it decodes
// without an error: detail or colour is missing. It is shown if it has all colours, and detail of brightness.
func TestCutBetweenScans(t *testing.T) {
	const all, y, cb, cr = "\x03\x01\x00\x02\x11\x03\x11", "\x01\x01\x00", "\x01\x02\x11", "\x01\x03\x11"
	scan := func(components, coefficients, data string) []byte {
		return append([]byte{0xff, markerSOS, 0, byte(5 + len(components))}, components+coefficients+"\x00"+data...)
	}
	for name, tt := range map[string]struct {
		frame byte
		scans [][]byte
	}{
		"progressive": {markerSOF2, [][]byte{
			scan(all, "\x00\x00", "\x00\x0f"), scan(y, "\x01\x3f", "\xaa\xaa"), scan(cb, "\x01\x3f", "\x3f"),
			scan(cr, "\x01\x3f", "\x3f"),
		}},
		"one scan a component": {markerSOF0, [][]byte{
			scan(y, "\x00\x3f", "\x28\xa2\x8a"), scan(cb, "\x00\x3f", "\x0f"), scan(cr, "\x00\x3f", "\x0f"),
		}},
	} {
		whole := append(scansOf(t, tt.frame, tt.scans...), 0xff, markerEOI)
		if cut, err := opensCut(t, whole); cut || err != nil {
			t.Errorf("%s, whole: cut %t, %v", name, cut, err)
		}
		for n := 1; n < len(tt.scans); n++ {
			cut, err := opensCut(t, scansOf(t, tt.frame, tt.scans[:n]...))
			shown := name == "progressive" && n > 1
			if shown && (err != nil || !cut) || !shown && !errors.Is(err, fault.ErrSourceIncomplete) {
				t.Errorf("%s, after scan %d: cut %t, %v", name, n, cut, err)
			}
		}
	}
}
