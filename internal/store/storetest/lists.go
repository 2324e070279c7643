package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
)

// listed returns the IDs of the list, which it reads in pages of the query's limit, and the number of pages.
func listed(t *testing.T, s store.Store, q store.ArticleQuery) (ids []string, pages int) {
	t.Helper()
	for pages < 99 {
		page, next, err := s.Articles(t.Context(), q)
		if err != nil || len(page) > q.Limit {
			t.Fatalf("%d articles, %v", len(page), err)
		}
		for _, r := range page {
			ids = append(ids, r.Article.ID)
		}
		if pages++; next == (store.Cursor{}) {
			break
		}
		read, ok := store.ParseCursor(next.String(), q.Newest || !q.Since.IsZero())
		if !ok || read != next {
			t.Fatalf("the cursor %q reads as %+v, %t", next, read, ok)
		}
		q.After = read
	}
	return ids, pages
}

// paging: a list is in byte order, whatever the length of its pages.
func paging(t *testing.T, open Opener) {
	s := open(t, 0)()
	for _, id := range []string{"b", "B", "a-1", "a.1", "10", "9", "_"} {
		put(t, s, record(id, id))
	}
	for limit, want := range map[int]int{1: 7, 3: 3, 6: 2, 7: 1, 100: 1} {
		ids, pages := listed(t, s, store.ArticleQuery{Limit: limit})
		same(t, []string{"10", "9", "B", "_", "a-1", "a.1", "b"}, ids)
		same(t, want, pages)
	}
}

