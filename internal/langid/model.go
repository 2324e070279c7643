package langid

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"

	"newsroom.example/cards/internal/unpack"
)

//go:embed model/ngrams.zst
var packed []byte

// model holds the n-grams of the languages whose script does not tell them. An n-gram is the bytes of a word's start,
// end or middle, with a space for the word's edge, as a big-endian number.
type model struct {
	tags   []string
	index  map[string]int // of tags
	keys   []uint64       // sorted
	starts []uint32       // starts[i] to starts[i+1] are the scores of keys[i]
	langs  []byte         // the language of each score
	scores []byte         // about 25 times the logarithm of how frequent the n-gram is in the language
}

// least is what an n-gram scores more than its number in the model says.
const least = 53

// loaded decompresses the model when a text first needs it: 40 ms and 2 MB.
var loaded = lazily(func() (*model, error) { return read(packed) })

// lazily returns a function that reads an embedded file once.
func lazily[T any](read func() (T, error)) func() T {
	return sync.OnceValue(func() T {
		v, err := read()
		if err != nil {
			panic(err) // cannot happen: the file is embedded, and a test reads it
		}
		return v
	})
}

var errModel = errors.New("langid: the model is damaged")

// read reads the file that langid/compile writes.
func read(packed []byte) (*model, error) {
	raw, err := unpack.Zstd(packed)
	if err != nil {
		return nil, err
	}
	return parse(raw)
}

func parse(raw []byte) (*model, error) {
	var err error
	number := func() uint64 {
		n, size := binary.Uvarint(raw)
		if size <= 0 {
			raw, err = nil, errModel
			return 0
		}
		raw = raw[size:]
		return n
	}
	m := &model{index: map[string]int{}}
	for range min(number(), maxTags) {
		n := int(number())
		if n > len(raw) {
			return nil, errModel
		}
		m.index[string(raw[:n])] = len(m.tags)
		m.tags, raw = append(m.tags, string(raw[:n])), raw[n:]
	}
	rows := int(number())
	if err != nil || rows > len(raw)/2 {
		return nil, errModel
	}
	m.keys, m.starts = make([]uint64, rows), make([]uint32, rows+1)
	for i, before := 0, uint64(0); i < rows; i++ {
		before += number()
		m.keys[i] = before
	}
	if err != nil || rows > len(raw) {
		return nil, errModel
	}
	for i, n := range raw[:rows] {
		m.starts[i+1] = m.starts[i] + uint32(n)
	}
	all := int(m.starts[rows])
	if raw = raw[rows:]; len(raw) != 2*all {
		return nil, errModel
	}
	m.langs, m.scores = slices.Clone(raw[:all]), slices.Clone(raw[all:])
	if all > 0 && int(slices.Max(m.langs)) >= len(m.tags) {
		return nil, errModel
	}
	return m, nil
}

const (
	maxTags  = 64
	maxBytes = 350 // of a text that are read; enough for any headline
)

// sums are the scores of a text by language, in the order of the model's tags.
type sums struct {
	of    [maxTags]int
	grams int // different n-grams in the text
}

// score adds up the scores of the different n-grams of a text.
func (m *model) score(runes []rune) sums {
	var (
		s    sums
		seen = make([]uint64, 0, 128)
		word = make([]byte, 0, 64)
		n    int
	)
	end := func() {
		if len(word) > 0 {
			seen = addGrams(seen, word)
		}
		n, word = n+len(word), word[:0]
	}
	for i, r := range runes {
		switch {
		case unicode.IsLetter(r), isApostrophe(r) && i+1 < len(runes) && unicode.IsLetter(runes[i+1]):
			word = utf8.AppendRune(word, unicode.ToLower(r))
		default:
			end()
		}
		if n > maxBytes {
			break
		}
	}
	end()
	slices.Sort(seen)
	seen = slices.Compact(seen)
	for _, key := range seen {
		at, found := slices.BinarySearch(m.keys, key)
		if !found {
			continue
		}
		for j := m.starts[at]; j < m.starts[at+1]; j++ {
			s.of[m.langs[j]] += int(m.scores[j]) + least
		}
	}
	s.grams = len(seen)
	return s
}

func isApostrophe(r rune) bool { return r == '\'' || r == '`' || r == '’' }

// Sizes of n-grams, in bytes.
const (
	gram    = 4
	stride  = 3
	maxWord = 70
)

// addGrams appends the n-grams of a word: each third one, and the last.
func addGrams(all []uint64, word []byte) []uint64 {
	n, at := min(len(word), maxWord), 0
	for ; at+gram < n; at += stride {
		all = append(all, key(word[at:at+gram], at == 0, false))
	}
	return append(all, key(word[max(0, n-gram):], at == 0, true))
}

// key returns the number of an n-gram.
func key(part []byte, first, last bool) uint64 {
	var b [8]byte
	n := 0
	if first {
		b[0], n = ' ', 1
	}
	if n += copy(b[n:], part[:min(gram, len(part))]); last {
		b[n] = ' '
	}
	return binary.BigEndian.Uint64(b[:])
}
