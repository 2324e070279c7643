package text

import (
	"os"
	"strings"
	"testing"
	"unicode"

	"newsroom.example/cards/fonts"
)

// TestLinesEndBetweenWords sets a thousand headlines in widths from 300 to 900 px: at most one line in a hundred ends
// inside a word that Intl.Segmenter finds (wordlist/testdata/headlines.mjs).
func TestLinesEndBetweenWords(t *testing.T) {
	s := setter(t)
	raw, err := os.ReadFile("wordlist/testdata/headlines.tsv")
	if err != nil {
		t.Fatal(err)
	}
	steps := []Step{{SizePx: 70, MaxLines: 3}, {SizePx: 62, MaxLines: 3}, {SizePx: 54, MaxLines: 4}, {SizePx: 47}}
	ends, inside := map[string]int{}, map[string]int{}
	for line := range strings.Lines(string(raw)) {
		lang, words, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok {
			continue
		}
		begins := map[int]bool{}
		at := 0
		for word := range strings.SplitSeq(words, "\u200b") {
			begins[at] = true
			at += len([]rune(word))
		}
		text := []rune(strings.ReplaceAll(words, "\u200b", ""))
		st := Style{Weight: fonts.ExtraBold, Display: true, Lang: lang}
		for width := 300.0; width <= 900; width += 100 {
			b := s.Fit(Paragraph{Text: string(text)}, steps, st, Box{WidthPx: width})
			if b.Truncated {
				t.Errorf("%s at %v: %q is cut", lang, width, texts(b))
			}
			for _, end := range lineEnds(b, text) {
				ends[lang]++
				if !begins[end] {
					inside[lang]++
					t.Logf("%s at %v: %q", lang, width, texts(b))
				}
			}
		}
	}
	for lang, n := range ends {
		t.Logf("%s: %d of %d line ends are inside a word", lang, inside[lang], n)
		if inside[lang]*100 > n {
			t.Errorf("%s: %d of %d line ends are inside a word", lang, inside[lang], n)
		}
	}
	if len(ends) != 4 {
		t.Errorf("%d languages", len(ends))
	}
}

// lineEnds returns the runes of the text at which the lines after the first begin.
func lineEnds(b Block, text []rune) (ends []int) {
	at := 0
	for i, l := range b.Lines {
		for at < len(text) && unicode.IsSpace(text[at]) {
			at++
		}
		if i > 0 {
			ends = append(ends, at)
		}
		if at += len([]rune(l.Text)); l.Hyphen {
			at--
		}
	}
	return ends
}