// filters: each filter selects what it says, alone and with others, in pages of any length.
func filters(t *testing.T, open Opener) {
	s := open(t, 0)()
	for i, tt := range []struct{ id, headline, site, kind string }{
		{"a", "Storm front stalls", "The Harbor Post", ""}, {"b", "ÉLECTIONS: 50% counted", "The Harbor Post", "opinion"},
		{"c", "Storm over", "항구신문", "news"}, {"d", "폭풍 전선", "항구신문", "live"}, {"e", "a_b", "", "live"},
	} {
		r := record(tt.id, tt.headline)
		r.Article.Site, r.Article.Kind = tt.site, tt.kind
		r.Version, r.Updated = r.Article.Version(""), noon.Add(time.Duration(i)*time.Minute)
		put(t, s, r)
	}
	soon := record("soon", "Storm ends")
	soon.Article.EmbargoUntil, soon.Updated = noon.Add(time.Hour), noon.Add(5*time.Minute)
	put(t, s, soon)
	past := record("was", "Calm")
	past.Article.EmbargoUntil, past.Updated = noon, noon.Add(6*time.Minute)
	put(t, s, past)
	put(t, s, record("gone", "Storm of old"))
	if err := s.DeleteArticle(t.Context(), "gone", noon.Add(7*time.Minute), 0); err != nil {
		t.Fatal(err)
	}
	minute := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }
	for _, tt := range []struct {
		q    store.ArticleQuery
		want string
	}{
		{store.ArticleQuery{}, "a b c d e soon was"},
		{store.ArticleQuery{Site: "The Harbor Post"}, "a b soon was"},
		{store.ArticleQuery{Site: "the harbor post"}, ""},
		{store.ArticleQuery{Kind: "news"}, "a c soon was"},
		{store.ArticleQuery{Kind: "live"}, "d e"},
		{store.ArticleQuery{Site: "항구신문", Kind: "live"}, "d"},
		{store.ArticleQuery{State: store.Live}, "a b c d e was"},
		{store.ArticleQuery{State: store.Embargoed}, "soon"},
		{store.ArticleQuery{State: store.Withdrawn}, "gone"},
		{store.ArticleQuery{State: store.Withdrawn, Kind: "live"}, ""},
		{store.ArticleQuery{State: store.Embargoed, Site: "The Harbor Post", Text: "ends"}, "soon"},
		{store.ArticleQuery{Text: "storm"}, "a c soon"},
		{store.ArticleQuery{Text: "élections"}, "b"},
		{store.ArticleQuery{Text: "전선"}, "d"},
		{store.ArticleQuery{Text: "%"}, "b"},
		{store.ArticleQuery{Text: "_"}, "e"},
		{store.ArticleQuery{Text: `\`}, ""},
		{store.ArticleQuery{Text: "'; --"}, ""},
		{store.ArticleQuery{Text: "news.example/c"}, "c"},
		{store.ArticleQuery{Since: minute(4)}, "e soon was"},
		{store.ArticleQuery{Since: minute(4).Add(time.Microsecond)}, "soon was"},
		{store.ArticleQuery{Since: minute(4), State: store.Live}, "e was"},
		{store.ArticleQuery{Since: minute(7), State: store.Withdrawn}, "gone"},
		{store.ArticleQuery{Since: minute(8), State: store.Withdrawn}, ""},
		{store.ArticleQuery{Since: minute(1), Kind: "live", Text: "a_"}, "e"},
		{store.ArticleQuery{Since: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}, ""},
	} {
		tt.q.Now = noon
		for _, tt.q.Limit = range []int{1, 2, 100} {
			if ids, _ := listed(t, s, tt.q); strings.Join(ids, " ") != tt.want {
				t.Errorf("%+v: %v, want %s", tt.q, ids, tt.want)
			}
		}
	}
}

// byChange: a list with Since is in the order of changes, and an article that changes while it is read comes again.
func byChange(t *testing.T, open Opener) {
	s := open(t, 0)()
	change := func(id, headline string, after time.Duration) {
		r := record(id, headline)
		r.Updated = noon.Add(after)
		put(t, s, r)
	}
	for i, id := range []string{"d", "b", "c", "a"} {
		change(id, "One", time.Duration(i/2)*time.Millisecond) // two at a time
	}
	q := store.ArticleQuery{Since: noon, Limit: 1}
	ids, _ := listed(t, s, q)
	same(t, []string{"b", "d", "a", "c"}, ids)
	page, next, err := s.Articles(t.Context(), q)
	if err != nil || len(page) != 1 {
		t.Fatalf("%+v, %v", page, err)
	}
	change("b", "Two", time.Second)
	q.After, q.Limit = next, 2
	ids, _ = listed(t, s, q)
	same(t, []string{"d", "a", "c", "b"}, ids)
	change("b", "Two", time.Minute) // it is stored already
	if ids, _ = listed(t, s, store.ArticleQuery{Since: noon.Add(2 * time.Second), Limit: 9}); len(ids) > 0 {
		t.Errorf("an article that did not change: %v", ids)
	}
}

// largeArticles: a page ends before it has too many bytes, and the list has all articles all the same.
func largeArticles(t *testing.T, open Opener) {
	s := open(t, 0)()
	var want []string
	for i := range 6 {
		r := record(fmt.Sprint("story-", i), "Storm")
		r.Article.Description = strings.Repeat("a", 3<<20)
		put(t, s, r)
		want = append(want, r.Article.ID)
	}
	for _, q := range []store.ArticleQuery{{Limit: 6}, {Limit: 6, Since: noon}} {
		ids, pages := listed(t, s, q)
		if !slices.Equal(ids, want) || pages < 3 {
			t.Errorf("%v in %d pages", ids, pages)
		}
	}
}

// escapedURLs: words are found in a URL whether they are searched for as people read them or as the URL spells them.
func escapedURLs(t *testing.T, open Opener) {
	s := open(t, 0)()
	r := record("west", "Gale warning")
	r.Article.URL = "https://news.example/%EC%84%9C%ED%95%B4%EC%95%88%20caf%C3%A9/100%25"
	put(t, s, r)
	for text, want := range map[string]string{
		"서해안": "west", "해": "west", "%ec%84%9c%ed%95%b4": "west", "서해안 café": "west", "café": "west", "gale": "west",
		"동해안": "", "안서": "", "%ed%95%bc": "", "cafe": "", "100%25": "west", "gale%20": "",
	} {
		if ids, _ := listed(t, s, store.ArticleQuery{Text: store.Fold(text), Limit: 10}); strings.Join(ids, " ") != want {
			t.Errorf("%s: %v, want %q", text, ids, want)
		}
	}
}
