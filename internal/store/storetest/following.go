package storetest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
)

// Following tests what an engine calls for each change of an article, in its transaction: with an error, nothing is
// stored. open opens an empty store that calls stored there, after it has inserted a row of its own; rows returns how
// many of these are stored.
func Following(
	t *testing.T, open func(t *testing.T, stored func(store.Record) error) (s store.Store, rows func() int),
) {
	var called []string
	var refuse error
	s, rows := open(t, func(r store.Record) error {
		called = append(called, r.Article.ID+" "+r.Version)
		return refuse
	})
	put := func(version string, want error) {
		t.Helper()
		_, _, err := s.PutArticle(t.Context(), store.Record{
			Article: article.Article{ID: "storm", URL: "https://news.example/storm", Headline: version}, Version: version,
			PhotoID: "upload:1", Code: "abcdefg", Created: time.Now(), Updated: time.Now(),
		}, store.Seen{})
		if !errors.Is(err, want) {
			t.Errorf("%s: %v", version, err)
		}
	}
	put("v1", nil)
	put("v1", nil) // nothing has changed
	refuse = errors.New("refused")
	put("v2", refuse)
	if rec, err := s.Article(t.Context(), "storm"); err != nil || rec.Version != "v1" {
		t.Errorf("refused: %s, %v", rec.Version, err)
	}
	refuse = nil
	without := func(r store.Record) store.Record {
		r.Version, r.PhotoID = "v3", store.NoPhoto
		return r
	}
	if _, err := s.WithdrawPhoto(t.Context(), "upload:1", time.Now(), without); err != nil {
		t.Fatal(err)
	}
	if want := []string{"storm v1", "storm v2", "storm v3"}; !slices.Equal(called, want) {
		t.Errorf("called for %v", called)
	}
	if n := rows(); n != 2 {
		t.Errorf("%d rows of it are stored", n)
	}
}
