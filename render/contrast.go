package render

import (
	"fmt"
	"image"
	"slices"

	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render/scrim"
	"newsroom.example/cards/render/text"
)

// warnOfContrast adds a warning for text that a newsroom's own template or theme sets too faint to read.
func (p *Plan) warnOfContrast() {
	for role, got := range map[string]float64{"headline": p.Contrast.Headline, "caption": p.Contrast.Caption} {
		if got > 0 && got < design.MinContrast {
			p.Warnings = append(p.Warnings,
				fmt.Sprintf("%s: a contrast of %.1f:1, and %.1f:1 is needed", role, got, design.MinContrast))
		}
	}
	slices.Sort(p.Warnings)
}

// measure returns the lowest contrasts of headline and caption with the pixels under their lines.
func measure(canvas *image.RGBA, ops []Op) Contrast {
	c, _ := contrastOf(ops, func(run Run) (float64, bool) { return run.contrast(canvas), true })
	return c
}

// contrastOf returns the lowest contrasts of headline and caption. of computes the contrast of a run; ok is
// false if of returns false. The contrast of a role that the card does not show is 0.
func contrastOf(ops []Op, of func(Run) (lowest float64, ok bool)) (c Contrast, ok bool) {
	for i := range ops {
		run, isRun := ops[i].(Run)
		if !isRun {
			continue
		}
		var role *float64
		switch run.Role {
		case "headline":
			role = &c.Headline
		case "caption", "credit":
			role = &c.Caption
		default:
			continue
		}
		lowest, ok := of(run)
		if !ok {
			return Contrast{}, false
		}
		*role = lower(*role, lowest)
	}
	return c, true
}

// lower returns the lower of two ratios; a first ratio of 0 is absent.
func lower(a, b float64) float64 {
	if a == 0 {
		return b
	}
	return min(a, b)
}

// contrast returns the lowest contrast of the run's inks with the pixels under its lines.
func (r Run) contrast(canvas *image.RGBA) float64 {
	ink, tail := scrim.NewTones(r.Ink), scrim.NewTones(r.TailInk)
	lowest := 21.0
	for i, line := range r.Block.Lines {
		box := r.box(i).Intersect(canvas.Rect)
		lowest = ink.Lowest(canvas, box, lowest)
		if hasTail(line) {
			lowest = tail.Lowest(canvas, box, lowest)
		}
	}
	return lowest
}

// hasTail reports whether the line has text in the tail's ink.
func hasTail(line text.Line) bool {
	return slices.ContainsFunc(line.Fragments, func(f text.Fragment) bool { return f.Tail })
}
