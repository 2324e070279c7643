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
	return &image.RGBA{Pix: (*buf)[:n:n], Stride: 4 * w, Rect: image.Rect(0, 0, w, h)}
}

func (p *canvases) give(m *image.RGBA) {
	if m != nil {
		p.pool.Put(&m.Pix)
	}
}

// fill paints an opaque rectangle.
func fill(canvas *image.RGBA, f Fill) {
	r := f.Rect.Intersect(canvas.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := canvas.Pix[canvas.PixOffset(r.Min.X, y):]
		for i := range r.Dx() {
			row[4*i], row[4*i+1], row[4*i+2], row[4*i+3] = f.Color.R, f.Color.G, f.Color.B, 255
		}
	}
}
