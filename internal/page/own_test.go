package page_test

import (
	"fmt"
	"strings"
	"testing"

	"newsroom.example/cards/internal/page"
)

// ld returns the script of an article with a byline and more members.
func ld(byline, members string) string {
	return fmt.Sprintf(`<script type="application/ld+json">{"@type":"NewsArticle","headline":"H %[1]s","author":{"name":%[1]q},`+
		`"image":"/%[1]s.jpg","datePublished":"2026-11-29"%[2]s}</script>`, byline, members)
}

// TestOwnArticle: the article in JSON-LD is that of the page, never one of another page.
func TestOwnArticle(t *testing.T) {
	const other = `,"url":"https://other.example/1"`
	const own = `,"url":"https://news.example/2026/storm"`
	for _, tt := range []struct{ why, html, byline string }{
		{"another's", ld("A", `,"@id":"https://other.example/1","url":"https://other.example/1","mainEntityOfPage":"https://other.example/1"`), ""},
		{"another's id", ld("A", `,"@id":"https://other.example/1#article"`), ""},
		{"another's URL", ld("A", other), ""},
		{"another's URL without a scheme", ld("A", `,"url":"//other.example/1"`), ""},
		{"another's URL with a local id", ld("A", `,"@id":"#article"`+other), ""},
		{"another's page", ld("A", `,"mainEntityOfPage":{"@type":"WebPage","@id":"https://other.example/1"}`), ""},
		{"another's page by its url", ld("A", `,"mainEntityOfPage":{"@type":"WebPage","url":["https://other.example/1"]}`), ""},
		{"a node of another's page", `<script type="application/ld+json">{"@graph":[{"@type":"Article","author":"A","mainEntityOfPage":{"@id":"#p"}},{"@type":"WebPage","@id":"#p","url":"https://other.example/1"}]}</script>`, ""},
		{"in another's page", `<script type="application/ld+json">{"@type":"WebPage","url":"https://other.example/1","mainEntity":{"@type":"Article","author":"A"}}</script>`, ""},
		{"in another's page, in a list", `<script type="application/ld+json">{"@type":"WebPage","@id":"https://other.example/1","mainEntity":[{"@type":"Article","author":"A"}]}</script>`, ""},
		{"another page of the site", ld("A", `,"url":"/2026/calm"`), ""},
		{"another site's home", ld("A", `,"url":"https://other.example/"`), ""},
		{"no URL", ld("A", ""), "A"},
		{"no URL, in this page", `<script type="application/ld+json">{"@type":"WebPage","url":"https://news.example/2026/storm","mainEntity":{"@type":"Article","author":"A"}}</script>`, "A"},
		{"a local id", ld("A", `,"@id":"#article"`), "A"},
		{"a relative id", ld("A", `,"@id":"article-1"`), "A"},
		{"a relative URL", ld("A", `,"url":"/2026/storm"`), "A"},
		{"an id that is no address", ld("A", `,"@id":"urn:uuid:1"`), "A"},
		{"a page that is no address", ld("A", `,"mainEntityOfPage":"True"`), "A"},
		{"values of other types", ld("A", `,"mainEntityOfPage":true,"url":[1,null,{"a":[]}],"@id":{}`), "A"},
		{"the home page of the site", ld("A", `,"mainEntityOfPage":"https://www.news.example"`), "A"},
		{"http, www, a slash, a fragment", ld("A", `,"url":"HTTP://www.News.example:80/2026/storm/?utm_medium=m#article"`), "A"},
		{"another's page and this URL", ld("A", own+`,"mainEntityOfPage":"https://other.example/1"`), "A"},
		{"this one before one without a URL", ld("A", "") + ld("B", own), "B"},
		{"this one by its id", ld("A", "") + ld("B", `,"@id":"#article"`), "B"},
		{"this one behind another's", ld("A", other) + ld("B", own), "B"},
		{"one without a URL behind another's", ld("A", other) + ld("B", ""), "B"},
		{"the first of two without a URL", ld("A", "") + ld("B", ""), "A"},
		{"the first of two of this page", ld("A", own) + ld("B", own), "A"},
		{"the canonical link", `<link rel="canonical" href="https://www.news.example/storm">` + ld("A", `,"url":"http://news.example/storm/"`), "A"},
		{"og:url", `<meta property="og:url" content="https://news.example/storm">` + ld("A", `,"url":"https://news.example/storm"`), "A"},
		{"the canonical link at the end of the head", ld("A", `,"url":"https://news.example/storm"`) + `<link rel="canonical" href="/storm">`, "A"},
		{"behind many pictures", `</head><body>` + ld("A", other) + strings.Repeat(`<img src="/a/b/c.jpg">`, 70) + ld("B", own), "B"},
		{"behind many pictures and one without a URL", `</head><body>` + ld("A", "") + strings.Repeat(`<img src="/a/b/c.jpg">`, 70) + ld("B", own), "B"},
	} {
		got := page.Read([]byte(tt.html), "text/html", at)
		if got.Byline() != tt.byline {
			t.Errorf("%s: byline %q, want %q", tt.why, got.Byline(), tt.byline)
		}
		if tt.byline == "" && (got.Headline != "" || got.Image != "" || !got.Published.IsZero()) {
			t.Errorf("%s: %+v", tt.why, got)
		}
	}
}

// TestOwnArticleOfAQuery: a query tells articles apart, unless the article names none.
func TestOwnArticleOfAQuery(t *testing.T) {
	for query, byline := range map[string]string{"?id=1": "A", "?id=1&ref=home": "", "?id=2": "", "": "A"} {
		html := ld("A", `,"url":"https://news.example/view`+query+`"`)
		if got := page.Read([]byte(html), "text/html", "https://news.example/view?id=1").Byline(); got != byline {
			t.Errorf("%s: %q, want %q", query, got, byline)
		}
		html = ld("A", `,"url":"https://news.example/view?id=1"`)
		if got := page.Read([]byte(html), "text/html", "https://news.example/view?id=1&ref=home").Byline(); got != "A" {
			t.Errorf("%q", got)
		}
	}
}

// TestOwnStory: a page keeps its own words beside an article of another page.
func TestOwnStory(t *testing.T) {
	html := `<title>Mine</title>` + ld("A", `,"url":"https://other.example/1"`)
	if got := page.Read([]byte(html), "text/html", at); got.Headline != "Mine" || len(got.Authors) > 0 || got.Image != "" {
		t.Errorf("%+v", got)
	}
}

// TestManyArticles: of many articles the first 100 are looked at.
func TestManyArticles(t *testing.T) {
	const own = `,"url":"https://news.example/2026/storm"`
	for n, byline := range map[int]string{99: "B", 100: ""} {
		html := strings.Repeat(ld("A", `,"url":"https://other.example/1"`), n) + ld("B", own)
		if got := page.Read([]byte(html), "text/html", at).Byline(); got != byline {
			t.Errorf("%d: %q", n, got)
		}
	}
}
