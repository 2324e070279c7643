package render

import (
	"fmt"
	"image"
	"image/color"
	"slices"

	"cards/design"
	"cards/render/text"
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
	ink, tail := newTones(run.Ink, unchanged), newTones(run.TailInk, unchanged)
	lowest := 21.0
	for i, line := range run.Block.Lines {
		box := run.box(i).Intersect(canvas.Rect)
		lowest = ink.lowest(canvas, box, lowest)
		if slices.ContainsFunc(line.Fragments, func(f text.Fragment) bool { return f.Tail }) {
			lowest = tail.lowest(canvas, box, lowest)
		}
	}
	return lowest
}

// lowest is the lowest ratio of the ink to the pixels of a box, or what was the lowest before.
func (t *tones) lowest(canvas *image.RGBA, box image.Rectangle, lowest float64) float64 {
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for px := range slices.Chunk(rowOf(canvas, box, y), 4*stretch) {
			if t.least(spanOf(px)) < lowest {
				for ; len(px) >= 4; px = px[4:] {
					lowest = min(lowest, t.ratio(px[0], px[1], px[2]))
				}
			}
		}
	}
	return lowest
}

func unchanged(c color.NRGBA) color.NRGBA { return c }
