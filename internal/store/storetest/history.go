package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/store"
)

// newest: the list of the newest is in the order of registration, whatever changes, in pages of any length.
func newest(t *testing.T, open Opener) {
	s := open(t, 0)()
	for i, id := range []string{"b", "a", "d", "c", "e"} {
		r := record(id, "Storm "+id)
		r.Created = noon.Add(time.Duration(i/2) * time.Minute) // b and a at once, then d and c
		put(t, s, r)
	}
	again := record("b", "Storm over")
	again.Updated = noon.Add(time.Hour)
	put(t, s, again)
	if err := s.DeleteArticle(t.Context(), "d", noon, 0); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		q    store.ArticleQuery
		want string
	}{
		{store.ArticleQuery{}, "e c b a"},
		{store.ArticleQuery{Text: "storm over"}, "b"},
		{store.ArticleQuery{Text: "over storm"}, "b"},
		{store.ArticleQuery{State: store.Withdrawn}, "d"},
		{store.ArticleQuery{Site: "The Harbor Post", Kind: "news"}, "e c b a"},
		{store.ArticleQuery{Site: "Metro Daily"}, ""},
	} {
		tt.q.Newest = true
		for _, tt.q.Limit = range []int{1, 2, 100} {
			if ids, _ := listed(t, s, tt.q); strings.Join(ids, " ") != tt.want {
				t.Errorf("%+v: %v, want %s", tt.q, ids, tt.want)
			}
		}
	}
}

// words: each word of a search must be in the ID, the headline or the URL.
func words(t *testing.T, open Opener) {
	s := open(t, 0)()
	put(t, s, record("Storm_1.a", "Ferries stay in the harbor"))
	put(t, s, record("other", "Storm front stalls over the west coast as harbor towns brace for a second night of it"))
	for text, want := range map[string]string{
		"harbor": "Storm_1.a other", "harbor ferries": "Storm_1.a", "storm harbor": "Storm_1.a other", "storm_1": "Storm_1.a",
		"storm%1": "", "STORM_1.A": "Storm_1.a", "harbor  west": "other", "harbor nothing": "", "other coast": "other",
		"a b c d e f g second night": "other", "a b c d e f g night second": "", "storm front stalls over the west coast as harbor": "other",
		"storm front stalls over the west coast harbor as": "", // from the eighth on they are one
	} {
		if ids, _ := listed(t, s, store.ArticleQuery{Text: store.Fold(text), Limit: 10}); strings.Join(ids, " ") != want {
			t.Errorf("%s: %v, want %q", text, ids, want)
		}
	}
}

// told returns periods as text: the headline, or "withdrawn", and the minutes from noon between which each lasted.
func told(all []store.Period) (lines []string) {
	for _, p := range all {
		name, until := p.Article.Headline, "now"
		if p.Withdrawn {
			name = "withdrawn"
		}
		if !p.Until.IsZero() {
			until = fmt.Sprint(p.Until.Sub(noon).Minutes())
		}
		lines = append(lines, fmt.Sprintf("%s %v-%s", name, p.From.Sub(noon).Minutes(), until))
	}
	return lines
}

// history: each version is listed with the times at which it was the current one, also one that came back.
func history(t *testing.T, open Opener) {
	s := open(t, 0)()
	change := func(headline string, minute int) {
		r := record("storm", headline)
		r.Updated = noon.Add(time.Duration(minute) * time.Minute)
		put(t, s, r)
	}
	change("One", 0)
	change("Two", 1)
	change("Two", 2) // the same
	change("One", 3)
	if err := s.DeleteArticle(t.Context(), "storm", noon.Add(4*time.Minute), 0); err != nil {
		t.Fatal(err)
	}
	put(t, s, record("another", "Calm"))
	all, err := s.History(t.Context(), "storm", 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	same(t, []string{"withdrawn 4-now", "One 3-4", "Two 1-3", "One 0-1"}, told(all))
	change("Three", 5)
	if all, err = s.History(t.Context(), "storm", 0, 2); err != nil {
		t.Fatal(err)
	}
	same(t, []string{"Three 5-now", "withdrawn 4-5"}, told(all))
	for all[len(all)-1].Number > 1 {
		more, err := s.History(t.Context(), "storm", all[len(all)-1].Number, 2)
		if err != nil || len(more) == 0 {
			t.Fatalf("%+v, %v", more, err)
		}
		all = append(all, more...)
	}
	same(t, []string{"Three 5-now", "withdrawn 4-5", "One 3-4", "Two 1-3", "One 0-1"}, told(all))
	if rest, err := s.History(t.Context(), "storm", all[len(all)-1].Number, 2); len(rest) > 0 || err != nil {
		t.Errorf("after the last: %v, %v", told(rest), err)
	}
	if !slices.IsSortedFunc(all, func(a, b store.Period) int { return int(b.Number - a.Number) }) {
		t.Errorf("numbers are not in order: %+v", all)
	}
	if _, err := s.History(t.Context(), "unknown", 0, 2); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an unknown article: %v", err)
	}
}

