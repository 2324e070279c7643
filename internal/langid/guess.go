package langid

import (
	"slices"
	"strings"
	"unicode"
)

// How far the scores of two languages must be apart, as the sum over all n-grams of the text. An n-gram that a text
// shares with a language scores 60 to 260.
const (
	apart         = 50  // enough for certainty
	apartFromHome = 150 // enough to leave the language that is expected
	fewGrams      = 5   // a text with fewer n-grams needs more
	fewApart      = 70
)

// byScript narrows a text to the languages of its script, and decides between them. expected is one that the text must
// clearly differ from; it may be empty.
func byScript(runes []rune, expected string) Guess {
	c := count(runes)
	at := c.main()
	if at < 0 {
		return Guess{Tag: "en"}
	}
	s := &scripts[at]
	if at == han {
		return chinese(runes)
	}
	for _, l := range s.own {
		if hasAny(runes, l.letters) {
			return Guess{Tag: l.lang, Sure: l.lang != "kk" && l.lang != "mn" || isKazakh(runes)}
		}
	}
	if len(s.model) == 0 {
		return Guess{Tag: s.lang, Sure: true}
	}
	return s.decide(ofScript(runes, at), expected)
}

// ofScript returns the text with spaces for the letters of other scripts, which do not count.
func ofScript(runes []rune, at int) []rune {
	kept, last := slices.Clone(runes), at
	for i, r := range kept {
		if unicode.IsLetter(r) {
			if last = scriptOf(r, last); last != at {
				kept[i] = ' '
			}
		}
	}
	return kept
}

// ranked is a language with the score of a text.
type ranked struct {
	tag   string
	score int
}

// decide chooses between the languages of a script.
func (s *script) decide(runes []rune, expected string) Guess {
	m := loaded()
	sums := m.score(runes)
	all := make([]ranked, 0, maxTags)
	for _, tag := range s.model {
		all = append(all, ranked{tag, sums.of[m.index[tag]]})
	}
	descending := func(a, b ranked) int {
		if a.score != b.score {
			return b.score - a.score
		}
		return strings.Compare(a.tag, b.tag)
	}
	slices.SortFunc(all, descending)
	if all[0].score == 0 {
		return Guess{Tag: s.lang}
	}
	floor := all[0].score / max(sums.grams, 1)
	all = amongRelatives(all, runes)
	slices.SortFunc(all, descending)
	g := Guess{Tag: all[0].tag}
	if floor < s.floor {
		return g
	}
	enough := apart
	if sums.grams < fewGrams {
		enough = fewApart
	}
	for _, r := range all {
		away := all[0].score - r.score
		if away < enough || r.tag == expected && away < apartFromHome {
			g.Likely = append(g.Likely, r.tag)
		}
	}
	if len(g.Likely) == 1 {
		g.Sure, g.Likely = true, nil
	}
	return g
}

func hasAny(runes []rune, letters string) bool {
	return slices.ContainsFunc(runes, func(r rune) bool { return r >= 0x80 && strings.ContainsRune(letters, r) })
}

// isKazakh reports whether a text with letters that are in no Slavic language is Kazakh. Kyrgyz, Tatar, Bashkir,
// Mongolian and others, which the model does not know either, have some of them too.
func isKazakh(runes []rune) bool {
	return hasAny(runes, "ұҰ") || hasAny(runes, "іІ") && hasAny(runes, "әғқңӘҒҚҢ")
}
