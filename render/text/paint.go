package text

import (
	"image"
	"image/color"
	"math"

	"github.com/go-text/typesetting/font"

	"newsroom.example/cards/fonts"
)

// Limits of a line's ink above and below its baseline, in ems. Ink beyond them is cut off, so that stacked marks
// extend beyond the line by less than a quarter of its height. The tallest letters in use, such as Vietnamese Ế,
// extend 1.1 up, the deepest 0.4 down.
const (
	reachUpEm   = 1.2
	reachDownEm = 0.5
)

// reach returns how far a line's ink may extend above and below its baseline, in pixels.
func reach(sizePx float64) (up, down int) {
	return int(math.Ceil(reachUpEm * sizePx)), int(math.Ceil(reachDownEm * sizePx))
}

// Draw paints l over dst with its left edge and baseline at the point, in pixels. Glyphs are positioned
// horizontally at quarters of a pixel, and vertically at whole pixels. Nothing outside the returned rectangle is
// changed.
func (s *Setter) Draw(dst *image.RGBA, l Line, xPx, baselinePx float64, inks Inks) (touched image.Rectangle) {
	base := int(math.Round(baselinePx))
	up, down := reach(l.sizePx)
	clip := image.Rect(dst.Rect.Min.X, base-up, dst.Rect.Max.X, base+down)
	clip = clip.Intersect(dst.Rect)
	for _, g := range l.glyphs {
		ink := inks.Body
		if g.tail {
			ink = inks.Tail
		}
		x := xPx + float64(float64(g.at)*l.sizePx/unitsPerEm)
		y := base - int(math.Round(float64(g.y)*l.sizePx/unitsPerEm))
		whole, quarter := quarters(x)
		mask := s.maskOf(g.font, g.id, l.sizePx, quarter)
		touched = touched.Union(mask.paint(dst, clip, image.Pt(whole, y), ink))
	}
	return touched
}

// maskOf returns the mask of a glyph at a size and a quarter-pixel position.
func (s *Setter) maskOf(f *fonts.Font, id font.GID, sizePx float64, quarter uint8) *mask {
	size := s.scaled(int(math.Round(sizePx*64)), f)
	return s.masks.mask(maskKey{font: f, id: id, size: int32(size), quarter: quarter})
}

// quarters splits a position into whole pixels and quarters.
func quarters(x float64) (whole int, quarter uint8) {
	q := int(math.Round(x * 4))
	whole = q >> 2
	return whole, uint8(q & 3)
}

// paint composites the mask in the ink over dst, at the glyph's origin, inside clip, and returns where.
func (m *mask) paint(dst *image.RGBA, clip image.Rectangle, at image.Point, ink color.NRGBA) (area image.Rectangle) {
	area = m.bounds.Add(at).Intersect(clip)
	if m.colour {
		m.paintColour(dst, area, at)
		return area
	}
	if area.Empty() {
		return area
	}
	left, top := at.X+m.bounds.Min.X, at.Y+m.bounds.Min.Y
	pix, cover := dst.Pix[dst.PixOffset(area.Min.X, area.Min.Y):], m.pix[(area.Min.Y-top)*m.stride:]
	if area.Dx() == m.bounds.Dx() && left+m.stride <= dst.Rect.Max.X {
		layRows(pix, dst.Stride, cover, m.stride, area.Dy(), ink)
		return area
	}
	for y := range area.Dy() {
		layRow(pix[y*dst.Stride:], cover[y*m.stride+area.Min.X-left:][:area.Dx()], ink)
	}
	return area
}

// paintColour composites a mask in colour, regardless of the ink.
func (m *mask) paintColour(dst *image.RGBA, area image.Rectangle, at image.Point) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := dst.Pix[dst.PixOffset(area.Min.X, y):][:area.Dx()*4]
		src := m.pix[((y-at.Y-m.bounds.Min.Y)*m.bounds.Dx()+area.Min.X-at.X-m.bounds.Min.X)*4:]
		for i := 0; i < len(row); i += 4 {
			rest := 255 - uint32(src[i+3])
			for c := range 4 {
				row[i+c] = src[i+c] + uint8((uint32(row[i+c])*rest+127)/255)
			}
		}
	}
}
