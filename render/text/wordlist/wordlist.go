// Package wordlist finds the words of languages that are written without spaces between them, with the word lists of
// ICU (data/README.md) and its methods: in Chinese and Japanese the words of the least total cost, in Thai, Lao, Khmer
// and Burmese the longest words that other words follow.
package wordlist

import "unicode"

// A method marks the places inside the words of runes that are all of its script: inside[i] is before rune i.
type method struct {
	list   string
	script func(rune) bool
	mark   func(list *trie, runes []rune, inside []bool)
}

var (
	// costly is for Chinese and Japanese.
	costly = method{"cjk", isCJK, markCheapest}
	// matched are for languages whose words have no costs.
	matched = []method{
		{"thai", in(unicode.Thai, 0x0e01, 0x0e4e), thai.mark},
		{"lao", in(unicode.Lao, 0x0e81, 0x0edf), lao.mark},
		{"khmer", in(unicode.Khmer, 0x1780, 0x17d3), khmer.mark},
		{"burmese", in(unicode.Myanmar, 0x1000, 0x109f), burmese.mark},
	}
)

// in returns whether a rune is a letter or mark of the script, in a range.
func in(script *unicode.RangeTable, from, to rune) func(rune) bool {
	return func(r rune) bool {
		return r >= from && r <= to && unicode.Is(script, r) && (unicode.IsLetter(r) || unicode.IsMark(r))
	}
}

func isCJK(r rune) bool {
	return r >= 0x2e80 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r == 'ー' || r == 'ｰ')
}

// Unspaced reports whether the text has letters of Thai, Lao, Khmer or Burmese.
func Unspaced(runes []rune) bool {
	for _, r := range runes {
		if r >= 0x0e01 && methodOf(r) != nil {
			return true
		}
	}
	return false
}

// IsUnspaced reports whether r is a letter or a mark of Thai, Lao, Khmer or Burmese.
func IsUnspaced(r rune) bool { return r >= 0x0e01 && methodOf(r) != nil }

func methodOf(r rune) *method {
	if r > 0x17ff || r > 0x0edf && r < 0x1000 {
		return nil
	}
	for i := range matched {
		if matched[i].script(r) {
			return &matched[i]
		}
	}
	return nil
}

// Inside reports which of the runes are inside a word, of any of these languages; of Chinese and Japanese only if cjk.
// A word's first rune is not inside it. A list is read when a text first needs it. It is safe for concurrent use.
func Inside(runes []rune, cjk bool) []bool {
	inside := make([]bool, len(runes)+1)
	for from := 0; from < len(runes); {
		m := methodOf(runes[from])
		if m == nil && cjk && isCJK(runes[from]) {
			m = &costly
		}
		to := from + 1
		if m != nil {
			for to < len(runes) && m.script(runes[to]) {
				to++
			}
			m.mark(lists[m.list](), runes[from:to], inside[from:to])
		}
		from = to
	}
	return inside
}
