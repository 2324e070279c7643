package handlers

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

// tagged is a story that was registered with a campaign tag.
func tagged() store.Record {
	rec := storm()
	rec.Article.Shared = rec.Article.URL + "?utm_source=paper"
	return rec
}

// TestShortLinksForwardTheirQuery where it is set, to the story alone, and never over what its address has.
func TestShortLinksForwardTheirQuery(t *testing.T) {
	for _, tt := range []struct {
		at      string
		forward bool
		want    string // the address that is left for
	}{
		{"/s/abcdefg", true, "https://news.example/storm?utm_source=paper"},
		{"/s/abcdefg?utm_source=newsletter&utm_medium=mail", true, "https://news.example/storm?utm_source=paper&utm_medium=mail"},
		{"/s/abcdefg?utm_source=newsletter&utm_medium=mail", false, "https://news.example/storm?utm_source=paper"},
		{"/s/abcdefg?a=%0d%0aX-Evil:1&b=2&%zz", true, "https://news.example/storm?utm_source=paper&b=2"},
		{"/s/abcdefg?fbclid=x", true, "https://news.example/storm?utm_source=paper&fbclid=x"},
		{"/s/abcdefg/link?utm_medium=mail", true, "https://news.example/storm?utm_source=paper"},
		{"/s/abcdefg/facebook?u=x&utm_medium=mail", true, "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fnews.example%2Fstorm%3Futm_source%3Dpaper"},
	} {
		h := newHouse(t)
		h.deps.ForwardQuery = tt.forward
		h.articles.byCode = func(string) (store.Record, error) { return tagged(), nil }
		for _, method := range []string{"GET", "HEAD"} {
			resp := h.do(t, request(method, tt.at, ""))
			if got := resp.Header.Get("Location"); resp.StatusCode != 302 || got != tt.want || resp.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s %s: %d %s, want %s", method, tt.at, resp.StatusCode, got, tt.want)
			}
		}
		crawler := h.do(t, request("GET", tt.at, "", "User-Agent", "facebookexternalhit/1.1"))
		if page := text(t, crawler); crawler.StatusCode != 200 || strings.Contains(page, "utm_") || !strings.Contains(page, `<link rel="canonical" href="https://news.example/storm">`) {
			t.Errorf("%s: a crawler gets %d %s", tt.at, crawler.StatusCode, page)
		}
	}
}

// TestCampaignTagsOnTheSurfaces: what leads readers has the tags of the publication, and what names the story has none.
func TestCampaignTagsOnTheSurfaces(t *testing.T) {
	h := newHouse(t)
	find := func(string) (store.Record, error) { return tagged(), nil }
	h.articles.byID, h.articles.byCode, h.articles.byURL = find, find, find
	const shared = "https%3A%2F%2Fnews.example%2Fstorm%3Futm_source%3Dpaper"
	for path, want := range map[string]string{ // empty: no tag at all
		"/v1/articles/storm-1/meta": "", "/oembed?url=" + shared: "", "/v1/top": "",
		"/v1/articles/storm-1": shared, "/v1/articles/storm-1/share-bar?format=json&targets=facebook": shared, "/kakao/abcdefg": "utm_source=paper",
		"/v1/share-links?title=A&url=" + shared:                           shared,
		"/v1/share-links?title=A&utm_campaign=x&url=" + shared:            shared + `"`,
		"/v1/share-links?title=A&utm=1&utm_campaign=spring&url=" + shared: shared + "%26utm_medium%3Dsocial%26utm_campaign%3Dspring",
	} {
		resp := h.do(t, authorized("GET", path, ""))
		got := text(t, resp)
		if resp.StatusCode != 200 || !strings.Contains(got, want) || want == "" && strings.Contains(got, "utm_") {
			t.Errorf("%s: %d %s", path, resp.StatusCode, got)
		}
		if names := strings.HasPrefix(path, "/v1/") && !strings.HasSuffix(path, "/meta"); names && !strings.Contains(got, `"url":"https://news.example/storm"`) {
			t.Errorf("%s: the canonical URL is missing in %s", path, got)
		}
	}
}

// TestPicturesAreForEveryOrigin: answers, confirmations and errors.
func TestPicturesAreForEveryOrigin(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct {
		at, tag string
		status  int
	}{
		{story, "", 200}, {story, "*", 304}, {"/cards/storm-1/og.jpg", "", 302}, {"/cards/storm-1/v/huge.jpg", "", 404}, {"/cards/unknown/v/og.jpg", "", 404},
		{"/cards/storm-1/v/300x301.jpg", "", 403}, {"/v1/card.jpg?headline=A", "", 403}, {signedWith(h, photoID), "", 200}, {signedWith(h, photoID) + "&x=1", "", 400},
	} {
		h.pictures.kept = []byte("picture")
		for _, method := range []string{"GET", "HEAD"} {
			resp := h.do(t, request(method, tt.at, "", "Origin", "https://news.example", "If-None-Match", tt.tag))
			if got := resp.Header.Values("Access-Control-Allow-Origin"); resp.StatusCode != tt.status || len(got) != 1 || got[0] != "*" || resp.Header.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%s %s: %d, for %q", method, tt.at, resp.StatusCode, got)
			}
		}
	}
}

