package render

import (
	"image"

	"newsroom.example/cards/internal/photo/focus"
	"newsroom.example/cards/render/raster"
)

// MaxKept is the longer side in pixels of what Keep keeps of a photo: at most 6.6 MB.
const MaxKept = 1280

// Keep returns a copy of the photo that stays valid when the photo is closed, so that a card's second picture takes no
// memory of decoding while the first is open. It is as large as the photo to the layout, but has at most MaxKept pixels
// a side. It looks for the focus once. nil stays nil. Errors are those of the photo. The copy is safe for concurrent
// use.
func Keep(p Photo) (Photo, error) {
	if p = unlessEmpty(p); p == nil {
		return nil, nil
	}
	size := p.Size()
	fit := size
	if longer := max(size.X, size.Y); longer > MaxKept {
		fit = image.Pt(max(1, size.X*MaxKept/longer), max(1, size.Y*MaxKept/longer))
	}
	found, err := p.Focus(fit)
	if err != nil {
		return nil, err
	}
	whole := image.Rectangle{Max: size}
	img, at, err := p.Pixels(whole, fit)
	if err != nil {
		return nil, err
	}
	k := kept{size: size, found: found, img: image.NewRGBA(image.Rectangle{Max: fit})}
	raster.Scale(k.img, k.img.Rect, img, at)
	return k, nil
}

type kept struct {
	size  image.Point
	found focus.Focus
	img   *image.RGBA
}

// Size implements Photo.
func (k kept) Size() image.Point { return k.size }

// Focus implements Photo.
func (k kept) Focus(image.Point) (focus.Focus, error) { return k.found, nil }

// Pixels implements Photo.
func (k kept) Pixels(crop image.Rectangle, _ image.Point) (image.Image, image.Rectangle, error) {
	fit := k.img.Rect.Max
	at := image.Rect(crop.Min.X*fit.X/k.size.X, crop.Min.Y*fit.Y/k.size.Y,
		crop.Max.X*fit.X/k.size.X, crop.Max.Y*fit.Y/k.size.Y)
	at.Max.X, at.Max.Y = max(at.Max.X, at.Min.X+1), max(at.Max.Y, at.Min.Y+1)
	return k.img, at, nil
}
