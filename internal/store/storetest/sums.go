package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
)

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
				c := store.Click{ArticleID: "a", Target: "mail", At: noon, Visitor: [16]byte{byte(worker), byte(i), 1}}
				if _, err := s.Count(context.Background(), alone(store.Event{Click: c})); err != nil {
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
	add("shared", 1, 3, func(r *store.Record) { r.Article.Kind = "opinion" })
	add("tie-old", 2, 0, none)
	add("tie-new", 2, 0, func(r *store.Record) { r.Created = noon.Add(time.Minute) })
	add("other-site", 3, 0, func(r *store.Record) { r.Article.Site = "Metro Daily" })
	add("secret", 9, 0, func(r *store.Record) { r.Article.EmbargoUntil = noon.Add(time.Hour) })
	add("twin", 1, 0, func(r *store.Record) { r.Article.URL = "https://news.example/read" })
	add("unread", 0, 0, none)
	add("gone", 9, 9, none)
	if err := s.DeleteArticle(t.Context(), "gone", noon, 0); err != nil {
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
		{"kind", store.TopQuery{Kind: "opinion", Limit: 10}, "[shared:1/3]"},
		{"words", store.TopQuery{Text: "site other", Limit: 10}, "[other-site:3/0]"},
		{"embargoed", store.TopQuery{State: store.Embargoed, Limit: 10}, "[secret:9/0]"},
		{"withdrawn", store.TopQuery{State: store.Withdrawn, Limit: 10}, "[gone:9/9]"},
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
