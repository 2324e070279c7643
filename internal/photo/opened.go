package photo

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"

	"newsroom.example/cards/internal/icc"
	"newsroom.example/cards/internal/jpeg"
)

// Photo is an opened photo. Of a sequential JPEG only what is asked for is decoded; other photos are decoded
// whole. It must not be used concurrently. A picture that it returns is valid until the next call.
type Photo struct {
	ctx     context.Context // of the Decode that opened it
	decoder *Decoder
	data    []byte
	info    Info
	size    image.Point
	profile *icc.Profile  // nil: its colours are sRGB's
	paper   color.Color   // under transparent parts
	jpeg    *jpeg.Picture // nil: decoded whole
	view    view
	hash    uint64 // of data, where hashed is set
	hashed  bool
	cut     bool // decoding found that the file is cut short
}

// view is what was decoded last, upright.
type view struct {
	img    image.Image     // nil: nothing yet
	shrink int             // the scale is 1/(1<<shrink)
	turned int             // the EXIF orientation that img was turned by
	size   image.Point     // of the photo as it is stored
	whole  image.Point     // and at the scale
	holds  image.Rectangle // the part of the upright photo at the scale that img shows
	origin image.Point     // leads from pixels of that photo to those of img
	bytes  int64           // admitted for it
	jpeg   *jpeg.Decoder   // whose memory it is; nil: its own
}

// Size is the upright photo's width and height in pixels.
func (p *Photo) Size() image.Point { return p.size }

// Cut reports a photo whose file is cut short: its Size is that of what is there. It is known once Pixels or
// Focus has returned.
func (p *Photo) Cut() bool { return p.cut }

// Pixels returns a picture that holds the crop, which is in pixels of the upright photo, and where in it the
// crop lies: at is at least as large as need, a width and a height, unless the crop is smaller.
func (p *Photo) Pixels(crop image.Rectangle, need image.Point) (img image.Image, at image.Rectangle, err error) {
	crop = crop.Intersect(image.Rectangle{Max: p.size})
	if shrink := shrinkFor(crop.Size(), need); p.jpeg != nil && !p.view.shows(crop, shrink) {
		err = p.decodePart(crop, shrink)
	}
	if err != nil {
		return nil, image.Rectangle{}, err
	}
	return p.view.img, p.view.at(crop), nil
}

// maxShrink is the logarithm of the strongest reduction that decoding offers.
const maxShrink = 3

// shrinkFor returns the strongest reduction at which the size has no fewer pixels than need.
func shrinkFor(size, need image.Point) int {
	shrink := 0
	for shrink < maxShrink && reduced(size.X, shrink+1) >= need.X && reduced(size.Y, shrink+1) >= need.Y {
		shrink++
	}
	return shrink
}

// reduced returns a length at 1/(1<<shrink), rounded.
func reduced(n, shrink int) int { return (n + 1<<shrink>>1) >> shrink }

// scaled returns the crop in pixels of a photo that is as large as whole at 1/(1<<shrink). Its size is rounded
// and its position moves by less than a pixel, so that at the size that is needed nothing is scaled.
func scaled(crop image.Rectangle, shrink int, whole image.Point) image.Rectangle {
	size := image.Pt(min(max(1, reduced(crop.Dx(), shrink)), whole.X), min(max(1, reduced(crop.Dy(), shrink)), whole.Y))
	at := image.Pt(min(reduced(crop.Min.X, shrink), whole.X-size.X), min(reduced(crop.Min.Y, shrink), whole.Y-size.Y))
	return image.Rectangle{Min: at, Max: at.Add(size)}
}

// stored returns where the crop lies in the stored photo at the scale.
func (f *view) stored(crop image.Rectangle) image.Rectangle {
	return scaled(storedRect(crop, f.size, f.turned), f.shrink, f.whole)
}

// place returns where the crop lies in the upright photo at the scale.
func (f *view) place(crop image.Rectangle) image.Rectangle {
	return uprightRect(f.stored(crop), f.whole, f.turned)
}

// shows reports that the view holds the crop at the scale.
func (f *view) shows(crop image.Rectangle, shrink int) bool {
	return f.img != nil && f.shrink == shrink && f.place(crop).In(f.holds)
}

