package render

import (
	"math"
)

// placeGroups places the top group at the top, the bottom group at the bottom, and the middle one between them.
func (l *layout) placeGroups(groups map[string]*group, box frame) {
	top, middle, bottom := groups["top"], groups["middle"], groups["bottom"]
	y := box.top
	if len(top.pieces) > 0 {
		y += top.pieces[0].gap
		first := len(l.plan.Ops)
		y = l.placeDown(top, box, y)
		atHead(l.plan.Ops[first:])
	}
	foot := box.foot - bottom.height()
	if len(middle.pieces) > 0 {
		free := foot - y - middle.height()
		l.placeDown(middle, box, y+math.Round(free*middle.lean))
	}
	l.placeDown(bottom, box, foot)
}

// atHead marks the elements at the top of their area.
func atHead(ops []Op) {
	for i, op := range ops {
		switch op := op.(type) {
		case Run:
			op.Head = true
			ops[i] = op
		case Rule:
			op.Head = true
			ops[i] = op
		case Logo:
			op.Head = true
			ops[i] = op
		}
	}
}

// placeDown places a group from y downwards, and returns its end.
func (l *layout) placeDown(g *group, box frame, y float64) float64 {
	for i, p := range g.pieces {
		if i > 0 {
			y += p.gap + g.pieces[i-1].hang
		}
		at := box
		if rest := box.width() - p.width; p.width > 0 && rest > 0 {
			switch p.align {
			case "center":
				at.left += math.Round(rest / 2)
			case "end":
				at.left += rest
			}
		}
		l.align = p.align
		p.place(at, math.Round(y))
		l.align = ""
		y += p.height
	}
	return y
}
