package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"os"
	"slices"
	"testing"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/scene"
)

// damaged returns the photo of the data, and the share of pixels that differ visibly from those of the original.
func damaged(t *testing.T, data []byte, original image.Image) (cut bool, changed float64, err error) {
	t.Helper()
	if cut, err = opensCut(t, data); err != nil {
		return cut, 0, err
	}
	m := decoded(t, data)
	n, size := 0, m.Bounds().Size()
	for y := range size.Y {
		for x := range size.X {
			a, b := color.GrayModel.Convert(m.At(x, y)).(color.Gray), color.GrayModel.Convert(original.At(x, y)).(color.Gray)
			if max(a.Y, b.Y)-min(a.Y, b.Y) > 40 {
				n++
			}
		}
	}
	return cut, float64(n) / float64(size.X*size.Y), nil
}

// insert returns the data with more bytes at an offset, in place of some.
func insert(data []byte, at, drop int, more ...byte) []byte {
	return slices.Concat(data[:at], more, data[at+drop:])
}

// restartAt returns the offset of the restart marker number n, from 0.
func restartAt(t *testing.T, data []byte, n int) int {
	t.Helper()
	at := bytes.Index(data, []byte{0xff, markerSOS})
	for ; n >= 0; n-- {
		for at++; data[at] != 0xff || data[at+1] < 0xd0 || data[at+1] > 0xd7; at++ {
		}
	}
	return at
}

// TestDamagedJPEGs: a file with a fault is shown if most of it can be decoded, and a part of the picture is missing only
// where it says so.
func TestDamagedJPEGs(t *testing.T) {
	whole := scene.JPEG(scene.Photo(320, 240, 6, 8))
	rows, err := scene.WithRestarts(scene.Photo(320, 240, 6, 8), "")
	if err != nil {
		t.Fatal(err)
	}
	progressive, err := os.ReadFile("testdata/kinds/progressive.jpg")
	if err != nil {
		t.Fatal(err)
	}
	sos := bytes.Index(whole, []byte{0xff, markerSOS})
	sof := bytes.Index(whole, []byte{0xff, markerSOF0})
	half := sos + (len(whole)-sos)/2
	for ; whole[half] == 0xff || whole[half-1] == 0xff || whole[half]^0x10 == 0xff; half++ {
	}
	flipped := bytes.Clone(whole)
	flipped[half] ^= 0x10
	third := restartAt(t, rows, 3)
	noTables := bytes.Clone(whole)
	for {
		at := bytes.Index(noTables, []byte{0xff, markerDHT})
		if at < 0 {
			break
		}
		noTables = insert(noTables, at, 2+int(binary.BigEndian.Uint16(noTables[at+2:])))
	}
	for why, tt := range map[string]struct {
		data    []byte
		of      []byte
		changed float64 // at most
		cut     bool
	}{
		"a wrong byte in the middle":        {flipped, whole, .5, false},
		"a byte that looks like a marker":   {insert(whole, half, 2, 0xff, 0x3a), whole, .5, false},
		"junk between markers":              {insert(whole, sof, 0, 1, 2, 3, 0xff, 0, 7), whole, 0, false},
		"fill bytes before a marker":        {insert(whole, sos, 0, 0xff, 0xff, 0xff), whole, 0, false},
		"no Huffman tables":                 {noTables, whole, 0, false},
		"a restart marker with a wrong one": {insert(rows, third+1, 1, 0xd0|(rows[third+1]+4)&7), rows, 0, false},
		"a restart marker twice":            {insert(rows, third, 0, 0xff, rows[third+1]), rows, .07, true},
		"a restart marker is missing":       {insert(rows, third, 2), rows, .15, true},
		"junk before a restart marker":      {insert(rows, third, 0, 1, 2, 3), rows, 0, false},
		"an interval is missing":            {insert(rows, third, restartAt(t, rows, 4)-third), rows, .07, true},
		"progressive, a wrong byte in it":   {insert(progressive, len(progressive)-60, 1, 0x55), progressive, .05, false},
		"a second frame header behind it":   {insert(whole, len(whole)-2, 0, 0xff, 0xc0, 0, 4, 8, 8), whole, 0, false},
	} {
		cut, changed, err := damaged(t, tt.data, decoded(t, tt.of))
		if err != nil || cut != tt.cut || changed > tt.changed {
			t.Errorf("%s: cut %t, %.3f changed, %v", why, cut, changed, err)
		}
	}
	gone := insert(whole, half, len(whole)-2-half)
	if _, err := opensCut(t, gone); !errors.Is(err, ErrInvalid) {
		t.Errorf("half is missing before the end: %v", err)
	}
}

// TestCutShort: the last bytes of a file are missing. What exists is shown, and is incomplete.
func TestCutShort(t *testing.T) {
	for _, kind := range []string{"progressive", "arithmetic", "arithmetic-progressive", "ycck-2x2", "rgb", "sampling-1x4-progressive"} {
		data, err := os.ReadFile("testdata/kinds/" + kind + ".jpg")
		if err != nil {
			t.Fatal(err)
		}
		original := decoded(t, data)
		for _, share := range []int{99, 90} {
			cut, changed, err := damaged(t, data[:len(data)*share/100], original)
			if err != nil || !cut || changed > .1 {
				t.Errorf("%d %% of %s: cut %t, %.3f changed, %v", share, kind, cut, changed, err)
			}
		}
		if cut, err := opensCut(t, data[:len(data)-2]); err != nil || cut {
			t.Errorf("%s without its end marker: cut %t, %v", kind, cut, err)
		}
		if cut, err := opensCut(t, data[:len(data)*35/100]); !cut && !errors.Is(err, fault.ErrSourceIncomplete) {
			t.Errorf("a third of %s: cut %t, %v", kind, cut, err)
		}
	}
}

