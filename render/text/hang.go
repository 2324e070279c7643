package text

import (
	"math"
	"strings"
)

// Quotation marks with which a line begins hang: they stand before the line, so that its letters begin where those of
// the other lines do. Full-width marks do not; their blank is removed (fullwidth.go).

// hanging are the marks that hang if they open a quotation.
const hanging = quotes

// mostHung is the maximum number of clusters that hang.
const mostHung = 8

// findHangs counts for each cluster how many clusters hang if a line begins with it: quotation marks that open, and the
// space between such a mark and its text.
func (sh *shaped) findHangs() {
	if sh.style.HangPx <= 0 {
		return
	}
	for i := len(sh.clusters) - 2; i >= 0; i-- {
		c := &sh.clusters[i]
		r := sh.runes[c.start]
		if c.end != c.start+1 || !strings.ContainsRune(hanging, r) || sh.facing(c.start) != opens ||
			(c.level%2 == 1) != (sh.dir == RightToLeft) {
			continue
		}
		next := i + 1
		for next < len(sh.clusters)-1 && sh.clusters[next].blank {
			next++
		}
		if n := next - i + int(sh.clusters[next].hung); n <= mostHung && !sh.clusters[next].blank {
			c.hung, sh.hangs = uint8(n), true
		}
	}
}

// begins returns the first of the clusters of a line that does not hang, at the current step.
func (sh *shaped) begins(from int) int {
	if n := int(sh.clusters[from].hung); n > 0 && sh.hang(from, from+n) <= sh.hangMost {
		return from + n
	}
	return from
}

// thinSpace is the width of a space between a mark that hangs and its text, at most.
const thinSpace = unitsPerEm / 8

// hang returns the width of clusters that hang, with the tracking after them.
func (sh *shaped) hang(from, to int) int64 {
	width := sh.sums[to] - sh.sums[from] + (sh.tracked[to]-sh.tracked[from])*sh.tracking
	for i := from; i < to; i++ {
		width -= sh.tooWide(&sh.clusters[i])
	}
	return width
}

// tooWide returns by how much a cluster that hangs is narrowed, if it is a space.
func (sh *shaped) tooWide(c *cluster) int64 {
	if !c.blank {
		return 0
	}
	space := int64(c.advance)
	if sh.tracks(c) {
		space += sh.tracking
	}
	return max(0, space-thinSpace)
}

// setHang sets how much of a line may hang at a size.
func (sh *shaped) setHang(sizePx float64) {
	sh.hangMost = 0
	if sh.hangs && sizePx > 0 {
		sh.hangMost = int64(math.Floor(sh.style.HangPx * unitsPerEm / sizePx))
	}
}
