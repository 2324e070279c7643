package stories

import (
	"slices"
	"testing"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
)

// cachedSizes returns the sizes in which the current version's picture is cached.
func (h *house) cachedSizes(t *testing.T) (all []string) {
	t.Helper()
	rec, err := h.Article(t.Context(), "storm-1")
	if err != nil {
		t.Fatal(err)
	}
	for _, named := range card.Sizes {
		c := cardOf(rec, named.Size)
		if _, ok := h.previews.Cached(t.Context(), h.previews.Key(c, Format(rec)), Format(rec), c.ByURL()); ok {
			all = append(all, named.Name)
		}
	}
	return all
}

func namesOfSizes() (all []string) {
	for _, named := range card.Sizes {
		all = append(all, named.Name)
	}
	return all
}

// TestDrawAhead: the current version is drawn in all named sizes, with and without a photo. One that is not current,
// was withdrawn, or lacks its photo is not drawn.
func TestDrawAhead(t *testing.T) {
	for _, photo := range []bool{true, false} {
		h := newHouse(t)
		a := h.story()
		if !photo {
			a.Photo.URL = ""
		}
		first, err := h.Put(t.Context(), a, PutOptions{})
		if err != nil {
			t.Fatal(err)
		}
		a.Headline = "Storm front moves"
		second, err := h.Put(t.Context(), a, PutOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if err := h.DrawAhead(t.Context(), "storm-1", first.Record.Version); err != nil {
			t.Fatal(err)
		}
		if got := h.cachedSizes(t); !slices.Equal(got, []string{"og"}) {
			t.Errorf("an old version: %v", got)
		}
		asked := h.source.asked
		if err := h.DrawAhead(t.Context(), "storm-1", second.Record.Version); err != nil {
			t.Fatal(err)
		}
		if got := h.cachedSizes(t); !slices.Equal(got, namesOfSizes()) || h.source.asked != asked {
			t.Errorf("%v; the source was asked %d times", got, h.source.asked-asked)
		}
		if err := h.Delete(t.Context(), "storm-1"); err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{"storm-1", "unknown"} {
			if err := h.DrawAhead(t.Context(), id, second.Record.Version); err != nil {
				t.Errorf("%s: %v", id, err)
			}
		}
	}
	h := newHouse(t)
	h.source.change(func(s *source) { s.part = true })
	r, _ := h.put(t, PutOptions{})
	asked := h.source.asked
	other := h.another(t) // which knows nothing of the source yet
	if err := other.DrawAhead(t.Context(), "storm-1", r.Record.Version); err != nil || h.source.asked != asked {
		t.Errorf("without its photo: %v, asked %d times", err, h.source.asked-asked)
	}
}

// TestDrawForEmbargo: the version that is current before the end of the embargo is drawn. If the end has changed, or the
// story is gone, nothing is.
func TestDrawForEmbargo(t *testing.T) {
	h := newHouse(t)
	end := time.Now().Add(time.Hour).Truncate(time.Second)
	a := h.story()
	a.EmbargoUntil = end
	for _, headline := range []string{"Storm front stalls", "Storm front moves"} {
		a.Headline = headline
		if _, err := h.Put(t.Context(), a, PutOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	for when, want := range map[time.Time][]string{end.Add(time.Second): nil, end: namesOfSizes()} {
		if _, err := h.cards.DeleteFunc(t.Context(), nil, 0, func(string, []byte) bool { return true }); err != nil {
			t.Fatal(err)
		}
		if err := h.DrawForEmbargo(t.Context(), "storm-1", when); err != nil {
			t.Fatal(err)
		}
		if got := h.cachedSizes(t); !slices.Equal(got, want) {
			t.Errorf("%v: %v, want %v", when.Sub(end), got, want)
		}
	}
	if _, err := h.Current(t.Context(), "storm-1"); err == nil {
		t.Error("drawing ends the embargo")
	}
}

// TestRefetch: a photo whose source was away comes with a version of its own the third time, and is not asked for again.
func TestRefetch(t *testing.T) {
	h := newHouse(t)
	h.source.change(func(s *source) { s.status = 503 })
	first, warnings := h.put(t, PutOptions{})
	if warnings != "source_unavailable " || !LacksPhoto(first.Record) {
		t.Fatalf("%s: %+v", warnings, first.Record)
	}
	version := first.Record.Version
	for range 2 {
		if err := h.Refetch(t.Context(), "storm-1", version); fault.KindOf(err) != fault.SourceUnavailable {
			t.Fatalf("while the source is away: %v", err)
		}
	}
	if now, err := h.Article(t.Context(), "storm-1"); err != nil || now.Version != version || !LacksPhoto(now) {
		t.Fatalf("%+v, %v", now, err)
	}
	h.source.change(func(s *source) { s.status = 0 })
	if err := h.Refetch(t.Context(), "storm-1", version); err != nil {
		t.Fatal(err)
	}
	now, err := h.Article(t.Context(), "storm-1")
	if err != nil || now.PhotoID != photoID(1) || now.Version == version || LacksPhoto(now) || len(now.Warnings) > 0 {
		t.Errorf("%+v, %v", now, err)
	}
	asked := h.source.asked
	for _, v := range []string{version, now.Version} {
		if err := h.Refetch(t.Context(), "storm-1", v); err != nil || h.source.asked != asked {
			t.Errorf("again: %v, asked %d times", err, h.source.asked-asked)
		}
	}
}

// TestRefetchUndoesNothing: what happens to the article while the photo is fetched again stays.
func TestRefetchUndoesNothing(t *testing.T) {
	for _, tt := range []struct {
		why      string
		happens  func(t *testing.T, h *house)
		headline string
		photo    string
	}{
		{"another headline, with the photo", func(t *testing.T, h *house) {
			a := h.story()
			a.Headline = "Storm front moves"
			if _, err := h.Put(t.Context(), a, PutOptions{}); err != nil {
				t.Fatal(err)
			}
		}, "Storm front moves", photoID(1)},
		{"no photo any more", func(t *testing.T, h *house) {
			a := h.story()
			a.Photo.URL = ""
			if _, err := h.Put(t.Context(), a, PutOptions{}); err != nil {
				t.Fatal(err)
			}
		}, "Storm front stalls", ""},
		{"withdrawn", func(t *testing.T, h *house) {
			if err := h.Delete(t.Context(), "storm-1"); err != nil {
				t.Fatal(err)
			}
		}, "", ""},
		{"the photo that comes is withdrawn", func(t *testing.T, h *house) {
			if _, err := h.photos.Keep(t.Context(), h.url, ""); err != nil {
				t.Fatal(err)
			}
			if _, err := h.WithdrawPhoto(t.Context(), photoID(1)); err != nil {
				t.Fatal(err)
			}
		}, "Storm front stalls", store.NoPhoto},
	} {
		t.Run(tt.why, func(t *testing.T) {
			h := newHouse(t)
			other := h.another(t)
			h.source.change(func(s *source) { s.status = 503 })
			first, _ := h.put(t, PutOptions{})
			hold, waiting := make(chan struct{}), make(chan struct{})
			h.source.change(func(s *source) { s.status, s.hold, s.waiting = 0, hold, waiting })
			done := make(chan error, 1)
			go func() { done <- h.Refetch(t.Context(), "storm-1", first.Record.Version) }()
			<-waiting
			tt.happens(t, other)
			close(hold)
			if err := <-done; err != nil {
				t.Fatal(err)
			}
			now, err := h.Article(t.Context(), "storm-1")
			if err != nil && !isAbsent(err) || now.Article.Headline != tt.headline || now.PhotoID != tt.photo {
				t.Errorf("%q with %q, %v", now.Article.Headline, now.PhotoID, err)
			}
		})
	}
}
