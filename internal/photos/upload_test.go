package photos

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/photo"
)

// TestUploadsAreTried: a file that cannot be decoded, or that is cut short, is rejected.
func TestUploadsAreTried(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 640, 480))
	for i := range 640 * 480 {
		img.Set(i%640, i/640, color.RGBA{byte(i * 7), byte(i >> 8), byte(i * i), 255})
	}
	var jpg, pic bytes.Buffer
	if err := errors.Join(jpeg.Encode(&jpg, img, nil), png.Encode(&pic, img)); err != nil {
		t.Fatal(err)
	}
	part := func(b []byte, percent int) []byte { return b[:len(b)*percent/100] }
	for why, tt := range map[string]struct {
		data []byte
		want error
	}{
		"JPEG": {jpg.Bytes(), nil}, "PNG": {pic.Bytes(), nil}, "most of a JPEG": {part(jpg.Bytes(), 90), fault.ErrSourceIncomplete},
		"all but the end": {jpg.Bytes()[:jpg.Len()-2], nil}, "a video behind it": {append(jpg.Bytes()[:jpg.Len():jpg.Len()], make([]byte, 9000)...), nil},
		"little of a JPEG": {part(jpg.Bytes(), 10), fault.ErrSourceIncomplete}, "half a PNG": {part(pic.Bytes(), 50), fault.ErrSourceIncomplete},
		"text": {[]byte("no photo"), photo.ErrUnsupported},
	} {
		kept := newMemory()
		l := New(Config{Blobs: kept, Decoder: photo.NewDecoder(photo.DefaultDecodeBytes)})
		_, err := l.Upload(t.Context(), tt.data)
		if !errors.Is(err, tt.want) || (len(kept.blobs) == 1) != (tt.want == nil) {
			t.Errorf("%s: %v, kept %d", why, err, len(kept.blobs))
		}
	}
}
