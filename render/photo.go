package render

import (
	"image"

	"newsroom.example/cards/internal/photo/focus"
)

// Photo is the photo of a card. It is asked first for its size, from which the crop is decided,
// and then for no more pixels than the card shows.
type Photo interface {
	// Size is the upright photo's width and height in pixels.
	Size() image.Point
	// Focus is where people look in the photo. What is decoded for it serves a crop that fills
	// need, a width and height in pixels, too.
	Focus(need image.Point) (focus.Focus, error)
	// Pixels is a picture that holds the crop, in pixels of the upright photo, with no fewer
	// pixels than need where the photo has them, and where in the picture the crop lies. The
	// picture lasts until the next is asked for.
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
