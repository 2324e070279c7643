package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"os"
	"testing"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/scene"
)

// gifOf returns a GIF of a frame on a canvas. The rows are interlaced if it is said so; then they are stored in the order
// of the passes.
func gifOf(t *testing.T, frame image.Rectangle, canvas image.Point, interlaced bool) []byte {
	t.Helper()
	m := image.NewPaletted(frame, color.Palette{color.Black, color.White, color.RGBA{200, 0, 0, 255}, color.RGBA{0, 0, 200, 255}})
	draw.FloydSteinberg.Draw(m, frame, scene.Photo(frame.Dx(), frame.Dy(), 40, 6), image.Point{})
	if interlaced {
		rows := bytes.Clone(m.Pix)
		to := 0
		for _, pass := range gifPasses {
			for y := pass[0]; y < frame.Dy(); y += pass[1] {
				copy(m.Pix[to:], rows[y*m.Stride:(y+1)*m.Stride])
				to += m.Stride
			}
		}
	}
	var out bytes.Buffer
	g := gif.GIF{Image: []*image.Paletted{m}, Delay: []int{0}, Config: image.Config{Width: canvas.X, Height: canvas.Y, ColorModel: m.Palette}}
	if err := gif.EncodeAll(&out, &g); err != nil {
		t.Fatal(err)
	}
	data := out.Bytes()
	if descriptor, _ := firstFrame(data); interlaced {
		descriptor[9] |= 0x40
	}
	return data
}

// TestGIFsCutShort: the rows of a GIF that exist are shown; of an interlaced one all rows, the missing ones as those
// above them.
func TestGIFsCutShort(t *testing.T) {
	for why, tt := range map[string]struct {
		frame      image.Rectangle
		interlaced bool
	}{
		"in rows": {image.Rect(0, 0, 150, 120), false}, "on a canvas": {image.Rect(10, 12, 130, 112), false},
		"interlaced": {image.Rect(0, 0, 150, 120), true}, "interlaced, on a canvas": {image.Rect(10, 12, 130, 112), true},
	} {
		data := gifOf(t, tt.frame, image.Pt(150, 120), tt.interlaced)
		want := decoded(t, data)
		for _, share := range []int{99, 80} {
			part := data[:len(data)*share/100]
			cut, err := opensCut(t, part)
			if err != nil || !cut {
				t.Errorf("%s, %d %%: cut %t, %v", why, share, cut, err)
				continue
			}
			got := decoded(t, part)
			d := apart(t, got, got.Bounds(), want, got.Bounds())
			if h := got.Bounds().Dy(); tt.interlaced && (h != 120 || d == 0 || d > 30) || !tt.interlaced && (d != 0 || h < share-20 || h == 120) {
				t.Errorf("%s, %d %%: %d rows, %.2f apart", why, share, h, d)
			}
		}
		if _, err := opensCut(t, data[:len(data)/2]); !errors.Is(err, fault.ErrSourceIncomplete) {
			t.Errorf("half, %s: %v", why, err)
		}
	}
}

// TestWebPsCutShort: the rows of a WebP that exist are shown.
func TestWebPsCutShort(t *testing.T) {
	for _, kind := range []string{"lossy", "lossless", "alpha", "animated"} {
		data, err := os.ReadFile("testdata/webp/" + kind + ".webp")
		if err != nil {
			t.Fatal(err)
		}
		if kind == "animated" { // the end of the first frame
			at := bytes.Index(data, []byte("VP8 "))
			data = data[:at+8+int(binary.LittleEndian.Uint32(data[at+4:]))]
		}
		want := decoded(t, data)
		for _, share := range []int{99, 91} {
			part := data[:len(data)*share/100]
			cut, err := opensCut(t, part)
			if err != nil || !cut {
				t.Errorf("%s, %d %%: cut %t, %v", kind, share, cut, err)
				continue
			}
			got := decoded(t, part)
			if h := got.Bounds().Dy(); h < 88*6/10 || h >= 88 && share < 90 {
				t.Errorf("%s, %d %%: %d rows", kind, share, h)
			}
			if d := apart(t, got, got.Bounds(), want, got.Bounds()); d > 0.1 {
				t.Errorf("%s, %d %%: %.2f apart", kind, share, d)
			}
		}
		if _, err := opensCut(t, data[:len(data)*45/100]); !errors.Is(err, fault.ErrSourceIncomplete) {
			t.Errorf("less than half, %s: %v", kind, err)
		}
	}
}

// TestFewBytesForManyPixels: files that claim far more pixels than their bytes can have are refused by their header.
func TestFewBytesForManyPixels(t *testing.T) {
	pixels := append(scene.PNGHead(8000, 6000), scene.PNGChunk("IDAT", make([]byte, 900))...)
	bitmap := gifOf(t, image.Rect(0, 0, 20, 20), image.Pt(20, 20), false)
	bitmap[6], bitmap[7], bitmap[8], bitmap[9] = 0x10, 0x27, 0xa0, 0x0f // 10,000 by 4,000
	webp, err := os.ReadFile("testdata/webp/lossy.webp")
	if err != nil {
		t.Fatal(err)
	}
	for why, data := range map[string][]byte{"PNG": pixels, "GIF": bitmap[:len(bitmap)-4], "WebP": webp[:500]} {
		n := allocated(func() { _, err = Inspect(data) })
		if fault.KindOf(err) != fault.SourceIncomplete || n > 200<<10 {
			t.Errorf("%s: %v after %d bytes", why, err, n)
		}
	}
	if _, err := Inspect(append(pixels, scene.PNGChunk("IEND", nil)...)); fault.KindOf(err) != fault.ImageInvalid {
		t.Errorf("PNG with an end: %v", err)
	}
}
