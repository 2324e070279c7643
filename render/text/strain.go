package text

import "math"

// What it costs to set a headline larger: the factor by which its size must grow for it. Sizes of neighbouring steps
// differ by a factor of about 1.12. So words that belong together, such as a number and its unit, cost a headline at
// most one step of its size, and a long word one or two; then they are separated or get a hyphen.
const (
	heldCosts     = 1.2  // to separate words that belong together, once or more
	heldMost      = 1.4  // the same, in text that is so large that a smaller size costs it little
	unitCosts     = 1.6  // to separate the parts of a word with a number, or of a unit
	compoundCosts = 1.2  // a hyphen between the parts of a compound
	hyphenCosts   = 1.25 // another hyphen
	besideCosts   = 1.4  // the same, in a word whose parts are known
	againCosts    = 1.05 // each hyphen but the dearest
)

// The sizes from which separated words cost more, and at which they cost the most, in pixels.
const heldFromPx, heldMostPx = 88, 121

// heldAt returns what it costs to separate words at a size.
func heldAt(px float64) float64 {
	return heldCosts + float64((heldMost-heldCosts)*min(1, max(0, (px-heldFromPx)/(heldMostPx-heldFromPx))))
}

// costs returns the factor that the ends of lines cost at a size. A reader who meets one hyphen is less disturbed by
// the next, so only the dearest counts in full.
func (sh *shaped) costs(lines []span, px float64) float64 {
	parted, whole, dearest, hyphens, i := false, false, 1.0, 0, 0
	for _, l := range lines {
		for sh.breaks[i].at < l.to {
			i++
		}
		cost := 1.0
		switch o := sh.breaks[i]; {
		case o.rank() == proper:
		case o.rank() < inside:
			parted = true
			whole = whole || o.cost == costUnit
		case o.cost == costEmergency:
			cost = compoundCosts
		case o.cost == costEmergency+costBesideJoint:
			cost = besideCosts
		default:
			cost = hyphenCosts
		}
		if cost > 1 {
			hyphens++
		}
		dearest = max(dearest, cost)
	}
	factor := dearest * math.Pow(againCosts, float64(max(0, hyphens-1)))
	if hyphens > 0 { // a hyphen is no better than words apart, at any size
		factor *= heldAt(px) / heldCosts
	}
	switch {
	case whole:
		factor *= unitCosts
	case parted:
		factor *= heldAt(px)
	}
	return factor
}

// worst returns the sum of what the ends of lines cost that are inside phrases, numbers or words.
func (sh *shaped) worst(lines []span) (cost int64) {
	i := 0
	for _, l := range lines {
		for sh.breaks[i].at < l.to {
			i++
		}
		if o := sh.breaks[i]; o.rank() > proper {
			cost += o.cost
		}
	}
	return cost
}

// splitsWithoutHyphen reports whether a line ends inside a word or a tail, without a hyphen.
func (sh *shaped) splitsWithoutHyphen(lines []span) bool {
	i := 0
	for _, l := range lines {
		for sh.breaks[i].at < l.to {
			i++
		}
		if sh.breaks[i].rank() >= worded && !l.hyphen {
			return true
		}
	}
	return false
}
