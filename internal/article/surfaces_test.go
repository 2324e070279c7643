package article_test

import (
	"html"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/oembed"
	"newsroom.example/cards/internal/page"
	"newsroom.example/cards/share"
)

// surfaces returns the title, given in a format, as each surface shows it, by the surface's name; nil if the title is
// rejected. Titles of at most maxShown graphemes are shown completely.
func surfaces(t *testing.T, format clean.Format, title string) map[string]string {
	t.Helper()
	c, cardErr := card.Card{Headline: title, TextFormat: format}.Normalize()
	p, postErr := share.Post{URL: "https://news.example/a", Title: title, Text: title, TextFormat: format}.Normalize(share.Config{})
	a := article.Article{ID: "a", URL: "https://news.example/a", Headline: title, Description: title, Format: format}
	a, articleErr := a.Normalize()
	blank := postErr == nil && p.Title == ""
	if (cardErr != nil) != (postErr != nil || blank) || (articleErr != nil) != (cardErr != nil) {
		t.Errorf("%+q: the card says %v, the link %v (%q), the article %v", title, cardErr, postErr, p.Title, articleErr)
	}
	if cardErr != nil {
		return nil
	}
	drawn := a.Card(card.OpenGraph)
	again, err := card.Parse(drawn.Values())
	if err != nil {
		t.Fatal(err)
	}
	picture := func(card.Size) article.Picture {
		return article.Picture{URL: "https://cards.example/og.jpg", Width: 1200, Height: 630}
	}
	shown := map[string]string{
		"card": c.Headline, "query": c.Values().Get("headline"), "post": p.Title, "text": p.Text,
		"article": a.Headline, "drawn": drawn.Headline, "signed": again.Headline, "summary": a.Summary(),
		"oEmbed": oembed.Of(a, oembed.Links{Story: "https://cards.example/s/abcdefg"}, picture, 600, 600).Title,
	}
	tags, ld := tagsAndLD(t, meta(a, picture(card.OpenGraph)))
	for _, tag := range []string{"property=og:title", "name=twitter:title", "property=og:description"} {
		i := slices.IndexFunc(tags, func(s string) bool { return strings.HasPrefix(s, "meta "+tag+" ") })
		_, shown[tag], _ = strings.Cut(tags[max(i, 0)], " content=")
	}
	shown["JSON-LD"], _ = ld["headline"].(string)
	maps.Copy(shown, shared(t, format, title))
	for name, text := range shared(t, clean.Text, a.Headline) { // as the links of a stored article are made
		shown["stored, "+name] = text
	}
	if format == clean.Guess && !strings.ContainsAny(title, "\ufffd\r") { // HTML parsers replace these characters
		markup := `<meta property="og:title" content="` + html.EscapeString(title) + `">`
		shown["page"] = page.Read([]byte(markup), "text/html; charset=utf-8", "https://news.example/a").Headline
	}
	return shown
}

// maxShown is the longest text that none of the targets of shared cuts, in graphemes.
const maxShown = 200

// shared returns the title in the links of targets that have a parameter for the title alone, and on the page to which
// the link of KakaoTalk leads.
func shared(t *testing.T, format clean.Format, title string) map[string]string {
	t.Helper()
	post := share.Post{URL: "https://news.example/a", Title: title, TextFormat: format}
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
		q := u.Query()
		all[links[i].Target] = q.Get(name)
		if links[i].Target == "kakao" {
			opened, err := share.Post{URL: q.Get("url"), Title: q.Get(name), TextFormat: share.TextFormat(q.Get("text_format"))}.Normalize(share.Config{})
			if err != nil {
				t.Fatal(err)
			}
			all["kakao's page"] = opened.Title
		}
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
		for surface, got := range surfaces(t, clean.Guess, tt.title) {
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
		shown := surfaces(t, clean.Guess, title)
		for surface, got := range shown {
			if got != shown["card"] {
				t.Errorf("%+q: %s shows %+q, the card %+q", title, surface, got, shown["card"])
			}
		}
	})
}

// asGiven are texts that only a format decides.
var asGiven = []string{
	"&lt;em&gt;x&lt;/em&gt;", "Tom &amp; Jerry", "How to use &amp; in HTML", "&amp;amp;#8217;", "<b>bold</b>", "one<br>two", "use <p> and </p>",
	"&copy;", "&amp;\u202e#8217;", "a <b", "<script>alert(1)</script> as a topic", "&#55357;&#56832;", "10<sup>6</sup>",
}

