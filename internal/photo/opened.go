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

// Photo is an opened photo. Of a sequential JPEG, only the requested part is decoded; other photos are decoded
// completely. It must not be used concurrently. A picture that it returns is valid until the next call.
type Photo struct {
	ctx     context.Context // of the Decode that opened it
	decoder *Decoder
	data    []byte
	info    Info
	size    image.Point
	profile *icc.Profile  // nil if the colours are sRGB
	paper   color.Color   // background of transparent parts
	jpeg    *jpeg.Picture // nil if the photo is decoded completely
	view    view
	hash    uint64 // of data, if hashed is set
	hashed  bool
	cut     bool // the decoder found that the file is cut short
}

// view is the part of the photo that was decoded last, upright.
type view struct {
	img    image.Image     // nil if nothing was decoded yet
	shrink int             // the scale is 1/(1<<shrink)
	turned int             // the EXIF orientation that was applied to img
	size   image.Point     // size of the photo before it was turned
	whole  image.Point     // the same at the scale
	holds  image.Rectangle // part of the upright photo, at the scale, that img shows
	origin image.Point     // offset from pixels of the upright photo, at the scale, to those of img
	bytes  int64           // memory that was admitted for it
	jpeg   *jpeg.Decoder   // owner of img's memory; nil if none
}

// Size returns the size of the upright photo in pixels.
func (p *Photo) Size() image.Point { return p.size }

// Cut reports whether the file is cut short. In that case Size is the size of the part that exists. Cut is valid after
// Pixels or Focus has returned.
func (p *Photo) Cut() bool { return p.cut }

// Pixels returns a picture that contains the crop, and the position of the crop in it. The crop is in pixels of the
// upright photo. at is at least as large as need, a width and height, unless the crop is smaller.
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

// maxShrink is the largest shrink that the decoder supports.
const maxShrink = 3

// shrinkFor returns the largest shrink at which the size is not smaller than need.
func shrinkFor(size, need image.Point) int {
	shrink := 0
	for shrink < maxShrink && reduced(size.X, shrink+1) >= need.X && reduced(size.Y, shrink+1) >= need.Y {
		shrink++
	}
	return shrink
}

// reduced returns a length at 1/(1<<shrink), rounded.
func reduced(n, shrink int) int { return (n + 1<<shrink>>1) >> shrink }

// scaled returns the crop in pixels of a photo at 1/(1<<shrink), whose size is whole. The size of the crop is
// rounded and its position moves by less than a pixel, so that a crop of exactly the needed size need not be scaled.
func scaled(crop image.Rectangle, shrink int, whole image.Point) image.Rectangle {
	size := image.Pt(min(max(1, reduced(crop.Dx(), shrink)), whole.X), min(max(1, reduced(crop.Dy(), shrink)), whole.Y))
	at := image.Pt(min(reduced(crop.Min.X, shrink), whole.X-size.X), min(reduced(crop.Min.Y, shrink), whole.Y-size.Y))
	return image.Rectangle{Min: at, Max: at.Add(size)}
}

// stored returns the position of the crop in the photo at the scale, before it is turned.
func (f *view) stored(crop image.Rectangle) image.Rectangle {
	return scaled(storedRect(crop, f.size, f.turned), f.shrink, f.whole)
}

// place returns the position of the crop in the upright photo at the scale.
func (f *view) place(crop image.Rectangle) image.Rectangle {
	return uprightRect(f.stored(crop), f.whole, f.turned)
}

// shows reports whether the view contains the crop at the scale.
func (f *view) shows(crop image.Rectangle, shrink int) bool {
	return f.img != nil && f.shrink == shrink && f.place(crop).In(f.holds)
}

// at returns the position of the crop in the view's picture.
func (f *view) at(crop image.Rectangle) image.Rectangle { return f.place(crop).Add(f.origin) }

// openWhole decodes a photo completely and sets its size to that of the result: a photo that is cut short has fewer
// rows than its header says.
func (p *Photo) openWhole() error {
	if err := p.decodeWhole(); err != nil {
		return err
	}
	p.size = p.view.whole
	p.view.size, p.view.shrink = p.size, 0
	return nil
}

// inParts reports whether the photo can be decoded in parts. In that case it reads the headers.
func (p *Photo) inParts() bool {
	if p.info.Format != "jpeg" || p.info.jpeg.scans != 1 || p.info.jpeg.cut {
		return false
	}
	var err error
	p.jpeg, err = jpeg.Open(p.data)
	return err == nil
}

// decodePart decodes the crop at the scale, into a new view.
func (p *Photo) decodePart(crop image.Rectangle, shrink int) error {
	p.release()
	v := view{shrink: shrink, turned: p.info.Orientation, size: p.jpeg.Size(), whole: p.jpeg.Scaled(shrink)}
	region := v.stored(crop)
	cost := p.jpeg.Bytes(region, shrink)
	if v.turned > 1 {
		cost *= 2 // for the turned copy
	}
	if p.profile != nil {
		cost += 4 * int64(region.Dx()) * int64(region.Dy()) // for the converted copy
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

// decodeStored calls the JPEG decoder and turns a panic into an error.
func (p *Photo) decodeStored(region image.Rectangle, shrink int) (img image.Image, err error) {
	defer func() {
		if r := recover(); r != nil {
			img, err = nil, fmt.Errorf("decode jpeg: %v: %w", r, ErrInvalid)
		}
	}()
	p.view.jpeg.Pair = false
	if p.decoder.Spare != nil {
		if release := p.decoder.Spare(); release != nil {
			defer release()
			p.view.jpeg.Pair = true
		}
	}
	return p.view.jpeg.Decode(p.jpeg, region, shrink)
}

// decodeWhole decodes the photo completely. It does not change the size, since crops refer to it.
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

// pooledBytes is the largest memory of a decoder that is reused.
const pooledBytes = 8 << 20

// release releases the memory of the view.
func (p *Photo) release() {
	if p.view.jpeg != nil && p.view.bytes <= pooledBytes {
		p.decoder.jpegs.Put(p.view.jpeg)
	}
	if p.view.bytes > 0 {
		p.decoder.memory.Release(p.view.bytes)
	}
	p.view = view{}
}
