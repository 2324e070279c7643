package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/store"
)

// entered returns the entries as text, the newest first, without their times.
func entered(t *testing.T, s store.Store) string {
	t.Helper()
	all, err := s.Entries(t.Context(), journal.Query{Limit: 99})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, e := range all {
		lines = append(lines, fmt.Sprintf("%s %s %s %s %d %s", e.Who, e.Action, e.Article, e.Version, e.Revision, e.Detail))
	}
	return strings.Join(lines, "\n")
}

// doing returns a context in which somebody does something.
func doing(t *testing.T, who string, action journal.Action) context.Context {
	t.Helper()
	return journal.Doing(journal.By(t.Context(), who), action)
}

// articleEntries: what changes an article is entered with it, by whichever process, and nothing else is.
func articleEntries(t *testing.T, open Opener) {
	both := open(t, 0)
	s, other := both(), both()
	put := func(ctx context.Context, r store.Record) store.Record {
		t.Helper()
		stored, _, err := s.PutArticle(ctx, r, seen(t, s, r.Article.ID))
		if err != nil {
			t.Fatal(err)
		}
		return stored
	}
	first := put(doing(t, "Ann", journal.Put), record("a", "One"))
	put(doing(t, "Ann", journal.Put), record("a", "One")) // nothing changes
	put(t.Context(), record("b", "One"))                  // nobody says what is done
	changed := record("a", "Two")
	changed.Updated = noon.Add(time.Hour)
	second := put(doing(t, "Ben", journal.Patch), changed)
	if _, _, err := s.PutArticle(doing(t, "Ann", journal.Put), record("a", "Three"), store.Seen{Revision: 99}); err == nil {
		t.Error("a version was stored for another revision")
	}
	if err := s.DeleteArticle(doing(t, "Ben", journal.Withdraw), "a", noon.Add(2*time.Hour), 99); err == nil {
		t.Error("another revision was withdrawn")
	}
	for range 2 { // the second time it is gone
		_ = s.DeleteArticle(doing(t, "Ben", journal.Withdraw), "a", noon.Add(2*time.Hour), 0)
	}
	back := put(doing(t, "Ann", journal.Batch), record("a", "Two"))
	same(t, strings.Join([]string{
		fmt.Sprintf("Ann article.batch a %s %d new", back.Version, back.Revision),
		fmt.Sprintf("Ben article.withdraw a  %d ", second.Revision+1),
		fmt.Sprintf("Ben article.patch a %s %d ", second.Version, second.Revision),
		fmt.Sprintf("Ann article.put a %s %d new", first.Version, first.Revision),
	}, "\n"), entered(t, other))
	all, err := other.Entries(t.Context(), journal.Query{Article: "a", Who: "Ben", Limit: 9})
	if err != nil || len(all) != 2 || !all[1].At.Equal(noon.Add(time.Hour)) || !all[0].At.Equal(noon.Add(2*time.Hour)) {
		t.Errorf("%+v, %v", all, err)
	}
}

// photoEntries: the withdrawal of a photo is entered once, and with it each article that it changes.
func photoEntries(t *testing.T, open Opener) {
	s := open(t, 0)()
	const id = "upload:1"
	shown := put(t, s, photo("shown", "One", id))
	for range 2 {
		_, err := s.WithdrawPhoto(doing(t, "Ann", journal.DeletePhoto), id, noon, func(r store.Record) store.Record {
			r.PhotoID, r.Version = store.NoPhoto, "without"
			return r
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	same(t, fmt.Sprintf("Ann photo.delete shown without %d upload:1\nAnn photo.delete   0 upload:1", shown.Revision+1),
		entered(t, s))
}

// entryPages: entries are listed by what is asked, page by page, and what is too long is cut.
func entryPages(t *testing.T, open Opener) {
	s := open(t, 0)()
	for i := range 7 {
		e := journal.Entry{At: noon.Add(time.Duration(i) * time.Hour), Who: []string{"Ann", "Ben"}[i%2],
			Action: journal.SignIn, Detail: fmt.Sprint(i, " \x00", strings.Repeat("é", i*journal.MaxText))}
		if err := s.AddEntry(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	for name, tt := range map[string]struct {
		q    journal.Query
		want string // the first bytes of the details
	}{
		"all":               {journal.Query{Limit: 99}, "6543210"},
		"of one":            {journal.Query{Who: "Ben", Limit: 99}, "531"},
		"of nobody":         {journal.Query{Who: "B\x00en\xff", Limit: 99}, ""},
		"since":             {journal.Query{Since: noon.Add(5 * time.Hour), Limit: 99}, "65"},
		"of one since":      {journal.Query{Who: "Ann", Since: noon.Add(3 * time.Hour), Limit: 99}, "64"},
		"of another story":  {journal.Query{Article: "a", Limit: 99}, ""},
		"the first page":    {journal.Query{Limit: 3}, "654"},
		"before everything": {journal.Query{Before: 1, Limit: 3}, ""},
	} {
		all, err := s.Entries(t.Context(), tt.q)
		got := ""
		for _, e := range all {
			got += e.Detail[:1]
			if len(e.Detail) > journal.MaxText {
				t.Errorf("%s: %d bytes of detail", name, len(e.Detail))
			}
		}
		if err != nil || got != tt.want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	got, q := "", journal.Query{Limit: 3}
	for range 9 {
		page, err := s.Entries(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		for _, e := range page {
			got += e.Detail[:1]
		}
		q.Before = page[len(page)-1].Seq
	}
	same(t, "6543210", got)
}

// entriesPruned: entries before a time are removed, and their numbers are not given again.
func entriesPruned(t *testing.T, open Opener) {
	s := open(t, 0)()
	add := func(at time.Time, detail string) {
		t.Helper()
		if err := s.AddEntry(t.Context(), journal.Entry{At: at, Action: journal.SignIn, Detail: detail}); err != nil {
			t.Fatal(err)
		}
	}
	const old = 5
	for range old {
		add(noon.Add(-time.Millisecond), "old")
	}
	before, err := s.Entries(t.Context(), journal.Query{Limit: 1})
	if err != nil || len(before) != 1 {
		t.Fatalf("%+v, %v", before, err)
	}
	add(noon, "new")
	for i, want := range []int{old, 0} {
		if n, err := s.PruneEntries(t.Context(), noon); err != nil || n != want {
			t.Errorf("call %d removed %d, %v", i, n, err)
		}
	}
	if n, err := s.PruneEntries(t.Context(), noon.Add(time.Hour)); err != nil || n != 1 {
		t.Errorf("the last one: %d, %v", n, err)
	}
	add(noon, "last")
	after, err := s.Entries(t.Context(), journal.Query{Limit: 9})
	if err != nil || len(after) != 1 || after[0].Seq <= before[0].Seq+1 {
		t.Errorf("%+v after %+v, %v", after, before, err)
	}
}
