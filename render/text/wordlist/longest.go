package wordlist

import (
	"slices"
	"unicode"
)

// matcher finds words by the longest match with a look ahead: of the words that begin at a place it takes the longest
// that two more words follow, else the longest that one more follows, else the longest.
type matcher struct {
	leading  string // vowels before their consonant: no word ends with one
	first    func(rune) bool
	suffixes string // marks that belong to the word before them
}

var (
	thai = matcher{
		leading: "\u0e31เแโใไ", suffixes: "ฯๆ",
		first: func(r rune) bool { return r >= 'ก' && r <= 'ฮ' || r >= 'เ' && r <= 'ไ' },
	}
	lao = matcher{
		leading: "ເແໂໃໄ", suffixes: "ໆ",
		first: func(r rune) bool {
			return r >= 'ກ' && r <= 'ຮ' || r >= 'ເ' && r <= 'ໄ' || r == 'ໜ' || r == 'ໝ'
		},
	}
	khmer   = matcher{leading: "\u17d2", suffixes: "ៗ", first: func(r rune) bool { return r >= 'ក' && r <= 'ឳ' }}
	burmese = matcher{leading: "\u1039", first: func(r rune) bool { return r >= 'က' && r <= 'ဪ' }}
)

const (
	shortText   = 4 // characters below which a text is one word
	shortWord   = 3 // characters below which a word takes in what follows it and is no word
	shortPrefix = 3 // characters of a word below which what follows is no word
)

// search is the state of a matcher in a text.
type search struct {
	matcher
	list   *trie
	runes  []rune
	ahead  [3][]word // words that begin at the place, after its word, and after that one
	prefix int
}

// at finds the words that begin at a place; level says which of ahead holds them.
func (s *search) at(i, level int) []word {
	if i >= len(s.runes) {
		s.prefix = 0
		return nil
	}
	s.ahead[level], s.prefix = s.list.words(s.ahead[level][:0], s.runes[i:])
	return s.ahead[level]
}

// mark marks the places inside the words of runes.
func (m matcher) mark(list *trie, runes []rune, inside []bool) {
	s := &search{matcher: m, list: list, runes: runes}
	for from := 0; from < len(runes); {
		to := len(runes)
		if len(runes) >= shortText {
			to = from + s.next(from)
		}
		for i := from + 1; i < to; i++ {
			inside[i] = true
		}
		from = to
	}
}

// next returns the length of the word at a place, at least 1.
func (s *search) next(from int) int {
	to := from + s.choose(from)
	if to < len(s.runes) && to-from < shortWord && len(s.at(to, 0)) == 0 && (to == from || s.prefix < shortPrefix) {
		to = s.resume(to)
	}
	for to < len(s.runes) && (to == from || unicode.IsMark(s.runes[to])) {
		to++
	}
	for to < len(s.runes) && contains(s.suffixes, s.runes[to]) && len(s.at(to, 0)) == 0 {
		to++
	}
	return to - from
}

// choose returns the length of the word of the list at a place, or 0.
func (s *search) choose(from int) int {
	words := s.at(from, 0)
	n := len(words)
	if n <= 1 || from+words[n-1].length == len(s.runes) {
		if n == 0 {
			return 0
		}
		return words[n-1].length
	}
	followed := 0
	for i := n - 1; i >= 0; i-- {
		second := from + words[i].length
		more := s.at(second, 1)
		if len(more) == 0 {
			continue
		}
		if followed == 0 {
			followed = words[i].length
		}
		if second+more[len(more)-1].length == len(s.runes) {
			return followed
		}
		for _, w := range slices.Backward(more) {
			if len(s.at(second+w.length, 2)) > 0 {
				return words[i].length
			}
		}
	}
	if followed > 0 {
		return followed
	}
	return words[n-1].length
}

// resume returns the next place at which a word of the list may begin, after letters that are no word.
func (s *search) resume(at int) int {
	for at++; at < len(s.runes); at++ {
		if !contains(s.leading, s.runes[at-1]) && s.first(s.runes[at]) && len(s.at(at, 0)) > 0 {
			break
		}
	}
	return at
}

func contains(marks string, r rune) bool {
	for _, m := range marks {
		if m == r {
			return true
		}
	}
	return false
}
