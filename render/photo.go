package render

import (
	"image"
	"sync"

	"newsroom.example/cards/internal/photo/focus"
)

// Photo is the photo of a card. The renderer calls Size first, to compute the crop, and then Pixels for only the
// part that the card shows. Implementations need not be safe for concurrent use.
type Photo interface {
	// Size is the upright photo's width and height in pixels.
	Size() image.Point
	// Focus returns the photo's focal point and faces. need is the width and height in pixels that the crop
	// will fill, so that Pixels can reuse what Focus decodes.
	Focus(need image.Point) (focus.Focus, error)
	// Pixels returns a picture that contains the crop, and the position of the crop in it. The crop is in
	// pixels of the upright photo. In the picture the crop has at least need pixels, if the photo has them.
	// The picture is valid until the next call.
	Pixels(crop image.Rectangle, need image.Point) (img image.Image, at image.Rectangle, err error)
}

// Focused returns a photo that looks for its focus once, for the first size that needs it, and answers that for all
// others: a larger size may need a larger part of the file decoded. nil stays nil.
func Focused(p Photo) Photo {
	if p == nil {
		return nil
	}
	return &focused{Photo: p}
}

type focused struct {
	Photo
	found focus.Focus
	err   error
	done  bool
}

// Focus implements Photo.
func (f *focused) Focus(need image.Point) (focus.Focus, error) {
	if !f.done {
		f.found, f.err = f.Photo.Focus(need)
		f.done = true
	}
	return f.found, f.err
}

// Decoded returns a Photo with the pixels of an image, which must not change; nil for a nil image. It looks for its
// focus once. It is safe for concurrent use.
func Decoded(img image.Image) Photo {
	if img == nil {
		return nil
	}
	return decoded{img, sync.OnceValue(func() focus.Focus { return focus.Find(img) })}
}

type decoded struct {
	image.Image
	focus func() focus.Focus
}

// Size implements Photo.
func (d decoded) Size() image.Point { return d.Bounds().Size() }

// Focus implements Photo.
func (d decoded) Focus(image.Point) (focus.Focus, error) { return d.focus(), nil }

// Pixels implements Photo.
func (d decoded) Pixels(crop image.Rectangle, _ image.Point) (image.Image, image.Rectangle, error) {
	return d.Image, crop.Add(d.Bounds().Min), nil
}
