package article_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/clean"
)

// TestAChangeLeavesTheRest: changing one field of a stored article decodes that field and no other, in any format.
func TestAChangeLeavesTheRest(t *testing.T) {
	stored, err := article.Article{
		ID: "a", Format: clean.Text, URL: "https://news.example/?a=1&amp;b", Headline: "How to use &amp; in HTML", Caption: "<b>bold</b>", Site: "R&amp;D",
		Tags: []string{"&lt;b&gt;"}, Authors: []article.Author{{Name: "Jane &amp; Co"}}, Photo: article.Photo{URL: "https://pictures.example/?a=1&amp;b", Alt: "&quot;"},
	}.Normalize()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		format clean.Format
		want   string // for Tom &amp;amp; <i>Jerry</i>&#8217;s
		html   bool
	}{
		{clean.Guess, "Tom &amp;amp; Jerry’s", true}, {clean.HTML, "Tom &amp; Jerry’s", false}, {clean.Text, "Tom &amp;amp; <i>Jerry</i>&#8217;s", false},
	} {
		const given = "Tom &amp;amp; <i>Jerry</i>&#8217;s"
		for field, at := range map[string]func(*article.Article) *string{
			"headline":    func(a *article.Article) *string { return &a.Headline },
			"photo.alt":   func(a *article.Article) *string { return &a.Photo.Alt },
			"description": func(a *article.Article) *string { return &a.Description },
			"tags":        func(a *article.Article) *string { return &a.Tags[0] },
			"byline":      func(a *article.Article) *string { return &a.Authors[0].Name },
		} {
			a := stored
			a.Tags, a.Authors, a.Format = slices.Clone(a.Tags), slices.Clone(a.Authors), tt.format
			*at(&a) = given
			settled, html := a.Over(stored)
			got, err := settled.Normalize()
			if err != nil || *at(&got) != tt.want || (len(html) == 1 && html[0] == field) != tt.html || len(html) > 1 {
				t.Errorf("%s, format %q: %q, %q, %v", field, tt.format, *at(&got), html, err)
			}
			*at(&got) = *at(&stored)
			got.Byline = stored.Byline
			if diff := cmp.Diff(stored, got); diff != "" {
				t.Errorf("%s, format %q: %s", field, tt.format, diff)
			}
		}
	}
	a := stored
	a.Format, a.URL, a.Headline = clean.Guess, "https://news.example/?c=1&amp;d", "a\x00"
	settled, html := a.Over(stored)
	if settled.URL != "https://news.example/?c=1&d" || settled.Headline != "a\x00" || !slices.Equal(html, []string{"url"}) {
		t.Errorf("%q, %q, %q", settled.URL, settled.Headline, html)
	}
	if same, html := stored.Over(stored); html != nil || !cmp.Equal(same, stored) {
		t.Errorf("no change: %q, %s", html, cmp.Diff(stored, same))
	}
}
