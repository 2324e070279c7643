package jpeg

import (
	"bytes"
	"errors"
	"image"
	stdjpeg "image/jpeg"
	"math"
	"os"
	"path/filepath"
	"testing"

	"newsroom.example/cards/internal/scene"
)

// FuzzDecode: no input causes a panic. A picture decoded at full size equals that of image/jpeg, if that decodes
// the file too.
func FuzzDecode(f *testing.F) {
	for i, size := range []image.Point{{8, 8}, {17, 9}, {40, 33}} {
		f.Add(encoded(f, scene.Photo(size.X, size.Y, 20*i, 3), 60+15*i), uint8(1), uint8(2), uint8(9), uint8(9))
	}
	grey := image.NewGray(image.Rect(0, 0, 19, 23))
	copy(grey.Pix, "a few bytes of brightness that are not all the same")
	f.Add(encoded(f, grey, 90), uint8(0), uint8(0), uint8(255), uint8(255))
	restarts := withRestarts(encoded(f, scene.Photo(48, 32, 9, 1), 80))
	f.Add(restarts, uint8(0), uint8(0), uint8(1), uint8(1))
	var d Decoder
	var fast, plain scanner
	f.Fuzz(func(t *testing.T, data []byte, x, y, w, h uint8) {
		p, err := Open(data)
		if err != nil {
			if !errors.Is(err, ErrForeign) {
				t.Fatal(err)
			}
			return
		}
		size := p.Size()
		if size.X*size.Y > 1<<16 {
			return
		}
		sameScan(t, p, &fast, &plain)
		part := image.Rect(int(x), int(y), int(x)+int(w)+1, int(y)+int(h)+1)
		for shrink := range 4 {
			r := part.Intersect(image.Rectangle{Max: p.Scaled(shrink)})
			if img, err := d.Decode(p, r, shrink); err == nil && !r.In(img.Bounds()) {
				t.Fatalf("%v does not hold %v", img.Bounds(), r)
			} else if err != nil && !errors.Is(err, ErrForeign) {
				t.Fatal(err)
			}
		}
		want, wantErr := stdjpeg.Decode(bytes.NewReader(data))
		got, err := d.Decode(p, image.Rectangle{Max: size}, 0)
		if err == nil && wantErr == nil && bytes.Count(data, []byte{0xff, markSOS}) == 1 {
			if diff := same(got, want, image.Rectangle{Max: size}); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

// FuzzPair: for any input and any start of the second goroutine, two goroutines decode like one.
func FuzzPair(f *testing.F) {
	for i, size := range []image.Point{{60, 80}, {17, 90}, {120, 33}} {
		f.Add(encoded(f, scene.Photo(size.X, size.Y, 20*i, 3), 60+15*i), uint16(100+i), uint8(i), uint8(9))
	}
	f.Fuzz(func(t *testing.T, data []byte, mark uint16, shrink, above uint8) {
		p, err := Open(data)
		if err != nil || p.restart > 0 || p.width*p.height > 1<<16 {
			return
		}
		shrink &= 3
		if at := int(mark); at > 0 && at < len(p.scan) && p.scan[at-1] != 0xff {
			region := image.Rectangle{Max: p.Scaled(int(shrink))}
			region.Min.Y = min(int(above), region.Max.Y-1)
			samePair(t, p, region, int(shrink), at)
		}
	})
}

// withRestarts adds a restart interval to a file without restart markers.
func withRestarts(data []byte) []byte {
	at := bytes.Index(data, []byte{0xff, markSOS})
	return append(append(append([]byte{}, data[:at]...), 0xff, markDRI, 0, 4, 0, 2), data[at:]...)
}

// FuzzEncode: an encoded picture can be decoded, and no plane differs from the picture by more than the
// quantisation explains: half a step for each coefficient, and one sample for the rounding. Two goroutines make the
// same file.
func FuzzEncode(f *testing.F) {
	f.Add(bytes.Repeat([]byte{1, 200, 30, 90}, 40), uint8(9), uint8(80))
	f.Add(scene.Photo(30, 30, 50, 1).Pix, uint8(30), uint8(1))
	f.Add(scene.Photo(40, 20, 0, 1).Pix, uint8(40), uint8(100))
	var e, other Encoder
	f.Fuzz(func(t *testing.T, pix []byte, width, q uint8) {
		if len(pix) < 4 {
			return
		}
		m, quality := image.NewRGBA(image.Rect(0, 0, 16+16*int(width%5), 32)), int(q)%100+1
		for i := range m.Pix {
			m.Pix[i] = pix[i%(len(pix)&^3)]
		}
		data, err := e.Encode(m, Options{Quality: quality, Least: 1})
		if err != nil {
			t.Fatal(err)
		}
		if two, err := other.Encode(m, Options{Quality: quality, Least: 1, Cores: 2}); err != nil || !bytes.Equal(data, two) {
			t.Fatalf("two cores make %d bytes, %v; one %d", len(two), err, len(data))
		}
		img, err := stdjpeg.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		got := img.(*image.YCbCr)
		y, cb, cr := planesOf(m)
		for _, plane := range []struct {
			name   string
			got    []uint8
			stride int
			want   []float64
			width  int
			table  *[64]uint8
		}{
			{"Y", got.Y, got.YStride, y, m.Rect.Dx(), &quantLuma},
			{"Cb", got.Cb, got.CStride, cb, m.Rect.Dx() / 2, &quantChroma}, {"Cr", got.Cr, got.CStride, cr, m.Rect.Dx() / 2, &quantChroma},
		} {
			off, allowed := 0.0, 0.0
			for i, want := range plane.want {
				d := float64(plane.got[i/plane.width*plane.stride+i%plane.width]) - want
				off += d * d / float64(len(plane.want))
			}
			for _, step := range newQuantiser(plane.table, quality).steps {
				allowed += float64(step) * float64(step) / 4 / 64
			}
			if math.Sqrt(off) > math.Sqrt(allowed)+1 {
				t.Fatalf("quality %d of %v: %s is %.2f off, %.2f explained", quality, m.Rect, plane.name, math.Sqrt(off), math.Sqrt(allowed))
			}
		}
	})
}

// planesOf converts a picture to YCbCr (ITU-T T.871), with the chroma of the mean of four pixels.
func planesOf(m *image.RGBA) (y, cb, cr []float64) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	y, cb, cr = make([]float64, w*h), make([]float64, w*h/4), make([]float64, w*h/4)
	for i := range y {
		r, g, b := float64(m.Pix[4*i]), float64(m.Pix[4*i+1]), float64(m.Pix[4*i+2])
		y[i] = 0.299*r + 0.587*g + 0.114*b
		at := i/w/2*(w/2) + i%w/2
		cb[at] += (128 - 0.168736*r - 0.331264*g + 0.5*b) / 4
		cr[at] += (128 + 0.5*r - 0.418688*g - 0.081312*b) / 4
	}
	return y, cb, cr
}

// FuzzFile: no input causes a panic, and a picture has the size of its header. A crew reads what one scan after the
// other gives. A file that can be decoded in parts gives
// the same samples in both ways.
func FuzzFile(f *testing.F) {
	for i, size := range []image.Point{{8, 8}, {17, 9}, {40, 33}} {
		f.Add(encoded(f, scene.Photo(size.X, size.Y, 20*i, 3), 60+15*i), uint8(i))
	}
	f.Add(withRestarts(encoded(f, scene.Photo(48, 32, 9, 1), 80)), uint8(0))
	paths, err := filepath.Glob("testdata/seeds/*.jpg")
	if err != nil || len(paths) < 8 {
		f.Fatalf("%d files, %v", len(paths), err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, uint8(0))
		f.Add(data[:len(data)*3/4], uint8(1))
	}
	f.Fuzz(func(t *testing.T, data []byte, shrink uint8) {
		file, err := OpenFile(data)
		if err != nil {
			if !errors.Is(err, ErrForeign) {
				t.Fatal(err)
			}
			return
		}
		size := file.Size()
		if size.X*size.Y > 1<<15 || bytes.Count(data, []byte{0xff, markSOS}) > 12 {
			return
		}
		shrink &= 3
		sameReading(t, file, int(shrink))
		var d Decoder
		c, err := NewReading(file, int(shrink)).Run(&d)
		if err != nil {
			if !errors.Is(err, ErrForeign) {
				t.Fatal(err)
			}
			return
		}
		got, found := d.Picture(c, image.Rectangle{Max: file.Scaled(int(shrink))}, int(shrink)), c.Found
		if b := got.Bounds(); b != (image.Rectangle{Max: file.Scaled(int(shrink))}) {
			t.Fatalf("%v of %v at 1/%d", b, size, 1<<shrink)
		}
		if found.Rows < 0 || found.Rows > size.Y || found.Lost < 0 || found.Lost > 1000 {
			t.Fatalf("%+v of %v", found, size)
		}
		for y := range got.Bounds().Dy() {
			for x := range got.Bounds().Dx() {
				got.At(x, y)
			}
		}
		p, err := Open(data)
		if err != nil {
			return
		}
		if m, err := new(Decoder).Decode(p, got.Bounds(), int(shrink)); err == nil && bytes.Count(data, []byte{0xff, markSOS}) == 1 {
			if diff := same(got, m, got.Bounds()); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}
