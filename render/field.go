package render

import (
	"fmt"
	"image"
	"image/color"
)

// Field paints a photo's own colours, far out of focus, over a rectangle: the ground on which a
// photo stands that is too small to fill it.
type Field struct {
	Rect, Crop image.Rectangle
	Tint       color.NRGBA // laid over the colours; its alpha is the share
}

func (o Field) String() string { return fmt.Sprintf("field %v %s", o.Rect, hex(o.Tint)) }

// fieldCells is how many colours a field has on its longer side.
const fieldCells = 10

// fieldSize is a field's size in cells.
func fieldSize(r image.Rectangle) image.Point {
	if w, h := r.Dx(), r.Dy(); w >= h {
		return image.Pt(fieldCells, max(2, fieldCells*h/w))
	}
	return image.Pt(max(2, fieldCells*r.Dx()/r.Dy()), fieldCells)
}

// spread is the three cells that a pixel takes its colour from, and their weights in 131,072ths:
// a quadratic B-spline, which shows no cell.
type spread struct {
	at     [3]int
	weight [3]uint32
}

func spreads(cells, pixels int) []spread {
	all := make([]spread, pixels)
	for i := range all {
		pos := (2*i + 1) * cells * 256 / (2 * pixels) // in 256ths of a cell
		cell, t := pos>>8, uint32(pos&255)
		first, last := (256-t)*(256-t), t*t
		all[i] = spread{
			at:     [3]int{max(0, cell-1), cell, min(cells-1, cell+1)},
			weight: [3]uint32{first, 1<<17 - first - last, last},
		}
	}
	return all
}

// paint spreads the cells over the field's rectangle, dithered, so that it shows no steps.
func (o Field) paint(canvas, cells *image.RGBA) {
	cols, rows := spreads(cells.Rect.Dx(), o.Rect.Dx()), spreads(cells.Rect.Dy(), o.Rect.Dy())
	share := uint32(o.Tint.A) * 257
	tint := [3]uint32{uint32(o.Tint.R) << 8, uint32(o.Tint.G) << 8, uint32(o.Tint.B) << 8}
	line := make([][3]uint32, cells.Rect.Dx()) // one row of cells, in 256ths of a level
	for y, row := range rows {
		for x := range line {
			for ch := range line[x] {
				sum := uint32(0)
				for k, at := range row.at {
					sum += uint32(cells.Pix[cells.PixOffset(x, at)+ch]) * row.weight[k]
				}
				v := sum >> 9
				line[x][ch] = v - v>>8*share>>8 + tint[ch]>>8*share>>8
			}
		}
		out := canvas.Pix[canvas.PixOffset(o.Rect.Min.X, o.Rect.Min.Y+y):]
		thresholds := &bayer[y&7]
		for x := range cols {
			c := &cols[x]
			a, b, d := &line[c.at[0]], &line[c.at[1]], &line[c.at[2]]
			px := out[4*x : 4*x+4 : 4*x+4]
			for ch := range 3 {
				v := (a[ch]>>1*c.weight[0] + b[ch]>>1*c.weight[1] + d[ch]>>1*c.weight[2]) >> 16
				px[ch] = uint8(min(255, (v+thresholds[x&7]<<2)>>8))
			}
			px[3] = 255
		}
	}
}
