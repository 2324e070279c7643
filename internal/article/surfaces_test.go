package article_test

import (
	"html"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/page"
	"newsroom.example/cards/share"
)

// surfaces returns the title as each surface shows it, by the surface's name; nil if the title is rejected. Titles
// of at most maxShown graphemes are shown completely.
func surfaces(t *testing.T, title string) map[string]string {
	t.Helper()
	c, cardErr := card.Card{Headline: title}.Normalize()
	p, postErr := share.Post{URL: "https://news.example/a", Title: title, Text: title}.Normalize(share.Config{})
	a := article.Article{ID: "a", URL: "https://news.example/a", Headline: title, Description: title}
	a, articleErr := a.Normalize()
	blank := postErr == nil && p.Title == ""
	if (cardErr != nil) != (postErr != nil || blank) || (articleErr != nil) != (cardErr != nil) {
		t.Errorf("%+q: the card says %v, the link %v (%q), the article %v", title, cardErr, postErr, p.Title, articleErr)
	}
	if cardErr != nil {
		return nil
	}
	drawn := a.Card(card.OpenGraph).Headline
	shown := map[string]string{
		"card": c.Headline, "query": c.Values().Get("headline"), "post": p.Title, "text": p.Text,
		"article": a.Headline, "drawn": drawn, "summary": a.Summary(),
	}
	tags := parsed(t, meta(a))
	for _, tag := range []string{"property=og:title", "name=twitter:title", "property=og:description"} {
		i := slices.IndexFunc(tags, func(s string) bool { return strings.HasPrefix(s, "meta "+tag+" ") })
		_, shown[tag], _ = strings.Cut(tags[max(i, 0)], " content=")
	}
	maps.Copy(shown, shared(t, title))
	if !strings.ContainsAny(title, "\ufffd\r") { // HTML parsers replace these characters
		markup := `<meta property="og:title" content="` + html.EscapeString(title) + `">`
		shown["page"] = page.Read([]byte(markup), "text/html; charset=utf-8", "https://news.example/a").Headline
	}
	return shown
}

// maxShown is the longest text that none of the targets of shared cuts, in graphemes.
const maxShown = 200

// shared returns the title in the links of targets that have a parameter for the title alone.
func shared(t *testing.T, title string) map[string]string {
	t.Helper()
	post := share.Post{URL: "https://news.example/a", Title: title}
	_, links, err := share.Links(share.Config{}, post, []string{"telegram", "reddit", "kakao"})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{"kakao's message": links[2].SDK.Settings.Content.Title}
	for i, name := range []string{"text", "title", "title"} {
		u, err := url.Parse(links[i].URL)
		if err != nil {
			t.Fatal(err)
		}
		all[links[i].Target] = u.Query().Get(name)
	}
	return all
}

// TestEverySurfaceShowsTheSameText checks the rules of package clean for hidden and bidirectional text on every
// surface.
func TestEverySurfaceShowsTheSameText(t *testing.T) {
	for _, tt := range []struct{ why, title, want string }{
		{"plain", "Storm front stalls", "Storm front stalls"},
		{"a tag character", "a\U000e0041b", "ab"},
		{"a text behind a flag", "\U0001f3f4" + strings.Repeat("\U000e0061", 7) + "\U000e007f", "\U0001f3f4"},
		{"sixty marks", "q" + strings.Repeat("\u0301", 60), "q" + strings.Repeat("\u0301", 30)},
		{"crossing isolates", "\u2066a\u202bb\u2069c\u202cd", "\u2066ab\u2069cd"},
		{"isolates that are closed", "\u2067עב\u2069", "\u2067עב\u2069"},
		{"an override", "\u202egpj.exe", "gpj.exe"},
		{"line breaks", " a\r\n\tb\u2028c", "a b c"},
		{"no-break spaces", "a\u00a0b\u202fc\u3000d", "a\u00a0b\u202fc\u3000d"},
		{"thin spaces", "a\u2009\u2003b", "a b"},
		{"decomposed", "\u1112\u1161\u11ab e\u0301", "한 é"},
		{"HTML", "Tom &amp; Jerry&#8217;s <em>day</em>", "Tom & Jerry’s day"},
		{"HTML that hides", "a&#x202e;b&#xe0041;c&zwj;", "abc\u200d"},
		{"nothing to see", " \u200b\u3164\t", ""},
		{"a control character", "a\x1bb", ""},
		{"not UTF-8", "a\xff", ""},
	} {
		for surface, got := range surfaces(t, tt.title) {
			if got != tt.want {
				t.Errorf("%s: %s shows %+q, want %+q", tt.why, surface, got, tt.want)
			}
		}
	}
}

// FuzzSurfaces: for any title, all surfaces show the same text.
func FuzzSurfaces(f *testing.F) {
	for _, s := range []string{
		"a\U000e0041b", "q" + strings.Repeat("\u0301", 60), "\u2066a\u202bb\u2069c\u202cd", "&#x202e;&amp;lt;",
		"a\r\u00a0\u0085", "\U0001f3f4\U000e0067", "\ufeff<b>x</b>",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, title string) {
		if runes := []rune(title); utf8.ValidString(title) && len(runes) > maxShown {
			title = string(runes[:maxShown])
		}
		shown := surfaces(t, title)
		for surface, got := range shown {
			if got != shown["card"] {
				t.Errorf("%+q: %s shows %+q, the card %+q", title, surface, got, shown["card"])
			}
		}
	})
}

// TestCutTextIsBalanced: a text that is cut for a surface does not change the direction of the text after it.
func TestCutTextIsBalanced(t *testing.T) {
	title := "a " + strings.Repeat("\u2067word ", 100) + strings.Repeat("\u2069", 100)
	for name, text := range shared(t, title) {
		if clean.Balance(text) != text || len(text) < maxShown/2 {
			t.Errorf("%s shows %+q", name, text)
		}
	}
	a := story()
	a.Headline, a.Caption = title, title
	if alt := a.Alt(); clean.Balance(alt) != alt || len(alt) < article.MaxAlt/2 {
		t.Errorf("%+q", alt)
	}
}
