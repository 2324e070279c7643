package render

import (
	"image"
	"math"

	"newsroom.example/cards/render/raster"
	"newsroom.example/cards/render/scrim"
)

// Lobe is a patch of the scrim. It has its full strength under some text, and fades out around it.
type Lobe struct {
	Rect     image.Rectangle // that it covers, in pixels of the card
	Strength uint32          // in units of 1/65,536

	across []uint32 // the strength of each column, in units of 1/65,536
	down   []uint32 // the factor of each row, in units of 1/32,768
}

// patches returns the lobes under the text at the top: one for each run, which extends to edges of the photo that
// are near, and a second one, which fades out on all sides, under text that needs more than a light scrim.
func (s Shade) patches(head end, set setting, gap int) (all []Lobe) {
	side := max(leastFade, int(fadeSide*float64(s.Rect.Dx())))
	below := max(leastFade, min(gap, int(fadeBelow*float64(s.Rect.Dy()))))
	if c := set.in.Scrim; scrim.Brightness(c.R, c.G, c.B) > whitePixel/2 {
		side, below = leastFade, leastFade // a light patch is not visible on a pale ground, but on what is dark beside it
	}
	for i := 0; i < len(head.lines); {
		box, need, op := head.lines[i].box, 0.0, head.lines[i].op
		for ; i < len(head.lines) && head.lines[i].op == op; i++ {
			box, need = box.Union(head.lines[i].box), max(need, set.needs[i])
		}
		if need == 0 {
			continue
		}
		all = append(all, s.lobe(s.reach(box, side, below), min(need, light), side, below))
		if need > light {
			all = append(all, s.lobe(box, need, leastFade, leastFade))
		}
	}
	return all
}

// reach extends the box to edges of the photo that are not farther than the length of a fade.
func (s Shade) reach(box image.Rectangle, side, below int) image.Rectangle {
	near := func(at *int, edge, fade int) {
		if max(*at-edge, edge-*at) <= fade {
			*at = edge
		}
	}
	near(&box.Min.X, s.Rect.Min.X, side)
	near(&box.Max.X, s.Rect.Max.X, side)
	near(&box.Min.Y, s.Rect.Min.Y, below)
	near(&box.Max.Y, s.Rect.Max.Y, below)
	return box
}

// lobe returns a lobe with the strength, from 0 to 1, in the box. It fades out over side pixels at the sides, and
// below pixels above and below.
func (s Shade) lobe(box image.Rectangle, strength float64, side, below int) Lobe {
	l := Lobe{Rect: image.Rect(box.Min.X-side, box.Min.Y-below, box.Max.X+side, box.Max.Y+below).Intersect(s.Rect)}
	l.Strength = uint32(math.Round(strength * 65536))
	l.across, l.down = make([]uint32, l.Rect.Dx()), make([]uint32, l.Rect.Dy())
	for i := range l.across {
		l.across[i] = uint32(math.Round(strength * near(l.Rect.Min.X+i, box.Min.X, box.Max.X, side) * 65536))
	}
	for i := range l.down {
		l.down[i] = uint32(math.Round(near(l.Rect.Min.Y+i, box.Min.Y, box.Max.Y, below) * 32768))
	}
	return l
}

// near returns 1 between from and to, and values that fall to 0 over a fade outside.
func near(at, from, to, fade int) float64 {
	off := max(from-at, at-to+1, 0)
	return ease(float64(max(0, fade-off)) / float64(fade))
}

// blend computes the strengths of a row of Rect in shares: those of the lobes, but at least least. It returns the
// columns outside of which there is no lobe.
func (s Shade) blend(shares []uint32, y int, least uint32) (from, to int) {
	at := s.Rect.Min.Y + y
	for _, l := range s.Lobes {
		if at < l.Rect.Min.Y || at >= l.Rect.Max.Y {
			continue
		}
		// Aligned to eight columns, the width of the dither.
		x0, x1 := (l.Rect.Min.X-s.Rect.Min.X)&^7, min((l.Rect.Max.X-s.Rect.Min.X+7)&^7, len(shares))
		if from == to {
			from, to = x0, x0
		}
		for ; from > x0; from-- {
			shares[from-1] = least
		}
		for ; to < x1; to++ {
			shares[to] = least
		}
		raster.RaiseShares(shares[l.Rect.Min.X-s.Rect.Min.X:], l.across, l.down[at-l.Rect.Min.Y])
	}
	return from, to
}