// withoutPhoto: taking a photo down begins a period.
func withoutPhoto(t *testing.T, open Opener) {
	s := open(t, 0)()
	r := record("storm", "Storm")
	r.PhotoID = "upload:1"
	put(t, s, r)
	_, err := s.WithdrawPhoto(t.Context(), "upload:1", noon.Add(time.Minute), func(r store.Record) store.Record {
		r.PhotoID, r.Version = store.NoPhoto, "without"
		return r
	})
	if err != nil {
		t.Fatal(err)
	}
	all, err := s.History(t.Context(), "storm", 0, 10)
	if err != nil || len(all) != 2 || all[0].Version != "without" || all[1].PhotoID != "upload:1" {
		t.Errorf("%+v, %v", all, err)
	}
}

// series: clicks are summed by target and step, from the full hour on.
func series(t *testing.T, open Opener) {
	s := open(t, 0)()
	put(t, s, record("storm", "Storm"))
	put(t, s, record("other", "Calm"))
	hour := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Hour) }
	point := func(hours int, target string, n int64) store.Point {
		return store.Point{At: hour(hours), Target: target, N: n}
	}
	for _, c := range []store.Click{
		{At: hour(0)}, {At: hour(0).Add(59 * time.Minute)}, {At: hour(0), Target: "mail"}, {At: hour(-1), Target: "x"},
		{At: hour(-30)}, {At: hour(-100)},
	} {
		c.ArticleID = "storm"
		click(t, s, c)
		c.ArticleID = "other"
		click(t, s, c)
	}
	for _, tt := range []struct {
		since, step time.Duration
		want        []store.Point
	}{
		{30 * time.Minute, time.Hour, []store.Point{point(-1, "x", 1), point(0, "", 2), point(0, "mail", 1)}},
		{0, time.Hour, []store.Point{point(0, "", 2), point(0, "mail", 1)}},
		{48 * time.Hour, 24 * time.Hour, []store.Point{
			point(-36, "", 1), point(-12, "", 2), point(-12, "mail", 1), point(-12, "x", 1),
		}},
		{-2 * time.Hour, time.Hour, nil},
	} {
		got, err := s.Series(t.Context(), "storm", noon.Add(-tt.since), tt.step)
		if err != nil {
			t.Fatal(err)
		}
		same(t, tt.want, got)
	}
	if _, err := s.Series(t.Context(), "unknown", noon, time.Hour); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an unknown article: %v", err)
	}
}

// sites: each site is listed once, in byte order, and at most the limit.
func sites(t *testing.T, open Opener) {
	s := open(t, 0)()
	for i, site := range []string{"The Harbor Post", "항구신문", "", "Metro Daily", "The Harbor Post", "metro daily"} {
		r := record(fmt.Sprint("story-", i), "Storm")
		r.Article.Site = site
		put(t, s, r)
	}
	for limit, want := range map[int][]string{
		9: {"Metro Daily", "The Harbor Post", "metro daily", "항구신문"}, 2: {"Metro Daily", "The Harbor Post"},
	} {
		got, err := s.Sites(t.Context(), limit)
		if err != nil {
			t.Fatal(err)
		}
		same(t, want, got)
	}
}
