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
	picture := p.info.pictureCost(shrink, p.profile != nil)
	if err := p.read(shrink, picture); err != nil {
		return nil, found, err
	}
	p.view = view{bytes: picture, jpeg: p.decoder.jpegs.Get().(*jpeg.Decoder)}
	defer p.caught(&err)
	pair, release := p.decoder.spare()
	defer release()
	p.view.jpeg.Pair = pair
	img = p.view.jpeg.Picture(p.content.Content, image.Rectangle{Max: p.file.Scaled(shrink)}, shrink)
	return img, p.content.Found, nil
}

// read sets the photo's content, from which a picture at the scale can be made, and reserves the memory of the picture.
func (p *Photo) read(shrink int, picture int64) error {
	if p.content != nil && p.content.Serves(shrink) && p.decoder.memory.TryAcquire(picture) {
		return nil
	}
	p.leave() // nobody has memory while it waits for more
	least := p.readAt(shrink, picture)
	size := p.file.ContentBytes(least)
	if err := p.decoder.admit(p.ctx, size+picture); err != nil {
		return err
	}
	c, mine := p.decoder.contents.join(p.fingerprint(), p.file, shrink, least, size)
	if p.content = c; mine {
		p.readInto(c)
	}
	err := c.await(p.ctx)
	if err == nil {
		return nil
	}
	p.decoder.memory.Release(picture)
	p.leave()
	switch {
	case p.ctx.Err() != nil:
		return err
	case p.info.jpeg.cut:
		return fmt.Errorf("decode jpeg: %w: %w", fault.ErrSourceIncomplete, err)
	}
	return fmt.Errorf("decode jpeg: %w: %w", ErrInvalid, err)
}

// readInto reads the file into the content.
func (p *Photo) readInto(c *content) {
	d := p.decoder.jpegs.Get().(*jpeg.Decoder)
	pair, release := p.decoder.spare()
	defer release()
	d.Pair = pair
	var got *jpeg.Content
	var err error
	func() {
		defer p.caught(&err)
		got, err = c.reading.Run(d)
	}()
	p.decoder.jpegs.Put(d)
	c.finish(got, err)
}

// readAt returns the scale at which the file is read to make a picture at the given or a smaller one. A large photo is
// read for all sizes of its story: what is kept of it for a small one takes less memory, but not less time. At full
// size it would be four times as much.
func (p *Photo) readAt(shrink int, picture int64) int {
	all := max(1, shrinkFor(fillSize(turnedSize(p.file.Size(), p.info.Orientation), largest), largest))
	if all > shrink || !p.file.Progressive() || p.file.ContentBytes(all) > mostRead || picture+mostRead > p.decoder.max {
		return shrink
	}
	return all
}

// largest is the largest size of a card, and mostRead the most memory in bytes of a photo that is read for it.
var largest = image.Pt(1080, 1920)

const mostRead = 48 << 20

// leave ends the use of the photo's content.
func (p *Photo) leave() {
	if p.content != nil {
		p.decoder.contents.leave(p.content)
		p.content = nil
	}
}

// caught turns a panic of a decoder into an error.
func (p *Photo) caught(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("decode %s: %v: %w", p.info.Format, r, ErrInvalid)
	}
}
