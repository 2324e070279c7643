package render

import (
	"image"
	"image/color"

	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render/scrim"
)

var white = color.NRGBA{255, 255, 255, 255}

// end holds the text and marks at the top or at the bottom of a photo.
type end struct {
	lines []inkedLine
	ops   []int // indices of runs and rules of the plan, which get the end's inks
	fixed bool  // some colours cannot change: of a logo, or of text with its own colour
}

// inkedLine is the rectangle that a line of text or a logo may touch.
type inkedLine struct {
	box image.Rectangle
	ink color.NRGBA
	op  int
}

// setting is a possible pairing of an end, and the strengths of the scrim that its lines need.
type setting struct {
	in    design.Pairing
	needs []float64
	most  float64
}

// ends returns the texts and marks on the photo, except badges, which have their own background.
func (s Shade) ends(ops []Op) (head, foot end) {
	of := func(atHead bool) *end {
		if atHead {
			return &head
		}
		return &foot
	}
	for i, op := range ops {
		switch op := op.(type) {
		case Logo:
			if e := of(op.Head); op.Rect.Overlaps(s.Rect) {
				e.lines, e.fixed = append(e.lines, inkedLine{op.Rect.Intersect(s.Rect), white, i}), true
			}
		case Rule:
			if e := of(op.Head); op.Rect.Overlaps(s.Rect) {
				e.ops = append(e.ops, i)
				e.fixed = e.fixed || !op.Rect.In(s.Rect) || !has(s.Own, op.Color)
			}
		case Run:
			if op.Role != "badge" {
				of(op.Head).add(s, i, op)
			}
		}
	}
	return head, foot
}

// add adds the lines of a run that lie on the photo.
func (e *end) add(s Shade, at int, run Run) {
	n := len(e.lines)
	for i, line := range run.Block.Lines {
		box := run.box(i)
		if !box.Overlaps(s.Rect) {
			continue
		}
		ink := run.Ink
		if hasTail(line) && run.TailInk.A < ink.A {
			ink = run.TailInk
		}
		e.fixed = e.fixed || !box.In(s.Rect)
		e.lines = append(e.lines, inkedLine{box.Intersect(s.Rect), ink, at})
	}
	if len(e.lines) > n {
		e.ops = append(e.ops, at)
		e.fixed = e.fixed || !has(s.Own, run.Ink) || !has(s.Own, run.TailInk)
	}
}

// has reports whether the ink belongs to the pairing, with any opacity.
func has(p design.Pairing, ink color.NRGBA) bool {
	return sameColour(ink, p.Ink) || sameColour(ink, p.Accent)
}

func sameColour(a, b color.NRGBA) bool { return a.R == b.R && a.G == b.G && a.B == b.B }

// inked returns the ink of another pairing that corresponds to the given one.
func inked(ink color.NRGBA, from, to design.Pairing) color.NRGBA {
	c := ink
	switch {
	case sameColour(ink, from.Ink):
		c = to.Ink
	case sameColour(ink, from.Accent):
		c = to.Accent
	}
	c.A = ink.A
	return c
}

// paint changes the end's ops to the inks of another pairing.
func (e end) paint(ops []Op, from, to design.Pairing) {
	if from == to {
		return
	}
	for _, i := range e.ops {
		switch op := ops[i].(type) {
		case Run:
			op.Ink, op.TailInk = inked(op.Ink, from, to), inked(op.TailInk, from, to)
			ops[i] = op
		case Rule:
			op.Color = inked(op.Color, from, to)
			if op.Accent {
				op.Color.R, op.Color.G, op.Color.B = to.Accent.R, to.Accent.G, to.Accent.B
			}
			ops[i] = op
		}
	}
}

// measure computes the strengths that the lines need in a pairing. It stops at the first that needs more than
// limit.
func (s Shade) measure(canvas *image.RGBA, e end, in design.Pairing, limit float64) setting {
	set := setting{in: in, needs: make([]float64, len(e.lines))}
	v := scrim.Veil{Color: in.Scrim, Contrast: s.Contrast}
	for i, line := range e.lines {
		set.needs[i] = v.Needed(canvas, line.box, inked(line.ink, s.Own, in), limit)
		if set.most = max(set.most, set.needs[i]); set.most > limit {
			break
		}
	}
	return set
}

// top returns the first row of the end's text, and foot the row after its last; the edge if there is none.
func (e end) top(edge int) int {
	for _, line := range e.lines {
		edge = min(edge, line.box.Min.Y)
	}
	return edge
}

func (e end) foot(edge int) int {
	for _, line := range e.lines {
		edge = max(edge, line.box.Max.Y)
	}
	return edge
}

// small reports whether the end has small text alone, such as a caption.
func (e end) small() bool {
	top, foot := 1<<30, 0
	for _, line := range e.lines {
		top, foot = min(top, line.box.Min.Y), max(foot, line.box.Max.Y)
	}
	return foot-top < leastFade
}
