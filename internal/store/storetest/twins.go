package storetest

import (
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
)

func otherWithURL(t *testing.T, open Opener) {
	s := open(t, 0)()
	older, newer, gone, third := record("a", "One"), record("b", "Two"), record("c", "Three"), record("d", "Four")
	newer.Updated, gone.Updated = noon.Add(time.Minute), noon.Add(time.Hour)
	newer.Article.URL, gone.Article.URL = older.Article.URL, older.Article.URL
	for _, r := range []store.Record{older, newer, gone, third} {
		put(t, s, r)
	}
	if err := s.DeleteArticle(t.Context(), "c", noon, 0); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ url, except, want string }{
		{older.Article.URL, "a", "b"}, {older.Article.URL, "b", "a"}, {older.Article.URL, "c", "b"},
		{third.Article.URL, "d", ""}, {third.Article.URL, "a", "d"}, {"https://news.example/none", "a", ""},
	} {
		if got, err := s.OtherWithURL(t.Context(), tt.url, tt.except); err != nil || got != tt.want {
			t.Errorf("%s besides %s: %q, %v; want %q", tt.url, tt.except, got, err, tt.want)
		}
	}
}
