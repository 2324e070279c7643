package clean

import (
	"strings"
	"testing"
	"unicode"
)

// TestPlainASCII has texts that need no cleaning, which is seen at once, and others.
func TestPlainASCII(t *testing.T) {
	for s, want := range map[string]bool{
		"": true, "a": true, "!": true, "~": true, "a b": true, "a b c": true, "Tom & Jerry": true,
		" ": false, " a": false, "a ": false, "a  b": false, "a\tb": false, "a\x1f": false, "a\x7f": false, "é": false,
	} {
		if got := isPlainASCII(s); got != want {
			t.Errorf("%q: %t", s, got)
		}
	}
}

// TestFoldingCostsNoMemory: a line without white space to be folded is not written again.
func TestFoldingCostsNoMemory(t *testing.T) {
	for _, s := range []string{"가", "가 나", "가\u00a0나\u3000 다", "a  b", " a", "a\tb"} {
		want := strings.Join(strings.FieldsFunc(s, isFoldedSpace), " ")
		if got := fold(s); got != want {
			t.Errorf("%q becomes %q, want %q", s, got, want)
		}
		if n := testing.AllocsPerRun(10, func() { fold(s) }); s == want && n != 0 {
			t.Errorf("%q: %v allocations", s, n)
		}
	}
}

// TestCommonLetters: the letters of the common scripts need no lookup, and no mark or format character is among them.
func TestCommonLetters(t *testing.T) {
	for first, last := range map[rune]rune{
		0: 0xac, 0xae: 0x2ff, // Latin, without the soft hyphen
		'ぁ': 'ゖ', // hiragana
		'゛': '鿿', // katakana and ideographs
		'가': '힣', // hangul
	} {
		if first > 0 && isLetter(first-1) || isLetter(last+1) {
			t.Errorf("%U or %U is one", first-1, last+1)
		}
		for r := first; r <= last; r++ {
			if !isLetter(r) || unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
				t.Errorf("%U: %t", r, isLetter(r))
			}
		}
	}
}

// TestBeginsTag has all bytes that may follow a < of markup.
func TestBeginsTag(t *testing.T) {
	const may = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/!?"
	for c := range 0x100 {
		after := string([]byte{byte(c)})
		if got := beginsTag("<" + after); got != strings.Contains(may, after) {
			t.Errorf("<%q: %t", after, got)
		}
	}
	if beginsTag("<") {
		t.Error("a < alone begins a tag")
	}
}
