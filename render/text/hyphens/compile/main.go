// Command compile converts hyphenation patterns of the npm package hyphen to those of package hyphens.
//
//	compile FROM TO
//
// FROM is a folder with the package's patterns as JSON, such as de-1996.json, TO one for the lists of TeX's patterns,
// such as de: sorted, one a line.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// lists names the package's patterns in each list. Serbian in both scripts is one list.
var lists = map[string][]string{
	"bg": {"bg"}, "ca": {"ca"}, "da": {"da"}, "de": {"de-1996"}, "el": {"el-monoton"}, "en": {"en-us"},
	"en-gb": {"en-gb"}, "es": {"es"}, "et": {"et"}, "fr": {"fr"}, "hr": {"hr"}, "is": {"is"}, "it": {"it"},
	"lt": {"lt"}, "nl": {"nl"}, "no": {"nb"}, "pl": {"pl"}, "pt": {"pt"}, "ru": {"ru"}, "sh": {"sh-latn", "sh-cyrl"},
	"sl": {"sl"}, "sv": {"sv"}, "tr": {"tr"}, "uk": {"uk"},
}

// corrections are patterns of our own, for words whose hyphens are wrong without them.
var corrections = map[string][]string{
	"en": {".coun9t8e8r9t8e8r", ".cryp8to9c8ur", ".te8le9com"},
}

// letters removes the levels from such a pattern.
var letters = strings.NewReplacer("8", "", "9", "")

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: compile FROM TO")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "compile:", err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	for name, sources := range lists {
		all := map[string]string{}
		for _, source := range sources {
			data, err := os.ReadFile(filepath.Join(from, source+".json"))
			if err != nil {
				return err
			}
			if err := add(all, data); err != nil {
				return fmt.Errorf("%s: %w", source, err)
			}
		}
		for _, pattern := range corrections[name] {
			all[letters.Replace(pattern)] = pattern
		}
		var text strings.Builder
		for _, key := range slices.Sorted(maps.Keys(all)) {
			fmt.Fprintln(&text, all[key])
		}
		if err := os.WriteFile(filepath.Join(to, name), []byte(text.String()), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// add adds the patterns of a file by their letters: a table of levels, a trie whose nodes are indexes of the table, and
// exceptions, which are words with the places of their hyphens.
func add(all map[string]string, data []byte) error {
	var parts []json.RawMessage
	if err := json.Unmarshal(data, &parts); err != nil {
		return err
	}
	if len(parts) != 3 {
		return errors.New("not levels, patterns and exceptions")
	}
	var levels [][]int
	var top node
	var exceptions map[string][]int
	if err := errors.Join(json.Unmarshal(parts[0], &levels), json.Unmarshal(parts[1], &top),
		json.Unmarshal(parts[2], &exceptions)); err != nil {
		return err
	}
	top.each("", func(letters string, at int) {
		all[letters] = written(letters, levels[at])
	})
	for word, hyphens := range exceptions {
		all["."+word+"."] = written("."+word+".", exception(word, hyphens))
	}
	return nil
}

// node is a number, the index of a pattern's levels; the nodes that follow it by their letter; or both.
type node struct {
	levels   int
	ends     bool
	children map[string]*node
}

// UnmarshalJSON reads 3, {"a": 3} or [{"a": 3}, 3].
func (n *node) UnmarshalJSON(data []byte) error {
	switch data[0] {
	case '{':
		return json.Unmarshal(data, &n.children)
	case '[':
		return json.Unmarshal(data, &[]any{&n.children, (*index)(n)})
	}
	return (*index)(n).UnmarshalJSON(data)
}

// index reads the index of a node.
type index node

// UnmarshalJSON reads a number.
func (i *index) UnmarshalJSON(data []byte) error {
	i.ends = true
	return json.Unmarshal(data, &i.levels)
}

func (n *node) each(letters string, do func(letters string, levels int)) {
	if n.ends {
		do(letters, n.levels)
	}
	for letter, child := range n.children {
		child.each(letters+letter, do)
	}
}

// written returns a pattern as TeX writes it. Levels are those before each letter and after the last one; the full stop
// at a word's beginning has none.
func written(letters string, levels []int) string {
	var text strings.Builder
	if rest, ok := strings.CutPrefix(letters, "."); ok {
		text.WriteByte('.')
		letters = rest
	}
	i := 0
	level := func() {
		if i < len(levels) && levels[i] > 0 {
			fmt.Fprint(&text, levels[i])
		}
		i++
	}
	for _, r := range letters {
		level()
		text.WriteRune(r)
	}
	level()
	return text.String()
}

// exception returns levels above those of all patterns, which allow hyphens in a word at these places alone. Places are
// those of the hyphens in the word with its hyphens: [2 5] for as-so-ciate.
func exception(word string, hyphens []int) []int {
	levels := make([]int, len([]rune(word)))
	for i := range levels {
		levels[i] = 8
	}
	for n, at := range hyphens {
		levels[at-n] = 9
	}
	return levels
}
