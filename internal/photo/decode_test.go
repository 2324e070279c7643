package photo

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"newsroom.example/cards/internal/exif"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/scene"
)

// marked returns a picture whose corners show its orientation: red at the top left, green at the top right, blue at
// the bottom left, white at the bottom right.
func marked(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{255, 255, 255, 255}
			switch {
			case y < h/2 && x < w/2:
				c = color.RGBA{255, 0, 0, 255}
			case y < h/2:
				c = color.RGBA{0, 255, 0, 255}
			case x < w/2:
				c = color.RGBA{0, 0, 255, 255}
			}
			m.Set(x, y, c)
		}
	}
	return m
}

// withExif inserts an EXIF segment with the orientation into a JPEG.
func withExif(data []byte, orientation uint16, order binary.ByteOrder) []byte {
	tiff := []byte("II*\x00\x08\x00\x00\x00")
	if order == binary.BigEndian {
		tiff = []byte("MM\x00*\x00\x00\x00\x08")
	}
	entry := make([]byte, 2+12+4)
	order.PutUint16(entry, 1)
	order.PutUint16(entry[2:], 0x0112)
	order.PutUint16(entry[4:], 3)
	order.PutUint32(entry[6:], 1)
	order.PutUint16(entry[10:], orientation)
	body := append([]byte("Exif\x00\x00"), append(tiff, entry...)...)
	segment := []byte{0xff, markerAPP1, byte((len(body) + 2) >> 8), byte(len(body) + 2)}
	return append(append(append([]byte{}, data[:2]...), append(segment, body...)...), data[2:]...)
}

// corners returns the first letters of the colours at the corners, from the top left, row by row.
func corners(m image.Image) string {
	b := m.Bounds()
	name := func(x, y int) byte {
		r, g, bl, _ := m.At(x, y).RGBA()
		switch {
		case r > 0xc000 && g > 0xc000 && bl > 0xc000:
			return 'w'
		case r > g && r > bl:
			return 'r'
		case g > bl:
			return 'g'
		}
		return 'b'
	}
	l, r, top, foot := b.Min.X+b.Dx()/4, b.Min.X+3*b.Dx()/4, b.Min.Y+b.Dy()/4, b.Min.Y+3*b.Dy()/4
	return string([]byte{name(l, top), name(r, top), name(l, foot), name(r, foot)})
}

func decoded(t testing.TB, data []byte) image.Image {
	t.Helper()
	var got image.Image
	opened(t, data, func(p *Photo) { got = pixels(t, p) })
	return got
}

// pixels returns a copy of the photo at its full size.
func pixels(t testing.TB, p *Photo) image.Image {
	t.Helper()
	img, at, err := p.Pixels(image.Rectangle{Max: p.Size()}, p.Size())
	if err != nil {
		t.Fatal(err)
	}
	if at.Size() != p.Size() || !at.In(img.Bounds()) {
		t.Fatalf("%v of %v for %v", at, img.Bounds(), p.Size())
	}
	out := image.NewRGBA(image.Rectangle{Max: at.Size()})
	draw.Draw(out, out.Rect, img, at.Min, draw.Src)
	return out
}

func TestOrientations(t *testing.T) {
	for o, want := range map[uint16]string{
		0: "rgbw", 1: "rgbw", 2: "grwb", 3: "wbgr", 4: "bwrg", 5: "rbgw", 6: "brwg", 7: "wgbr", 8: "gwrb", 9: "rgbw",
	} {
		for _, size := range []image.Point{{64, 32}, {61, 33}} {
			for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
				data := withExif(scene.JPEG(marked(size.X, size.Y)), o, order)
				info, err := Inspect(data)
				if err != nil {
					t.Fatal(err)
				}
				m := decoded(t, data)
				upright := image.Pt(info.Width, info.Height)
				got := corners(m)
				if got != want || m.Bounds().Size() != upright || (upright.X < upright.Y) != (o >= 5 && o <= 8) {
					t.Errorf("orientation %d at %v: %s, %v; want %s, %+v", o, size, got, m.Bounds(), want, info)
				}
			}
		}
	}
}

