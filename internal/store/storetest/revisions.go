package storetest

import (
	"testing"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
)

// revisions: each change of what is stored of an article gives it a larger revision and the time of the change, and
// nothing else does.
func revisions(t *testing.T, open Opener) {
	both := open(t, 0)
	s, other := both(), both()
	at, last := noon, int64(0)
	check := func(why string, r store.Record, changed bool) {
		t.Helper()
		if got := r.Revision > last; got != changed || changed && !r.Changed.Equal(at) || !changed && !r.Changed.Before(at) {
			t.Errorf("%s: revision %d after %d, changed %v at %v", why, r.Revision, last, r.Changed, at)
		}
		if now, err := other.Article(t.Context(), "a"); err != nil || now.Revision != r.Revision || !now.Changed.Equal(r.Changed) {
			t.Errorf("%s: read back %+v, %v", why, now, err)
		}
		last = r.Revision
	}
	step := func(why string, changed bool, how func(*store.Record)) {
		t.Helper()
		at = at.Add(time.Minute)
		r := record("a", "One")
		r.Updated = at
		how(&r)
		check(why, put(t, s, r), changed)
	}
	version := func(r *store.Record, headline string) {
		r.Article.Headline = headline
		r.Version = r.Article.Version("")
	}
	warned := func(r *store.Record) { r.Warnings = []article.Warning{{Code: "small_photo", Field: "photo.url"}} }
	step("a new article", true, func(*store.Record) {})
	step("the same", false, func(*store.Record) {})
	step("another headline", true, func(r *store.Record) { version(r, "Two") })
	step("the same again", false, func(r *store.Record) { version(r, "Two") })
	step("back to the first version", true, func(*store.Record) {})
	step("a later time of the CMS", true, func(r *store.Record) { r.Article.UpdatedAt = noon })
	step("a warning", true, func(r *store.Record) { r.Article.UpdatedAt = noon; warned(r) })
	step("the same warning", false, func(r *store.Record) { r.Article.UpdatedAt = noon; warned(r) })
	step("no warning any more", true, func(r *store.Record) { r.Article.UpdatedAt = noon })
	step("a photo that was missing", true, func(r *store.Record) { r.Article.UpdatedAt = noon; r.PhotoID = "upload:1" })
	step("a photo that it has", false, func(r *store.Record) { r.Article.UpdatedAt = noon; r.PhotoID = "upload:2" })
	at = at.Add(time.Minute)
	if err := other.DeleteArticle(t.Context(), "a", at, 0); err != nil {
		t.Fatal(err)
	}
	gone, _, err := s.Articles(t.Context(), store.ArticleQuery{State: store.Withdrawn, Limit: 1})
	if err != nil || len(gone) != 1 || gone[0].Revision <= last || !gone[0].Changed.Equal(at) {
		t.Errorf("withdrawn: %+v, %v", gone, err)
	}
	last = gone[0].Revision
	step("its return", true, func(r *store.Record) { r.Article.UpdatedAt = noon; r.PhotoID = "upload:1" })
	at = at.Add(time.Minute)
	_, err = s.WithdrawPhoto(t.Context(), "upload:1", at, func(r store.Record) store.Record {
		r.PhotoID, r.Version = store.NoPhoto, "without"
		warned(&r)
		return r
	})
	now, readErr := s.Article(t.Context(), "a")
	if err != nil || readErr != nil || len(now.Warnings) != 1 {
		t.Fatalf("%+v, %v, %v", now, err, readErr)
	}
	check("its photo withdrawn", now, true)
}
