package oembed

import (
	"encoding/xml"
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
	got := Of(a, Links{"https://cards.example/s/abcdefg?\"><script>", "https://cards.example/embed/story/abcdefg"}, picture, Width, Height)
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
	if want := "html|head|body|blockquote style|a href rel|img src alt width height style|p|a href rel|iframe hidden style src width height title frameborder scrolling loading sandbox"; strings.Join(seen, "|") != want {
		t.Errorf("elements %s", strings.Join(seen, "|"))
	}
	raw, err := XML(got)
	if err != nil || strings.Contains(string(raw), "<script") {
		t.Errorf("%s, %v", raw, err)
	}
}

// TestThumbnailsArePublic: whatever size is asked for, a stranger gets the thumbnail without a signature.
func TestThumbnailsArePublic(t *testing.T) {
	var asked card.Size
	picture := func(size card.Size) article.Picture {
		asked = size
		return article.Picture{URL: "https://cards.example/a.png", Width: size.W, Height: size.H}
	}
	for most := 1; most < 1400; most++ {
		for _, m := range []struct{ w, h int }{{most, 1400}, {1400, most}, {most, most}} {
			got := Of(article.Article{URL: "https://news.example/storm", Headline: "Storm"}, Links{}, picture, m.w, m.h)
			if !asked.Public() || got.ThumbnailWidth > m.w || got.ThumbnailHeight > m.h {
				t.Fatalf("at most %v: %v", m, asked)
			}
		}
	}
}

// FuzzXML holds the XML to well-formedness, and its text to that of the story.
func FuzzXML(f *testing.F) {
	for _, s := range []string{"Storm & <em>front</em>", "]]>", "\u2028\x00\xff\ufffe", "&#0;", "\U00012000\u202e"} {
		f.Add(s, s, "https://news.example/?a=1&b=<", 600)
	}
	f.Fuzz(func(t *testing.T, headline, site, url string, most int) {
		a := article.Article{URL: url, Headline: headline, Site: site, Byline: site}
		picture := func(size card.Size) article.Picture {
			return article.Picture{URL: "https://cards.example/a.png", Width: size.W, Height: size.H}
		}
		raw, err := XML(Of(a, Links{url, url}, picture, most, most))
		if err != nil {
			t.Fatal(err)
		}
		var got struct {
			Title string `xml:"title"`
			Site  string `xml:"provider_name"`
		}
		if err := xml.Unmarshal(raw, &got); err != nil {
			t.Fatalf("%v: %s", err, raw)
		}
		if clean, err := (card.Card{Headline: headline}).Normalize(); err == nil && clean.Headline == headline && got.Title != headline {
			t.Errorf("%q is %q", headline, got.Title)
		}
	})
}