// TestTextIsAsGiven: text that is given as plain text is on every surface what it was, and stays it when the article is
// put again as it was read.
func TestTextIsAsGiven(t *testing.T) {
	for _, title := range asGiven {
		checkAsGiven(t, clean.Text, title)
		checkAsGiven(t, clean.HTML, title)
	}
}

// FuzzTextIsAsGiven is TestTextIsAsGiven for any text, and for HTML, of which every surface shows what a browser would.
func FuzzTextIsAsGiven(f *testing.F) {
	for _, s := range asGiven {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, title string, asHTML bool) {
		if runes := []rune(title); utf8.ValidString(title) && len(runes) > maxShown {
			title = string(runes[:maxShown])
		}
		format := clean.Text
		if asHTML {
			format = clean.HTML
		}
		checkAsGiven(t, format, title)
	})
}

func checkAsGiven(t *testing.T, format clean.Format, title string) {
	t.Helper()
	line, _ := format.Line(title, card.MaxHeadline)
	for surface, got := range surfaces(t, format, title) {
		if got != line.String() {
			t.Errorf("%+q, format %s: %s shows %+q, want %+q", title, format, surface, got, line)
		}
	}
	given := article.Article{
		ID: "a", Format: format, URL: "https://news.example/?a=1&amp;b=2", Headline: title, Caption: title, Credit: title, Kicker: title,
		Site: title, Authors: []article.Author{{Name: title, URL: "https://news.example/?a=1&amp;b=2"}, {Name: title}}, Description: title,
		Tags: []string{title}, Photo: article.Photo{URL: "https://pictures.example/?a=1&amp;b=2", Alt: title},
	}
	a, err := given.Normalize()
	if err != nil {
		return // too long, or nothing to see
	}
	again, err := a.Normalize()
	if diff := cmp.Diff(a, again); diff != "" || err != nil || a.Version("") != again.Version("") {
		t.Errorf("%+q, format %s: %v, %s", title, format, err, diff)
	}
	for i, text := range []string{a.Headline, a.Caption, a.Credit, a.Kicker, a.Site, a.Authors[0].Name, a.Authors[1].Name, a.Description, a.Tags[0], a.Photo.Alt} {
		if text != line.String() {
			t.Errorf("%+q, format %s: text %d is %+q", title, format, i, text)
		}
	}
	amp := map[clean.Format]string{clean.Text: "?a=1&amp;b=2", clean.HTML: "?a=1&b=2"}[format]
	for _, address := range []string{a.URL, a.Photo.URL, a.Authors[0].URL} {
		if !strings.HasSuffix(address, "/"+amp) {
			t.Errorf("format %s: the address %s", format, address)
		}
	}
	if fields := given.HTMLFields(); fields != nil {
		t.Errorf("format %s: a warning for %q", format, fields)
	}
}

// TestFormatIsNoPartOfTheVersion: the same texts have the same version, in whichever format they came.
func TestFormatIsNoPartOfTheVersion(t *testing.T) {
	var versions []string
	for _, a := range []article.Article{
		{Headline: "Tom & Jerry", Format: ""}, {Headline: "Tom & Jerry", Format: "text"}, {Headline: "Tom &amp; Jerry", Format: "html"}, {Headline: "Tom &amp; Jerry"},
	} {
		a.ID, a.URL = "a", "https://news.example/a"
		a, err := a.Normalize()
		if err != nil || a.Format != "" {
			t.Errorf("%v, format %q", err, a.Format)
		}
		versions = append(versions, a.Version(""))
	}
	if len(slices.Compact(versions)) != 1 {
		t.Errorf("versions %q", versions)
	}
	stored := article.Article{ID: "a", URL: "https://news.example/a", Headline: "Tom &amp; Jerry", Format: "text"}
	if with, without := stored.Version(""), func() string { stored.Format = ""; return stored.Version("") }(); with != without {
		t.Errorf("version %s with the format, %s without", with, without)
	}
	if _, err := (article.Article{ID: "a", URL: "https://news.example/a", Headline: "A", Format: "markdown"}).Normalize(); len(card.FieldErrors(err)) != 1 ||
		card.FieldErrors(err)[0].Field != "format" {
		t.Errorf("markdown: %v", err)
	}
}

// TestCutTextIsBalanced: a text that is cut for a surface does not change the direction of the text after it.
func TestCutTextIsBalanced(t *testing.T) {
	title := "a " + strings.Repeat("\u2067word ", 100) + strings.Repeat("\u2069", 100)
	for name, text := range shared(t, clean.Guess, title) {
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
