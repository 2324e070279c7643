package render

import (
	"image"
	"image/color"
	"sync"

	"newsroom.example/cards/internal/png"
)

var white = color.NRGBA{255, 255, 255, 255}

// leaf is a canvas, and where it may hold anything but its paper. The rest is neither painted again for the
// next card on the same paper, nor looked at when the card is encoded.
type leaf struct {
	image.RGBA
	paper color.NRGBA
	ink   []png.Span // by row
	blank []uint8    // a row of paper
}

// leaves lends out canvases, so that a busy service does not make one for each card.
type leaves struct{ pool sync.Pool }

// take is a leaf of the size. Its pixels are whatever they were: every plan covers it all.
func (p *leaves) take(w, h int) *leaf {
	l, _ := p.pool.Get().(*leaf)
	if l == nil {
		l = new(leaf)
	}
	l.resize(image.Rect(0, 0, w, h))
	return l
}

func (p *leaves) give(l *leaf) {
	if l != nil {
		p.pool.Put(l)
	}
}

// resize makes the leaf one of another size, of which nothing is known.
func (l *leaf) resize(to image.Rectangle) {
	if l.Rect == to {
		return
	}
	n := 4 * to.Dx() * to.Dy()
	if cap(l.Pix) < n {
		l.Pix = make([]uint8, n)
	}
	l.Pix, l.Stride, l.Rect = l.Pix[:n], 4*to.Dx(), to
	l.ink = make([]png.Span, to.Dy())
	l.touch(to)
}

// cover makes all of the leaf paper.
func (l *leaf) cover(paper color.NRGBA) {
	if l.paper != paper {
		l.touch(l.Rect)
	}
	l.paper = paper
	l.blank = resized(l.blank, l.Stride)
	colourRow(l.blank, paper)
	for y, s := range l.ink {
		copy(l.Pix[y*l.Stride+4*s.From:], l.blank[:4*(s.To-s.From)])
		l.ink[y] = png.Span{}
	}
}

// touch tells that pixels of r may be painted.
func (l *leaf) touch(r image.Rectangle) {
	r = r.Intersect(l.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		l.ink[y] = l.ink[y].Join(png.Span{From: r.Min.X, To: r.Max.X})
	}
}

// fill paints an opaque rectangle.
func fill(canvas *image.RGBA, f Fill) {
	r := f.Rect.Intersect(canvas.Rect)
	if r.Empty() {
		return
	}
	first := canvas.Pix[canvas.PixOffset(r.Min.X, r.Min.Y):][:4*r.Dx()]
	colourRow(first, f.Color)
	for y := r.Min.Y + 1; y < r.Max.Y; y++ {
		copy(canvas.Pix[canvas.PixOffset(r.Min.X, y):], first)
	}
}

// colourRow makes all pixels of a row, one at least, opaque and of the colour.
func colourRow(row []uint8, c color.NRGBA) {
	copy(row, []uint8{c.R, c.G, c.B, 255})
	for done := 4; done < len(row); done *= 2 {
		copy(row[done:], row[:done])
	}
}
