package handlers

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/api/document"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
)

// TestListParameters: each parameter becomes a condition of the query, or is refused by name.
func TestListParameters(t *testing.T) {
	for query, want := range map[string]store.ArticleQuery{
		"":                         {Limit: 20},
		"limit=100":                {Limit: 100},
		"limit=1000&fields=id,url": {Limit: 1000},
		"limit=1000&fields=id,headline,%20updated,kind,photo_id":  {Limit: 1000},
		"site=The+Harbor+Post&kind=live":                          {Limit: 20, Site: "The Harbor Post", Kind: "live"},
		"q=+%C3%89lections+":                                      {Limit: 20, Text: "élections"},
		"q=E%CC%81":                                               {Limit: 20, Text: "é"},
		"state=embargoed":                                         {Limit: 20, State: store.Embargoed},
		"since=2026-11-23T21:00:00%2B09:00":                       {Limit: 20, Since: noon},
		"cursor=storm-1":                                          {Limit: 20, After: store.Cursor{ID: "storm-1"}},
		"since=2026-11-23T12:00:00Z&cursor=1795435200000~storm-1": {Limit: 20, Since: noon, After: store.Cursor{Changed: noon, ID: "storm-1"}},
	} {
		h := newHouse(t)
		resp := h.do(t, authorized("GET", "/v1/articles?"+query, ""))
		if resp.StatusCode != 200 || len(h.articles.queries) != 1 {
			t.Fatalf("%s: %d %s", query, resp.StatusCode, text(t, resp))
		}
		got := h.articles.queries[0]
		if !got.Since.Equal(want.Since) {
			t.Errorf("%s: since %v", query, got.Since)
		}
		got.Since, want.Since = time.Time{}, time.Time{}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v", query, got)
		}
	}
	for query, field := range map[string]string{
		"fields=": "fields", "fields=,": "fields", "fields=id,colour": "fields", "fields=photo.url": "fields",
		"limit=101": "limit", "limit=0": "limit", "limit=101&fields=id,meta_html": "limit", "limit=1001&fields=id": "limit",
		"kind=sports": "kind", "state=dead": "state", "since=yesterday": "since", "since=2026-11-23T21:00:00+09:00": "since",
		"since=2026-11-23": "since", "q=" + strings.Repeat("a", 201): "q", "cursor=1795435200000~storm-1": "cursor",
		"cursor=a&since=2026-11-23T12:00:00Z": "cursor", "cursor=a~b~c&since=2026-11-23T12:00:00Z": "cursor",
		"cursor=01~a&since=2026-11-23T12:00:00Z": "cursor", "colour=red": "colour", "q=a&q=b": "q",
	} {
		h := newHouse(t)
		resp := h.do(t, authorized("GET", "/v1/articles?"+query, ""))
		if raw := text(t, resp); resp.StatusCode != 400 || !strings.Contains(raw, `"field":"`+field+`"`) {
			t.Errorf("%s: %d %s", query, resp.StatusCode, raw)
		}
	}
	raw := text(t, newHouse(t).do(t, authorized("GET", "/v1/articles?fields=id,colour", "")))
	if !strings.Contains(raw, `\"colour\"`) {
		t.Errorf("the unknown name is not said: %s", raw)
	}
}

// TestListLinks: the link to the next page has every parameter, and leads to the page that next leads to.
func TestListLinks(t *testing.T) {
	const query = "fields=id%2Curl&kind=news&limit=7&q=a%26b&site=The+Harbor+Post&state=live"
	for _, since := range []string{"", "&since=2026-11-23T12%3A00%3A00Z"} {
		h := newHouse(t)
		resp := h.do(t, authorized("GET", "/v1/articles?"+query+since, ""))
		var page api.ArticleList
		if err := json.Unmarshal([]byte(text(t, resp)), &page); err != nil || page.Next == "" {
			t.Fatalf("%+v, %v", page, err)
		}
		address, ok := strings.CutPrefix(resp.Header.Get("Link"), "<https://cards.example")
		address, rest, _ := strings.Cut(address, ">")
		next, err := url.Parse(address)
		if !ok || err != nil || rest != `; rel="next"` || next.Path != "/v1/articles" {
			t.Fatalf("Link %q", resp.Header.Get("Link"))
		}
		want, err := url.ParseQuery(query + since + "&cursor=" + url.QueryEscape(page.Next))
		if err != nil || !reflect.DeepEqual(next.Query(), want) {
			t.Errorf("%v, want %v", next.Query(), want)
		}
		h.do(t, authorized("GET", address, ""))
		if got := h.articles.queries[1]; got.After.String() != page.Next || got.Limit != 7 || got.Text != "a&b" {
			t.Errorf("the next page: %+v", got)
		}
		h.articles.listed = []store.Record{storm()}
		if last := h.do(t, authorized("GET", address, "")); last.Header.Get("Link") != "" || strings.Contains(text(t, last), `"next"`) {
			t.Errorf("the last page leads on: %v", last.Header)
		}
	}
}

