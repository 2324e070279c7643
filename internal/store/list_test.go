package store

import (
	"strings"
	"testing"
)

// TestWordsAreFew: each word is looked for by itself, up to eight; the last one has all that follow.
func TestWordsAreFew(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "  storm ": "storm", "storm  over\tit": "storm|over|it", "1 2 3 4 5 6 7 8 9 10": "1|2|3|4|5|6|7|8 9 10",
	} {
		var got []string
		for _, word := range (ArticleQuery{Text: text}).Words() {
			got = append(got, word[0])
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
