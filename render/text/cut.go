package text

import (
	"math"
	"sort"
	"strings"
)

const ellipsis = "…"

// cut lays out p at the step with as much of its text as fits, and an ellipsis instead of the rest. The text ends
// after a word, unless words are so long that a cut between graphemes keeps far more. whole is p as it was shaped.
func (s *Setter) cut(whole *shaped, p Paragraph, step Step, st Style, b Box) Block {
	whole.setFor(step)
	lines := int64(max(1, whole.maxLines(step, b)))
	words, graphemes := whole.cuts(lines * (whole.units(b.WidthPx, step.SizePx) + unitsPerEm))
	st.Lang = whole.tag // the shortened text keeps its language
	if sh := s.shape(Paragraph{Text: ellipsis, Tail: p.Tail}, st); p.Tail != "" && !sh.holds(step, b) {
		return s.tailAlone(p, step, st, b)
	}
	block, kept := s.longest(p, words, step, st, b)
	if n := len(graphemes); n > 0 && tooLittle(kept, graphemes[n-1]) {
		if byGrapheme, more := s.longest(p, graphemes, step, st, b); tooLittle(kept, more) {
			block = byGrapheme
		}
	}
	block.Truncated = true
	return block
}

// tooLittle reports whether a cut after a word keeps far fewer runes than one between graphemes.
func tooLittle(byWord, byGrapheme int) bool { return byWord < byGrapheme*3/5 }

// holds reports whether the text fits the box at the step, even if words must be split.
func (sh *shaped) holds(step Step, b Box) bool {
	sh.setFor(step)
	lines, _ := sh.lines(sh.units(b.WidthPx, step.SizePx), max(1, sh.maxLines(step, b)))
	return lines != nil
}

// tailAlone lays out a tail that leaves no room for text, on as many lines as it needs.
func (s *Setter) tailAlone(p Paragraph, step Step, st Style, b Box) Block {
	sh := s.shape(Paragraph{Tail: p.Tail}, st)
	sh.setFor(step)
	lines, _ := sh.lines(sh.units(b.WidthPx, step.SizePx), math.MaxInt32)
	block := sh.block(lines, step.SizePx)
	block.Truncated = p.Text != ""
	return block
}

// cuts returns the runes before which the text may end, at words and at graphemes, up to the width of all lines. Each
// line counts an em more than the box, because full-width marks lose their blank half at its ends.
func (sh *shaped) cuts(most int64) (words, graphemes []int) {
	for _, o := range sh.breaks {
		if o.at == len(sh.clusters) || sh.width(0, o.at) > most {
			break
		}
		at := sh.clusters[o.at].start
		if at >= sh.tailAt {
			break
		}
		graphemes = append(graphemes, at)
		if o.rank() == proper {
			words = append(words, at)
		}
	}
	return words, graphemes
}

// longest returns the block for the last of the cuts at which the text fits, and how many runes remain.
func (s *Setter) longest(p Paragraph, cuts []int, step Step, st Style, b Box) (Block, int) {
	runes := []rune(p.Text)
	try := func(n int) (Block, bool) {
		sh := s.shape(Paragraph{Text: shortened(runes[:n]), Tail: p.Tail}, st)
		sh.setFor(step)
		width := sh.units(b.WidthPx, step.SizePx)
		lines, _ := sh.lines(width, max(1, sh.maxLines(step, b)))
		return sh.block(lines, step.SizePx), lines != nil
	}
	i := sort.Search(len(cuts), func(i int) bool { _, ok := try(cuts[i]); return !ok })
	if i == 0 {
		least, _ := try(0)
		return least, 0
	}
	fitting, _ := try(cuts[i-1])
	return fitting, cuts[i-1]
}

// shortened ends the text with an ellipsis, and removes punctuation before it.
func shortened(runes []rune) string {
	text := strings.TrimRight(string(runes), " \t\u00a0,;:.-–—·…、。，“‘「『（([{/")
	if text == "" {
		return ellipsis
	}
	return text + ellipsis
}
