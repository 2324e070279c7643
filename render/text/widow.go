package text

// A widow is a last line of two or more words that is narrower than four tenths of the widest line. A single word
// on the last line does not count.

// isWidow reports whether the last line is a widow.
func (sh *shaped) isWidow(ops []opportunity, lines []span) bool {
	return sh.isNarrow(lines) && breaksInside(ops, lines[len(lines)-1])
}

// isNarrow reports whether the last line is narrower than four tenths of the widest.
func (sh *shaped) isNarrow(lines []span) bool {
	last := len(lines) - 1
	widest := int64(0)
	for _, l := range lines {
		widest = max(widest, sh.width(l.from, l.to))
	}
	return sh.width(lines[last].from, lines[last].to)*5 < widest*2
}

// A headline is uneven if a line of it, such as one short word, is shorter than unevenMost of the widest (thousandths).
// Then a size down to fullerFrom of the first at which it fits is taken, one step as a rule, if no line is shorter than
// evenLeast there.
const (
	unevenMost = 420
	evenLeast  = 480
	fullerFrom = 0.87
)

// fuller returns the lines of a headline at a size a little smaller than the step at which it first fits, with the
// index of the step, if it is uneven there, and is not at that size; else nil.
func (sh *shaped) fuller(first []span, at int, steps []Step, b Box) (lines []span, _ int) {
	if !sh.style.Display || len(first) < 2 || sh.narrowest(first) >= unevenMost {
		return nil, 0
	}
	for i, step := range steps[at+1:] {
		if step.SizePx < float64(fullerFrom*steps[at].SizePx) {
			break
		}
		sh.setFor(step)
		if lines, ok, _ := sh.fill(step, b, apart); ok && len(lines) <= len(first) && sh.narrowest(lines) >= evenLeast {
			return lines, at + 1 + i
		}
	}
	return nil, 0
}

// narrowest returns the width of the narrowest line as a share of the widest, in thousandths.
func (sh *shaped) narrowest(lines []span) int64 {
	least, most := unreachable, int64(1)
	for _, l := range lines {
		w := sh.width(l.from, l.to)
		least, most = min(least, w), max(most, w)
	}
	return least * 1000 / most
}

// breaksInside reports whether a line has two or more words.
func breaksInside(ops []opportunity, l span) bool {
	for _, o := range ops {
		if o.at > l.from && o.at < l.to && o.rank() == proper {
			return true
		}
	}
	return false
}

// withoutWidow returns the cheapest breaking into n lines of which the others are at most two and a half times as
// wide as the last. It returns nil if every such breaking has worse breaks than the breaking with the given cost.
func (sh *shaped) withoutWidow(ops []opportunity, width int64, n int, cost int64) (lines []span) {
	end := ops[len(ops)-1].at
	least := (cost/costPhrase + 1) * costPhrase
	for i := len(ops) - 2; i >= 0; i-- {
		last := sh.width(ops[i].at, end)
		if last > width {
			break
		}
		if last == 0 { // only marks without width
			continue
		}
		before, cost := sh.balanced(ops[:i+1], min(width, last*5/2), n-1)
		if cost += raggedness(last, sh.sums[end]/int64(n), width, false); before != nil && cost < least {
			lines, least = append(before, span{ops[i].at, end, false}), cost
		}
	}
	return lines
}
