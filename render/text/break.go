package text

import (
	"strings"
	"unicode"
)

// Where a line may end. Unicode Standard Annex #14 gives the opportunities; these tailorings
// take some away and weigh the others:
//
//   - Korean keeps words whole (the keep-all of newspapers), particles and counters included: it
//     breaks at spaces, and after an ellipsis or dash. Between two Hangul syllables there is no
//     break in any language.
//   - No line begins with closing punctuation, small kana, prolonged or repetition marks, or an
//     ellipsis; none ends with opening punctuation (the kinsoku of JIS X 4051, for all scripts).
//   - Japanese prefers the joints of phrases: after punctuation, then where kanji, katakana or
//     Latin follow hiragana; a break inside a run of one script costs.
//   - A number and its unit, and a Korean determiner and its noun, are one word ("3.5 bn",
//     "단 한"). A break after an article, preposition or conjunction costs; one after
//     punctuation is welcome.
//   - Thai is written without spaces and is set without a dictionary: it breaks at spaces, and
//     within a word only where the word is wider than the line.
//   - A word wider than the line breaks between graphemes (Annex #29), and only there.
const (
	closing = ",.!?;:)]}%…”’、。」』）】，：；！？»›〉》〕］｝·・‥ー々〻ゝゞヽヾ〜゠–" +
		"っッゃゅょャュョぁぃぅぇぉァィゥェォゎヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ％℃"
	opening = "([{“‘「『（【«‹〈《〔［｛$£€₩¥#@"
)

// Costs of ending a line, in thousandths of a line that is a tenth of the box off the mean.
const (
	costEmergency  = 1_000_000_000     // inside a word: only where nothing else is possible
	costGlue       = costEmergency / 2 // between words that are one to the reader: the same
	costFunction   = 16_000            // after an article or preposition
	costScriptRun  = 9_000             // inside a run of one Japanese script
	costOkurigana  = 14_000            // between kanji and the hiragana that ends its word
	costIdeograph  = 1_500             // between two Hanzi, which may be one word
	gainPause      = -4_000            // after punctuation that pauses
	costQuotedName = 8_000             // inside a short quotation
)

// opportunity is a place where a line may end, before clusters[at].
type opportunity struct {
	at   int
	cost int64
}

// splits reports a place inside a word, or between words that belong together, that is used only
// where they are wider than the line.
func (o opportunity) splits() bool { return o.cost >= costGlue }

// findBreaks lists the opportunities in order, the end of the text last.
func (sh *shaped) findBreaks(e *engine) {
	if len(sh.clusters) == 0 {
		return
	}
	allowed, graphemes := sh.boundaries(e)
	tailFrom := sh.lastWordBeforeTail(allowed)
	quoted := sh.shortQuotes()
	for i := 1; i < len(sh.clusters); i++ {
		r := sh.clusters[i].start
		switch {
		case allowed[r] && !sh.forbidden(r) && r <= tailFrom:
			cost := sh.cost(r)
			if quoted[r] {
				cost += costQuotedName
			}
			sh.breaks = append(sh.breaks, opportunity{i, cost})
		case graphemes[r] && !sh.clusters[i-1].blank && !sh.clusters[i].blank:
			sh.breaks = append(sh.breaks, opportunity{i, costEmergency})
		case allowed[r] && r > tailFrom:
			sh.breaks = append(sh.breaks, opportunity{i, costGlue})
		}
	}
	sh.breaks = append(sh.breaks, opportunity{at: len(sh.clusters)})
}

// boundaries are the runes before which Annexes #14 and #29 allow a break.
func (sh *shaped) boundaries(e *engine) (lines, graphemes []bool) {
	lines, graphemes = make([]bool, len(sh.runes)+1), make([]bool, len(sh.runes)+1)
	e.breaks.Init(sh.runes)
	for it := e.breaks.LineIterator(); it.Next(); {
		lines[it.Line().Offset] = true
	}
	for it := e.breaks.GraphemeIterator(); it.Next(); {
		graphemes[it.Grapheme().Offset] = true
	}
	return lines, graphemes
}