// TestOrientationOfPNG: the orientation of a PNG is in its chunk eXIf.
func TestOrientationOfPNG(t *testing.T) {
	tiff := scanJPEG(withExif(scene.JPEG(marked(8, 8)), 6, binary.BigEndian)).exif
	data := withChunk(scene.PNG(marked(60, 30)), "eXIf", tiff)
	info, err := Inspect(data)
	if err != nil || info.Width != 30 || info.Height != 60 {
		t.Fatalf("%+v, %v", info, err)
	}
	if got := corners(decoded(t, data)); got != "brwg" {
		t.Errorf("%s", got)
	}
	for why, chunk := range map[string][]byte{"plain": tiff, "with JPEG's name": append([]byte("Exif\x00\x00"), tiff...)} {
		file := append([]byte("RIFF\x00\x00\x00\x00WEBPEXIF"), byte(len(chunk)), 0, 0, 0)
		if o := exif.Orientation(exifOf(append(file, chunk...), "webp")); o != 6 {
			t.Errorf("WebP, %s: %d", why, o)
		}
	}
}

func TestFormats(t *testing.T) {
	src := marked(40, 20)
	into := func(dst draw.Image) image.Image {
		draw.Draw(dst, dst.Bounds(), src, image.Point{}, draw.Src)
		return dst
	}
	clear := image.NewNRGBA(src.Rect)
	draw.Draw(clear, image.Rect(0, 0, 20, 10), src, image.Point{}, draw.Src)
	palette := color.Palette{
		color.White, color.RGBA{255, 0, 0, 255}, color.RGBA{0, 255, 0, 255}, color.RGBA{0, 0, 255, 255},
	}
	var two bytes.Buffer
	second := image.NewPaletted(src.Rect, palette)
	first := into(image.NewPaletted(src.Rect, palette)).(*image.Paletted)
	if err := gif.EncodeAll(&two, &gif.GIF{Image: []*image.Paletted{first, second}, Delay: []int{1, 1}}); err != nil {
		t.Fatal(err)
	}
	for why, tt := range map[string]struct {
		data []byte
		want string
	}{
		"JPEG": {scene.JPEG(src), "rgbw"}, "PNG": {scene.PNG(src), "rgbw"},
		"16 bits": {scene.PNG(into(image.NewRGBA64(src.Rect))), "rgbw"},
		"palette": {scene.PNG(first), "rgbw"}, "alpha, over white": {scene.PNG(clear), "rwww"},
		"GIF, the first of two": {two.Bytes(), "rgbw"},
		"grey":                  {scene.JPEG(into(image.NewGray(src.Rect))), ""},
		"grey, 16 bits":         {scene.PNG(into(image.NewGray16(src.Rect))), ""},
	} {
		m := decoded(t, tt.data)
		if got := corners(m); tt.want != "" && got != tt.want {
			t.Errorf("%s: %s, want %s", why, got, tt.want)
		}
		if o, ok := m.(interface{ Opaque() bool }); ok && !o.Opaque() {
			t.Errorf("%s can be seen through", why)
		}
	}
}

// Markers that only files of tests are made of.
const (
	markerSOF0 = 0xc0
	markerSOF2 = 0xc2
	markerDHT  = 0xc4
)

// frame returns the start of a JPEG and its frame header, with the given size and n components.
func frame(marker byte, w, h int, n byte) []byte {
	out := []byte{0xff, markerSOI, 0xff, marker, 0, 8 + 3*n, 8, byte(h >> 8), byte(h), byte(w >> 8), byte(w), n}
	for c := range n {
		out = append(out, c+1, 0x11, 0)
	}
	return out
}

// scans appends n headers of scans of the first component.
func scans(data []byte, n int) []byte {
	for range n {
		data = append(data, 0xff, markerSOS, 0, 8, 1, 1, 0, 1, 63, 0, 0x55)
	}
	return append(data, 0xff, markerEOI)
}

