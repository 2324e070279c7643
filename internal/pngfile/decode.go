package pngfile

import (
	"errors"
	"image"
	"sync"
)

// Bytes returns the memory that Decode needs at most, in bytes.
func (p *Picture) Bytes(region image.Rectangle, shrink int) int64 {
	region = region.Intersect(image.Rectangle{Max: p.Scaled(shrink)})
	full := p.fullSize(region, shrink)
	row := int64(p.rowBytes(p.Size.X))
	n := 4 * int64(region.Dx()) * int64(region.Dy())
	n += (row + 6*int64(full.Dx())) << shrink // rows before they are averaged, their samples, the sums
	if p.Interlaced {
		n += int64(p.samples()) * int64(full.Dx()) * int64(full.Dy())
	}
	return n + int64(2*bufBytes(2*(1+int(row)))) + 2*row + 128<<10
}

// fullSize returns the pixels of the picture at its size of which a region is made.
func (p *Picture) fullSize(region image.Rectangle, shrink int) image.Rectangle {
	full := image.Rectangle{Min: region.Min.Mul(1 << shrink), Max: region.Max.Mul(1 << shrink)}
	return full.Intersect(image.Rectangle{Max: p.Size})
}

// Decode returns a region of the picture at 1/(1<<shrink) of its size, shrink being 0 to 3: each pixel is the mean of a
// box, of what there is of it at the right and the lower edge. Its bounds are those of the region, which is in pixels
// of the scaled picture. It is an *image.Gray, an *image.RGBA if it is opaque, or an *image.NRGBA. rows is how many
// rows of the picture, at its size, have data: all, unless the data ends before the region does, or is damaged there;
// what follows is transparent or black. pair says that a second processor is idle; the pixels are the same. Errors:
// ErrInvalid if all checksums say that the pixels are others than were written, and ErrShort if such a file is cut
// short. It can be called concurrently.
func (p *Picture) Decode(region image.Rectangle, shrink int, pair bool) (img image.Image, rows int, err error) {
	region = region.Intersect(image.Rectangle{Max: p.Scaled(shrink)})
	if region.Empty() {
		return nil, 0, errors.New("pngfile: an empty region")
	}
	if p.checked.Do(p.check); p.garbled {
		return nil, 0, p.fault()
	}
	d := decoders.Get().(*decoder)
	defer d.release()
	d.begin(p, region, shrink, pair && p.RawBytes() >= pairedBytes)
	if p.Interlaced {
		rows = d.interlaced()
	} else {
		rows = d.sequential()
	}
	return d.picture(), rows, nil
}

// decoder decodes a region. Its memory is reused.
type decoder struct {
	*Picture
	rows   rows
	region image.Rectangle // of the scaled picture
	full   image.Rectangle // of the picture
	box    box
	pix    []byte
	opaque bool

	lines   [][]byte // of the file, unfiltered: those of a box, the one above and the one below
	samples [][]byte // of the rows of a box
}

// decoders is a pool of decoders.
var decoders = sync.Pool{New: func() any { return new(decoder) }}

// pooledBytes is the size of a row with which a decoder's memory is reused.
const pooledBytes = 64 << 10

// pairedBytes is the least size of a picture that is worth a second goroutine, in bytes of its rows.
const pairedBytes = 4 * chunkBytes

// release puts the decoder into the pool.
func (d *decoder) release() {
	d.rows.stop()
	small := d.rowBytes(d.Size.X) <= pooledBytes
	d.Picture, d.pix, d.box.rows = nil, nil, nil
	d.rows.z.Reset(nil)
	if small {
		decoders.Put(d)
	}
}

// begin prepares decoding.
func (d *decoder) begin(p *Picture, region image.Rectangle, shrink int, paired bool) {
	d.Picture, d.region, d.full, d.opaque = p, region, p.fullSize(region, shrink), true
	d.box = box{channels: p.samples(), shrink: shrink, sums: d.box.sums, rows: d.box.rows[:0]}
	each := d.box.channels * d.full.Dx()
	if cap(d.box.sums) < each {
		d.box.sums = make([]uint16, each)
	}
	d.box.sums = d.box.sums[:each]
	d.pix = make([]byte, d.box.width()*region.Dx()*region.Dy())
	row := p.rowBytes(p.Size.X)
	d.rows.reset(p.pixels(), 2*(1+row), paired)
	d.lines = grown(d.lines, 1<<shrink+2, row)
	if !p.plain() {
		d.samples = grown(d.samples, 1<<shrink, each)
	}
}

