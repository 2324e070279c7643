package raster

import (
	"image"
	"image/color"
	"sync"

	"newsroom.example/cards/internal/png"
)

// Canvas is an image that records, for each row, the columns that may differ from the paper colour. Pixels that
// are known to be paper are not painted again for the next card on the same paper, and not examined when the card
// is encoded. It is not safe for concurrent use.
type Canvas struct {
	image.RGBA
	paper   color.NRGBA
	painted []png.Span // by row
	blank   []uint8    // a row of paper
}

// New returns a canvas of w by h transparent pixels, which all count as painted.
func New(w, h int) *Canvas {
	c := new(Canvas)
	c.resize(image.Rect(0, 0, w, h))
	return c
}

// Pool keeps canvases for reuse, so that a busy service does not allocate one for each card. The zero Pool is
// ready for use. It is safe for concurrent use.
type Pool struct{ pool sync.Pool }

// Get returns a canvas of w by h pixels with undefined contents: a plan covers all of them.
func (p *Pool) Get(w, h int) *Canvas {
	c, _ := p.pool.Get().(*Canvas)
	if c == nil {
		return New(w, h)
	}
	c.resize(image.Rect(0, 0, w, h))
	return c
}

// Put puts a canvas back into the pool. The canvas must not be used afterwards; nil is ignored.
func (p *Pool) Put(c *Canvas) {
	if c != nil {
		p.pool.Put(c)
	}
}

// resize changes the canvas's size. If the size differs, all pixels count as painted.
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

// Cover makes the whole canvas paper. It paints only the pixels that may not be paper already.
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

// Touch records that pixels of r may be painted. It must be called before they are.
func (c *Canvas) Touch(r image.Rectangle) {
	r = r.Intersect(c.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		c.painted[y] = c.painted[y].Join(png.Span{From: r.Min.X, To: r.Max.X})
	}
}

// Painted returns, for each row, the columns outside of which all pixels are paper. The slice belongs to the canvas
// and must not be modified.
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

// fillRow fills a row, which must not be empty, with the opaque colour.
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
