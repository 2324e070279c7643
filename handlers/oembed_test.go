package handlers

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

func TestOEmbed(t *testing.T) {
	for _, tt := range []struct {
		bounds                  string
		width, height           int
		thumb                   string
		thumbWidth, thumbHeight int
		maxWidth, maxHeight     int
		headline                bool
	}{
		{"", 1200, 710, "og", 1200, 630, 9999, 9999, true},
		{"&maxwidth=600", 600, 395, "600x315", 600, 315, 600, 9999, true},
		{"&maxwidth=777", 777, 487, "600x315", 600, 315, 777, 9999, true},
		{"&maxwidth=99999&maxheight=99999&dnt=1", 1200, 710, "og", 1200, 630, 99999, 99999, true},
		{"&maxheight=395", 600, 395, "600x315", 600, 315, 9999, 395, true},
		{"&maxwidth=300", 300, 237, "200x200", 200, 200, 300, 9999, true},
		{"&maxwidth=300&maxheight=250", 300, 157, "200x200", 200, 200, 300, 250, false},
		{"&maxheight=63", 120, 63, "", 0, 0, 9999, 63, false},
		{"&maxwidth=1&maxheight=1", 1, 1, "", 0, 0, 1, 1, false},
		{"&maxwidth=5000&maxheight=5000", 1200, 710, "og", 1200, 630, 5000, 5000, true},
	} {
		h := newHouse(t)
		var got api.OEmbed
		if err := json.Unmarshal([]byte(text(t, h.do(t, request("GET", "/oembed?url=https://news.example/storm%3Futm_source%3Dx"+tt.bounds, "")))), &got); err != nil {
			t.Fatal(err)
		}
		thumb := ""
		if tt.thumb != "" {
			thumb = "https://cards.example/cards/storm-1/" + storm().Version + "/" + tt.thumb + ".jpg"
		}
		if got.Type != "rich" || got.Version != "1.0" || got.Width != tt.width || got.Height != tt.height || got.ThumbnailUrl != thumb || got.ThumbnailWidth != tt.thumbWidth || got.ThumbnailHeight != tt.thumbHeight {
			t.Errorf("%s: %+v", tt.bounds, got)
		}
		if got.Width > tt.maxWidth || got.Height > tt.maxHeight || got.ThumbnailWidth > tt.maxWidth || got.ThumbnailHeight > tt.maxHeight {
			t.Errorf("%s: out of bounds: %+v", tt.bounds, got)
		}
		if strings.Contains(got.Html, ">Storm &amp; “front”</a>") != tt.headline || got.ProviderUrl != "https://news.example" || got.ProviderName != "The Harbor Post" {
			t.Errorf("%s: %+v", tt.bounds, got)
		}
	}
}

func TestOEmbedXML(t *testing.T) {
	h := newHouse(t)
	resp := h.do(t, request("GET", "/oembed?url=https://news.example/storm&format=xml&maxheight=63", ""))
	raw := text(t, resp)
	var got struct {
		XMLName xml.Name `xml:"oembed"`
		Type    string   `xml:"type"`
		Title   string   `xml:"title"`
		HTML    string   `xml:"html"`
		Width   int      `xml:"width"`
		Height  int      `xml:"height"`
	}
	if err := xml.Unmarshal([]byte(raw), &got); err != nil {
		t.Fatal(err)
	}
	if resp.Header.Get("Content-Type") != "text/xml; charset=utf-8" || got.Type != "rich" || got.Title != "Storm & “front”" || got.Width != 120 || got.Height != 63 || !strings.HasPrefix(got.HTML, `<blockquote style="margin:0"><a href="https://cards.example/s/abcdefg"`) {
		t.Errorf("%s", raw)
	}
	if strings.Contains(raw, "thumbnail") {
		t.Errorf("a thumbnail of which the three are not all there: %s", raw)
	}
}

// TestOEmbedIsDiscovered holds that the tags lead to the answer, in both forms.
func TestOEmbedIsDiscovered(t *testing.T) {
	h := newHouse(t)
	tags := text(t, h.do(t, authorized("GET", "/v1/articles/storm-1/meta", "")))
	for format, kind := range map[string]string{"json": "application/json+oembed", "xml": "text/xml+oembed"} {
		want := fmt.Sprintf(`<link rel="alternate" type="%s" href="https://cards.example/oembed?url=https%%3A%%2F%%2Fnews.example%%2Fstorm&amp;format=%s"`, kind, format)
		if !strings.Contains(tags, want) {
			t.Errorf("no %s in %s", want, tags)
		}
	}
}

