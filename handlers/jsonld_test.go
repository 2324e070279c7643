package handlers

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// TestJSONLDIsAskedFor: the tags have JSON-LD where a request asks for it, and on the page for crawlers.
func TestJSONLDIsAskedFor(t *testing.T) {
	h := newHouse(t)
	const fine = `{"url":"https://news.example/storm","headline":"Storm"}`
	for _, tt := range []struct {
		r    *http.Request
		want bool
	}{
		{authorized("PUT", "/v1/articles/a", fine), false}, {authorized("PUT", "/v1/articles/a?jsonld=1", fine), true},
		{authorized("PUT", "/v1/articles/a?jsonld=0&dry_run=1", fine), false}, {authorized("PUT", "/v1/articles/a?jsonld=1&dry_run=1", fine), true},
		{authorized("GET", "/v1/articles/storm-1", ""), false}, {authorized("GET", "/v1/articles/storm-1?jsonld=1", ""), true},
		{authorized("GET", "/v1/articles/storm-1/meta", ""), false}, {authorized("GET", "/v1/articles/storm-1/meta?jsonld=1", ""), true},
		{request("GET", "/s/abcdefg", "", "User-Agent", "Twitterbot/1.0"), true},
	} {
		resp := h.do(t, tt.r)
		markup := text(t, resp)
		if strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json") {
			var v struct {
				Meta string `json:"meta_html"`
			}
			if err := json.Unmarshal([]byte(markup), &v); err != nil {
				t.Fatal(err)
			}
			markup = v.Meta
		}
		got := strings.Contains(markup, `<script type="application/ld+json">{"@context"`)
		if resp.StatusCode >= 300 || got != tt.want || !strings.Contains(markup, "og:title") {
			t.Errorf("%s %s: %d, JSON-LD %t, want %t", tt.r.Method, tt.r.URL, resp.StatusCode, got, tt.want)
		}
		if sizes := strings.Count(markup, `"ImageObject"`); got && sizes != 6 {
			t.Errorf("%s: %d sizes", tt.r.URL, sizes)
		}
	}
	for _, wrong := range []*http.Request{
		authorized("PUT", "/v1/articles/a?jsonld=2", fine), authorized("GET", "/v1/articles/storm-1?jsonld=yes", ""), authorized("GET", "/v1/articles/storm-1/meta?ld=1", ""),
	} {
		if resp := h.do(t, wrong); resp.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d", wrong.URL, resp.StatusCode)
		}
	}
}

// TestFormatsAreNamed: a format that is none is refused with the name of its field, at every door.
func TestFormatsAreNamed(t *testing.T) {
	h := newHouse(t)
	for field, r := range map[string]*http.Request{
		"format":      authorized("PUT", "/v1/articles/a", `{"url":"https://news.example/storm","headline":"Storm","format":"markdown"}`),
		"text_format": request("GET", "/v1/share-links?url=https://news.example/a&title=a&text_format=markdown", ""),
	} {
		if body := refused(t, h.do(t, r)); body.Error.Field != field || body.Error.Message != field+" must be html or text" {
			t.Errorf("%s: %+v", field, body.Error)
		}
	}
}
