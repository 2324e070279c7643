package photo

import (
	"context"
	"errors"
	"image"
	"image/color"

	"newsroom.example/cards/internal/icc"
	"newsroom.example/cards/internal/jpeg"
)

// Photo is an opened photo. Of a sequential JPEG, only the requested part is decoded, at the size that is needed; of
// other JPEGs the whole, at that size; GIFs are decoded completely. It must not be used concurrently. A picture
// that it returns is valid until the next call.
type Photo struct {
	ctx     context.Context // of the Decode that opened it
	decoder *Decoder
	data    []byte
	info    Info
	size    image.Point
	profile *icc.Profile // nil if the colours are sRGB
	paper   color.Color  // background of transparent parts; see paperFor
	settled bool         // the paper is that for the photo's ink
	view    view
	hash    uint64 // of data, if hashed is set
	hashed  bool
	cut     bool // the decoder found that a part of the picture is missing

	sequential *jpeg.Picture // of a JPEG that can be decoded in parts; otherwise nil
	file       *jpeg.File    // of any JPEG
	content    *content      // of the file; nil if it is not read
	partial    partial       // of another format that can be decoded in parts
	rows       int           // of a JPEG or a partial that have data
	shorter    bool          // rows has become less while the photo was in use
	least      int           // the smallest shrink at which a JPEG is decoded by file, or a partial
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

// Cut reports whether a part of the picture is missing. If the file is cut short, Size is the size of the part that
// exists. Cut is valid after Pixels or Focus has returned.
func (p *Photo) Cut() bool { return p.cut }

// Pixels returns a picture that contains the crop, and the position of the crop in it. The crop is in pixels of the
// upright photo. at is at least as large as need, a width and height, unless the crop is smaller.
func (p *Photo) Pixels(crop image.Rectangle, need image.Point) (img image.Image, at image.Rectangle, err error) {
	crop = crop.Intersect(image.Rectangle{Max: p.size})
	if shrink := p.shrinkFor(crop.Size(), need); !p.view.shows(crop, shrink) {
		err = p.decodePart(crop, shrink)
	}
	if err != nil {
		return nil, image.Rectangle{}, err
	}
	return p.view.img, p.view.at(crop), nil
}

// maxShrink is the largest shrink that the decoder supports.
const maxShrink = 3

// shrinkFor returns the shrink at which the photo is decoded for a crop of the size, of which need is needed.
func (p *Photo) shrinkFor(size, need image.Point) int {
	if p.file == nil && p.partial == nil {
		return p.view.shrink // it was decoded completely
	}
	shrink := shrinkFor(size, need)
	if p.sequential == nil {
		shrink = max(shrink, p.least)
	}
	return shrink
}

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

// open prepares decoding, each format in its way.
func (p *Photo) open() error {
	if p.info.jpeg.file != nil {
		return p.openJPEG()
	}
	if p.partial != nil {
		return p.openPartial()
	}
	return p.openWhole()
}

// openJPEG prepares decoding a JPEG. How much of a file that is cut short can be shown is found out by decoding it at a
// small size.
func (p *Photo) openJPEG() error {
	p.file, p.rows = p.info.jpeg.file, p.info.jpeg.file.Size().Y
	p.least = p.info.leastJPEG(min(DefaultDecodeBytes, p.decoder.max), p.profile != nil)
	if p.info.jpeg.cut {
		return p.probe()
	}
	if p.info.jpeg.scans == 1 {
		if sequential, err := jpeg.Open(p.data); err == nil {
			p.sequential = sequential
		}
	}
	return nil
}

// decodePart decodes at least the crop at the scale, into a new view.
func (p *Photo) decodePart(crop image.Rectangle, shrink int) error {
	p.release()
	switch {
	case p.partial != nil:
		return p.decodePartial(crop, shrink)
	case p.sequential == nil:
		return p.decodeFile(shrink)
	}
	v := view{shrink: shrink, turned: p.info.Orientation, size: p.sequential.Size(), whole: p.sequential.Scaled(shrink)}
	region := v.stored(crop)
	cost := p.sequential.Bytes(region, shrink)
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
	if errors.Is(err, jpeg.ErrForeign) { // damaged
		p.release()
		p.sequential = nil
		return p.decodeFile(max(shrink, p.least))
	}
	if err != nil {
		return err
	}
	p.show(img)
	return nil
}

// show puts a decoded picture into the view.
func (p *Photo) show(img image.Image) {
	p.view.holds = uprightRect(img.Bounds(), p.view.whole, p.view.turned)
	p.view.img = upright(opaque(img, p.profile, p.paper), p.view.turned)
	p.view.origin = p.view.img.Bounds().Min.Sub(p.view.holds.Min)
}

// decodeStored calls the JPEG decoder and turns a panic into an error.
func (p *Photo) decodeStored(region image.Rectangle, shrink int) (img image.Image, err error) {
	defer p.caught(&err)
	pair, release := p.decoder.spare()
	defer release()
	p.view.jpeg.Pair = pair
	return p.view.jpeg.Decode(p.sequential, region, shrink)
}

// openWhole decodes a photo that is no JPEG.
func (p *Photo) openWhole() error {
	if err := p.decoder.admit(p.ctx, p.info.DecodeBytes); err != nil {
		return err
	}
	p.view = view{bytes: p.info.DecodeBytes}
	img, cut, err := decode(p.data, p.info.Format)
	p.cut = cut
	if err != nil {
		return err
	}
	img = upright(opaque(img, p.profile, paperFor(img, p.paper)), p.info.Orientation)
	p.size = img.Bounds().Size() // a photo that is cut short has fewer rows than its header says
	p.view.img, p.view.size, p.view.whole = img, p.size, p.size
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

// close releases all memory.
func (p *Photo) close() {
	p.release()
	p.leave()
}
