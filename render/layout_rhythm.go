package render

import (
	"math"
	"slices"

	"newsroom.example/cards/render/text"
)

// labelAir is the least distance of a headline's ink from that of the label above it, as a share of the height of the
// headline's capitals. What is nearer belongs to the line and not to the headline.
const labelAir = 0.35

// air returns how much more room a headline needs to keep its distance from the label in its stack, or at the foot of
// the stack above, where the middle stack gets a share of what is free.
func (l *layout) air(groups map[string]*group, head *piece) float64 {
	for _, g := range groups {
		i := slices.IndexFunc(g.pieces, func(p piece) bool { return p.headline != nil })
		if i > 0 && g.pieces[i-1].label {
			want := float64(labelAir*head.capital) + head.high + g.pieces[i-1].low
			return max(0, math.Ceil(want-head.gap))
		}
	}
	top, middle := groups["top"], groups["middle"]
	if n := len(top.pieces); n > 0 && top.pieces[n-1].label && len(middle.pieces) > 0 && middle.pieces[0].headline != nil {
		want := float64(labelAir*head.capital) + head.high + top.pieces[n-1].low
		return max(0, math.Ceil(want/middle.lean-2*l.px(stackGap)))
	}
	return 0
}

// below returns how far the ink of a label extends below its row.
func (l *layout) below(badge, kicker text.Block, height float64) float64 {
	if len(kicker.Lines) == 0 {
		return 0
	}
	low := float64(l.setter.Ink(kicker.Lines[0]).Max.Y)
	if len(badge.Lines) > 0 {
		low -= math.Round((height - badge.CapPx) / 2)
	}
	return max(0, low)
}

// shrinks reports whether an area has a figure that can be made smaller, which it is before anything is left out.
func (l *layout) shrinks(area string) bool {
	for _, s := range l.template.Stacks {
		if s.Area != area || !s.When.Holds(l.holds) {
			continue
		}
		for i := range s.Items {
			it := &s.Items[i]
			if it.IsHeadline() || len(it.Steps) == 0 || !it.When.Holds(l.holds) || l.words(it.Text).Text == "" {
				continue
			}
			if next := l.smaller + 1; next < len(it.Steps) && it.Steps[next][0] >= leastFigure {
				return true
			}
		}
	}
	return false
}

// leastFigure is the size down to which a figure is made smaller to keep what is around it: well above the headline's.
const leastFigure = 123
