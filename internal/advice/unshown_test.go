package advice

import (
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/pictures"
)

func TestUnshownIn(t *testing.T) {
	all := func(fields string, cuts ...pictures.Cut) pictures.Figures {
		return pictures.Figures{Shown: strings.Fields(fields), Cuts: cuts}
	}
	const everything = "headline deck caption credit kicker badge site byline date fields.score"
	for name, tt := range map[string]struct {
		change func(a *article.Article)
		og, x  pictures.Figures
		want   string
	}{
		"all shown":      {func(*article.Article) {}, all(everything), all(everything), ""},
		"nowhere":        {func(a *article.Article) { a.Byline = "Jane Roe" }, all("headline caption credit kicker badge site"), all("headline caption credit kicker badge site"), "byline: Not on the card: this design has no place for it."},
		"in one size":    {func(a *article.Article) { a.Byline = "Jane Roe" }, all(everything), all("headline caption credit kicker badge site"), "byline: Not on the card in X."},
		"no room":        {func(a *article.Article) { a.Byline = "Jane Roe" }, all(everything), all("headline caption credit kicker badge site", pictures.Cut{Role: "byline", LeftOut: true}), ""},
		"without photo":  {func(a *article.Article) { a.Photo.URL = "" }, all("headline kicker badge site"), all("headline kicker badge site"), "caption: Not on the card: it is shown only with a photo.; credit: Not on the card: it is shown only with a photo."},
		"a day":          {func(a *article.Article) { a.PublishedAt = time.Unix(0, 0) }, all("headline caption credit kicker badge site"), all(everything), "date: Not on the card in Link."},
		"of one's own":   {func(a *article.Article) { a.Fields = map[string]string{"score": "2:1", "b": "c"} }, all(everything), all(everything), "fields.b: Not on the card: this design has no place for it."},
		"nothing given":  {func(a *article.Article) { *a = article.Article{Headline: "A"} }, all("headline"), all("headline"), ""},
		"a quoted voice": {func(a *article.Article) { a.Speaker, a.SpeakerRole = "A", "B" }, all(everything + " speaker"), all(everything + " speaker"), "speaker_role: Not on the card: this design has no place for it."},
	} {
		s := whole()
		tt.change(&s.Article)
		var said []string
		for _, u := range UnshownIn(s, []Drawn{{Label: "Link", Figures: tt.og}, {Label: "X", Figures: tt.x}}) {
			said = append(said, u.Field+": "+u.Message)
		}
		if got := strings.Join(said, "; "); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}
