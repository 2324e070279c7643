// Package storetest is the test suite that every store.Store must pass.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
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
	counted, err := s.AddClick(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return counted
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
		"a taken code": takenCode, "withdrawal and return": withdrawal, "by URL": byURL, "paging": paging,
		"the click window": window, "exact sums": exactSums, "stats since": statsSince, "confirmed shares": confirmedShares,
		"the top": top, "pruned clicks": pruned, "the top over hours": topOverHours, "a closed store": closed,
		"a cancelled call": cancelled, "opened again": reopened, "uncounted requests": uncounted,
		"network shares": networkShares, "network shares of two processes": networkSharesOfTwo, "daily keys": dailyKeys,
		"seen states": seenStates, "uses of a photo": photoUses, "withdrawn photos": withdrawnPhotos,
	} {
		t.Run(name, func(t *testing.T) { test(t, open) })
	}
}

func newArticle(t *testing.T, open Opener) {
	s := open(t, 0)()
	r := record("a", "One")
	r.PhotoID = "upload:1"
	stored, created, err := s.PutArticle(t.Context(), r, store.Seen{})
	if err != nil || !created {
		t.Fatalf("created %t, %v", created, err)
	}
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
		"DeleteArticle": func() (store.Record, error) { return store.Record{}, s.DeleteArticle(t.Context(), "b") },
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
	if err := s.DeleteArticle(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	_, byID := s.Article(t.Context(), "a")
	_, byVersion := s.Version(t.Context(), "a", r.Version)
	_, byCode := s.ByCode(t.Context(), r.Code)
	_, stats := s.Stats(t.Context(), "a", noon)
	for _, err := range []error{byID, byVersion, byCode, stats, s.DeleteArticle(t.Context(), "a")} {
		if !errors.Is(err, store.ErrGone) {
			t.Errorf("got %v", err)
		}
	}
	if _, err := s.ByURL(t.Context(), r.Article.URL); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("by URL: %v", err)
	}
	if page, _, _ := s.Articles(t.Context(), "", 10); len(page) != 0 {
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
	if err := s.DeleteArticle(t.Context(), "d"); err != nil {
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
	for _, urls := range [][]string{nil, {none}, {d}, {none, d, ""}} {
		if _, err := s.ByURL(t.Context(), urls...); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%q: %v", urls, err)
		}
	}
}

func paging(t *testing.T, open Opener) {
	s := open(t, 0)()
	for _, id := range []string{"b", "B", "a-1", "a.1", "10", "9", "_"} {
		put(t, s, record(id, id))
	}
	var ids []string
	cursor, pages := "", 0
	for {
		page, next, err := s.Articles(t.Context(), cursor, 3)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page {
			ids = append(ids, r.Article.ID)
		}
		if pages++; next == "" || pages > 9 {
			break
		}
		cursor = next
	}
	same(t, []string{"10", "9", "B", "_", "a-1", "a.1", "b"}, ids)
	same(t, 3, pages)
}

func window(t *testing.T, open Opener) {
	s := open(t, 5*time.Minute)()
	put(t, s, record("a", "One"))
	put(t, s, record("b", "Two"))
	reader, other := [16]byte{1}, [16]byte{2}
	at := noon.Add
	for _, tt := range []struct {
		why  string
		c    store.Click
		want bool
	}{
		{"the first", store.Click{ArticleID: "a", At: at(0), Visitor: reader}, true},
		{"the same again", store.Click{ArticleID: "a", At: at(time.Second), Visitor: reader}, false},
		{"another target", store.Click{ArticleID: "a", Target: "mail", At: at(time.Second), Visitor: reader}, true},
		{"another article", store.Click{ArticleID: "b", At: at(time.Second), Visitor: reader}, true},
		{"another reader", store.Click{ArticleID: "a", At: at(time.Second), Visitor: other}, true},
		{"an unknown reader", store.Click{ArticleID: "a", At: at(time.Second)}, true},
		{"an unknown reader again", store.Click{ArticleID: "a", At: at(time.Second)}, true},
		{"just within", store.Click{ArticleID: "a", At: at(5*time.Minute - time.Millisecond), Visitor: reader}, false},
		{"after the window", store.Click{ArticleID: "a", At: at(5 * time.Minute), Visitor: reader}, true},
	} {
		if got := click(t, s, tt.c); got != tt.want {
			t.Errorf("%s: counted %t", tt.why, got)
		}
	}
	st, err := s.Stats(t.Context(), "a", noon)
	if err != nil {
		t.Fatal(err)
	}
	same(t, store.Stats{Clicks: 5, Shares: 1, By: map[string]int64{"mail": 1}, Confirmed: map[string]int64{},
		Uncounted: map[store.Reason]int64{store.Repeat: 2}}, st)
}

func exactSums(t *testing.T, open Opener) {
	again := open(t, time.Minute)
	one, two := again(), again()
	put(t, one, record("a", "One"))
	const each = 40
	var wg sync.WaitGroup
	for worker := range 8 {
		wg.Go(func() {
			s := []store.Store{one, two}[worker%2]
			for i := range each {
				_, err := s.AddClick(context.Background(),
					store.Click{ArticleID: "a", Target: "mail", At: noon, Visitor: [16]byte{byte(worker), byte(i), 1}})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	st, err := one.Stats(t.Context(), "a", noon)
	if err != nil || st.Shares != 8*each {
		t.Errorf("%d shares, %v; want %d", st.Shares, err, 8*each)
	}
}

func statsSince(t *testing.T, open Opener) {
	s := open(t, 0)()
	put(t, s, record("a", "One"))
	for _, ago := range []time.Duration{0, time.Hour, 3 * time.Hour, 48 * time.Hour} {
		click(t, s, store.Click{ArticleID: "a", At: noon.Add(-ago)})
	}
	for since, want := range map[time.Duration]int64{time.Minute: 1, 2 * time.Hour: 2, 24 * time.Hour: 3,
		72 * time.Hour: 4} {
		st, err := s.Stats(t.Context(), "a", noon.Add(-since))
		if err != nil || st.Clicks != want {
			t.Errorf("since %v: %d, %v; want %d", since, st.Clicks, err, want)
		}
	}
}

// topOverHours: the clicks and the shares of several hours are summed, each by themselves.
func topOverHours(t *testing.T, open Opener) {
	s := open(t, 0)()
	put(t, s, record("storm", "Storm"))
	for hours, counts := range [][2]int{{2, 1}, {3, 6}, {0, 4}, {9, 0}} {
		at := noon.Add(-time.Duration(hours) * time.Hour)
		for range counts[0] {
			click(t, s, store.Click{ArticleID: "storm", At: at})
		}
		for range counts[1] {
			click(t, s, store.Click{ArticleID: "storm", Target: "mail", At: at})
		}
	}
	got, err := s.Top(t.Context(), store.TopQuery{Since: noon.Add(-24 * time.Hour), Now: noon, Limit: 10})
	if err != nil || len(got) != 1 || got[0].Clicks != 14 || got[0].Shares != 11 {
		t.Errorf("%+v, %v", got, err)
	}
}

// closed: a closed store counts nothing, and says so.
func closed(t *testing.T, open Opener) {
	s := open(t, 0)()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if counted, err := s.AddClick(t.Context(), store.Click{ArticleID: "storm", At: noon}); counted || err == nil {
		t.Errorf("a click: counted %t, %v", counted, err)
	}
	if err := s.AddUncounted(store.Uncounted{ArticleID: "storm", Reason: store.ByRobot, At: noon}); err == nil {
		t.Error("a request that is not counted was taken")
	}
	c := store.Confirmation{ArticleID: "storm", Target: "kakao", At: noon, Receipt: "1"}
	if counted, err := s.ConfirmShare(t.Context(), c); counted || err == nil {
		t.Errorf("a confirmed share: counted %t, %v", counted, err)
	}
	if top, err := s.Top(t.Context(), store.TopQuery{Since: noon, Now: noon, Limit: 1}); top != nil || err == nil {
		t.Errorf("the top: %v, %v", top, err)
	}
}

func top(t *testing.T, open Opener) {
	s := open(t, 0)()
	add := func(id string, clicks, shares int, change func(*store.Record)) {
		r := record(id, id)
		change(&r)
		put(t, s, r)
		for range clicks {
			click(t, s, store.Click{ArticleID: id, At: noon})
		}
		for range shares {
			click(t, s, store.Click{ArticleID: id, Target: "mail", At: noon})
		}
	}
	none := func(*store.Record) {}
	add("read", 5, 0, none)
	add("shared", 1, 3, none)
	add("tie-old", 2, 0, none)
	add("tie-new", 2, 0, func(r *store.Record) { r.Created = noon.Add(time.Minute) })
	add("other-site", 3, 0, func(r *store.Record) { r.Article.Site = "Metro Daily" })
	add("secret", 9, 0, func(r *store.Record) { r.Article.EmbargoUntil = noon.Add(time.Hour) })
	add("twin", 1, 0, func(r *store.Record) { r.Article.URL = "https://news.example/read" })
	add("unread", 0, 0, none)
	add("gone", 9, 9, none)
	if err := s.DeleteArticle(t.Context(), "gone"); err != nil {
		t.Fatal(err)
	}
	click(t, s, store.Click{ArticleID: "tie-old", At: noon.Add(-48 * time.Hour)})
	for _, tt := range []struct {
		why  string
		q    store.TopQuery
		want string
	}{
		{"both", store.TopQuery{Limit: 10}, "[read:5/0 shared:1/3 other-site:3/0 tie-new:2/0 tie-old:2/0]"},
		{"clicks", store.TopQuery{By: "clicks", Limit: 10}, "[read:5/0 other-site:3/0 tie-new:2/0 tie-old:2/0 shared:1/3]"},
		{"shares", store.TopQuery{By: "shares", Limit: 10}, "[shared:1/3]"},
		{"site", store.TopQuery{Site: "Metro Daily", Limit: 10}, "[other-site:3/0]"},
		{"limit", store.TopQuery{Limit: 2}, "[read:5/0 shared:1/3]"},
	} {
		tt.q.Now, tt.q.Since = noon, noon.Add(-24*time.Hour)
		got, err := s.Top(t.Context(), tt.q)
		if err != nil {
			t.Fatal(err)
		}
		var short []string
		for _, st := range got {
			short = append(short, fmt.Sprintf("%s:%d/%d", st.Record.Article.ID, st.Clicks, st.Shares))
		}
		same(t, tt.why+" "+tt.want, tt.why+" "+fmt.Sprint(short))
	}
}

func cancelled(t *testing.T, open Opener) {
	s := open(t, 0)()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, _, putErr := s.PutArticle(ctx, record("a", "One"), store.Seen{})
	_, clickErr := s.AddClick(ctx, store.Click{ArticleID: "a", At: noon})
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