// TestNamedRefusals: valid JPEGs of kinds that are not decoded are named, with what to do.
func TestNamedRefusals(t *testing.T) {
	whole := scene.JPEG(marked(32, 32))
	sof := bytes.Index(whole, []byte{0xff, markerSOF0})
	kind := func(marker byte) []byte { return insert(whole, sof+1, 1, marker) }
	for why, tt := range map[string]struct {
		data []byte
		want string
	}{
		"lossless":             {kind(0xc3), "the photo is a lossless JPEG: save it as a baseline JPEG, or as PNG"},
		"lossless, arithmetic": {kind(0xcb), "the photo is a lossless JPEG: save it as a baseline JPEG, or as PNG"},
		"differential":         {kind(0xc5), "the photo is a hierarchical JPEG: save it as a baseline JPEG"},
		"hierarchical":         {insert(whole, sof, 0, 0xff, 0xde, 0, 8, 8, 0, 9, 0, 9, 0), "the photo is a hierarchical JPEG: save it as a baseline JPEG"},
		"JPEG-LS":              {kind(0xf7), "the photo is a JPEG-LS file: save it as a baseline JPEG"},
		"12 bits":              {insert(whole, sof+4, 1, 12), "the photo is a JPEG of more than 8 bits a channel: save it with 8 bits"},
	} {
		_, inspected := Inspect(tt.data)
		done, sniffed := Sniff(tt.data)
		for _, err := range []error{inspected, sniffed} {
			if !errors.Is(err, ErrUnsupported) || fault.MessageOf(err) != tt.want {
				t.Errorf("%s: %q, %v", why, fault.MessageOf(err), err)
			}
		}
		if !done {
			t.Errorf("%s: more of it is wanted", why)
		}
	}
}

// TestLimitsAreNamed: a refusal says which limit a photo exceeds, and by what.
func TestLimitsAreNamed(t *testing.T) {
	for want, data := range map[string][]byte{
		"the photo has 60 megapixels; at most 50 are taken":                          scene.PNGHead(10_000, 6_000),
		"the photo is 30000 pixels wide and 20 high; at most 16384 a side are taken": scene.PNGHead(30_000, 20),
		"the photo has 49 megapixels in 30 scans; at most 20 scans of that size are taken: save it as a baseline JPEG": scans(
			frame(markerSOF2, 7000, 7000, 1), 30),
		"the photo has 50.2 megapixels; at most 50 are taken": scans(frame(markerSOF0, 7170, 7001, 3), 1),
	} {
		if _, err := Inspect(data); fault.KindOf(err) != fault.ImageTooLarge || fault.MessageOf(err) != want {
			t.Errorf("%q, want %q", fault.MessageOf(err), want)
		}
	}
}

// flatProgressive returns a progressive JPEG of one colour without subsampling: scans of DC values and of ends of
// bands, as small as they can be.
func flatProgressive(w, h int) []byte {
	out := []byte{0xff, markerSOI, 0xff, 0xdb, 0, 67, 0}
	out = append(out, bytes.Repeat([]byte{8}, 64)...)
	out = append(out, frame(markerSOF2, w, h, 3)[2:]...)
	// One code of one bit each: no difference, and an end of one block.
	for class := range byte(2) {
		out = append(out, 0xff, markerDHT, 0, 20, class<<4, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	}
	blocks := (w + 7) / 8 * ((h + 7) / 8)
	out = append(out, 0xff, markerSOS, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 0, 0)
	out = append(out, make([]byte, (3*blocks+7)/8)...)
	for c := range byte(3) {
		out = append(out, 0xff, markerSOS, 0, 8, 1, c+1, 0, 1, 63, 0)
		out = append(out, make([]byte, (blocks+7)/8)...)
	}
	return append(out, 0xff, markerEOI)
}

// TestLargeProgressive: a progressive file of a camera of 24 megapixels is taken, and so is one of 49: it is decoded at
// a size that fits.
func TestLargeProgressive(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a quarter of a gigabyte")
	}
	for _, size := range []image.Point{{6000, 4000}, {7000, 7000}} {
		data := flatProgressive(size.X, size.Y)
		opened(t, data, func(p *Photo) {
			img, at, err := p.Pixels(image.Rectangle{Max: size}, size)
			if err != nil || p.Size() != size || at.Dx() < size.X/2 || p.view.bytes > DefaultDecodeBytes {
				t.Fatalf("%v: %v of %v, %d bytes, %v", size, at, p.Size(), p.view.bytes, err)
			}
			if got := color.GrayModel.Convert(img.At(at.Max.X-1, at.Max.Y-1)); got != (color.Gray{128}) {
				t.Errorf("%v: %v", size, got)
			}
		})
	}
}

// TestLiesTakeNothing: a file that claims far more pixels than its bytes can have is refused by its header.
func TestLiesTakeNothing(t *testing.T) {
	for why, data := range map[string][]byte{
		"sequential":  append(frame(markerSOF0, 8000, 6000, 3), scans(nil, 1)...),
		"progressive": append(frame(markerSOF2, 8000, 6000, 3), scans(nil, 3)...),
	} {
		for _, whole := range []bool{true, false} {
			lie := append(data[:len(data)-2:len(data)-2], make([]byte, 900)...)
			if whole {
				lie = append(lie, 0xff, markerEOI)
			}
			var err error
			n := allocated(func() {
				err = NewDecoder(DefaultDecodeBytes).Decode(t.Context(), lie, color.White, func(*Photo) error { return nil })
			})
			if kind := fault.KindOf(err); n > 64<<10 || whole && kind != fault.ImageInvalid || !whole && kind != fault.SourceIncomplete {
				t.Errorf("%s, whole %t: %v after %d bytes", why, whole, err, n)
			}
		}
	}
}
