// Package storetest is the test suite that every store.Store must pass.
package storetest

import (
	"context"
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
)

// Opener returns a function that opens the store under test. All calls of that function open the same store. window is
// the time in which a visitor's repeated tap is counted once.
type Opener func(t *testing.T, window time.Duration) func() store.Store

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func record(id, headline string) store.Record {
	a := article.Article{ID: id, URL: "https://news.example/" + id, Headline: headline, Site: "The Harbor Post"}
	return store.Record{Article: a, Version: a.Version(""), Code: "code-" + id, Created: noon, Updated: noon}
}

func put(t *testing.T, s store.Store, r store.Record) store.Record {
	t.Helper()
	stored, _, err := s.PutArticle(t.Context(), r, seen(t, s, r.Article.ID))
	if err != nil {
		t.Fatal(err)
	}
	return stored
}

// seen returns the state of an article, with any version.
func seen(t *testing.T, s store.Store, id string) store.Seen {
	t.Helper()
	n, err := s.Withdrawals(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return store.Seen{Withdrawals: n}
}

func click(t *testing.T, s store.Store, c store.Click) bool {
	t.Helper()
	done, err := s.Count(t.Context(), alone(store.Event{Click: c}))
	if err != nil || len(done.Against) != 1 {
		t.Fatalf("%+v, %v", done, err)
	}
	return done.Against[0] == ""
}

// alone returns a batch of events in a spool of their own.
func alone(events ...store.Event) store.Batch {
	return store.Batch{Spool: rand.Text(), First: 1, Events: events}
}

func same(t *testing.T, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Run runs the test suite.
func Run(t *testing.T, open Opener) {
	for name, test := range map[string]func(*testing.T, Opener){
		"a new article": newArticle, "a changed article": changedArticle, "the same version": sameVersion,
		"a taken code": takenCode, "revisions": revisions, "filters": filters, "escaped URLs": escapedURLs,
		"lists by change":             byChange,
		"a list with a large article": largeArticles, "withdrawal and return": withdrawal,
		"withdrawal under embargo": withdrawnEarly, "by URL": byURL, "paging": paging,
		"the click window": window, "exact sums": exactSums, "stats since": statsSince, "confirmed shares": confirmedShares,
		"the top": top, "pruned clicks": pruned, "the top over hours": topOverHours, "a closed store": closed,
		"a cancelled call": cancelled, "opened again": reopened, "uncounted requests": uncounted,
		"network shares": networkShares, "network shares of two processes": networkSharesOfTwo, "daily keys": dailyKeys,
		"no window": noWindow, "a batch again": batchAgain, "batches that overlap": batchesOverlap,
		"a batch of two processes": batchOfTwo, "what a batch returns": batchReturns, "forgotten spools": forgottenSpools,
		"sums of long windows": longSums, "another with the URL": otherWithURL,
		"the newest": newest, "words": words, "history": history, "history without a photo": withoutPhoto,
		"series": series, "sites": sites,
		"seen states": seenStates, "uses of a photo": photoUses, "withdrawn photos": withdrawnPhotos,
		"portraits": portraits, "the journal of articles": articleEntries, "the journal of photos": photoEntries,
		"pages of the journal": entryPages, "a pruned journal": entriesPruned,
		"editors": accounts, "sign-in links": links, "a link that two use": linkOfTwo, "sessions": sessions,
		"the sessions of an editor who is removed": removedEditor, "pruned sessions": sessionsPruned,
		"tokens": apiTokens, "one token for a name": tokenNames,
	} {
		t.Run(name, func(t *testing.T) { test(t, open) })
	}
}

// closed: a closed store counts nothing, and says so.
func closed(t *testing.T, open Opener) {
	s := open(t, 0)()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, b := range []store.Batch{alone(), alone(store.Event{Click: store.Click{ArticleID: "storm", At: noon}})} {
		if _, err := s.Count(t.Context(), b); err == nil {
			t.Errorf("a batch of %d events was taken", len(b.Events))
		}
	}
	c := store.Confirmation{ArticleID: "storm", Target: "kakao", At: noon, Receipt: "1"}
	if counted, err := s.ConfirmShare(t.Context(), c); counted || err == nil {
		t.Errorf("a confirmed share: counted %t, %v", counted, err)
	}
	if top, err := s.Top(t.Context(), store.TopQuery{Since: noon, Now: noon, Limit: 1}); top != nil || err == nil {
		t.Errorf("the top: %v, %v", top, err)
	}
}

func cancelled(t *testing.T, open Opener) {
	s := open(t, 0)()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, _, putErr := s.PutArticle(ctx, record("a", "One"), store.Seen{})
	_, clickErr := s.Count(ctx, alone(store.Event{Click: store.Click{ArticleID: "a", At: noon}}))
	_, readErr := s.Article(ctx, "a")
	for _, err := range []error{putErr, clickErr, readErr} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Error(err)
	}
}

func reopened(t *testing.T, open Opener) {
	again := open(t, 0)
	s := again()
	r := put(t, s, record("a", "One"))
	click(t, s, store.Click{ArticleID: "a", At: noon})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = again()
	got, err := s.Article(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	same(t, r, got)
	if st, err := s.Stats(t.Context(), "a", noon); err != nil || st.Clicks != 1 {
		t.Errorf("stats %+v, %v", st, err)
	}
}
