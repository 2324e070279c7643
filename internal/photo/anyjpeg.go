package photo

import (
	"fmt"
	"image"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/jpeg"
)

// Shares of a picture's blocks that may have no data, in a thousand. A few are a blemish that is hardly seen, such as
// after one wrong byte; with too many the picture is not shown.
const (
	blemish  = 10
	hopeless = 1000 - usableRows*100
)

// probe finds out how many rows of a file that is cut short have data.
func (p *Photo) probe() error {
	_, found, err := p.decodeWithin(maxShrink)
	p.release()
	if err != nil {
		return err
	}
	p.cut = found.Coarse || found.Lost > 0
	if short := found.Rows*10 < p.rows*usableRows; short || found.Blurred || found.Lost > hopeless {
		return fmt.Errorf("%d of %d rows, blurred %t: %w", found.Rows, p.rows, found.Blurred, fault.ErrSourceIncomplete)
	}
	p.rows = found.Rows
	p.size = turnedSize(p.stored(), p.info.Orientation)
	return nil
}

// stored returns the size of the part of the photo that is shown, before it is turned.
func (p *Photo) stored() image.Point { return image.Pt(p.info.stored().X, p.rows) }

// decodeFile decodes a JPEG of any kind at the scale, into a new view.
func (p *Photo) decodeFile(shrink int) error {
	img, found, err := p.decodeWithin(shrink)
	if err != nil {
		return err
	}
	if !p.info.jpeg.cut {
		if found.Rows*10 < p.rows*usableRows || found.Lost > hopeless {
			return fmt.Errorf("%d of %d rows, %d of a thousand blocks missing: %w", found.Rows, p.rows, found.Lost, ErrInvalid)
		}
		p.cut = found.Lost > blemish
	}
	v := &p.view
	v.shrink, v.turned, v.size = shrink, p.info.Orientation, p.stored()
	up := 1<<shrink - 1
	v.whole = image.Pt((v.size.X+up)>>shrink, (v.size.Y+up)>>shrink)
	if v.whole != img.Bounds().Size() {
		img = partOf(img, image.Rectangle{Max: v.whole})
	}
	p.show(img)
	return nil
}

// decodeWithin decodes a JPEG at the scale once there is memory for it, and turns a panic into an error.
func (p *Photo) decodeWithin(shrink int) (img image.Image, found jpeg.Found, err error) {
	cost := p.info.jpegCost(shrink, p.profile != nil)
	if err := p.decoder.admit(p.ctx, cost); err != nil {
		return nil, found, err
	}
	p.view = view{bytes: cost}
	defer func() {
		if r := recover(); r != nil {
			img, err = nil, fmt.Errorf("decode jpeg: %v: %w", r, ErrInvalid)
		}
	}()
	img, found, err = p.file.Decode(shrink)
	switch {
	case err != nil && p.info.jpeg.cut:
		err = fmt.Errorf("decode jpeg: %w: %w", fault.ErrSourceIncomplete, err)
	case err != nil:
		err = fmt.Errorf("decode jpeg: %w: %w", ErrInvalid, err)
	}
	return img, found, err
}
