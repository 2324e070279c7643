package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/pictures"
)

// others are parameters as others add them to an address on its way, and accidents of that.
var others = []string{
	"fbclid=x", "_=1", "v=2", "dnt=1", "utm_source=rss&utm_medium=feed", "callback=cb", "lang2=ko", "x=%zz", "%zz=1", "x=a;b", "x=%ff", "x=%00",
	"x=1&x=2", "&&", "=", "a[]=1&a[]=2",
}

// TestWhatOthersAdd: on routes that need no token an address with parameters of others answers as it does
// without them.
func TestWhatOthersAdd(t *testing.T) {
	story := url.QueryEscape("https://news.example/storm")
	for _, path := range []string{
		"/oembed?url=" + story + "&format=json&maxwidth=600&maxheight=900", "/cards/storm-1/v/og.png", "/cards/storm-1/v/og.jpg?strict=1", "/cards/storm-1/og.jpg",
		"/", "/?headline=A", "/studio.json?headline=A", "/v1/top", "/v1/top?limit=3", "/v1/articles/storm-1/share-bar", "/v1/articles/storm-1/share-bar?format=json",
		"/v1/share-links?title=A&url=" + story, "/kakao?title=A&url=" + story, "/kakao/abcdefg", "/s/abcdefg", "/s/abcdefg/mail", "/docs", "/openapi.json",
		"/embed/cards.js", "/healthz", "/readyz",
	} {
		h := newHouse(t)
		h.pictures.kept = []byte("picture")
		ask := func(at string) *http.Request { return request("GET", at, "") }
		if path == "/" || strings.HasPrefix(path, "/?") || strings.HasPrefix(path, "/studio") {
			ask = func(at string) *http.Request { return authorized("GET", at, "") } // an editor's
		}
		plain := h.do(t, ask(path))
		want := text(t, plain)
		if plain.StatusCode != 200 && plain.StatusCode != 302 {
			t.Errorf("%s: %d: %.300s", path, plain.StatusCode, want)
		}
		for _, more := range others {
			at := path + "?" + more
			if strings.Contains(path, "?") {
				at = path + "&" + more
			}
			resp := h.do(t, ask(at))
			got := text(t, resp)
			if resp.StatusCode != plain.StatusCode || got != want || resp.Header.Get("Location") != plain.Header.Get("Location") {
				t.Errorf("%s: %d: %.300s", at, resp.StatusCode, got)
			}
		}
	}
}

// TestWhatOthersAddIsRefused where our own programs ask, and where the address is signed.
func TestWhatOthersAddIsRefused(t *testing.T) {
	for _, r := range []*http.Request{
		authorized("GET", "/v1/articles?_=1", ""), authorized("GET", "/v1/articles/storm-1?fbclid=x", ""), authorized("GET", "/v1/articles/storm-1/stats?x=%zz", ""),
		authorized("PUT", "/v1/articles/a?dryrun=1", `{"url":"https://news.example/a","headline":"A"}`), authorized("POST", "/v1/photos?v=2", "x"),
		request("GET", "/v1/card.jpg?headline=A&fbclid=x&sig=AAAA", ""), request("GET", "/v1/card.png?headline=A&x=%zz&sig=AAAA", ""),
	} {
		if resp := newHouse(t).do(t, r); resp.StatusCode != 400 {
			t.Errorf("%s: %d", r.URL, resp.StatusCode)
		}
	}
}

// TestKnownParametersAreRead among others, however their names are written.
func TestKnownParametersAreRead(t *testing.T) {
	for query, strict := range map[string]bool{
		"?strict=1": true, "?_=1&st%72ict=1&x=%zz": true, "?%zz=1&strict=%31": true, "?strict=0&v=2": false, "?Strict=1": false, "?;strict=1": false,
	} {
		h := newHouse(t)
		h.pictures.draw = func(_ card.Card, _ string, o pictures.Options) (pictures.Image, error) {
			if o.Strict != strict {
				t.Errorf("%s: strict %v", query, o.Strict)
			}
			return pictures.Image{Bytes: []byte("x"), Type: "image/jpeg"}, nil
		}
		if resp := h.do(t, request("GET", "/cards/storm-1/v/og.jpg"+query, "")); resp.StatusCode != 200 || h.pictures.drawn != 1 {
			t.Errorf("%s: %d", query, resp.StatusCode)
		}
	}
}
