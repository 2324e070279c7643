package render

import (
	"image"

	"newsroom.example/cards/internal/photo/focus"
)

// Photo is the photo of a card. Size is called first, to decide the crop, and then Pixels for no
// more than the card shows. It need not be safe for concurrent use.
type Photo interface {
	// Size is the upright photo's width and height in pixels.
	Size() image.Point
	// Focus returns the photo's focal point and faces. need is the width and height in pixels that
	// the crop will fill: what is decoded here may then serve Pixels too.
	Focus(need image.Point) (focus.Focus, error)
	// Pixels returns a picture that holds the crop, which is in pixels of the upright photo, and
	// where in the picture the crop lies. It has no fewer pixels than need where the photo has
	// them. The picture is valid until the next call.
	Pixels(crop image.Rectangle, need image.Point) (img image.Image, at image.Rectangle, err error)
}

// Decoded is a photo of which all pixels are there; nil is none.
func Decoded(img image.Image) Photo {
	if img == nil {
		return nil
	}
	return decoded{img}
}

type decoded struct{ image.Image }

// Size implements Photo.
func (d decoded) Size() image.Point { return d.Bounds().Size() }

// Focus implements Photo.
func (d decoded) Focus(image.Point) (focus.Focus, error) { return focus.Find(d.Image), nil }

// Pixels implements Photo.
func (d decoded) Pixels(crop image.Rectangle, _ image.Point) (image.Image, image.Rectangle, error) {
	return d.Image, crop.Add(d.Bounds().Min), nil
}
