package langid

import (
	"slices"
	"strings"
	"unicode"
)

// relative is a language that is told from its nearest relatives by words and endings of its own: n-grams alone leave
// too much doubt, or the model does not have the language.
type relative struct {
	tag string
	// behind is for a language that the model does not have: it scores as the best of the family, less this, and more
	// with words of its own.
	behind int
	hints
}

// hints are what only one language among its relatives has. A word counts once.
type hints struct {
	words   map[string]bool
	endings []string // of words that are at least two letters longer
	parts   []string // of words
}

// family are languages that are easily taken for each other.
type family []relative

// hintScore is what a word with a hint adds to a language's score.
const hintScore = 60

func list(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}

// amongRelatives adds the hints of the text to the scores, if the best language has relatives, and the relatives that
// are not in the model.
func amongRelatives(all []ranked, runes []rune) []ranked {
	for _, f := range families {
		if !slices.ContainsFunc(f, func(r relative) bool { return r.tag == all[0].tag }) {
			continue
		}
		words, best := wordsOf(runes), all[0].score
		for _, r := range f {
			i := slices.IndexFunc(all, func(x ranked) bool { return x.tag == r.tag })
			if i < 0 {
				i, all = len(all), append(all, ranked{r.tag, best - r.behind})
			}
			all[i].score += hintScore * r.count(words)
		}
		break
	}
	return all
}

// wordsOf returns the words of a text in small letters.
func wordsOf(runes []rune) []string {
	return strings.FieldsFunc(strings.ToLower(string(runes)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !isApostrophe(r)
	})
}

// count returns how many of the words have a hint.
func (h hints) count(words []string) (n int) {
	for _, w := range words {
		if h.in(w) {
			n++
		}
	}
	return n
}

func (h hints) in(w string) bool {
	if h.words[w] || slices.ContainsFunc(h.parts, func(p string) bool { return strings.Contains(w, p) }) {
		return true
	}
	return slices.ContainsFunc(h.endings, func(e string) bool {
		rest, ok := strings.CutSuffix(w, e)
		return ok && len([]rune(rest)) >= 2
	})
}
