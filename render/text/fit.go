package text

// fit returns the lines of the text at the first step at which all of it fits the box without splitting a word, and
// the index of that step; nil and len(steps) if there is none. Phrases and words that readers see as one are held
// together where that costs at most one step.
func (sh *shaped) fit(steps []Step, b Box) (lines []span, at int) {
	lines, at = sh.firstFit(steps, b)
	if !sh.held || at < min(2, len(steps)) {
		return lines, at
	}
	for i, step := range steps[:at] {
		if i+1 == at && at < len(steps) {
			break
		}
		sh.setFor(step)
		if free := sh.fillFreely(step, b); free != nil {
			return free, i
		}
	}
	return lines, at
}

// firstFit returns the lines of the text at the first step at which it fits with all that is held together.
func (sh *shaped) firstFit(steps []Step, b Box) (lines []span, at int) {
	for i, step := range steps {
		sh.setFor(step)
		if lines, ok := sh.fill(step, b); ok {
			return lines, i
		}
	}
	return nil, len(steps)
}

// spareLines is how many lines more than the fewest are tried to part less of what is held together.
const spareLines = 2

// fillFreely breaks the text at any opportunity that is not inside a word. Of the breakings it returns the one that
// parts least of what is held together; nil if there are none.
func (sh *shaped) fillFreely(step Step, b Box) (lines []span) {
	most := sh.maxLines(step, b)
	width := sh.units(b.WidthPx, step.SizePx)
	if most == 0 || sh.sums[len(sh.clusters)]/int64(most) > width+width/8 {
		return nil
	}
	var ops []opportunity
	for i, o := range sh.breaks {
		if o.rank() <= glued || i == len(sh.breaks)-1 {
			ops = append(ops, o)
		}
	}
	fewest := sh.fewest(ops, width, most)
	if fewest == 0 {
		return nil
	}
	least := unreachable
	for n := fewest; n <= min(most, fewest+spareLines); n++ {
		found, cost := sh.balanced(ops, width, n)
		if found == nil || parted(cost) >= least {
			continue
		}
		least = parted(cost)
		if sh.isWidow(ops, found) {
			if better := sh.withoutWidow(ops, width, n, cost); better != nil {
				found = better
			}
		}
		lines = found
	}
	return lines
}

// parted returns how much of what is held together a cost parts.
func parted(cost int64) int64 { return (cost + costPhrase/2) / costPhrase }
