package advice

import (
	"fmt"
	"image"
	"net/url"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/pictures"
)

// whole returns a form for which there are no checks.
func whole() Form {
	return Form{
		Card: card.Card{
			Headline: "Storm front stalls", Caption: "Ferries are in port.", Credit: "The Harbor Post", Site: "The Harbor Post",
			Photo: card.Photo{URL: "https://pictures.example/a.jpg"},
		},
		URL: "https://news.example/storm", Alt: "Ferries in the rain", Description: "By four.",
		XPost: "https://x.com/intent/post?text=" + url.QueryEscape("Storm front stalls"),
	}
}

// fieldsOf returns the level and field of each check.
func fieldsOf(all []Check) string {
	var s []string
	for _, c := range all {
		s = append(s, fmt.Sprint(c.Level, " ", c.Field))
	}
	return strings.Join(s, ", ")
}

func TestOfForm(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*Form)
		want   string
	}{
		"nothing":         {func(*Form) {}, ""},
		"no address":      {func(f *Form) { f.URL, f.XPost = "", "" }, "fault url"},
		"not https":       {func(f *Form) { f.URL = "http://news.example/storm" }, "note url"},
		"a cut post":      {func(f *Form) { f.XPost = "https://x.com/intent/post?text=Storm%E2%80%A6" }, "fault headline"},
		"70 letters":      {func(f *Form) { f.Card.Headline = strings.Repeat("가", 70); f.XPost = "" }, ""},
		"71 letters":      {func(f *Form) { f.Card.Headline = strings.Repeat("가", 71); f.XPost = "" }, "note headline"},
		"no photo":        {func(f *Form) { f.Card.Photo.URL, f.Alt, f.Card.Credit = "", "", "" }, "note photo"},
		"a bare photo":    {func(f *Form) { f.Alt, f.Card.Caption, f.Card.Credit = "", "", "" }, "note alt, note caption, note credit"},
		"no description":  {func(f *Form) { f.Description, f.Card.Caption = "", "" }, "note caption, note description"},
		"caption will do": {func(f *Form) { f.Description = "" }, ""},
		"no site":         {func(f *Form) { f.Card.Site = "" }, "note site"},
	} {
		f := whole()
		tt.change(&f)
		if got := fieldsOf(OfForm(f)); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestOfFigures(t *testing.T) {
	sound := pictures.Figures{HeadlinePx: 60, Headline: 7, Caption: 7, Photo: image.Pt(2400, 1600)}
	for name, tt := range map[string]struct {
		og, square func(*pictures.Figures)
		problem    string
		want       string
	}{
		"nothing":           {},
		"cut in one":        {square: func(f *pictures.Figures) { f.Truncated = []string{"credit"} }, want: "The credit is cut in Square."},
		"cut in both":       {og: cut("headline"), square: cut("headline"), want: "The headline is cut in Link, Square."},
		"small":             {og: func(f *pictures.Figures) { f.HeadlinePx = 38 }, want: "The headline is small: 16 pixels high in a feed."},
		"just large enough": {og: func(f *pictures.Figures) { f.HeadlinePx = 38.4 }},
		"no photo to use":   {problem: "the source cannot be reached", want: "The photo cannot be used: the source cannot be reached."},
		"599 pixels":        {og: func(f *pictures.Figures) { f.Photo.X = 599 }, want: "The photo is only 599 pixels wide: below 600 it looks blurred, and networks show a small card."},
		"600 pixels":        {og: func(f *pictures.Figures) { f.Photo.X = 600 }},
		"pale":              {square: func(f *pictures.Figures) { f.Caption = 4.4 }, want: "In Square the text has a contrast of 4.4 to 1; it should be at least 4.5."},
		"pale headline":     {og: func(f *pictures.Figures) { f.Headline, f.Caption = 3, 0 }, want: "In Link the text has a contrast of 3.0 to 1; it should be at least 4.5."},
		"just dark enough":  {square: func(f *pictures.Figures) { f.Headline = 4.5 }},
	} {
		og, square := sound, sound
		if tt.og != nil {
			tt.og(&og)
		}
		if tt.square != nil {
			tt.square(&square)
		}
		var got []string
		for _, c := range OfFigures([]Drawn{{card.OpenGraph, "Link", og}, {card.Square, "Square", square}}, tt.problem) {
			got = append(got, c.Message)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	if got := OfFigures(nil, ""); len(got) != 0 {
		t.Errorf("nothing drawn: %v", got)
	}
}

func cut(line string) func(*pictures.Figures) {
	return func(f *pictures.Figures) { f.Truncated = append(f.Truncated, line) }
}
