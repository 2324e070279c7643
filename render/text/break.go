package text

// Where a line may end. Unicode Standard Annex #14 defines the opportunities. These rules forbid
// some of them, and give the others costs:
//
//   - Korean keeps words whole (the keep-all of newspapers), particles and counters included: it
//     breaks at spaces, and after an ellipsis or dash unless a particle follows. No language breaks
//     between two Hangul syllables, or between a syllable and a digit or Latin letter.
//   - No line begins with closing punctuation, small kana, prolonged or repetition marks, or an
//     ellipsis; none ends with opening punctuation (the kinsoku of JIS X 4051, for all scripts).
//     The characters next to a quotation mark decide whether it opens or closes (quotes.go).
//   - Japanese and Chinese prefer breaks at spaces, after punctuation, and between phrases, which package phrase finds;
//     a break inside a phrase has a cost, and one inside a word, which package wordlist finds, a larger one.
//   - A number and its unit (numbers.go), and a Korean determiner and its noun, are one word
//     ("3.5 bn", "단 한"), and so is a short name in quotation marks. A break after an article, a
//     preposition or a title, between two names and after a hyphen has a cost; one after punctuation or
//     before a conjunction has a bonus.
//   - Thai, Lao, Khmer and Burmese are written without spaces: they break between words, which package wordlist
//     finds, in Thai preferably where package phrase finds a joint too (unspaced.go).
//   - What is held together so makes a headline smaller by one step at most, and a very large one by three (fit.go).
//   - The digits of one number are never parted (wordednumbers.go), no line begins with a dash or ends with one that
//     opens speech (dashes.go), and compounds of several words stay whole (compounds.go).
//   - A word wider than the line breaks between graphemes (Annex #29), and only such a word does.
//     Between two letters of Latin, Greek, Cyrillic or Armenian it gets a hyphen, preferably between the parts of
//     a compound (compound.go), then where a syllable begins, as the language's patterns say (package hyphens),
//     with three letters before and after, and never in a URL. Soft hyphens are respected.
const (
	closing = ",.!?;:)]}%…、。」』）】，：；！？〉》〕］｝·・‥ー々〻ゝゞヽヾ〜゠–" +
		"っッゃゅょャュョぁぃぅぇぉァィゥェォゎヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ％℃"
	opening = "([{「『（【〈《〔［｛$£€₩¥"
)

// Costs of ending a line. A line whose width differs from the mean by a tenth of the box costs 1,000.
const (
	costPhrase        = 100_000_000   // inside a phrase of a headline
	costGlue          = 500_000_000   // between words that readers see as one
	costInside        = 50_000_000    // more inside a number than between it and its unit
	costUnit          = 650_000_000   // inside a word with a number, or a unit with a slash
	costWord          = 700_000_000   // inside a word of Chinese or Japanese, or a tail
	costEmergency     = 1_000_000_000 // inside a word
	costDesperate     = 2_000_000_000 // inside a word, where a line must not begin or end
	costSyllable      = 60_000        // more for a hyphen that is not between the parts of a compound
	costBesideJoint   = 120_000       // the same, in a word that has such places
	costFunction      = 10_000        // after an article or preposition
	costShortFunction = 25_000        // after a short one
	costStranded      = 20_000        // after a short word that begins a clause
	costCounted       = 120_000       // between a number and the word that it may count: more than a short last line
	costNumbered      = 60_000        // between a name and its number, a year and its month
	costName          = 8_000         // between two capitalized words
	costHyphen        = 25_000        // after a hyphen
	costThaiJoint     = 6_000         // between Thai words without a space
	costThaiWord      = 20_000        // the same, where package phrase finds no joint
	costParticle      = 30_000        // before a Chinese particle or suffix
	costInPhrase      = 12_000        // inside a phrase of other text
	costSoftHyphen    = 5_000         // at a soft hyphen
	costMidword       = 1_500_000_000 // inside a word, or at a poor place for a hyphen
	costNoSyllable    = 100_000_000   // more for the first of these
	gainSpace         = -12_000       // at a space in text that has few
	gainPause         = -4_000        // after punctuation that pauses
	gainJoin          = -1_500        // before a conjunction
)

// opportunity is a possible end of a line, before clusters[at].
type opportunity struct {
	at        int
	cost      int64
	hyphen    bool // the line ends in a hyphen
	unweighed bool // inside a word, with a cost that is only a lower bound yet
}

// rank orders opportunities. Those of a later rank are used only inside parts that are wider than the line with the
// earlier ranks alone.
type rank uint8

const (
	proper    rank = iota
	phrased        // inside a phrase of Japanese, Chinese or Thai
	glued          // between words that readers see as one
	worded         // inside a word of Japanese or Chinese, or a tail
	inside         // inside a word, where a syllable begins
	midword        // elsewhere inside a word
	desperate      // inside a word, where a line must not begin or end
)

func (o opportunity) rank() rank {
	switch {
	case o.cost >= costDesperate:
		return desperate
	case o.cost >= costMidword:
		return midword
	case o.cost >= costEmergency:
		return inside
	case o.cost >= costWord:
		return worded
	case o.cost >= costGlue:
		return glued
	case o.cost >= costPhrase:
		return phrased
	}
	return proper
}

// findBreaks returns the opportunities in order; the last is the end of the text.
func (sh *shaped) findBreaks() {
	if len(sh.clusters) == 0 {
		return
	}
	sh.findWords()
	sh.holdCompounds()
	tailFrom := sh.lastWordBeforeTail(sh.lineBreaks)
	quoted := sh.shortQuotes()
	sh.breaks = make([]opportunity, 0, len(sh.clusters))
	for i := 1; i < len(sh.clusters); i++ {
		r := sh.clusters[i].start
		allowed := sh.lineBreaks[r] || sh.betweenWords(r) || sh.afterCount(r)
		switch {
		case allowed && !sh.forbidden(r) && r <= tailFrom:
			o := opportunity{at: i, cost: sh.cost(r), hyphen: sh.runes[r-1] == softHyphen}
			if quoted != nil && quoted[r] {
				o.cost = max(o.cost, costGlue)
			}
			sh.breaks = append(sh.breaks, o)
			sh.held = sh.held || o.cost >= costPhrase
		case sh.graphemes[r] && !sh.clusters[i-1].blank && !sh.clusters[i].blank:
			sh.breaks = append(sh.breaks, opportunity{at: i, cost: costEmergency, unweighed: true})
		case allowed && r > tailFrom:
			sh.breaks = append(sh.breaks, opportunity{at: i, cost: costWord})
		}
	}
	sh.breaks = append(sh.breaks, opportunity{at: len(sh.clusters)})
}

// findBoundaries returns the runes before which Annexes #14 and #29 allow a break.
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

// lastWordBeforeTail returns the last rune before which a line may end, so that the tail is not alone on its line.
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