// lastWordBeforeTail is the last rune before which a line may end, so that the tail has a word
// beside it.
func (sh *shaped) lastWordBeforeTail(allowed []bool) int {
	if sh.tailAt == len(sh.runes) {
		return len(sh.runes)
	}
	for r := sh.tailAt - 1; r > 0; r-- {
		if allowed[r] && !sh.forbidden(r) && !unicode.IsSpace(sh.runes[r]) {
			return r
		}
	}
	return 0
}

// forbidden reports a break that the tailorings take away.
func (sh *shaped) forbidden(r int) bool {
	before, after := sh.runes[r-1], sh.runes[r]
	if strings.ContainsRune(closing, after) {
		return true
	}
	if last := sh.lastInk(r); last != 0 && strings.ContainsRune(opening, last) {
		return true
	}
	hangul := unicode.Is(unicode.Hangul, before) && unicode.Is(unicode.Hangul, after)
	return hangul || sh.lang == "ko" && !unicode.IsSpace(before) && !strings.ContainsRune("…—", before)
}

// lastInk is the last character before r that is not white space.
func (sh *shaped) lastInk(r int) rune {
	for i := r - 1; i >= 0; i-- {
		if !unicode.IsSpace(sh.runes[i]) {
			return sh.runes[i]
		}
	}
	return 0
}

// cost weighs a break that is allowed before rune r.
func (sh *shaped) cost(r int) int64 {
	before, after := sh.lastInk(r), sh.runes[r]
	if strings.ContainsRune(",.;:!?…、。，：；！？—·」』”’", before) {
		return gainPause
	}
	spaced := unicode.IsSpace(sh.runes[r-1])
	if !spaced {
		return sh.costInside(before, after)
	}
	word := sh.wordBefore(r)
	next := sh.wordAfter(r)
	switch {
	case endsInDigit(word) && units[next], isCurrency(word):
		return costGlue
	case functionWords[strings.ToLower(word)]:
		return costFunction
	case determiners[word]:
		return costGlue
	}
	return 0
}

// costInside weighs a break without a space, as Japanese and Chinese have.
func (sh *shaped) costInside(before, after rune) int64 {
	b, a := kindOf(before), kindOf(after)
	switch {
	case sh.lang != "ja" && b == kanji && a == kanji:
		return costIdeograph
	case b == kanji && a == hiragana:
		return costOkurigana
	case b == hiragana && a == hiragana, b == kanji && a == kanji, b == katakana && a == katakana:
		return costScriptRun
	}
	return 0
}

type kind uint8

const (
	other kind = iota
	kanji
	hiragana
	katakana
)

func kindOf(r rune) kind {
	switch {
	case unicode.Is(unicode.Han, r):
		return kanji
	case unicode.Is(unicode.Hiragana, r):
		return hiragana
	case unicode.Is(unicode.Katakana, r) || r == 'ー':
		return katakana
	}
	return other
}

// wordBefore is the word that ends before the space before rune r.
func (sh *shaped) wordBefore(r int) string {
	end := r
	for end > 0 && unicode.IsSpace(sh.runes[end-1]) {
		end--
	}
	start := end
	for start > 0 && !unicode.IsSpace(sh.runes[start-1]) {
		start--
	}
	return strings.Trim(string(sh.runes[start:end]), `"'“”‘’()`)
}

func (sh *shaped) wordAfter(r int) string {
	end := r
	for end < len(sh.runes) && !unicode.IsSpace(sh.runes[end]) {
		end++
	}
	return strings.Trim(string(sh.runes[r:end]), `"'“”‘’(),.;:!?…`)
}

// maxQuotedName is the length of a quotation that is better kept on one line, in characters.
const maxQuotedName = 14

// shortQuotes are the runes inside short quotations.
func (sh *shaped) shortQuotes() []bool {
	inside := make([]bool, len(sh.runes)+1)
	open := -1
	for i, r := range sh.runes {
		switch {
		case strings.ContainsRune("“‘「『《〈", r):
			open = i
		case strings.ContainsRune("”’」』》〉", r) && open >= 0:
			if i-open <= maxQuotedName {
				for j := open + 1; j <= i; j++ {
					inside[j] = true
				}
			}
			open = -1
		}
	}
	return inside
}
