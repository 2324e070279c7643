package fetch

import (
	"image"
	"net/http"

	"newsroom.example/cards/internal/photo"
	"newsroom.example/cards/internal/scene"
)

// photoFormat is the service's Format.
type photoFormat struct{}

func (photoFormat) Sniff(beginning []byte) (bool, error) { return photo.Sniff(beginning) }
func (photoFormat) Inspect(body []byte) (Info, error)    { return photo.Inspect(body) }

// onePixel returns a small PNG.
func onePixel() []byte { return scene.PNG(image.NewRGBA(image.Rect(0, 0, 4, 3))) }

// serves answers every request with the photo.
func serves(photo []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(photo) }
}
