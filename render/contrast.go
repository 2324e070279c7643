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

// measure is the lowest contrast of headline and caption to the pixels under their lines.
func measure(canvas *image.RGBA, ops []Op) Contrast {
	c, _ := contrastOf(ops, func(run Run) (float64, bool) { return run.contrast(canvas), true })
	return c
}

// contrastOf returns the lowest contrast of headline and caption, as of gives it for each run; ok is
// false where of knows none. A role that the card does not show is left at 0.
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

// lower is the lower of two ratios, of which the first is 0 where there is none yet.
func lower(a, b float64) float64 {
	if a == 0 {
		return b
	}
	return min(a, b)
}

// contrast is the lowest contrast of the run's inks to the pixels under its lines.
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

// hasTail reports a line with words in the tail's ink.
func hasTail(line text.Line) bool {
	return slices.ContainsFunc(line.Fragments, func(f text.Fragment) bool { return f.Tail })
}
