package article_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
)

// TestRightsNormalized: rights are kept in one form, and what cannot be kept names its field.
func TestRightsNormalized(t *testing.T) {
	story := func(r article.Rights) (article.Article, error) {
		return article.Article{ID: "storm-1", URL: "https://news.example/storm", Headline: "Storm",
			Photo: article.Photo{URL: "https://pictures.example/a.jpg"}, Portrait: article.Photo{Rights: r}}.Normalize()
	}
	at := time.Date(2026, 11, 29, 12, 0, 0, 5, time.UTC)
	a, err := story(article.Rights{Expires: at, Territories: []string{"us", " KR ", "USA", "uk"}, NotSocial: true})
	if r := a.Portrait.Rights; err != nil || !slices.Equal(r.Territories, []string{"GB", "KR", "US"}) || r.Expires.Nanosecond() != 0 || !r.NotSocial {
		t.Errorf("%+v, %v", r, err)
	}
	for _, tt := range []struct {
		rights article.Rights
		field  string
	}{
		{article.Rights{Expires: time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC)}, "portrait.rights.expires"},
		{article.Rights{Territories: []string{"Korea"}}, "portrait.rights.territories"},
		{article.Rights{Territories: []string{"KR", ""}}, "portrait.rights.territories"},
		{article.Rights{Territories: []string{"EU"}}, "portrait.rights.territories"},
		{article.Rights{Territories: []string{"XYZ"}}, "portrait.rights.territories"},
		{article.Rights{Territories: []string{"001"}}, "portrait.rights.territories"},
		{article.Rights{Territories: make([]string, 301)}, "portrait.rights.territories"},
	} {
		_, err := story(tt.rights)
		if faults := card.FieldErrors(err); len(faults) != 1 || faults[0].Field != tt.field {
			t.Errorf("%+v: %v", tt.rights, err)
		}
	}
}

// TestRightsAreNoVersion: a version is what readers see; rights that are prolonged change nothing of it.
func TestRightsAreNoVersion(t *testing.T) {
	a := article.Article{ID: "storm-1", URL: "https://news.example/storm", Headline: "Storm", Photo: article.Photo{URL: "https://pictures.example/a.jpg"}}
	b := a
	b.Photo.Rights = article.Rights{Expires: time.Unix(2e9, 0), NotSocial: true}
	b.Past = b.Past.With(article.PastPhoto{URL: "https://pictures.example/b.jpg", Rights: article.Rights{NotSocial: true}})
	if a.Version("") != b.Version("") {
		t.Error("rights make another version")
	}
}

// TestPastIsBounded: of a story with many photos the oldest are forgotten, and count as barred.
func TestPastIsBounded(t *testing.T) {
	var past article.Past
	url := func(i int) string { return fmt.Sprintf("https://pictures.example/%d.jpg", i) }
	for i := range article.MaxPast + 1 {
		past = past.With(article.PastPhoto{URL: url(i), Rights: article.Rights{Territories: []string{"KR"}}})
	}
	if len(past.Photos) != article.MaxPast || !past.RightsOf(url(0), "").NotSocial || past.RightsOf(url(1), "").NotSocial {
		t.Errorf("%d photos", len(past.Photos))
	}
}