func TestBombs(t *testing.T) {
	for why, tt := range map[string]struct {
		data []byte
		want error
	}{
		"PNG of 30,000 a side":            {scene.PNGHead(30_000, 30_000), fault.ErrImageTooLarge},
		"PNG of 60 megapixels":            {scene.PNGHead(10_000, 6_000), fault.ErrImageTooLarge},
		"PNG of no width":                 {scene.PNGHead(0, 10), ErrInvalid},
		"GIF of 13 bytes":                 {[]byte("GIF89a\xb9\xfd\x61\x6c\x00\x00\x00"), fault.ErrImageTooLarge},
		"JPEG of 65,535 a side":           {scans(frame(markerSOF0, 65_535, 65_535, 3), 1), fault.ErrImageTooLarge},
		"progressive, 500 scans":          {scans(frame(markerSOF2, 7000, 7000, 1), 500), fault.ErrImageTooLarge},
		"baseline, 200 scans":             {scans(frame(markerSOF0, 2000, 2000, 1), 200), fault.ErrImageTooLarge},
		"few scans of many pixels":        {scans(frame(markerSOF2, 7000, 7000, 1), 30), fault.ErrImageTooLarge},
		"49 megapixels in 50 bytes":       {scans(frame(markerSOF2, 7000, 7000, 3), 3), ErrInvalid},
		"the same, cut short":             {scans(frame(markerSOF2, 7000, 7000, 3), 3)[:40], fault.ErrSourceIncomplete},
		"nothing":                         {nil, ErrUnsupported},
		"BMP":                             {[]byte("BM\x00\x00\x00\x00"), ErrUnsupported},
		"TIFF":                            {[]byte("II*\x00\x08\x00\x00\x00"), ErrUnsupported},
		"SVG":                             {[]byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), ErrUnsupported},
		"PDF":                             {[]byte("%PDF-1.7"), ErrUnsupported},
		"HEIC":                            {[]byte("\x00\x00\x00\x18ftypheic"), ErrUnsupported},
		"the first bytes of a JPEG alone": {[]byte("\xff\xd8\xff"), fault.ErrSourceIncomplete},
		"a script behind JPEG's magic":    {[]byte("\xff\xd8\xff<script>alert(1)</script>"), ErrInvalid},
		"half a PNG header":               {scene.PNGHead(10, 10)[:20], fault.ErrSourceIncomplete},
	} {
		if _, err := Inspect(tt.data); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", why, err, tt.want)
		}
	}
}

func TestBrokenPixels(t *testing.T) {
	whole := scene.JPEG(scene.Noise(320, 200))
	d := NewDecoder(DefaultDecodeBytes)
	fine := func(*Photo) error { return nil }
	cut := func(part float64) []byte { return whole[:int(part*float64(len(whole)))] }
	if err := d.Decode(t.Context(), cut(.9), color.White, func(p *Photo) error {
		if h := p.Size().Y; h < 160 || h > 184 || p.Size().X != 320 || pixels(t, p).Bounds().Size() != p.Size() {
			t.Errorf("nine tenths of a photo: %v", p.Size())
		}
		return nil
	}); err != nil {
		t.Errorf("nine tenths of a photo: %v", err)
	}
	for why, tt := range map[string]struct {
		data []byte
		want error
	}{
		"a tenth of a photo":               {cut(.1), fault.ErrSourceIncomplete},
		"a GIF whose first frame is empty": {[]byte("GIF87a00 \x00\x8000000000,0  \x000\x00\x00\x000\x02\x00"), ErrInvalid},
		"a PNG without pixels":             {append(scene.PNGHead(10, 10), scene.PNGChunk("IEND", nil)...), ErrInvalid},
	} {
		if err := d.Decode(t.Context(), tt.data, color.White, fine); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", why, err, tt.want)
		}
	}
	canceled := func(*Photo) error { return context.Canceled }
	if err := d.Decode(t.Context(), whole, color.White, canceled); !errors.Is(err, context.Canceled) {
		t.Errorf("what use returns: %v", err)
	}
}

