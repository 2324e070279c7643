package store

import (
	"testing"
	"time"

	"newsroom.example/cards/internal/article"
)

func TestUnchanged(t *testing.T) {
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	page := func() []Record {
		return []Record{{Article: article.Article{ID: "a"}, Changed: noon}, {Article: article.Article{ID: "b"}, Changed: noon.Add(time.Second)}}
	}
	for name, tt := range map[string]struct {
		places []Cursor
		want   string
	}{
		"by ID":               {[]Cursor{{ID: "a"}, {ID: "b"}}, "ab"},
		"by change":           {[]Cursor{{ID: "a", Changed: noon}, {ID: "b", Changed: noon.Add(time.Second)}}, "ab"},
		"one changed":         {[]Cursor{{ID: "a", Changed: noon}, {ID: "b", Changed: noon}}, "a"},
		"both changed":        {[]Cursor{{ID: "a", Changed: noon.Add(-1)}, {ID: "b", Changed: noon}}, ""},
		"in another location": {[]Cursor{{ID: "a", Changed: noon.In(time.FixedZone("", 3600))}}, "ab"},
	} {
		got := ""
		for _, r := range Unchanged(page(), tt.places) {
			got += r.Article.ID
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}
