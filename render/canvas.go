package render

import (
	"image"
	"image/color"
	"sync"
)

var white = color.NRGBA{255, 255, 255, 255}

// canvases lends out canvases, so that a busy service does not make one for each card.
type canvases struct{ pool sync.Pool }

// take is a canvas of the size. Its pixels are whatever they were: every plan covers it all.
func (p *canvases) take(w, h int) *image.RGBA {
	n := 4 * w * h
	buf, _ := p.pool.Get().(*[]uint8)
	if buf == nil || cap(*buf) < n {
		made := make([]uint8, n)
		buf = &made
	}
	return &image.RGBA{Pix: (*buf)[:n], Stride: 4 * w, Rect: image.Rect(0, 0, w, h)}
}

func (p *canvases) give(m *image.RGBA) {
	if m != nil {
		p.pool.Put(&m.Pix)
	}
}

// fill paints an opaque rectangle.
func fill(canvas *image.RGBA, f Fill) {
	r := f.Rect.Intersect(canvas.Rect)
	if r.Empty() {
		return
	}
	first := canvas.Pix[canvas.PixOffset(r.Min.X, r.Min.Y):][:4*r.Dx()]
	copy(first, []uint8{f.Color.R, f.Color.G, f.Color.B, 255})
	for done := 4; done < len(first); done *= 2 {
		copy(first[done:], first[:done])
	}
	for y := r.Min.Y + 1; y < r.Max.Y; y++ {
		copy(canvas.Pix[canvas.PixOffset(r.Min.X, y):], first)
	}
}
