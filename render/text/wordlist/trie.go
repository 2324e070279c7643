package wordlist

import (
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync"

	"newsroom.example/cards/internal/unpack"
)

//go:embed data/*.zst
var files embed.FS

// trie holds the words of a list. Its nodes are numbered level by level, so that the children of a node follow each
// other, in the order of their labels.
type trie struct {
	labels []uint16 // the character that leads to the node; all are of the Basic Multilingual Plane
	first  []uint32 // the first child of each node, and behind the last node the number of nodes
	costs  []uint8  // of the word that ends at the node, plus one; 0: none does
}

const root = 0

// lists are read when a text first needs them.
var lists = map[string]func() *trie{
	"cjk": load("cjk"), "thai": load("thai"), "lao": load("lao"), "khmer": load("khmer"), "burmese": load("burmese"),
}

func load(name string) func() *trie {
	return sync.OnceValue(func() *trie {
		t, err := read(name)
		if err != nil {
			panic(err) // cannot happen: the files are embedded, and a test loads each
		}
		return t
	})
}

func read(name string) (*trie, error) {
	packed, err := files.ReadFile("data/" + name + ".zst")
	if err != nil {
		return nil, err
	}
	raw, err := unpack.Zstd(packed)
	if err != nil {
		return nil, fmt.Errorf("word list %s: %w", name, err)
	}
	t, err := parse(raw)
	if err != nil {
		return nil, fmt.Errorf("word list %s: %w", name, err)
	}
	return t, nil
}

// parse reads a trie of n nodes: n in four bytes, then five columns of n bytes, of which each pair of bytes is in two
// columns, the high ones first: the label, the number of children, and the cost plus one.
func parse(raw []byte) (*trie, error) {
	if len(raw) < 4 {
		return nil, errors.New("no header")
	}
	n := int(binary.LittleEndian.Uint32(raw))
	if n == 0 || len(raw) != 4+5*n {
		return nil, fmt.Errorf("%d bytes do not hold %d nodes", len(raw), n)
	}
	pair := func(column, i int) uint16 { return uint16(raw[4+column*n+i])<<8 | uint16(raw[4+(column+1)*n+i]) }
	t := &trie{labels: make([]uint16, n), first: make([]uint32, n+1), costs: slices.Clone(raw[4+4*n:])}
	next := 1
	for i := range n {
		t.labels[i], t.first[i] = pair(0, i), uint32(next)
		next += int(pair(2, i))
	}
	if next != n {
		return nil, fmt.Errorf("%d nodes have %d children", n, next-1)
	}
	t.first[n] = uint32(n)
	return t, nil
}

// child returns the node to which a character leads from another node, or false.
func (t *trie) child(node uint32, r rune) (uint32, bool) {
	if r > 0xffff {
		return 0, false
	}
	from, to := t.first[node], t.first[node+1]
	i, ok := slices.BinarySearch(t.labels[from:to], uint16(r))
	return from + uint32(i), ok
}

// word is the length of a word in characters, and its cost.
type word struct{ length, cost int }

// words appends the words with which the runes begin, the shortest first. It returns too how many of the runes any
// word begins with.
func (t *trie) words(found []word, runes []rune) (_ []word, prefix int) {
	node := uint32(root)
	for i, r := range runes {
		next, ok := t.child(node, r)
		if !ok {
			return found, i
		}
		if node = next; t.costs[node] > 0 {
			found = append(found, word{i + 1, int(t.costs[node]) - 1})
		}
	}
	return found, len(runes)
}
