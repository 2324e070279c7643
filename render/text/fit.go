package text

import "strings"

// fitted is a text in lines, at one of the steps.
type fitted struct {
	p     Paragraph
	sh    *shaped
	lines []span // none if the text does not fit
	at    int    // index of the step
}

// Fit lays out p at the first of steps at which all of it fits the box. steps must be sorted from the largest size
// to the smallest. Words that belong together stay on one line unless the text would have to be much smaller for that.
// If the text fits at no step, words wider than the box are split at the last step. If that is not enough, p is cut
// there, with an ellipsis after a word or between graphemes.
func (s *Setter) Fit(p Paragraph, steps []Step, st Style, b Box) Block {
	sh := s.remembered(p, st)
	f := fitted{p: p, sh: sh}
	var wide bool
	f.lines, f.at, wide = sh.firstFit(steps, b)
	if f.at > 0 || f.lines == nil {
		f = s.loosened(f, wide, steps, st, b)
	}
	if f.lines == nil && len(sh.clusters) > 0 {
		return s.cut(f.sh, f.p, steps[f.at], st, b)
	}
	f.sh.setFor(steps[f.at])
	return f.sh.block(f.lines, steps[f.at].SizePx)
}

// atLast returns the text at the last step, where words wider than a line are split; without lines if even that does
// not make it fit.
func (f fitted) atLast(steps []Step, b Box) fitted {
	f.at = len(steps) - 1
	least := steps[f.at]
	f.sh.setFor(least)
	f.lines, _ = f.sh.lines(f.sh.units(b.WidthPx, least.SizePx), f.sh.maxLines(least, b))
	return f
}

// loosened returns f, or the text at a larger step, with words apart that belong together or with a long word split, if
// they would cost more than they may. wide reports whether something was wider than a line.
func (s *Setter) loosened(f fitted, wide bool, steps []Step, st Style, b Box) fitted {
	if loose, held := f.p.released(); held {
		free := fitted{p: loose, sh: s.shape(loose, st)}
		free.lines, free.at, _ = free.sh.firstFit(steps, b)
		if f.lines == nil || free.px(steps) > heldAt(free.px(steps))*f.px(steps) {
			f = free
		}
	}
	if f.lines == nil {
		f = f.atLast(steps, b)
	}
	if f.sh.held {
		f = f.or(together, steps, b)
	}
	if wide && f.sh.style.Display {
		f = f.or(hyphenated, steps, b)
	}
	return f
}

// px returns the size of the text; 0 if it does not fit.
func (f fitted) px(steps []Step) float64 {
	if f.lines == nil {
		return 0
	}
	return steps[f.at].SizePx
}

// or returns the text under another strain, at the step at which it is the largest for what it costs, or f if that is
// larger.
func (f fitted) or(most strain, steps []Step, b Box) fitted {
	best, largest := f, f.px(steps)
	for i, step := range steps {
		if step.SizePx <= heldCosts*largest { // any strain costs at least as much
			break
		}
		f.sh.setFor(step)
		if lines, ok, _ := f.sh.fill(step, b, most); ok {
			if px := step.SizePx / f.sh.costs(lines, step.SizePx); px > largest {
				best, largest = fitted{f.p, f.sh, lines, i}, px
			}
		}
	}
	return best
}

// A strain says what may be broken to fit a text.
type strain uint8

const (
	apart      strain = iota // nothing
	together                 // words that belong together
	hyphenated               // and words wider than a line, with a hyphen
)

// firstFit returns the lines of the text at the first step at which all of it fits the box and nothing is broken, and
// the index of that step; nil and len(steps) if there is none. wide reports whether something was wider than a line.
func (sh *shaped) firstFit(steps []Step, b Box) (lines []span, at int, wide bool) {
	for i, step := range steps {
		sh.setFor(step)
		lines, ok, splits := sh.fill(step, b, apart)
		if ok {
			if better, at := sh.fuller(lines, i, steps, b); better != nil {
				return better, at, wide
			}
			return lines, i, wide
		}
		wide = wide || splits
	}
	return nil, len(steps), wide
}

// noBreakSpaces are the spaces at which a line does not end. Word processors put them between all words of a text.
var noBreakSpaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2007", " ")

// released returns the paragraph with ordinary spaces, and whether it had others.
func (p Paragraph) released() (Paragraph, bool) {
	text, tail := noBreakSpaces.Replace(p.Text), noBreakSpaces.Replace(p.Tail)
	held := text != p.Text || tail != p.Tail
	p.Text, p.Tail = text, tail
	return p, held
}
