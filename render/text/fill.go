package text

import "math"

// span is a line with clusters[from:to], and whether it ends with a hyphen.
type span struct {
	from, to int
	hyphen   bool
}

// fill breaks the text into the fewest lines that the width allows. Of these breakings it chooses the one with the
// lowest cost: even lines, at good places, without a widow. ok is false if there are too many lines for the step
// or the height, or if more would have to be broken than the strain allows. wide reports whether something was wider
// than the line.
func (sh *shaped) fill(step Step, b Box, strain strain) (lines []span, ok, wide bool) {
	most := sh.maxLines(step, b)
	if most == 0 || len(sh.clusters) == 0 {
		return nil, len(sh.clusters) == 0, false
	}
	width := sh.units(b.WidthPx, step.SizePx)
	if sh.sums[len(sh.clusters)]/int64(most) > width+width/8 {
		return nil, false, false
	}
	var ops []opportunity
	switch strain {
	case apart:
		lines, wide = sh.lines(width, most)
		return lines, lines != nil && !wide, wide
	case together:
		ops, wide = sh.refine(nil, sh.breaks, 0, togetherRanks, width)
	case hyphenated:
		ops, _ = sh.refine(nil, sh.breaks, 0, hyphenRanks, width)
	}
	if n := sh.fewest(ops, width, most); n > 0 && !wide {
		lines = sh.even(ops, width, n)
		if n < most { // a line more may spare the worst breaks
			if more, cost := sh.balanced(ops, width, n+1); more != nil && cost < sh.worst(lines) {
				lines = more
			}
		}
	}
	return lines, lines != nil && !sh.splitsWithoutHyphen(lines), wide
}

// units converts a width in pixels at the size to units, rounded down.
func (sh *shaped) units(px, sizePx float64) int64 {
	return int64(math.Floor(px * unitsPerEm / sizePx))
}

// maxLines returns how many lines the step and the box allow.
func (sh *shaped) maxLines(step Step, b Box) int {
	most := step.MaxLines
	if most == 0 {
		most = math.MaxInt32
	}
	if b.HeightPx > 0 {
		leading := sh.leadingEm * step.SizePx
		fits := 1 + int(math.Floor((b.HeightPx-float64(lineHeightEm*step.SizePx))/leading+1e-9))
		if b.HeightPx < lineHeightEm*step.SizePx {
			fits = 0
		}
		most = min(most, fits)
	}
	return most
}

// lines returns the cheapest breaking into the fewest lines; nil if those are more than most.
// splits reports whether a word had to be split.
func (sh *shaped) lines(width int64, most int) (lines []span, splits bool) {
	ops, splits := sh.usable(width)
	n := sh.fewest(ops, width, most)
	if n == 0 && splits { // prefer fuller lines with worse breaks to a cut
		ops, _ = sh.refine(nil, sh.breaks, 0, tightRanks, width)
		n = sh.fewest(ops, width, most)
	}
	if n == 0 {
		return nil, splits
	}
	return sh.even(ops, width, n), splits
}

// even returns the cheapest breaking into n lines, without a widow if that is possible.
func (sh *shaped) even(ops []opportunity, width int64, n int) []span {
	lines, cost := sh.balanced(ops, width, n)
	if lines != nil && sh.isWidow(ops, lines) {
		if better := sh.withoutWidow(ops, width, n, cost); better != nil {
			return better
		}
	}
	return lines
}

// usable returns the opportunities for the width: the regular ones, and those of later ranks inside parts that would
// otherwise be wider than the line.
func (sh *shaped) usable(width int64) (ops []opportunity, splits bool) {
	return sh.refine(make([]opportunity, 0, len(sh.breaks)), sh.breaks, 0, ranks, width)
}

// ranks are tried in order; tightRanks are used if those need too many lines, and the others under a strain.
var (
	togetherRanks = []rank{glued}
	hyphenRanks   = []rank{glued, inside}

	ranks      = []rank{proper, phrased, glued, worded, inside, midword, desperate}
	tightRanks = []rank{proper, phrased, glued, worded, midword, desperate}
)

