package article_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/page"
)

// tagsAndLD returns the tags of the markup, and its JSON-LD. A parser must find that in one script, as the last element.
func tagsAndLD(t *testing.T, markup string) (tags []string, ld map[string]any) {
	t.Helper()
	doc, err := html.Parse(strings.NewReader("<!doctype html><head>" + markup + "<title>end</title>"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			names = append(names, n.Data)
		}
		if n.Type == html.ElementNode && n.Data == "script" {
			if len(n.Attr) != 1 || n.Attr[0].Key != "type" || n.Attr[0].Val != "application/ld+json" || n.FirstChild == nil || ld != nil {
				t.Errorf("the script %v", n.Attr)
				continue
			}
			if err := json.Unmarshal([]byte(n.FirstChild.Data), &ld); err != nil {
				t.Errorf("%v: %s", err, n.FirstChild.Data)
			}
		}
	}
	tail := strings.Join(names[max(0, len(names)-4):], " ")
	if tail != "link script title body" {
		t.Errorf("the page ends with %s", tail)
	}
	rest, _, _ := strings.Cut(markup, "<script")
	return parsed(t, rest), ld
}

var pictures = []article.Picture{
	{URL: "https://cards.example/cards/storm-1/v/og.jpg", Type: "image/jpeg", Width: 1200, Height: 630},
	{URL: "https://cards.example/cards/storm-1/v/square.jpg", Type: "image/jpeg", Width: 1200, Height: 1200},
}

func TestJSONLD(t *testing.T) {
	a := story()
	a.Authors = []article.Author{{Name: "Jane Roe", URL: "https://news.example/jane"}, {Name: "The Harbor Post"}}
	a, err := a.Normalize()
	if err != nil {
		t.Fatal(err)
	}
	_, got := tagsAndLD(t, meta(a, pictures...))
	var want map[string]any
	const document = `{"@context":"https://schema.org","@type":"NewsArticle","mainEntityOfPage":{"@type":"WebPage","@id":"https://news.example/storm"},
		"url":"https://news.example/storm","headline":"Storm front stalls over the west coast","description":"Waves break over the old pier.",
		"image":[{"@type":"ImageObject","url":"https://cards.example/cards/storm-1/v/og.jpg","width":1200,"height":630},
			{"@type":"ImageObject","url":"https://cards.example/cards/storm-1/v/square.jpg","width":1200,"height":1200}],
		"datePublished":"2026-11-22T20:00:00Z","author":[{"@type":"Person","name":"Jane Roe","url":"https://news.example/jane"},{"@type":"Organization","name":"The Harbor Post"}],
		"publisher":{"@type":"NewsMediaOrganization","name":"The Harbor Post"},"inLanguage":"en","articleSection":"Weather","keywords":["storm","coast"]}`
	if err := json.Unmarshal([]byte(document), &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	read := page.Read([]byte(meta(a, pictures...)), "text/html", a.URL)
	if strings.Join(read.Authors, "|") != "Jane Roe|The Harbor Post" || read.Headline != a.Headline || read.Section != a.Kicker {
		t.Errorf("our own reader finds %+v", read)
	}
}

// TestJSONLDClaimsWhatIsKnown: the type follows the kind, and what is not known is left out.
func TestJSONLDClaimsWhatIsKnown(t *testing.T) {
	for kind, want := range map[string]string{
		"": "NewsArticle", "news": "NewsArticle", "opinion": "OpinionNewsArticle", "analysis": "AnalysisNewsArticle", "live": "NewsArticle", "paid": "Article",
	} {
		a := article.Article{URL: "https://news.example/a", Headline: "123", Kind: kind}
		_, ld := tagsAndLD(t, meta(a, pictures...))
		if ld["@type"] != want {
			t.Errorf("%q: %v", kind, ld["@type"])
		}
		for _, absent := range []string{"description", "author", "publisher", "datePublished", "dateModified", "inLanguage", "articleSection", "keywords", "isAccessibleForFree"} {
			if v, ok := ld[absent]; ok {
				t.Errorf("%q: %s is %v", kind, absent, v)
			}
		}
	}
	a := story()
	_, ld := tagsAndLD(t, meta(a, pictures...))
	if by := ld["author"].([]any)[0].(map[string]any)["name"]; by != "the Weather Desk" {
		t.Errorf("author %v", by)
	}
}

// TestNothingEndsTheScript: no text of a story ends the script element, or begins another element.
func TestNothingEndsTheScript(t *testing.T) {
	for _, hostile := range []string{
		`</script><img src=x onerror=alert(1)>`, `</SCRIPT >`, `<!--<script>`, `<!-- <script> --></script>`, `]]>`, `"}</script>`, `\"}`, `\u003c/script>`,
		"\u2028\u2029</script>", `&lt;/script&gt;`, `<title>`, `{{.}}`, `*/</script>`, "\ufeff</script\u00a0>",
	} {
		a := article.Article{
			ID: "a", Format: "text", URL: "https://news.example/?</script>", Headline: hostile, Caption: hostile, Site: hostile, Kicker: hostile,
			Byline: hostile, Tags: []string{hostile}, Description: "a " + hostile, Photo: article.Photo{Alt: hostile},
		}
		plain, err := a.Normalize()
		if err != nil {
			t.Fatal(err)
		}
		tags, ld := tagsAndLD(t, meta(plain, pictures...))
		if ld["headline"] != plain.Headline || ld["description"] != plain.Description || ld["url"] != plain.URL {
			t.Errorf("%q: %v", hostile, ld)
		}
		for _, line := range tags {
			if !strings.HasPrefix(line, "meta property=") && !strings.HasPrefix(line, "meta name=") && !strings.HasPrefix(line, "link rel=") {
				t.Errorf("%q: %s", hostile, line)
			}
		}
	}
}
