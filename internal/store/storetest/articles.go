package storetest

import (
	"errors"
	"testing"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
)

func newArticle(t *testing.T, open Opener) {
	s := open(t, 0)()
	r := record("a", "One")
	r.PhotoID = "upload:1"
	r.Warnings = []article.Warning{
		{Code: "headline_cut", Field: "headline", Message: "It is cut.", Size: "kakao"}, {Code: "no_credit"},
	}
	r.Created = noon.Add(time.Microsecond)
	stored, created, err := s.PutArticle(t.Context(), r, store.Seen{})
	if err != nil || !created {
		t.Fatalf("created %t, %v", created, err)
	}
	r.Created, r.Changed, r.Revision = noon, noon, 1
	same(t, r, stored)
	for why, read := range map[string]func() (store.Record, error){
		"Article": func() (store.Record, error) { return s.Article(t.Context(), "a") },
		"Version": func() (store.Record, error) { return s.Version(t.Context(), "a", r.Version) },
		"ByCode":  func() (store.Record, error) { return s.ByCode(t.Context(), "code-a") },
		"ByURL":   func() (store.Record, error) { return s.ByURL(t.Context(), r.Article.URL) },
	} {
		got, err := read()
		if err != nil {
			t.Errorf("%s: %v", why, err)
		}
		same(t, r, got)
	}
	for why, read := range map[string]func() (store.Record, error){
		"Article":       func() (store.Record, error) { return s.Article(t.Context(), "b") },
		"Version":       func() (store.Record, error) { return s.Version(t.Context(), "a", "other") },
		"ByCode":        func() (store.Record, error) { return s.ByCode(t.Context(), "CODE-A") },
		"ByURL":         func() (store.Record, error) { return s.ByURL(t.Context(), "https://news.example/") },
		"DeleteArticle": func() (store.Record, error) { return store.Record{}, s.DeleteArticle(t.Context(), "b", noon, 0) },
		"Stats": func() (store.Record, error) {
			_, err := s.Stats(t.Context(), "b", noon)
			return store.Record{}, err
		},
		"Article, in SQL": func() (store.Record, error) { return s.Article(t.Context(), "a' OR '1'='1") },
	} {
		if _, err := read(); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s of what is not there: %v", why, err)
		}
	}
}

func changedArticle(t *testing.T, open Opener) {
	s := open(t, 0)()
	first := put(t, s, record("a", "One"))
	second := record("a", "Two")
	second.Code, second.Created, second.Updated = "another", noon.Add(time.Hour), noon.Add(time.Hour)
	stored, created, err := s.PutArticle(t.Context(), second, store.Seen{})
	if err != nil || created {
		t.Fatalf("created %t, %v", created, err)
	}
	if stored.Code != first.Code || !stored.Created.Equal(first.Created) || !stored.Updated.Equal(second.Updated) {
		t.Errorf("stored %+v", stored)
	}
	current, _ := s.Article(t.Context(), "a")
	same(t, "Two", current.Article.Headline)
	old, err := s.Version(t.Context(), "a", first.Version)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "One", old.Article.Headline)
	back := put(t, s, record("a", "One"))
	same(t, first.Version, back.Version)
}

func sameVersion(t *testing.T, open Opener) {
	s := open(t, 0)()
	first := put(t, s, record("a", "One"))
	again := record("a", "One")
	again.Updated = noon.Add(time.Hour)
	again.PhotoID = "upload:late"
	again.Article.UpdatedAt = noon.Add(time.Hour)
	stored := put(t, s, again)
	if !stored.Updated.Equal(first.Updated) || stored.PhotoID != "upload:late" {
		t.Errorf("a photo that was missing: stored %+v", stored)
	}
	again.PhotoID = "upload:other"
	if stored = put(t, s, again); stored.PhotoID != "upload:late" {
		t.Errorf("a version changed its photo to %s", stored.PhotoID)
	}
	got, _ := s.Article(t.Context(), "a")
	if !got.Article.UpdatedAt.Equal(noon.Add(time.Hour)) {
		t.Error("the CMS's own times are not kept")
	}
}

func takenCode(t *testing.T, open Opener) {
	s := open(t, 0)()
	put(t, s, record("a", "One"))
	r := record("b", "Two")
	r.Code = "code-a"
	if _, _, err := s.PutArticle(t.Context(), r, store.Seen{}); !errors.Is(err, store.ErrCodeTaken) {
		t.Errorf("got %v", err)
	}
	if _, err := s.Article(t.Context(), "b"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a refused article is stored: %v", err)
	}
}