// TestOtherMethodsAreForEveryOriginToo: what is answered before a handler, with the header that tells the methods. Routes
// for one origin stay so.
func TestOtherMethodsAreForEveryOriginToo(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []struct {
		method, at string
		status     int
		origin     string
	}{
		{"OPTIONS", "/cards/storm-1/og.jpg", 204, "*"}, {"POST", "/cards/storm-1/og.jpg", 405, "*"},
		{"OPTIONS", story, 204, "*"}, {"DELETE", story, 405, "*"}, {"PUT", "/v1/card.png", 405, "*"},
		{"OPTIONS", "/embed/cards.js", 204, "*"}, {"OPTIONS", "/v1/top", 204, "*"}, {"PUT", "/s/abcdefg/link", 405, "*"},
		{"OPTIONS", "/v1/articles/storm-1", 204, ""}, {"POST", "/docs", 405, ""}, {"OPTIONS", "/", 204, ""},
		{"POST", "/healthz", 405, ""}, {"OPTIONS", "/nowhere", 404, ""},
	} {
		resp := h.do(t, request(tt.method, tt.at, "", "Origin", "https://news.example"))
		got := resp.Header.Get("Access-Control-Allow-Origin")
		if resp.StatusCode != tt.status || got != tt.origin || (resp.Header.Get("Allow") == "") != (tt.status == 404) {
			t.Errorf("%s %s: %d, for %q, %v", tt.method, tt.at, resp.StatusCode, got, resp.Header)
		}
		for name := range resp.Header {
			if name == "Access-Control-Allow-Headers" || name == "Access-Control-Allow-Methods" {
				t.Errorf("%s %s: %s", tt.method, tt.at, name)
			}
		}
	}
}

// TestWrongSizesNameTheRightOnes, in the same words for every request.
func TestWrongSizesNameTheRightOnes(t *testing.T) {
	for at, status := range map[string]int{
		"/cards/storm-1/v/large.jpg": 404, "/cards/storm-1/v/og.gif": 404, "/cards/storm-1/v/og": 404, "/cards/storm-1/v/199x199.png": 404, "/cards/storm-1/large.jpg": 404,
		"/cards/storm-1/v/300x301.jpg": 403, "/cards/storm-1/300x301.jpg": 403, "/cards/unknown/v/300x301.jpg?sig=AAAA": 403,
	} {
		resp := newHouse(t).do(t, request("GET", at, ""))
		got := text(t, resp)
		if resp.StatusCode != status || !strings.Contains(got, "og, twitter, kakao, square, portrait, story, 200x200, 400x210") || status == 404 && !strings.Contains(got, "WxH from 200 to 2400") {
			t.Errorf("%s: %d %s", at, resp.StatusCode, got)
		}
	}
	if resp := newHouse(t).do(t, request("GET", "/v1/card.jpg?headline=A&size=large", "")); strings.Contains(text(t, resp), "200x200") {
		t.Error("the sizes of articles are named for another picture")
	}
}

// TestEmbargoedPictures: the holder of the token sees them, and nobody else because of that, whatever is cached.
func TestEmbargoedPictures(t *testing.T) {
	const version, current = "/cards/storm-1/v/og.jpg", "/cards/storm-1/og.jpg"
	for _, kept := range [][]byte{nil, []byte("picture")} {
		h := newHouse(t)
		h.pictures.kept = kept
		h.articles.current = func(string) (store.Record, error) { return store.Record{}, stories.ErrEmbargoed }
		h.pictures.draw = func(card.Card, string, pictures.Options) (pictures.Image, error) {
			return pictures.Image{Bytes: []byte("picture"), Type: "image/jpeg", ETag: `"tag"`}, nil
		}
		service, err := New(h.deps)
		if err != nil {
			t.Fatal(err)
		}
		ask := func(at string, headers ...string) *httptest.ResponseRecorder {
			w := httptest.NewRecorder()
			service.ServeHTTP(w, request("GET", at, "", headers...))
			return w
		}
		for range 2 {
			for _, at := range []string{version, current} {
				status := map[string]int{version: 200, current: 302}[at]
				w := ask(at, "Authorization", "Bearer "+token)
				if w.Code != status || w.Header().Get("Cache-Control") != "private, no-store" || status == 200 && w.Body.String() != "picture" {
					t.Errorf("%s with the token: %d %v", at, w.Code, w.Header())
				}
				for why, headers := range map[string][]string{
					"nobody": nil, "a wrong token": {"Authorization", "Bearer x"}, "a reader with its tag": {"If-None-Match", card.Key(fakeKey).ETag()},
					"a reader with any": {"If-None-Match", "*"}, "a part": {"Range", "bytes=0-1"},
				} {
					if w := ask(at, headers...); w.Code != 404 || w.Header().Get("Cache-Control") != "no-store" || w.Body.String() == "picture" {
						t.Errorf("%s, %s: %d %v %s", at, why, w.Code, w.Header(), w.Body)
					}
				}
			}
			known := ask(version, "Authorization", "Bearer "+token, "If-None-Match", card.Key(fakeKey).ETag())
			if known.Code != http.StatusNotModified || known.Header().Get("Cache-Control") != "private, no-store" {
				t.Errorf("known to the newsroom: %d %v", known.Code, known.Header())
			}
			if odd := ask("/cards/storm-1/v/300x301.jpg", "Authorization", "Bearer "+token); odd.Code != 403 {
				t.Errorf("a size without its signature: %d", odd.Code)
			}
		}
		h.articles.current = func(string) (store.Record, error) { return store.Record{}, errors.New("the disk is gone") }
		if w := ask(version); w.Code != 500 { // only a cached response could be sent now
			t.Errorf("while the store fails: %d %s", w.Code, w.Body)
		}
	}
}
