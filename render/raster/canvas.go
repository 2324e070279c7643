package raster

import (
	"image"
	"image/color"
	"sync"

	"newsroom.example/cards/internal/png"
)

// Canvas is an image with a record, for each row, of the columns that may differ from the paper
// under everything. What is known to be paper is neither painted again for the next card on the
// same paper, nor examined when the card is encoded. It is for one goroutine at a time.
type Canvas struct {
	image.RGBA
	paper   color.NRGBA
	painted []png.Span // by row
	blank   []uint8    // a row of paper
}

// New returns a canvas of w by h pixels. Its pixels are transparent, and all count as painted.
func New(w, h int) *Canvas {
	c := new(Canvas)
	c.resize(image.Rect(0, 0, w, h))
	return c
}

// Pool keeps canvases for reuse, so that a busy service does not allocate one for each card. The
// zero Pool is ready for use, by several goroutines at once.
type Pool struct{ pool sync.Pool }

// Get returns a canvas of w by h pixels, whose contents are undefined: a plan covers all of them.
func (p *Pool) Get(w, h int) *Canvas {
	c, _ := p.pool.Get().(*Canvas)
	if c == nil {
		return New(w, h)
	}
	c.resize(image.Rect(0, 0, w, h))
	return c
}

// Put returns a canvas, which must not be used after; nil is ignored.
func (p *Pool) Put(c *Canvas) {
	if c != nil {
		p.pool.Put(c)
	}
}

// resize changes the canvas's size, and counts all of it as painted where that is another.
func (c *Canvas) resize(to image.Rectangle) {
	if c.Rect == to {
		return
	}
	n := 4 * to.Dx() * to.Dy()
	if cap(c.Pix) < n {
		c.Pix = make([]uint8, n)
	}
	c.Pix, c.Stride, c.Rect = c.Pix[:n], 4*to.Dx(), to
	c.painted = make([]png.Span, to.Dy())
	c.Touch(to)
}

// Cover makes the whole canvas paper, by painting what may not be that already.
func (c *Canvas) Cover(paper color.NRGBA) {
	if c.paper != paper {
		c.Touch(c.Rect)
	}
	c.paper = paper
	c.blank = resized(c.blank, c.Stride)
	fillRow(c.blank, paper)
	for y, s := range c.painted {
		copy(c.Pix[y*c.Stride+4*s.From:], c.blank[:4*(s.To-s.From)])
		c.painted[y] = png.Span{}
	}
}

// Touch records that pixels of r may be painted. Painting must be preceded by it.
func (c *Canvas) Touch(r image.Rectangle) {
	r = r.Intersect(c.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		c.painted[y] = c.painted[y].Join(png.Span{From: r.Min.X, To: r.Max.X})
	}
}

// Painted returns, for each row, the columns outside of which all is paper. The slice is the
// canvas's own and must not be changed.
func (c *Canvas) Painted() []png.Span { return c.painted }

// Fill paints the part of r that lies on dst in one opaque colour.
func Fill(dst *image.RGBA, r image.Rectangle, c color.NRGBA) {
	r = r.Intersect(dst.Rect)
	if r.Empty() {
		return
	}
	first := dst.Pix[dst.PixOffset(r.Min.X, r.Min.Y):][:4*r.Dx()]
	fillRow(first, c)
	for y := r.Min.Y + 1; y < r.Max.Y; y++ {
		copy(dst.Pix[dst.PixOffset(r.Min.X, y):], first)
	}
}

// fillRow makes all pixels of a row, which has at least one, opaque and of the colour.
func fillRow(row []uint8, c color.NRGBA) {
	copy(row, []uint8{c.R, c.G, c.B, 255})
	for done := 4; done < len(row); done *= 2 {
		copy(row[done:], row[:done])
	}
}

// Row returns the pixels of r in row y of img; r must lie on img.
func Row(img *image.RGBA, r image.Rectangle, y int) []uint8 {
	return img.Pix[img.PixOffset(r.Min.X, y):][:4*r.Dx()]
}
