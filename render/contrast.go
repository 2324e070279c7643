package render

import (
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"slices"

	"cards/design"
)

// ratio is the contrast ratio of WCAG 2.2 of an ink laid on an opaque ground, from 1 to 21.
func ratio(ink, ground color.NRGBA) float64 { return design.Contrast(ink, ground) }

// warnOfContrast tells of text that a newsroom's own template or theme has set too faint to read.
func (p *Plan) warnOfContrast() {
	for role, got := range map[string]float64{"headline": p.Contrast.Headline, "caption": p.Contrast.Caption} {
		if got > 0 && got < design.MinContrast {
			p.Warnings = append(p.Warnings, fmt.Sprintf("%s: a contrast of %.1f:1, and %.1f:1 is needed", role, got, design.MinContrast))
		}
	}
	slices.Sort(p.Warnings)
}

// measure is the lowest contrast of headline and caption to the pixels under their lines. A role
// that the card does not show is left at 0.
func measure(canvas *image.RGBA, ops []Op) Contrast {
	var c Contrast
	for _, op := range ops {
		run, ok := op.(Run)
		if !ok {
			continue
		}
		switch run.Role {
		case "headline":
			c.Headline = lower(c.Headline, run.contrast(canvas))
		case "caption", "credit":
			c.Caption = lower(c.Caption, run.contrast(canvas))
		}
	}
	return c
}

// lower is the lower of two ratios, of which the first is 0 where there is none yet.
func lower(a, b float64) float64 {
	if a == 0 {
		return b
	}
	return min(a, b)
}

// contrast is the lowest contrast of the run's inks to the pixels under its lines.
func (run Run) contrast(canvas *image.RGBA) float64 {
	lowest := 21.0
	for i, line := range run.Block.Lines {
		box := run.box(i).Intersect(canvas.Rect)
		inks := []*tones{newTones(run.Ink, unchanged)}
		for _, f := range line.Fragments {
			if f.Tail {
				inks = append(inks, newTones(run.TailInk, unchanged))
				break
			}
		}
		for y := box.Min.Y; y < box.Max.Y; y++ {
			row := canvas.Pix[canvas.PixOffset(box.Min.X, y):]
			lowest = min(lowest, lowestInRow(row[:4*box.Dx()], inks))
		}
	}
	return lowest
}

// lowestInRow is the lowest contrast of the inks to the pixels of a row.
func lowestInRow(row []uint8, inks []*tones) float64 {
	lowest := 21.0
	last := uint32(0) // no pixel: they are opaque
	for ; len(row) >= 4; row = row[4:] {
		px := binary.LittleEndian.Uint32(row)
		if px == last {
			continue
		}
		last = px
		for _, ink := range inks {
			if r := ink.ratio(row[0], row[1], row[2]); r < lowest {
				lowest = r
			}
		}
	}
	return lowest
}

func unchanged(c color.NRGBA) color.NRGBA { return c }