func withdrawal(t *testing.T, open Opener) {
	s := open(t, 0)()
	r := put(t, s, record("a", "One"))
	if err := s.DeleteArticle(t.Context(), "a", noon, 0); err != nil {
		t.Fatal(err)
	}
	_, byID := s.Article(t.Context(), "a")
	_, byVersion := s.Version(t.Context(), "a", r.Version)
	_, byCode := s.ByCode(t.Context(), r.Code)
	_, byURL := s.ByURL(t.Context(), r.Article.URL)
	_, stats := s.Stats(t.Context(), "a", noon)
	for _, err := range []error{byID, byVersion, byCode, byURL, stats, s.DeleteArticle(t.Context(), "a", noon, 0)} {
		if !errors.Is(err, store.ErrGone) {
			t.Errorf("got %v", err)
		}
	}
	if page, _, _ := s.Articles(t.Context(), store.ArticleQuery{Limit: 10}); len(page) != 0 {
		t.Error("a withdrawn article is listed")
	}
	other := record("b", "Two")
	other.Code = r.Code
	if _, _, err := s.PutArticle(t.Context(), other, store.Seen{}); !errors.Is(err, store.ErrCodeTaken) {
		t.Errorf("its code was given away: %v", err)
	}
	back := record("a", "One")
	back.Code = "new"
	stored, created, err := s.PutArticle(t.Context(), back, seen(t, s, "a"))
	if err != nil || !created || stored.Code != r.Code {
		t.Errorf("back with code %s, created %t, %v", stored.Code, created, err)
	}
}

// withdrawnEarly: the store says of a withdrawn article whether readers could have seen it.
func withdrawnEarly(t *testing.T, open Opener) {
	s := open(t, 0)()
	for id, at := range map[string]time.Time{
		"never": noon.Add(-time.Millisecond), "just": noon, "later": noon.Add(time.Hour),
	} {
		r := record(id, "One")
		r.Article.EmbargoUntil, r.Updated = noon, noon.Add(-time.Hour)
		put(t, s, r)
		if err := s.DeleteArticle(t.Context(), id, at, 0); err != nil {
			t.Fatal(err)
		}
	}
	both := record("both", "One")
	both.Article.URL = "https://news.example/never"
	for _, tt := range []struct {
		id    string
		early bool
	}{{"never", true}, {"just", false}, {"later", false}} {
		_, byID := s.Article(t.Context(), tt.id)
		_, byCode := s.ByCode(t.Context(), "code-"+tt.id)
		_, byURL := s.ByURL(t.Context(), "https://news.example/"+tt.id)
		for _, err := range []error{byID, byCode, byURL} {
			if !errors.Is(err, store.ErrGone) || errors.Is(err, store.ErrNeverPublic) != tt.early {
				t.Errorf("%s: %v", tt.id, err)
			}
		}
	}
	put(t, s, both)
	if err := s.DeleteArticle(t.Context(), "both", noon, 0); err != nil {
		t.Fatal(err)
	}
	_, err := s.ByURL(t.Context(), both.Article.URL)
	if !errors.Is(err, store.ErrGone) || errors.Is(err, store.ErrNeverPublic) {
		t.Errorf("a URL of which one article was public: %v", err)
	}
	if err := s.DeleteArticle(t.Context(), "never", noon.Add(time.Hour), 0); !errors.Is(err, store.ErrGone) {
		t.Error(err)
	}
	if _, err := s.Article(t.Context(), "never"); !errors.Is(err, store.ErrNeverPublic) {
		t.Errorf("withdrawn again, later: %v", err)
	}
}

func byURL(t *testing.T, open Opener) {
	s := open(t, 0)()
	older, newer := record("a", "One"), record("b", "Two")
	newer.Article.URL = older.Article.URL
	newer.Updated = noon.Add(time.Minute)
	put(t, s, newer)
	put(t, s, older)
	third, gone := record("c", "Three"), record("d", "Four")
	third.Article.URL, gone.Article.URL = `https://news.example/c?a="<>&b=\u0041가`, "https://news.example/d"
	put(t, s, third)
	put(t, s, gone)
	if err := s.DeleteArticle(t.Context(), "d", noon, 0); err != nil {
		t.Fatal(err)
	}
	both, c, d := older.Article.URL, third.Article.URL, gone.Article.URL
	const none = "https://news.example/none"
	for want, urls := range map[string][]string{
		"b": {both}, "b, first": {both, c}, "b, last": {none, d, both}, "c": {c}, "c, first": {c, both},
		"c, later":                       {none, c, both},
		"c, after one that is withdrawn": {d, c, both, both},
	} {
		got, err := s.ByURL(t.Context(), urls...)
		if err != nil || got.Article.ID != want[:1] {
			t.Errorf("%s: got %s, %v", want, got.Article.ID, err)
		}
	}
	for _, urls := range [][]string{nil, {none}, {none, ""}} {
		if _, err := s.ByURL(t.Context(), urls...); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%q: %v", urls, err)
		}
	}
	for _, urls := range [][]string{{d}, {none, d, ""}} {
		if _, err := s.ByURL(t.Context(), urls...); !errors.Is(err, store.ErrGone) {
			t.Errorf("%q, withdrawn: %v", urls, err)
		}
	}
}
