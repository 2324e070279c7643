package oembed

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
)

// TestOEmbedOfAHostileStory: no text of a story is interpreted as markup.
func TestOEmbedOfAHostileStory(t *testing.T) {
	const hostile = `"><script>alert(1)</script><img src=x onerror='a'> & </div>` + "\u2028"
	a := article.Article{URL: "https://news.example/storm", Headline: hostile, Site: hostile, Byline: hostile, Photo: article.Photo{Alt: hostile}}
	picture := func(size card.Size) article.Picture {
		return article.Picture{URL: "https://cards.example/og.jpg", Width: size.W, Height: size.H}
	}
	got := Of(a, picture, Width, Height)
	doc, err := html.Parse(strings.NewReader(got.Html))
	if err != nil {
		t.Fatal(err)
	}
	var seen []string
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			tag := n.Data
			for _, attr := range n.Attr {
				tag += " " + attr.Key
				if attr.Key == "alt" && attr.Val != a.Alt() {
					t.Errorf("%s: %q", attr.Key, attr.Val)
				}
			}
			seen = append(seen, tag)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	if want := "html|head|body|div|a href rel|img src alt width height|p|a href rel"; strings.Join(seen, "|") != want {
		t.Errorf("elements %s", strings.Join(seen, "|"))
	}
	raw, err := XML(got)
	if err != nil || strings.Contains(string(raw), "<script") {
		t.Errorf("%s, %v", raw, err)
	}
}
