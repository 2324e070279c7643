package text

import (
	"unicode"

	"newsroom.example/cards/render/text/phrase"
)

// Where a line may end. Unicode Standard Annex #14 gives the opportunities; these tailorings
// take some away and weigh the others:
//
//   - Korean keeps words whole (the keep-all of newspapers), particles and counters included: it
//     breaks at spaces, and after an ellipsis or dash unless a particle follows. In no language is
//     there a break between two Hangul syllables, or between one and a figure or Latin letter.
//   - No line begins with closing punctuation, small kana, prolonged or repetition marks, or an
//     ellipsis; none ends with opening punctuation (the kinsoku of JIS X 4051, for all scripts).
//     Which way a quotation mark faces is decided by what stands beside it (quotes.go).
//   - Japanese and Chinese prefer the joints of phrases that package phrase finds, and
//     punctuation above all; a break inside a phrase costs.
//   - A number and its unit (numbers.go), and a Korean determiner and its noun, are one word
//     ("3.5 bn", "단 한"), and so is a short name in quotation marks. A break after an article, a
//     preposition or a title costs; one after punctuation or before a conjunction is welcome.
//   - Thai is written without spaces: it breaks where package phrase finds the joints of words.
//     Lao, Khmer and Burmese break at spaces, and else as a word that is too wide.
//   - A word wider than the line breaks between graphemes (Annex #29), and only there: with a
//     hyphen between two letters of Latin, Greek, Cyrillic or Armenian, best where a syllable
//     begins, with two letters before it and three after, and never in an address. A soft hyphen
//     is obeyed.
const (
	closing = ",.!?;:)]}%…、。」』）】，：；！？〉》〕］｝·・‥ー々〻ゝゞヽヾ〜゠–" +
		"っッゃゅょャュョぁぃぅぇぉァィゥェォゎヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ％℃"
	opening = "([{「『（【〈《〔［｛$£€₩¥"
)

// Costs of ending a line, in thousandths of a line that is a tenth of the box off the mean.
const (
	costPhrase     = 100_000_000   // inside a phrase of a headline
	costGlue       = 500_000_000   // between words that are one to the reader
	costEmergency  = 1_000_000_000 // inside a word
	costDesperate  = 2_000_000_000 // there, against the rules of what may begin or end a line
	costFunction   = 10_000        // after an article or preposition
	costCounted    = 120_000       // between a number and what it seems to count: more than a short last line
	costNumbered   = 60_000        // between a name and its number, a year and its month
	costThaiJoint  = 6_000         // between words, where a space would be better
	costInPhrase   = 12_000        // the same in reading text
	costSoftHyphen = 5_000         // in a word, where its writer allows it
	costMidword    = 1_500_000_000 // there, not where a syllable begins
	gainPause      = -4_000        // after punctuation that pauses
	gainJoin       = -1_500        // before a conjunction
)

// opportunity is a place where a line may end, before clusters[at].
type opportunity struct {
	at        int
	cost      int64
	hyphen    bool // the line ends in a hyphen
	unweighed bool // inside a word, and not yet weighed: cost is a lower bound
}

// rank orders opportunities: one of a later rank is used only inside what those before it leave
// wider than the line.
type rank uint8

const (
	proper    rank = iota
	phrased        // inside a phrase of Japanese or Chinese
	glued          // between words that are one to the reader
	inside         // inside a word, where a syllable begins
	midword        // elsewhere inside a word
	desperate      // inside a word, where a line would end or begin wrongly
)

func (o opportunity) rank() rank {
	switch {
	case o.cost >= costDesperate:
		return desperate
	case o.cost >= costMidword:
		return midword
	case o.cost >= costEmergency:
		return inside
	case o.cost >= costGlue:
		return glued
	case o.cost >= costPhrase:
		return phrased
	}
	return proper
}

// findBreaks lists the opportunities in order, the end of the text last.
func (sh *shaped) findBreaks() {
	if len(sh.clusters) == 0 {
		return
	}
	joints := phrase.Joints(sh.phraseLanguage(), sh.runes)
	tailFrom := sh.lastWordBeforeTail(sh.lineBreaks)
	quoted := sh.shortQuotes()
	sh.breaks = make([]opportunity, 0, len(sh.clusters))
	for i := 1; i < len(sh.clusters); i++ {
		r := sh.clusters[i].start
		allowed := sh.lineBreaks[r] || joints != nil && joints[r] && unwritten(sh.runes[r-1]) && unwritten(sh.runes[r])
		switch {
		case allowed && !sh.forbidden(r) && r <= tailFrom:
			o := opportunity{at: i, cost: sh.cost(r), hyphen: sh.runes[r-1] == softHyphen}
			if joints != nil && !sh.isSpace(r-1) && o.cost >= 0 {
				o.cost += sh.costOfPhrase(joints[r], r)
			}
			if quoted != nil && quoted[r] {
				o.cost = max(o.cost, costGlue)
			}
			sh.breaks = append(sh.breaks, o)
		case sh.graphemes[r] && !sh.clusters[i-1].blank && !sh.clusters[i].blank:
			sh.breaks = append(sh.breaks, opportunity{at: i, cost: costEmergency, unweighed: true})
		case allowed && r > tailFrom:
			sh.breaks = append(sh.breaks, opportunity{at: i, cost: costGlue})
		}
	}
	sh.breaks = append(sh.breaks, opportunity{at: len(sh.clusters)})
}

// costOfPhrase weighs a place in text without spaces by whether a phrase begins there. Headlines
// keep phrases whole, as words are; reading text rather breaks one than a good line.
func (sh *shaped) costOfPhrase(joint bool, r int) int64 {
	switch {
	case joint && unwritten(sh.runes[r]):
		return costThaiJoint
	case joint || kindOf(sh.runes[r]) == other:
		return 0
	case sh.style.Display:
		return costPhrase
	}
	return costInPhrase
}

// findBoundaries finds the runes before which Annexes #14 and #29 allow a break.
func (sh *shaped) findBoundaries(e *engine) {
	sh.lineBreaks, sh.graphemes = make([]bool, len(sh.runes)+1), make([]bool, len(sh.runes)+1)
	e.breaks.Init(sh.runes)
	for it := e.breaks.LineIterator(); it.Next(); {
		sh.lineBreaks[it.Line().Offset] = true
	}
	for it := e.breaks.GraphemeIterator(); it.Next(); {
		sh.graphemes[it.Grapheme().Offset] = true
	}
}

// phraseLanguage is the language whose phrases the text is made of; empty for scripts with
// spaces. Korean keeps its words, whatever else it quotes.
func (sh *shaped) phraseLanguage() string {
	switch sh.lang {
	case "ja", "th":
		return sh.lang
	case "zh":
		return chineseScript(sh.tag)
	}
	for _, r := range sh.runes {
		if unicode.Is(unicode.Thai, r) {
			return "th"
		}
	}
	return ""
}

// lastWordBeforeTail is the last rune before which a line may end, so that the tail has a word
// beside it.
func (sh *shaped) lastWordBeforeTail(allowed []bool) int {
	if sh.tailAt == len(sh.runes) {
		return len(sh.runes)
	}
	for r := sh.tailAt - 1; r > 0; r-- {
		if allowed[r] && !sh.forbidden(r) && !sh.isSpace(r) {
			return r
		}
	}
	return 0
}
