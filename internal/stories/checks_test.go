package stories

import (
	"slices"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/scene"
)

// codesOf returns the codes and fields of warnings.
func codesOf(all []Warning) string {
	var s []string
	for _, w := range all {
		s = append(s, strings.TrimSpace(w.Code+" "+w.Field))
	}
	return strings.Join(s, ", ")
}

// TestChecks: a PUT, the same PUT again, a dry run, a refresh and an audit say the same of a story.
func TestChecks(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*article.Article)
		want   string
	}{
		{"a whole story", func(*article.Article) {}, ""},
		{"no words for the photo", func(a *article.Article) { a.Photo.Alt, a.Credit = "", "" }, "no_alt photo.alt, no_credit credit"},
		{"a character", func(a *article.Article) { a.Headline = "New harp 🪉" }, "missing_glyph headline"},
		{"too long", func(a *article.Article) { a.Headline = strings.Repeat("the storm over the harbor ", 30) }, "headline_cut headline"},
		{"capitals", func(a *article.Article) { a.Headline = "STORM FRONT STALLS AGAIN" }, "all_capitals headline"},
		{"an uncertain language", func(a *article.Article) {
			a.Headline, a.Caption = "Dhoruba yasimamisha safari za feri katika pwani", "Boti za feri zikiwa bandarini."
			a.Description = a.Caption
		}, "language_uncertain lang"},
		{"a doubled tag", func(a *article.Article) { a.Badge, a.Kicker = "live", "LIVE" }, "tag_doubled kicker"},
		{"an unused photo", func(a *article.Article) { a.Template = "text" }, "photo_unused template"},
	} {
		h := newHouse(t)
		a := h.story()
		tt.change(&a)
		dry, err := h.Put(t.Context(), a, PutOptions{DryRun: true})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]Result{"a dry run": dry}
		for _, name := range []string{"a PUT", "the same PUT"} {
			if got[name], err = h.Put(t.Context(), a, PutOptions{}); err != nil {
				t.Fatal(err)
			}
		}
		if got["a PUT after a restart"], err = h.another(t).Put(t.Context(), a, PutOptions{}); err != nil {
			t.Fatal(err)
		}
		for name, o := range map[string]PutOptions{"a refresh": {}, "a dry refresh": {DryRun: true}} {
			if got[name], err = h.Refresh(t.Context(), a.ID, o); err != nil {
				t.Fatal(err)
			}
		}
		if got["an audit"], err = h.Audit(t.Context(), a.ID); err != nil {
			t.Fatal(err)
		}
		for name, r := range got {
			if found := codesOf(r.Warnings); found != tt.want {
				t.Errorf("%s, %s: %s; want %s", tt.name, name, found, tt.want)
			}
			if !slices.Equal(r.Warnings, dry.Warnings) {
				t.Errorf("%s, %s: %v; dry run %v", tt.name, name, r.Warnings, dry.Warnings)
			}
		}
	}
}

// TestSmallPhotoIsAWarning: also in a dry run, which stores no photo, and its source is asked once.
func TestSmallPhotoIsAWarning(t *testing.T) {
	h := newHouse(t)
	h.source.change(func(s *source) { s.photo = scene.JPEG(scene.Photo(1, 1, 8, 1)) })
	r, warnings := h.put(t, PutOptions{DryRun: true})
	if warnings != "small_photo " || !strings.Contains(r.Warnings[0].Message, "1x1") || h.source.asked != 1 {
		t.Errorf("%s: %v; asked %d times", warnings, r.Warnings, h.source.asked)
	}
	if _, warnings = h.put(t, PutOptions{}); warnings != "small_photo " {
		t.Error(warnings)
	}
}

// TestTwins: of two articles with one URL, whichever is put later learns of the other, by its ID.
func TestTwins(t *testing.T) {
	h := newHouse(t)
	a := h.story()
	if _, err := h.Put(t.Context(), a, PutOptions{}); err != nil {
		t.Fatal(err)
	}
	twin := a
	twin.ID, twin.URL = "storm-2", a.URL+"?utm_source=x"
	for _, o := range []PutOptions{{DryRun: true}, {}} {
		r, err := h.Put(t.Context(), twin, o)
		if err != nil || codesOf(r.Warnings) != "duplicate_url url" || !strings.Contains(r.Warnings[0].Message, "storm-1") {
			t.Errorf("%v, %v", r.Warnings, err)
		}
	}
	if r, err := h.Audit(t.Context(), "storm-1"); err != nil || !strings.Contains(r.Warnings[0].Message, "storm-2") {
		t.Errorf("the first one: %v, %v", r.Warnings, err)
	}
	if err := h.Delete(t.Context(), "storm-2"); err != nil {
		t.Fatal(err)
	}
	if r, err := h.Audit(t.Context(), "storm-1"); err != nil || len(r.Warnings) != 0 {
		t.Errorf("alone again: %v, %v", r.Warnings, err)
	}
}

// TestAuditOfARemovedTheme: its cards are drawn in another one, and an audit says so.
func TestAuditOfARemovedTheme(t *testing.T) {
	h := newHouse(t)
	a := h.story()
	a.Theme = "ledger"
	if _, err := h.Put(t.Context(), a, PutOptions{}); err != nil {
		t.Fatal(err)
	}
	h.designs = without{h.designs, "ledger"}
	r, err := h.Audit(t.Context(), a.ID)
	if err != nil || codesOf(r.Warnings) != "invalid_request theme" {
		t.Errorf("%v, %v", r.Warnings, err)
	}
	if r, err = h.Refresh(t.Context(), a.ID, PutOptions{}); err != nil || codesOf(r.Warnings) != "invalid_request theme" {
		t.Errorf("a refresh: %v, %v", r.Warnings, err)
	}
}

// without is a set of designs from which a theme was removed.
type without struct {
	Designs
	theme string
}

func (w without) Check(c card.Card) error {
	if c.Theme == w.theme {
		return &card.FieldError{Field: "theme", Problem: "is not known here"}
	}
	return w.Designs.Check(c)
}

// ShowsPhoto is false for an unknown design, as that of package render.
func (w without) ShowsPhoto(c card.Card) bool { return c.Theme != w.theme && w.Designs.ShowsPhoto(c) }

// TestAuditOfAPhotoThatFails: an audit says so, as a PUT did.
func TestAuditOfAPhotoThatFails(t *testing.T) {
	h := newHouse(t)
	h.source.change(func(s *source) { s.status = 404 })
	if _, warnings := h.put(t, PutOptions{}); warnings != "source_unavailable " {
		t.Error(warnings)
	}
	if r, err := h.Audit(t.Context(), "storm-1"); err != nil || codesOf(r.Warnings) != "source_unavailable photo.url" {
		t.Errorf("%v, %v", r.Warnings, err)
	}
	h.source.change(func(s *source) { s.status = 0 })
	r, _ := h.put(t, PutOptions{})
	if _, err := h.WithdrawPhoto(t.Context(), r.Record.PhotoID); err != nil {
		t.Fatal(err)
	}
	if r, err := h.Audit(t.Context(), "storm-1"); err != nil || codesOf(r.Warnings) != "gone photo.url" {
		t.Errorf("withdrawn: %v, %v", r.Warnings, err)
	}
	if _, err := h.Audit(t.Context(), "unknown"); err == nil {
		t.Error("an article that is not there was checked")
	}
}