// at returns where the crop lies in the view's picture.
func (f *view) at(crop image.Rectangle) image.Rectangle { return f.place(crop).Add(f.origin) }

// openWhole decodes a photo whole, and takes its size from its pixels: one that is cut short has fewer rows
// than its header says.
func (p *Photo) openWhole() error {
	if err := p.decodeWhole(); err != nil {
		return err
	}
	p.size = p.view.whole
	p.view.size, p.view.shrink = p.size, 0
	return nil
}

// inParts reports a photo that can be decoded in parts, and reads its headers.
func (p *Photo) inParts() bool {
	if p.info.Format != "jpeg" || p.info.jpeg.scans != 1 || p.info.jpeg.cut {
		return false
	}
	var err error
	p.jpeg, err = jpeg.Open(p.data)
	return err == nil
}

// decodePart decodes the crop at the scale. It replaces the view.
func (p *Photo) decodePart(crop image.Rectangle, shrink int) error {
	p.release()
	v := view{shrink: shrink, turned: p.info.Orientation, size: p.jpeg.Size(), whole: p.jpeg.Scaled(shrink)}
	region := v.stored(crop)
	cost := p.jpeg.Bytes(region, shrink)
	if v.turned > 1 {
		cost *= 2 // the turned copy
	}
	if p.profile != nil {
		cost += 4 * int64(region.Dx()) * int64(region.Dy()) // the converted copy
	}
	if err := p.decoder.admit(p.ctx, cost); err != nil {
		return err
	}
	v.bytes, v.jpeg = cost, p.decoder.jpegs.Get().(*jpeg.Decoder)
	p.view = v
	img, err := p.decodeStored(region, shrink)
	if errors.Is(err, jpeg.ErrForeign) {
		p.release()
		p.jpeg = nil
		return p.decodeWhole()
	}
	if err != nil {
		return err
	}
	p.view.holds = uprightRect(img.Bounds(), v.whole, v.turned)
	p.view.img = upright(opaque(img, p.profile, p.paper), v.turned)
	p.view.origin = p.view.img.Bounds().Min.Sub(p.view.holds.Min)
	return nil
}

// decodeStored runs the decoder, which trusts no length it reads, under recover all the same.
func (p *Photo) decodeStored(region image.Rectangle, shrink int) (img image.Image, err error) {
	defer func() {
		if r := recover(); r != nil {
			img, err = nil, fmt.Errorf("decode jpeg: %v: %w", r, ErrInvalid)
		}
	}()
	p.view.jpeg.Pair = false
	if p.decoder.Spare != nil {
		if giveBack := p.decoder.Spare(); giveBack != nil {
			defer giveBack()
			p.view.jpeg.Pair = true
		}
	}
	return p.view.jpeg.Decode(p.jpeg, region, shrink)
}

// decodeWhole decodes the photo with all its pixels. Its size stays as it was, since crops refer to it.
func (p *Photo) decodeWhole() error {
	if err := p.decoder.admit(p.ctx, p.info.DecodeBytes); err != nil {
		return err
	}
	p.view = view{bytes: p.info.DecodeBytes}
	img, cut, err := decode(p.data, p.info.Format)
	p.cut = cut
	if err != nil {
		return err
	}
	img, p.view.shrink = halvedToConvert(img, p.profile)
	img = upright(opaque(img, p.profile, p.paper), p.info.Orientation)
	p.view.img, p.view.size, p.view.whole = img, p.size, img.Bounds().Size()
	p.view.holds, p.view.origin = image.Rectangle{Max: p.view.whole}, img.Bounds().Min
	return nil
}

// pooledBytes is the size of the largest decoder that is used again.
const pooledBytes = 8 << 20

// release returns the memory of the view.
func (p *Photo) release() {
	if p.view.jpeg != nil && p.view.bytes <= pooledBytes {
		p.decoder.jpegs.Put(p.view.jpeg)
	}
	if p.view.bytes > 0 {
		p.decoder.memory.Release(p.view.bytes)
	}
	p.view = view{}
}