// refine appends the opportunities of the first rank in a part that begins at a cluster and ends with the last of
// breaks. splits reports whether some part was wider than the line.
func (sh *shaped) refine(
	ops, breaks []opportunity, from int, ranks []rank, width int64,
) (_ []opportunity, splits bool) {
	held := 0
	for i, o := range breaks {
		if o.rank() > ranks[0] && i < len(breaks)-1 {
			continue
		}
		wide := sh.width(from, o.at) > width
		splits = splits || wide
		if wide && len(ranks) > 1 && i > held {
			sh.weigh(breaks[held : i+1])
			ops, _ = sh.refine(ops, breaks[held:i+1], from, ranks[1:], width)
		} else {
			ops = append(ops, o)
		}
		from, held = o.at, i+1
	}
	return ops, splits
}

// weigh replaces the provisional costs of breaks inside words with the exact ones, and decides which of these breaks
// need a hyphen. This is done late because few texts need breaks inside words.
func (sh *shaped) weigh(breaks []opportunity) {
	for i := range breaks {
		if breaks[i].unweighed {
			sh.weighed = true
			breaks[i] = sh.emergency(breaks[i].at)
		}
	}
}

// fewest returns the number of lines of a greedy filling, which is the minimum; 0 if that is more than most, or if
// one character is wider than the line.
func (sh *shaped) fewest(ops []opportunity, width int64, most int) int {
	n, from := 0, 0
	for next := 0; next < len(ops); {
		last := -1
		for i := next; i < len(ops) && sh.width(from, ops[i].at) <= width; i++ {
			if sh.until(from, ops[i]) <= width {
				last = i
			}
		}
		if n++; last < 0 || n > most {
			return 0
		}
		from, next = ops[last].at, last+1
	}
	return n
}

// best is the cheapest way to end a line at an opportunity.
type best struct {
	cost int64
	prev int // index of the opportunity that ends the previous line; -1: the beginning
}

const unreachable = int64(math.MaxInt64 / 4)

// balanced returns the cheapest breaking into exactly n lines; nil if there is none.
func (sh *shaped) balanced(ops []opportunity, width int64, n int) ([]span, int64) {
	end := ops[len(ops)-1].at
	mean := sh.sums[end] / int64(n)
	rows := make([][]best, n)
	for line := range rows {
		rows[line] = make([]best, len(ops))
		for j := range ops {
			rows[line][j] = sh.cheapest(ops, rows, line, j, width, mean)
		}
	}
	j := len(ops) - 1
	cost := rows[n-1][j].cost
	if cost >= unreachable {
		return nil, cost
	}
	lines := make([]span, n)
	for line := n - 1; line >= 0; line-- {
		prev := rows[line][j].prev
		lines[line] = span{0, ops[j].at, ops[j].hyphen}
		if prev >= 0 {
			lines[line].from = ops[prev].at
		}
		j = prev
	}
	return lines, cost
}

func (sh *shaped) cheapest(ops []opportunity, rows [][]best, line, j int, width, mean int64) best {
	found := best{unreachable, -1}
	last := j == len(ops)-1
	try := func(from, prev int, before int64) {
		w := sh.until(from, ops[j])
		cost := before + ops[j].cost + raggedness(w, mean, width, last && line > 0)
		if prev == j-1 && w*10 < width*6 && w*10 < mean*7 && len(rows) > 2 {
			cost += costAlone
		}
		if w <= width && cost < found.cost {
			found = best{cost, prev}
		}
	}
	if line == 0 {
		try(0, -1, 0)
		return found
	}
	for i := j - 1; i >= 0 && sh.width(ops[i].at, ops[j].at) <= width; i-- {
		if before := rows[line-1][i].cost; before < unreachable {
			try(ops[i].at, i, before)
		}
	}
	return found
}

// Costs of a last line that is a widow (shorter than four tenths of the box), and of one that is shorter than six
// tenths of the mean.
const (
	costWidow = 90_000
	costShort = 6_000
	costAlone = 8_000 // of a short line with one word, in three lines or more
)

// raggedness returns the cost of a line's difference from the mean: 1,000 for a tenth of the box, four times that
// for two tenths. A shorter last line has half the cost, unless it is a widow.
func raggedness(w, mean, width int64, last bool) int64 {
	d := (w - mean) * 1000 / width
	cost := d * d / 10
	switch {
	case !last || w >= mean:
		return cost
	case w*10 < width*4 && w*10 < mean*6:
		return cost + costWidow
	case w*10 < mean*6:
		return cost + costShort
	}
	return cost / 2
}