// TestOEmbedFindsStories by their addresses and variants of them, and by their short ones.
func TestOEmbedFindsStories(t *testing.T) {
	for address, status := range map[string]int{
		"https://news.example/storm": 200, "https://news.example/storm#photos": 200, "https://cards.example/s/abcdefg": 200,
		"https://cards.example/s/abcdefg/facebook": 200, "https://cards.example/s/aaaaaaa": 404, "https://news.example/other#a": 404,
		"http://news.example/storm": 200, "https://www.news.example/storm": 200, "https://news.example/storm/": 200,
		"http://www.news.example/storm/?ref=rss&utm_source=x&fbclid=y&gclid=z#top": 200, "https://news.example/storm?id=1": 404,
		"https://news.example/": 404, "https://example/storm": 404, "https://live.news.example/storm": 404, "ftp://news.example/storm": 400,
	} {
		if resp := newHouse(t).do(t, request("GET", "/oembed?url="+url.QueryEscape(address), "")); resp.StatusCode != status {
			t.Errorf("%s: %d", address, resp.StatusCode)
		}
	}
}

// byURL is the articles of a house by their addresses alone.
type byURL struct {
	*fakeArticles
	all   map[string]string // the headline at an address; empty: under embargo
	asked int
}

func (b *byURL) ByURL(_ context.Context, urls ...string) (store.Record, error) {
	b.asked += len(urls)
	rec := storm()
	for _, address := range urls {
		headline, ok := b.all[address]
		switch rec.Article.Headline = headline; {
		case ok && headline == "":
			return store.Record{}, stories.ErrEmbargoed
		case ok:
			return rec, nil
		}
	}
	return store.Record{}, store.ErrNotFound
}

// TestOEmbedTakesTheNearest: the exact address first, and a bounded number of others.
func TestOEmbedTakesTheNearest(t *testing.T) {
	for _, tt := range []struct {
		address string
		all     map[string]string
		want    string // headline; empty: none
	}{
		{"http://news.example/a/", map[string]string{"http://news.example/a/": "exact", "https://news.example/a": "other"}, "exact"},
		{"https://news.example/a?ref=1", map[string]string{"https://news.example/a?ref=1": "exact", "https://news.example/a": "other"}, "exact"},
		{"https://news.example/#/a/1", map[string]string{"https://news.example/#/a/1": "exact", "https://news.example/": "other"}, "exact"},
		{"http://news.example/#/a/1", map[string]string{"https://news.example/#/a/1": "the same view", "http://news.example/": "other"}, "the same view"},
		{"https://app.example/#/article/2", map[string]string{"https://app.example/": "the root's", "https://app.example/#/article/1": "other"}, ""},
		{"https://app.example/?ref=x#!article/2", map[string]string{"https://app.example/": "the root's"}, ""},
		{"https://app.example/#photos", map[string]string{"https://app.example/": "the root's"}, "the root's"},
		{"http://news.example/a", map[string]string{"https://news.example/a": "https", "https://www.news.example/a": "other"}, "https"},
		{"https://news.example/a", map[string]string{"https://news.example/a": "", "http://news.example/a": "other"}, ""}, // it waits for its embargo
		{"http://www.news.example/b?ref=1&from=2#c", map[string]string{"https://news.example/a": "other"}, ""},
	} {
		h := newHouse(t)
		articles := &byURL{h.articles, tt.all, 0}
		h.deps.Articles = articles
		resp := h.do(t, request("GET", "/oembed?url="+url.QueryEscape(tt.address), ""))
		var got api.OEmbed
		if err := json.Unmarshal([]byte(text(t, resp)), &got); err != nil {
			t.Fatal(err)
		}
		if got.Title != tt.want || (resp.StatusCode == 200) != (tt.want != "") || articles.asked > 32 {
			t.Errorf("%s: %d %q, asked %d times", tt.address, resp.StatusCode, got.Title, articles.asked)
		}
	}
}

// TestALiteralAddressIsFound: a story whose URL has &amp; is found before the one with the & that it usually means.
func TestALiteralAddressIsFound(t *testing.T) {
	const literal, meant = "https://news.example/?a=1&amp;b=2", "https://news.example/?a=1&b=2"
	for want, stored := range map[string]map[string]string{
		"literal": {literal: "literal", meant: "meant"}, "meant": {meant: "meant"}, "only literal": {literal: "only literal"},
	} {
		h := newHouse(t)
		h.articles.byURL = func(u string) (store.Record, error) {
			if stored[u] == "" {
				return store.Record{}, store.ErrNotFound
			}
			rec := storm()
			rec.Article.Headline = stored[u]
			return rec, nil
		}
		var found api.OEmbed
		raw := text(t, h.do(t, request("GET", "/oembed?url="+url.QueryEscape(literal), "")))
		if err := json.Unmarshal([]byte(raw), &found); err != nil || found.Title != want {
			t.Errorf("oEmbed finds %q, %v, want %q", found.Title, err, want)
		}
		if page := text(t, h.do(t, request("GET", "/kakao?url="+url.QueryEscape(literal), ""))); !strings.Contains(page, ">"+want+"</h1>") {
			t.Errorf("the Kakao page does not show %q", want)
		}
	}
}
