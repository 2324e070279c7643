package raster

import (
	"image"
	"image/color"
)

// spread holds the three cells that contribute to a pixel's colour, and their weights in units of 1/131,072: a
// quadratic B-spline.
type spread struct {
	at     [3]int
	weight [3]uint32
}

// spreads returns the spread of each of the pixels along one direction.
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

// Spread enlarges a few cells of colour over the rectangle r of dst, so smoothly that no cell is visible, and mixes
// in the tint, whose alpha is the proportion. The result is dithered, so that no steps are visible.
func Spread(dst *image.RGBA, r image.Rectangle, cells *image.RGBA, tint color.NRGBA) {
	cols, rows := spreads(cells.Rect.Dx(), r.Dx()), spreads(cells.Rect.Dy(), r.Dy())
	share := uint32(tint.A) * 257
	add := [3]uint32{uint32(tint.R) << 8, uint32(tint.G) << 8, uint32(tint.B) << 8}
	line := make([][3]uint32, cells.Rect.Dx()) // one row of cells, in 256ths of a level
	for y, row := range rows {
		for x := range line {
			for ch := range line[x] {
				sum := uint32(0)
				for k, at := range row.at {
					sum += uint32(cells.Pix[cells.PixOffset(x, at)+ch]) * row.weight[k]
				}
				v := sum >> 9
				line[x][ch] = v - v>>8*share>>8 + add[ch]>>8*share>>8
			}
		}
		out := dst.Pix[dst.PixOffset(r.Min.X, r.Min.Y+y):]
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