// TestPickedFields: each field can be picked by its name, and has the value that it has in the whole answer.
func TestPickedFields(t *testing.T) {
	h, kept := keeping(t)
	object(t, h.do(t, authorized("PUT", "/v1/articles/storm-1", everyField)))
	kept.PhotoID, kept.Article.PortraitID = "upload:1", "upload:2"
	h.articles.listed = []store.Record{*kept}
	list := func(query string) map[string]json.RawMessage {
		t.Helper()
		var page struct{ Articles []map[string]json.RawMessage }
		raw := text(t, h.do(t, authorized("GET", "/v1/articles"+query, "")))
		if err := json.Unmarshal([]byte(raw), &page); err != nil || len(page.Articles) != 1 {
			t.Fatalf("%s: %s", query, raw)
		}
		return page.Articles[0]
	}
	whole := list("")
	names := 0
	for f := range reflect.TypeFor[api.ListedArticle]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if got := list("?fields=" + name + "," + name); len(got) != 1 || string(got[name]) != string(whole[name]) || len(got[name]) == 0 {
			t.Errorf("%s: %s, in the whole answer %s", name, got, whole[name])
		}
		names++
	}
	if len(whole) != names {
		t.Errorf("the whole answer has %d of %d fields", len(whole), names)
	}
	kept.Article.Caption = ""
	h.articles.listed = []store.Record{*kept}
	if got := list("?fields=caption"); len(got) != 0 {
		t.Errorf("an empty field: %s", got)
	}
	if got := list("?fields=url,caption,id"); len(got) != 2 {
		t.Errorf("an empty field among others: %s", got)
	}
}

// TestLargeArticlesAreFewInAPage: an answer with articles of the largest texts is bounded, and leads on after the last
// one that it has.
func TestLargeArticlesAreFewInAPage(t *testing.T) {
	for _, since := range []string{"", "&since=2026-11-23T12:00:00Z"} {
		h := newHouse(t)
		page := usualStories(100)
		for i := range page {
			a := &page[i].Article
			a.Headline, a.Caption, a.Description = strings.Repeat("뉴", 1000), strings.Repeat("스", 2000), strings.Repeat("뉴", 1000)
			a.Tags = slices.Repeat([]string{strings.Repeat("스", 100)}, 32)
			page[i].Changed = noon.Add(time.Duration(i) * time.Minute)
		}
		h.articles.listed = page
		raw := text(t, h.do(t, authorized("GET", "/v1/articles?limit=100"+since, "")))
		var got api.ArticleList
		if err := json.Unmarshal([]byte(raw), &got); err != nil {
			t.Fatal(err)
		}
		n := len(got.Articles)
		if len(raw) > 5<<20 || n == 0 || n == 100 {
			t.Fatalf("%d articles, %d bytes", n, len(raw))
		}
		want := store.Cursor{ID: page[n-1].Article.ID}
		if since != "" {
			want.Changed = page[n-1].Changed
		}
		if got.Next != want.String() || got.Articles[n-1].Id != want.ID {
			t.Errorf("%d articles to %s, then %s", n, got.Articles[n-1].Id, got.Next)
		}
	}
}

// usualStories are stories with addresses of a usual length.
func usualStories(n int) []store.Record {
	all := make([]store.Record, n)
	for i := range all {
		all[i] = storm()
		all[i].Article = article.Article{
			ID: fmt.Sprint("story-", i), URL: fmt.Sprint("https://news.example/2026/11/29/coast-braces-for-the-storm-", i),
			Headline: fmt.Sprintf("Story %d of the day about the coast", i), Site: "The Harbor Post", Byline: "Jo Kim",
			Caption: "Waves at the pier", PublishedAt: noon.Add(time.Duration(i) * time.Minute), Tags: []string{"storm", "coast"},
		}
		all[i].Version = fmt.Sprintf("%016d", i*7919)
	}
	return all
}

// answerSize is the size of the answer on the wire.
func answerSize(t *testing.T, h *house, target, encoding string) int {
	t.Helper()
	resp := h.do(t, request("GET", target, "", "Authorization", "Bearer "+token, "Accept-Encoding", encoding))
	raw, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK || (resp.Header.Get("Content-Encoding") == "") != (encoding == "identity") {
		t.Fatal(resp.StatusCode, resp.Header, err)
	}
	return len(raw)
}

// TestAThousandStoriesAreSmall: their IDs and URLs are one page of less than 100 KB, even without compression.
func TestAThousandStoriesAreSmall(t *testing.T) {
	h := newHouse(t)
	h.articles.listed = usualStories(1000)
	if n := answerSize(t, h, "/v1/articles?fields=id,url&limit=1000", "identity"); n >= 100_000 {
		t.Errorf("%d bytes", n)
	}
}

// TestAWholeListIsSmall: five thousand whole stories, in pages of a hundred, are less than 2 MB on the wire.
func TestAWholeListIsSmall(t *testing.T) {
	all := usualStories(5000)
	for _, encoding := range []string{"gzip", "zstd"} {
		h, sum := newHouse(t), 0
		for page := range slices.Chunk(all, 500) { // every fifth page
			h.articles.listed = page[:100]
			sum += 5 * answerSize(t, h, "/v1/articles?limit=100", encoding)
		}
		if sum >= 2_000_000 {
			t.Errorf("%s: %d bytes", encoding, sum)
		}
	}
}

// TestListedLimit: the document names the fields with which a page may have 1,000 articles, and no others.
func TestListedLimit(t *testing.T) {
	doc, err := document.Load()
	if err != nil {
		t.Fatal(err)
	}
	said := doc.Paths.Value("/v1/articles").Get.Parameters.GetByInAndName("query", "limit").Description
	_, list, ok := strings.Cut(strings.TrimSuffix(said, "."), "fields of one line: ")
	if !ok {
		t.Fatalf("the limit does not name the fields of one line: %s", said)
	}
	named := strings.Split(list, ", ")
	for name := range doc.Components.Schemas["ListedArticle"].Value.Properties {
		picked, unknown := present.Pick([]string{name})
		if listed := slices.Contains(named, name); unknown != "" || listed != picked.Small() {
			t.Errorf("%s: named %t, taken %t, unknown %q", name, listed, picked.Small(), unknown)
		}
	}
	for _, name := range named {
		if _, unknown := present.Pick([]string{name}); unknown != "" {
			t.Errorf("%s is no field", name)
		}
	}
}
