package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/sqlite"
	"newsroom.example/cards/internal/store/transfer"
	"newsroom.example/cards/internal/tokens"
)

// newsroom fills a store with something in every table, more than one chunk of it.
func newsroom(t *testing.T, s store.Store) {
	t.Helper()
	const stories = 700
	for n := range stories {
		r := record(fmt.Sprintf("story-%d", n), fmt.Sprintf("code-%d", n))
		r.Article.Headline = fmt.Sprint("폭풍 Ünder 'quotes' ", n)
		r.Warnings = []article.Warning{{Code: "no_credit", Message: "There is no credit."}}
		if n%7 == 0 {
			r.Article.Photo.URL, r.PhotoID = "https://pictures.example/a.jpg", fmt.Sprint("upload:", n)
		}
		if n%11 == 0 {
			r.Article.EmbargoUntil = noon.Add(time.Hour)
		}
		for range 1 + n%2 {
			r.Version = r.Article.Version(r.PhotoID)
			if _, _, err := s.PutArticle(t.Context(), r, store.Seen{}); err != nil {
				t.Fatal(err)
			}
			r.Article.Headline += ", updated"
		}
	}
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(s.DeleteArticle(t.Context(), "story-3", noon, 0))
	_, err := s.WithdrawPhoto(t.Context(), "upload:7", noon, func(r store.Record) store.Record {
		r.PhotoID, r.Version = store.NoPhoto, "without "+r.Version
		return r
	})
	check(err)
	_, err = s.DailyKey(t.Context(), noon)
	check(err)
	check(s.AddEditor(t.Context(), editors.Account{Name: "Ann", Role: editors.Writer, Added: noon},
		editors.Link{Hash: editors.HashOf("link"), Ends: noon.Add(time.Hour)}))
	program, _ := tokens.New("cms", []tokens.Scope{tokens.WriteArticles}, noon)
	program.Hash = editors.HashOf("token")
	check(s.AddToken(t.Context(), program))
	check(s.BeginSession(t.Context(), editors.Session{Hash: editors.HashOf("session"), Way: editors.ByToken,
		Editor: editors.Editor{Name: "API token", Role: editors.Admin}, Began: noon, Seen: noon, Rests: noon.Add(time.Hour),
		Ends: noon.Add(time.Hour)}))
	for i := range 3 {
		check(s.AddEntry(t.Context(), journal.Entry{At: noon, Who: "Ann", Action: journal.UploadPhoto, Revision: int64(i)}))
	}
	for i := range 3 {
		_, err = s.ConfirmShare(t.Context(), store.Confirmation{ArticleID: "story-1", Target: "kakao", At: noon.Add(time.Duration(i) * time.Hour), Receipt: fmt.Sprint("kakao \xff", i)})
		check(err)
	}
	b := store.Batch{Spool: "one", First: 1}
	for n := range 2000 {
		e := store.Event{Click: store.Click{ArticleID: fmt.Sprintf("story-%d", n%500), Target: []string{"", "mail"}[n%2], At: noon.Add(time.Duration(n) * time.Second), Network: store.Network{Wide: uint16(1 + n%100)}}}
		if n%5 == 0 {
			e.Reason = store.ByCrawler
		}
		b.Events = append(b.Events, e)
	}
	_, err = s.Count(t.Context(), b)
	check(err)
}

// content returns what a store holds, as its methods say it.
func content(t *testing.T, s store.Store) (all []any) {
	t.Helper()
	add := func(value any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, value)
	}
	for _, state := range []store.State{"", store.Withdrawn} {
		page, _, err := s.Articles(t.Context(), store.ArticleQuery{State: state, Limit: 9999, Now: noon})
		add(page, err)
		for _, r := range page {
			if state == "" {
				stats, err := s.Stats(t.Context(), r.Article.ID, noon)
				add(stats, err)
			}
			n, err := s.Withdrawals(t.Context(), r.Article.ID)
			add(n, err)
			history, err := s.History(t.Context(), r.Article.ID, 0, 9)
			add(history, err)
		}
	}
	photos, err := s.WithdrawnPhotos(t.Context(), 0)
	add(photos, err)
	uses, err := s.PhotoUses(t.Context(), "upload:14", 99)
	add(uses, err)
	key, err := s.DailyKey(t.Context(), noon)
	add(key, err)
	accounts, err := s.Editors(t.Context(), noon)
	add(accounts, err)
	program, err := s.TokenOf(t.Context(), editors.HashOf("token"))
	if err != nil || !program.Has(tokens.WriteArticles) || !program.Made.Equal(noon) {
		t.Errorf("the token is %+v, %v", program, err)
	}
	session, err := s.Session(t.Context(), editors.HashOf("session"), noon)
	add(session, err)
	entries, err := s.Entries(t.Context(), journal.Query{Limit: 99})
	add(entries, err)
	top, err := s.Top(t.Context(), store.TopQuery{Since: noon, Now: noon, Limit: 100})
	add(top, err)
	return all
}

