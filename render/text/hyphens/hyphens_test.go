package hyphens

import (
	"slices"
	"strings"
	"testing"
)

// TestLists reads each list.
func TestLists(t *testing.T) {
	if len(lists) != 24 {
		t.Errorf("%d lists", len(lists))
	}
	for name, list := range lists {
		p := list()
		if len(p.levels) < 300 || len(p.forms) > 1000 {
			t.Errorf("%s: %d patterns, %d forms", name, len(p.levels), len(p.forms))
		}
	}
}

// TestRefused: text that is no list in order is refused.
func TestRefused(t *testing.T) {
	for text, want := range map[string]string{
		"a1b\nab2\n": `"ab" stands before "ab"`, "b1a\na1b\n": `"ba" stands before "ab"`, "1\n": "no letters", "\n": "no letters",
	} {
		if _, err := parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// hyphenated returns a word with hyphens at its points.
func hyphenated(tag, word string) string {
	var b strings.Builder
	points := Points(tag, []rune(word))
	for i, r := range []rune(word) {
		if points != nil && points[i] {
			b.WriteByte('-')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// TestLevels: the highest level counts, also where patterns overlap, in letters of any number of bytes.
func TestLevels(t *testing.T) {
	p, err := parse(".ж4\nb1c\nб1ж2\nж1б\n")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][]uint8{
		".жб.":   {0, 0, 0, 4, 0, 0, 0}, // 4 after the beginning overrides 1
		".бжбж.": {0, 0, 0, 1, 0, 2, 0, 1, 0, 2, 0},
		".bc.":   {0, 0, 1, 0, 0},
	} {
		levels := make([]uint8, len(text)+1)
		for at := range text {
			p.raise(levels[at:], text[at:])
		}
		if !slices.Equal(levels, want) {
			t.Errorf("%s: %v, want %v", text, levels, want)
		}
	}
}

// TestPoints: each language has its own points, with two letters before and three after. Exceptions count. A word in
// another script has none, and capitals are like small letters.
func TestPoints(t *testing.T) {
	for _, tt := range []struct{ tag, want string }{
		{"en", "hy-phen-ation"}, {"en-US", "cer-e-mony"}, {"en-GB", "ce-re-mony"}, {"en", "project"}, {"en", "as-so-ciate"},
		{"de", "Ver-fas-sungs-ge-richt"}, {"de", "VER-FAS-SUNGS-GE-RICHT"}, {"de-CH", "Ver-fas-sungs-ge-richt"}, {"de", "Abend"},
		{"tr", "İS-TAN-BUL"}, {"ru", "пра-ви-тель-ство"}, {"ru", "commission"}, {"ja", "commission"}, {"", "commission"},
		{"sr", "пред-сед-ник"}, {"sr-Latn", "pred-sed-nik"}, {"nb", "re-gje-ring"}, {"no", "re-gje-ring"}, {"nn", "re-gje-ring"},
	} {
		if got := hyphenated(tt.tag, strings.ReplaceAll(tt.want, "-", "")); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.tag, got, tt.want)
		}
	}
}

func BenchmarkPoints(b *testing.B) {
	word := []rune("Bundesverfassungsgerichtsentscheidung")
	Points("de", word)
	b.ReportAllocs()
	for b.Loop() {
		Points("de", word)
	}
}

func BenchmarkRead(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := read("data/de.zst"); err != nil {
			b.Fatal(err)
		}
	}
}
