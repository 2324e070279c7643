package stories

import (
	"slices"
	"testing"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
)

// badged registers a story without a photo and returns its version.
func (h *rightsHouse) badged(t *testing.T, a article.Article) string {
	t.Helper()
	a.ID, a.URL, a.Lang = "storm-1", "https://news.example/storm", "en"
	r, err := h.Put(t.Context(), a, PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return r.Record.Version
}

// shownBadge returns the badge on the card that readers get, and its version.
func (h *rightsHouse) shownBadge(t *testing.T) (badge, version string) {
	t.Helper()
	rec, err := h.Current(t.Context(), "storm-1")
	if err != nil {
		t.Fatal(err)
	}
	p, err := h.Card(t.Context(), PictureRequest{ID: "storm-1", Version: rec.Version, Size: "og"})
	if err != nil {
		t.Fatal(err)
	}
	return p.Card.Badge, rec.Version
}

// TestBreakingEnds at the second, with another version, whether or not the job has run; the job stores that version
// once, and the article keeps the badge that was put.
func TestBreakingEnds(t *testing.T) {
	h := newRightsHouse(t)
	h.breaking = 6 * time.Hour
	story := article.Article{Headline: "Storm front stalls", Badge: "breaking"}
	first := h.badged(t, story)
	end := h.at.Add(h.breaking)
	h.at = end.Add(-time.Second)
	if badge, version := h.shownBadge(t); badge != "breaking" || version != first || h.badged(t, story) != first {
		t.Errorf("before: %s of %s", badge, version)
	}
	h.at = end
	badge, over := h.shownBadge(t)
	if badge != "" || over == first {
		t.Errorf("at the end: %q of %s", badge, over)
	}
	for range 2 {
		if err := h.EndBreaking(t.Context(), "storm-1", end); err != nil {
			t.Fatal(err)
		}
	}
	stored, err := h.store.Article(t.Context(), "storm-1")
	if err != nil || stored.Version != over || stored.Article.Badge != "breaking" || !stored.Article.Clock.BreakingOver {
		t.Errorf("stored %+v %v", stored, err)
	}
	if again := h.badged(t, story); again != over {
		t.Errorf("put again, it is breaking again: %s", again)
	}
	if p, err := h.Card(t.Context(), PictureRequest{ID: "storm-1", Version: first, Size: "og"}); err != nil || p.Card.Badge != "breaking" {
		t.Errorf("the picture of the version before: %q %v", p.Card.Badge, err)
	}
	h.badged(t, article.Article{Headline: "Storm front stalls"})
	if anew := h.badged(t, story); anew != first {
		t.Errorf("a badge that is set anew does not count anew: %s", anew)
	}
}

// TestOldStories say of which year they are from the day on, and the version that readers got then stays when the story
// is changed.
func TestOldStories(t *testing.T) {
	h := newRightsHouse(t)
	story := article.Article{Headline: "Storm front stalls", PublishedAt: h.at}
	first := h.badged(t, story)
	h.at = h.at.AddDate(1, 0, 0)
	badge, old := h.shownBadge(t)
	if badge != "from 2026" || old == first {
		t.Fatalf("%q of %s", badge, old)
	}
	story.Headline = "Storm front stalled"
	last := h.badged(t, story)
	for _, version := range []string{first, old, last} {
		p, err := h.Card(t.Context(), PictureRequest{ID: "storm-1", Version: version, Size: "og"})
		if err != nil || (p.Card.Badge == "from 2026") == (version == first) {
			t.Errorf("%s: %q %v", version, p.Card.Badge, err)
		}
	}
	history, err := h.History(t.Context(), "storm-1", 0, 10)
	var versions []string
	for _, p := range history {
		versions = append(versions, p.Version)
	}
	if err != nil || !slices.Equal(versions, []string{last, old, first}) {
		t.Errorf("history %v, want %s %s %s; %v", versions, last, old, first, err)
	}
}

// TestClockBesideChanges: a PATCH and a retraction of a story that the clock has changed lose nothing.
func TestClockBesideChanges(t *testing.T) {
	h := newRightsHouse(t)
	first := h.badged(t, article.Article{Headline: "Storm front stalls", PublishedAt: h.at})
	h.at = h.at.AddDate(2, 0, 0)
	read, err := h.Article(t.Context(), "storm-1")
	if err != nil || read.Version == first {
		t.Fatal(read.Version, err)
	}
	unchanged := func(now store.Record, _ bool) bool {
		return now.Revision == read.Revision && now.Version == read.Version
	}
	r, err := h.Update(t.Context(), "storm-1", func(a article.Article) (article.Article, error) {
		a.Kicker = "Coast"
		return a, nil
	}, PutOptions{If: unchanged})
	if err != nil || r.Record.Article.Kicker != "Coast" || r.Replaced != read.Version {
		t.Errorf("%+v %v", r, err)
	}
	if r, err = h.Retract(t.Context(), "storm-1", nil); err != nil || r.Record.Article.Clock.Year != 2026 {
		t.Errorf("%+v %v", r, err)
	}
}
