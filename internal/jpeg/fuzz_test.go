package jpeg

import (
	"bytes"
	"errors"
	"image"
	stdjpeg "image/jpeg"
	"testing"

	"cards/internal/scene"
)

// FuzzDecode: whatever the bytes, nothing panics, and what is decoded at full size is what
// image/jpeg decodes, where it decodes the file too.
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

// withRestarts gives a file a restart interval that no restart marker keeps.
func withRestarts(data []byte) []byte {
	at := bytes.Index(data, []byte{0xff, markSOS})
	return append(append(append([]byte{}, data[:at]...), 0xff, markDRI, 0, 4, 0, 2), data[at:]...)
}

// FuzzEncode: what is encoded can be decoded, and is as near to the picture as image/jpeg's.
func FuzzEncode(f *testing.F) {
	f.Add(bytes.Repeat([]byte{1, 200, 30, 90}, 40), uint8(9), uint8(80))
	f.Add(scene.Photo(30, 30, 50, 1).Pix, uint8(30), uint8(1))
	f.Add(scene.Photo(40, 20, 0, 1).Pix, uint8(40), uint8(100))
	var e Encoder
	f.Fuzz(func(t *testing.T, pix []byte, width, q uint8) {
		w, quality := int(width)+1, int(q)%100+1
		h := min(len(pix)/4/w, 200)
		if h == 0 {
			return
		}
		m := &image.RGBA{Pix: bytes.Clone(pix[:4*w*h]), Stride: 4 * w, Rect: image.Rect(0, 0, w, h)}
		for i := 3; i < len(m.Pix); i += 4 {
			m.Pix[i] = 255
		}
		data, err := e.Encode(m, Options{Quality: quality, Least: 1, MaxBytes: 0})
		if err != nil {
			t.Fatal(err)
		}
		ours, theirs := psnr(t, data, m), psnr(t, encoded(t, m, quality), m)
		if ours < min(theirs-2, 40) {
			t.Fatalf("quality %d of %v: %.2f dB, image/jpeg %.2f", quality, m.Rect, ours, theirs)
		}
		if p, err := Open(data); err != nil {
			t.Fatal(err)
		} else if p.Size() != m.Rect.Size() {
			t.Fatalf("%v of %v", p.Size(), m.Rect)
		}
	})
}