// grown returns at least n slices of at least size bytes.
func grown(slices [][]byte, n, size int) [][]byte {
	for len(slices) < n {
		slices = append(slices, nil)
	}
	for i := range slices[:n] {
		if len(slices[i]) < size {
			slices[i] = make([]byte, size)
		}
	}
	return slices
}

// line unfilters the next row of the file, of which size bytes are stored and the bytes of out are needed. It is not
// ok if it is not there.
func (d *decoder) line(out, above []byte, size int) (ok bool) {
	raw := d.rows.next(1 + size)
	if len(raw) <= size || raw[0] >= filters {
		return false
	}
	unfilter(out, raw[1:1+len(out)], above[:len(out)], raw[0], max(1, d.pixelBits()/8))
	return true
}

// sequential decodes a picture that is not interlaced, down to the last row of the region, and returns how many rows
// have data.
func (d *decoder) sequential() int {
	size, used, n := d.rowBytes(d.Size.X), d.rowBytes(d.full.Max.X), 1<<d.box.shrink+2
	clear(d.lines[n-1])
	for y := 0; y < d.full.Max.Y; {
		out, above := d.lines[y%n][:used], d.lines[(y+n-1)%n][:used]
		if two := d.rows.peek(2 * (1 + size)); y+1 < d.full.Max.Y && d.bothPaeth(two) {
			below := d.lines[(y+1)%n][:used]
			unfilterTwo(out, below, two[1:1+used], two[2+size:2+size+used], above, d.pixelBits()/8)
			d.rows.next(len(two))
			d.add(out, y)
			d.add(below, y+1)
			y += 2
			continue
		}
		if !d.line(out, above, size) {
			d.flush(y - 1)
			return y
		}
		d.add(out, y)
		y++
	}
	return d.Size.Y
}

// bothPaeth reports whether two rows of the file are there, and unfilterTwo can be used.
func (d *decoder) bothPaeth(two []byte) bool {
	size := d.rowBytes(d.Size.X)
	return len(two) == 2*(1+size) && two[0] == filterPaeth && two[1+size] == filterPaeth && d.plain() && d.Channels >= 3
}

// add adds a row of the file to the box, if it is one of the region.
func (d *decoder) add(line []byte, y int) {
	if y < d.full.Min.Y {
		return
	}
	if d.plain() {
		each := d.box.channels
		line = line[each*d.full.Min.X : each*d.full.Max.X]
	} else {
		samples := d.samples[len(d.box.rows)][:d.box.channels*d.full.Dx()]
		d.expand(samples, line, d.full.Min.X)
		line = samples
	}
	d.put(line, y)
}

// put adds a row of samples to the box, and writes the box with its last row.
func (d *decoder) put(samples []byte, y int) {
	d.box.rows = append(d.box.rows, samples)
	if len(d.box.rows) == 1<<d.box.shrink || y+1 == d.full.Max.Y {
		d.flush(y)
	}
}

// flush writes the box whose last row is y, if it has rows.
func (d *decoder) flush(y int) {
	if len(d.box.rows) == 0 {
		return
	}
	row := d.box.width() * d.region.Dx()
	opaque := d.box.reduce(d.pix[(y>>d.box.shrink-d.region.Min.Y)*row:][:row])
	d.opaque = d.opaque && opaque
	d.box.rows = d.box.rows[:0]
}

// picture returns the picture of the region.
func (d *decoder) picture() image.Image {
	stride := d.box.width() * d.region.Dx()
	switch {
	case d.box.channels == 1:
		return &image.Gray{Pix: d.pix, Stride: stride, Rect: d.region}
	case d.opaque:
		return &image.RGBA{Pix: d.pix, Stride: stride, Rect: d.region}
	}
	return &image.NRGBA{Pix: d.pix, Stride: stride, Rect: d.region}
}