func TestMemoryIsAdmittedByBytes(t *testing.T) {
	all := func(p *Photo) error {
		_, _, err := p.Pixels(image.Rectangle{Max: p.Size()}, p.Size())
		return err
	}
	whole := scene.PNG(marked(200, 100))
	for kind, data := range map[string][]byte{
		"decoded whole": scene.GIF(), "decoded in parts": scene.JPEG(marked(200, 100)), "in rows": whole,
	} {
		if err := NewDecoder(100).Decode(t.Context(), data, color.White, all); !errors.Is(err, fault.ErrImageTooLarge) {
			t.Errorf("%s, more than there is: %v", kind, err)
		}
		info, err := Inspect(whole)
		if err != nil {
			t.Fatal(err)
		}
		d := NewDecoder(info.DecodeBytes)
		err = d.Decode(t.Context(), data, color.White, func(p *Photo) error {
			if err := all(p); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
			defer cancel()
			return d.Decode(ctx, whole, color.White, func(p *Photo) error { return cmp.Or(all(p), errors.New("a second was admitted")) })
		})
		if !errors.Is(err, fault.ErrPhotoOverloaded) {
			t.Errorf("%s, two at once: %v", kind, err)
		}
		if err := d.Decode(t.Context(), data, color.White, all); err != nil {
			t.Errorf("%s, after it was given back: %v", kind, err)
		}
	}
}

// FuzzInspect opens any file. What the gate lets through takes no more memory than it says, and every error is one of a
// photo. A decoded photo has the size that the header states, and no part can be seen through.
func FuzzInspect(f *testing.F) {
	for _, file := range scene.Files() {
		f.Add(file)
		f.Add(file[:len(file)*2/3])
	}
	for _, glob := range []string{"kinds/*.jpg", "png/*.png", "webp/*.webp"} {
		paths, err := filepath.Glob("testdata/" + glob)
		if err != nil || len(paths) == 0 {
			f.Fatalf("%s: no files, %v", glob, err)
		}
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
			f.Add(data[:len(data)*9/10])
		}
	}
	f.Add(scene.JPEG(marked(8, 8)))
	f.Add(withExif(scene.JPEG(marked(8, 8)), 6, binary.BigEndian))
	f.Add(scene.PNGHead(9, 9))
	f.Add([]byte("RIFF\x00\x00\x00\x00WEBPVP8L"))
	f.Fuzz(func(t *testing.T, data []byte) {
		info, err := Inspect(data)
		if err != nil && !fault.KindOf(err).OfPhoto() {
			t.Fatalf("no kind: %v", err)
		}
		if err != nil {
			return
		}
		if info.Width <= 0 || info.Height <= 0 || info.Orientation < 1 || info.Orientation > 8 ||
			info.DecodeBytes > DefaultDecodeBytes {
			t.Fatalf("%+v", info)
		}
		if info.DecodeBytes >= 1<<22 {
			return
		}
		err = NewDecoder(DefaultDecodeBytes).Decode(t.Context(), data, color.White, func(p *Photo) error {
			if size := p.Size(); size.X > info.Width || size.Y > info.Height || size.X < 1 || size.Y < 1 {
				t.Errorf("%v of %dx%d", size, info.Width, info.Height)
			}
			img, at, err := p.Pixels(image.Rectangle{Max: p.Size()}, p.Size())
			if err != nil {
				return err
			}
			if !at.In(img.Bounds()) {
				t.Errorf("%v of %v", at, img.Bounds())
			}
			if _, _, _, a := img.At(at.Min.X, at.Min.Y).RGBA(); a != 0xffff {
				t.Errorf("it can be seen through: %d", a)
			}
			_, err = p.Focus(image.Pt(60, 30))
			return err
		})
		if err != nil && !fault.KindOf(err).OfPhoto() {
			t.Fatalf("no kind: %v", err)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	data := scene.JPEG(scene.Noise(1200, 800))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		decoded(b, data)
	}
}

func ExampleInspect() {
	var out bytes.Buffer
	_ = png.Encode(&out, image.NewGray(image.Rect(0, 0, 30, 20)))
	info, err := Inspect(out.Bytes())
	fmt.Println(info.Format, info.Width, info.Height, err)
	// Output: png 30 20 <nil>
}
