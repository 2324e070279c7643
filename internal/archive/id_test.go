package archive

import (
	"strings"
	"testing"

	"newsroom.example/cards/internal/article"
)

// TestID: IDs are valid, differ by URL, and can be recognized.
func TestID(t *testing.T) {
	seen := map[string]string{}
	for at, begins := range map[string]string{
		"https://news.example/2026/11/storm-front-stalls.html":            "storm-front-stalls-",
		"https://news.example/Storm_Front/":                               "storm-front-",
		"https://news.example/":                                           "",
		"https://news.example/story?id=1":                                 "story-",
		"https://news.example/story?id=2":                                 "story-",
		"https://news.example/%ED%8C%8C%EB%8F%84":                         "",
		"https://news.example/" + strings.Repeat("a-very-long-name-", 50): "a-very-long-name-",
		"https://news.example/%%":                                         "",
	} {
		id := ID(at)
		if err := article.CheckID(id); err != nil || !strings.HasPrefix(id, begins) || seen[id] != "" {
			t.Errorf("%s: %q, %v", at, id, err)
		}
		if seen[id] = at; ID(at) != id {
			t.Errorf("%s: two IDs", at)
		}
	}
}
