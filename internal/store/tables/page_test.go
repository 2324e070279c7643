package tables

import (
	"testing"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
)

// TestPageEndsEarly: the page after one that is full begins after its last record.
func TestPageEndsEarly(t *testing.T) {
	found := []store.Cursor{{ID: "a"}, {ID: "b"}, {ID: "c"}}
	records := []store.Record{{Article: article.Article{ID: "a"}}, {Article: article.Article{ID: "b"}}}
	for full, want := range map[bool]string{true: "b", false: "z"} {
		if page, next := Page(found, store.Cursor{ID: "z"}, records, full, false); len(page) != 2 || next.ID != want {
			t.Errorf("full %t: %d records, then after %s", full, len(page), next.ID)
		}
	}
}

func TestUnchanged(t *testing.T) {
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	page := func() []store.Record {
		return []store.Record{{Article: article.Article{ID: "a"}, Changed: noon}, {Article: article.Article{ID: "b"}, Changed: noon.Add(time.Second)}}
	}
	for name, tt := range map[string]struct {
		places []store.Cursor
		want   string
	}{
		"by ID":               {[]store.Cursor{{ID: "a"}, {ID: "b"}}, "ab"},
		"by change":           {[]store.Cursor{{ID: "a", Changed: noon}, {ID: "b", Changed: noon.Add(time.Second)}}, "ab"},
		"one changed":         {[]store.Cursor{{ID: "a", Changed: noon}, {ID: "b", Changed: noon}}, "a"},
		"both changed":        {[]store.Cursor{{ID: "a", Changed: noon.Add(-1)}, {ID: "b", Changed: noon}}, ""},
		"in another location": {[]store.Cursor{{ID: "a", Changed: noon.In(time.FixedZone("", 3600))}}, "ab"},
	} {
		got := ""
		for _, r := range unchanged(page(), tt.places) {
			got += r.Article.ID
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}