// copied makes a copy, and returns how many rows it has written.
func copied(t *testing.T, from transfer.Source, to transfer.Target) (changed int64) {
	t.Helper()
	tables := 0
	err := transfer.Copy(t.Context(), from, to, func(done transfer.Copied) {
		changed += done.Changed
		tables++
		if done.Rows == 0 || done.Totals != done.Of {
			t.Errorf("%s: %+v", done.Name, done)
		}
	})
	if err != nil || tables != len(transfer.Tables) {
		t.Fatalf("%d tables, %v", tables, err)
	}
	return changed
}

// TestCopy: a newsroom moves from one engine to the other and back, and nothing is lost or changed on the way. A copy
// that is made again writes what has changed, and no copy goes over what a service has stored.
func TestCopy(t *testing.T) {
	file := func() *sqlite.DB {
		db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "cards.db"), sqlite.Options{Window: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		return db
	}
	first, server, last := file(), opened(t, database(t), time.Minute), file()
	newsroom(t, first)
	want := content(t, first)
	if n := copied(t, first, server); n < 2000 {
		t.Errorf("%d rows are written", n)
	}
	if diff := cmp.Diff(want, content(t, server)); diff != "" {
		t.Error(diff)
	}
	if n := copied(t, first, server); n != 0 {
		t.Errorf("the same again: %d rows are written", n)
	}
	copied(t, server, last)
	if diff := cmp.Diff(want, content(t, last)); diff != "" {
		t.Error(diff)
	}

	if _, _, err := first.PutArticle(t.Context(), record("aaa", "codeaaa"), store.Seen{}); err != nil {
		t.Fatal(err)
	}
	if _, err := first.PruneClicks(t.Context(), noon.Add(10*time.Minute)); err != nil {
		t.Fatal(err)
	}
	copied(t, first, server)
	if diff := cmp.Diff(content(t, first), content(t, server)); diff != "" {
		t.Errorf("continued: %s", diff)
	}

	for _, to := range []interface {
		transfer.Target
		Use(context.Context) error
	}{server, last} {
		source := transfer.Source(first)
		if to == server {
			source = last
		}
		if err := transfer.Copy(t.Context(), source, to, func(transfer.Copied) {}); !errors.Is(err, transfer.ErrNotEmpty) {
			t.Errorf("a copy of another source: %v", err)
		}
		if err := to.Use(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, source := range []transfer.Source{first, server, last} {
			if source == to {
				continue
			}
			if err := transfer.Copy(t.Context(), source, to, func(transfer.Copied) {}); !errors.Is(err, transfer.ErrNotEmpty) {
				t.Errorf("a copy over what a service uses: %v", err)
			}
			name, err := source.Name(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if err := to.Replace(t.Context(), name, transfer.Tables[0], transfer.Range{}, nil); !errors.Is(err, transfer.ErrInUse) {
				t.Errorf("a copy that goes on under a service: %v", err)
			}
		}
	}
	for _, empty := range []interface {
		transfer.Target
		Use(context.Context) error
	}{opened(t, database(t), time.Minute), file()} { // a service runs on it, and may store something at any time
		for range 2 { // starts
			if err := empty.Use(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if err := transfer.Copy(t.Context(), first, empty, func(transfer.Copied) {}); !errors.Is(err, transfer.ErrNotEmpty) {
			t.Errorf("a copy into an empty database of a service: %v", err)
		}
	}
	r := record("seq", "codeseq")
	r.PhotoID = "upload:seq"
	if _, err := server.WithdrawPhoto(t.Context(), r.PhotoID, noon, func(r store.Record) store.Record { return r }); err != nil {
		t.Errorf("the number of a photo after those that were copied: %v", err)
	}
}

// TestCopyOfALiveNewsroom: a copy that is made while the source changes says that it differs, or is complete; one more
// when it has come to rest is complete.
func TestCopyOfALiveNewsroom(t *testing.T) {
	from, to := opened(t, database(t), 0), opened(t, database(t), 0)
	newsroom(t, from)
	stop := make(chan struct{})
	var changing sync.WaitGroup
	changing.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			r := record(fmt.Sprintf("story-%d", n%900), fmt.Sprintf("code-%d", n%900))
			r.Article.Headline = fmt.Sprint("Live ", n)
			r.Version = r.Article.Version("")
			seen, err := from.Withdrawals(t.Context(), r.Article.ID)
			if err == nil {
				_, _, err = from.PutArticle(t.Context(), r, store.Seen{Withdrawals: seen})
			}
			if err != nil {
				t.Error(err)
			}
		}
	})
	for range 3 {
		err := transfer.Copy(t.Context(), from, to, func(transfer.Copied) {})
		if err != nil && !errors.Is(err, transfer.ErrDiffers) {
			t.Error(err)
		}
	}
	close(stop)
	changing.Wait()
	copied(t, from, to)
	if diff := cmp.Diff(content(t, from), content(t, to)); diff != "" {
		t.Error(diff)
	}
}
