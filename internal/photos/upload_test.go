package photos

import (
	"errors"
	"image"
	"image/color"
	"slices"
	"testing"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/scene"
)

// TestUploadsAreTried: a file that cannot be decoded, or that is cut short, is rejected.
func TestUploadsAreTried(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 640, 480))
	for i := range 640 * 480 {
		img.Set(i%640, i/640, color.RGBA{byte(i * 7), byte(i >> 8), byte(i * i), 255})
	}
	jpg, pic := scene.JPEG(img), scene.PNG(img)
	part := func(b []byte, percent int) []byte { return b[:len(b)*percent/100] }
	for why, tt := range map[string]struct {
		data []byte
		want error
	}{
		"JPEG": {jpg, nil}, "PNG": {pic, nil}, "most of a JPEG": {part(jpg, 90), fault.ErrSourceIncomplete},
		"all but the end": {jpg[:len(jpg)-2], nil}, "a video behind it": {append(slices.Clip(jpg), make([]byte, 9000)...), nil},
		"little of a JPEG": {part(jpg, 10), fault.ErrSourceIncomplete}, "half a PNG": {part(pic, 50), fault.ErrSourceIncomplete},
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
