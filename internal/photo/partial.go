package photo

import (
	"errors"
	"fmt"
	"image"

	"newsroom.example/cards/internal/fault"
)

// partial is a photo that is decoded in parts and at a fraction of its size.
type partial interface {
	// Scaled returns the size of the picture at 1/(1<<shrink), rounded up. shrink is from 0 to maxShrink.
	Scaled(shrink int) image.Point
	// Bytes returns the memory for decoding the region at that size.
	Bytes(region image.Rectangle, shrink int) int64
	// Decode returns a picture that contains the region of the picture at that size, in its coordinates. rows is the
	// number of rows of the photo at its full size, from its top, that have data, as far as they were needed. pair says
	// that a second processor is idle. The error is not nil if there is no picture.
	Decode(region image.Rectangle, shrink int, pair bool) (img image.Image, rows int, err error)
}

// errShorter says that a photo turned out to have fewer rows than its header says.
var errShorter = errors.New("the photo is shorter than its header says")

// openPartial prepares decoding. How much of a file that may be cut short can be shown is found out by decoding it at a
// small size.
func (p *Photo) openPartial() error {
	p.rows = p.info.stored().Y
	p.least = p.info.leastPartial(min(DefaultDecodeBytes, p.decoder.max), p.profile != nil)
	if !p.info.MayBeCut(p.data) {
		return nil
	}
	err := p.decodePartial(image.Rectangle{Max: p.size}, maxShrink)
	p.release()
	if p.shorter {
		p.shorter, err = false, nil
	}
	return err
}

// regionCost returns the memory for decoding a region, and for making of it an opaque, upright picture of sRGB.
// converted says that there is a profile.
func (info *Info) regionCost(part partial, region image.Rectangle, shrink int, converted bool) int64 {
	pixels := int64(region.Dx()) * int64(region.Dy())
	sum := part.Bytes(region, shrink) + 4*pixels // of it over paper
	if converted {
		sum += 4 * pixels
	}
	if info.Orientation > 1 {
		sum += 2 * 4 * pixels
	}
	return sum
}

// partialCost returns the memory for decoding the whole at 1/(1<<shrink) of its size.
func (info *Info) partialCost(shrink int, converted bool) int64 {
	return info.regionCost(info.partial, image.Rectangle{Max: info.partial.Scaled(shrink)}, shrink, converted)
}

// leastPartial returns the smallest shrink at which the whole is decoded; see leastShrink.
func (info *Info) leastPartial(memory int64, converted bool) int {
	return leastShrink(memory, converted, info.partial.Scaled, func(shrink int) int64 {
		return info.partialCost(shrink, converted)
	})
}

// decodePartial decodes at least the crop at the scale, into a new view. If rows are missing, the photo becomes that
// much shorter, and the error is errShorter: the caller has to compute the crop again.
func (p *Photo) decodePartial(crop image.Rectangle, shrink int) error {
	v := view{shrink: shrink, turned: p.info.Orientation, size: p.stored(), whole: p.partial.Scaled(shrink)}
	v.whole.Y = min(v.whole.Y, (p.rows+1<<shrink-1)>>shrink)
	region := v.stored(crop)
	cost := p.info.regionCost(p.partial, region, shrink, p.profile != nil)
	if p.unsettled() {
		cost += p.info.partialCost(maxShrink, false)
	}
	if err := p.decoder.admit(p.ctx, cost); err != nil {
		return err
	}
	v.bytes = cost
	p.view = v
	img, rows, err := p.decodeRegion(region, shrink)
	if err != nil {
		return err
	}
	if needed := min(p.rows, region.Max.Y<<shrink); rows < needed {
		return p.shorten(rows)
	}
	if !img.Bounds().In(image.Rectangle{Max: v.whole}) {
		img = partOf(img, img.Bounds().Intersect(image.Rectangle{Max: v.whole}))
	}
	if p.unsettled() && seesThrough(img) {
		if err := p.settle(); err != nil {
			return err
		}
	}
	p.show(img)
	return nil
}

// decodeRegion calls the decoder, with a second processor if one is idle, and turns a panic into an error.
func (p *Photo) decodeRegion(region image.Rectangle, shrink int) (img image.Image, rows int, err error) {
	defer p.caught(&err)
	pair, release := p.decoder.spare()
	defer release()
	img, rows, err = p.partial.Decode(region, shrink, pair)
	switch {
	case err != nil && p.info.MayBeCut(p.data):
		err = fmt.Errorf("decode %s: %w: %w", p.info.Format, fault.ErrSourceIncomplete, err)
	case err != nil:
		err = fmt.Errorf("decode %s: %w: %w", p.info.Format, ErrInvalid, err)
	}
	return img, rows, err
}

// shorten makes the photo as short as it turned out to be.
func (p *Photo) shorten(rows int) error {
	p.release()
	if high := p.info.stored().Y; rows*10 < high*usableRows {
		err := ErrInvalid
		if p.info.MayBeCut(p.data) {
			err = fault.ErrSourceIncomplete
		}
		return fmt.Errorf("%d of %d rows: %w", rows, high, err)
	}
	p.cut, p.shorter, p.rows = true, true, rows
	p.size = turnedSize(p.stored(), p.info.Orientation)
	return errShorter
}
