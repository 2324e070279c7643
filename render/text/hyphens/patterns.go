package hyphens

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"sort"
	"strings"
	"sync"

	"newsroom.example/cards/internal/unpack"
)

//go:embed data/*.zst
var files embed.FS

// lists are the patterns by the names of their files.
var lists = func() map[string]func() *patterns {
	names, err := fs.Glob(files, "data/*.zst")
	if err != nil {
		panic(err) // cannot happen: the pattern is well-formed
	}
	m := make(map[string]func() *patterns, len(names))
	for _, name := range names {
		m[strings.TrimSuffix(strings.TrimPrefix(name, "data/"), ".zst")] = sync.OnceValue(func() *patterns {
			p, err := read(name)
			if err != nil {
				panic(err) // cannot happen: the files are embedded, and a test loads each
			}
			return p
		})
	}
	return m
}()

func read(name string) (*patterns, error) {
	packed, err := files.ReadFile(name)
	if err != nil {
		return nil, err
	}
	raw, err := unpack.Zstd(packed)
	if err != nil {
		return nil, fmt.Errorf("patterns %s: %w", name, err)
	}
	p, err := parse(string(raw))
	if err != nil {
		return nil, fmt.Errorf("patterns %s: %w", name, err)
	}
	return p, nil
}

// patterns are sorted by their letters, in UTF-8, so that those that begin alike follow each other, the shortest first.
type patterns struct {
	letters string   // of all patterns
	ends    []uint32 // where in letters each pattern ends, after a 0
	levels  []uint16 // of each pattern, an index of forms
	forms   []string // levels before each byte and after the last one, without zeros at the end
}

// parse reads patterns as TeX writes them, one a line: ".ab3a".
func parse(text string) (*patterns, error) {
	p := &patterns{ends: []uint32{0}}
	var letters strings.Builder
	known := map[string]uint16{}
	letters.Grow(len(text))
	var form []byte
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		from, level := letters.Len(), byte(0)
		form = form[:0]
		for i := range len(line) {
			if c := line[i]; c >= '0' && c <= '9' {
				level = c - '0'
				continue
			}
			form = append(form, level)
			letters.WriteByte(line[i])
			level = 0
		}
		form = bytes.TrimRight(append(form, level), "\x00")
		at, ok := known[string(form)]
		if !ok {
			at = uint16(len(p.forms))
			p.forms = append(p.forms, string(form))
			known[p.forms[at]] = at
		}
		if letters.Len() == from {
			return nil, errors.New("a pattern has no letters")
		}
		p.ends, p.levels = append(p.ends, uint32(letters.Len())), append(p.levels, at)
	}
	p.letters = strings.Clone(letters.String()) // without the room for the levels
	for i := 1; i < len(p.levels); i++ {
		if p.pattern(i-1) >= p.pattern(i) {
			return nil, fmt.Errorf("%q stands before %q", p.pattern(i-1), p.pattern(i))
		}
	}
	return p, nil
}

func (p *patterns) pattern(i int) string { return p.letters[p.ends[i]:p.ends[i+1]] }

// raise raises the levels to those of the patterns with which the text begins, and reports whether there are any.
// levels[i] is the level before the text's byte i.
func (p *patterns) raise(levels []uint8, text string) (found bool) {
	from, to := 0, len(p.levels)
	for i := 0; from < to; i++ {
		if len(p.pattern(from)) == i {
			found = true
			for at, level := range []byte(p.forms[p.levels[from]]) {
				levels[at] = max(levels[at], level)
			}
			from++
		}
		if i == len(text) {
			break
		}
		first := from
		from += sort.Search(to-first, func(n int) bool { return p.pattern(first + n)[i] >= text[i] })
		to = first + sort.Search(to-first, func(n int) bool { return p.pattern(first + n)[i] > text[i] })
	}
	return found
}
