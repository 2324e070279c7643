package photos

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"testing"

	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/scene"
)

// TestShowSmall: the photo comes at the width that is asked for, and never larger than it is.
func TestShowSmall(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 900, 600))
	for i := range 900 * 600 {
		img.Set(i%900, i/900, color.RGBA{byte(i % 900 / 4), byte(i / 900 / 3), 90, 255})
	}
	l := New(Config{Blobs: newMemory(), Decoder: photo.NewDecoder(photo.DefaultDecodeBytes)})
	id, err := l.Add(t.Context(), scene.JPEG(img))
	if err != nil {
		t.Fatal(err)
	}
	for width, want := range map[int]image.Point{300: {300, 200}, 900: {900, 600}, 2000: {900, 600}, 100: {100, 67}} {
		data, kind, err := l.ShowSmall(t.Context(), id, width)
		if err != nil || kind != "image/jpeg" {
			t.Errorf("%d: %s %v", width, kind, err)
			continue
		}
		shown, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil || shown.Bounds().Size() != want {
			t.Errorf("%d: %v %v", width, shown.Bounds(), err)
			continue
		}
		r, _, _, _ := shown.At(want.X-3, want.Y/2).RGBA() // the right edge is the reddest
		if r>>8 < 200 {
			t.Errorf("%d: the right edge has %d", width, r>>8)
		}
	}
	if _, _, err := l.ShowSmall(t.Context(), "upload:0123456789abcdef0123456789abcdef", 300); err == nil {
		t.Error("a photo that is not there is shown")
	}
}
