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
	"fbclid=x", "_=1", "v=2", "dnt=1", "utm_source=rss&utm_medium=feed", "utm_campaign=x", "callback=cb", "lang2=ko", "x=%zz", "%zz=1", "x=a;b", "x=%ff", "x=%00",
	"x=1&x=2", "&&", "=", "a[]=1&a[]=2",
}

// open has, for each route that strangers may call, requests that it answers: a GET's address, or a method before it.
func open() map[string][]string {
	story := url.QueryEscape("https://news.example/storm")
	return map[string][]string{
		"/":                          {"/", "/?headline=A", "POST /?headline=A"},
		"/studio.json":               {"/studio.json?headline=A"},
		"/studio/sign-out":           {"POST /studio/sign-out"},
		"/sign-in":                   {"/sign-in?link=the-link", "POST /sign-in"},
		"/sign-in/provider":          {"/sign-in/provider"},
		"/sign-in/callback":          {"/sign-in/callback?state=the-state&code=ann"},
		"/docs":                      {"/docs"},
		"/openapi.json":              {"/openapi.json"},
		"/static/:file":              {"/static/page.css"},
		"/embed/:file":               {"/embed/cards.js", "/embed/cards.css"},
		"/embed/story/:code":         {"/embed/story/abcdefg"},
		"/v1/share-links":            {"/v1/share-links?title=A&url=" + story, "/v1/share-links?title=A&utm=1&url=" + story},
		"/cards/:id/:version/:file":  {"/cards/storm-1/v/og.png", "/cards/storm-1/v/og.jpg?strict=1"},
		"/cards/:id/:file":           {"/cards/storm-1/og.jpg"},
		"/v1/articles/:id/share-bar": {"/v1/articles/storm-1/share-bar", "/v1/articles/storm-1/share-bar?format=json"},
		"/s/:code":                   {"/s/abcdefg"},
		"/s/:code/:target":           {"/s/abcdefg/mail", "POST /s/abcdefg/mail"},
		"/kakao":                     {"/kakao?title=A&url=" + story},
		"/kakao/:code":               {"/kakao/abcdefg"},
		"/v1/top":                    {"/v1/top", "/v1/top?limit=3"},
		"/v1/top.html":               {"/v1/top.html?limit=3"},
		"/v1/top.rss":                {"/v1/top.rss?limit=3&heading=A"},
		"/oembed":                    {"/oembed?url=" + story + "&format=json&maxwidth=600&maxheight=960"},
		"/v1/kakao/callback":         {"POST /v1/kakao/callback"},
		"/healthz":                   {"/healthz"},
		"/readyz":                    {"/readyz"},
		"/look":                      {looked(url.Values{"headline": {"A"}, "url": {"https://news.example/storm"}})},
		"/v1/card.jpg":               {"/v1/card.jpg?headline=A"},
		"/v1/card.png":               {"/v1/card.png?headline=A"},
	}
}

// own are the routes with a parameter that is here another's: its language, or its campaign.
var own = map[string]string{
	"/v1/articles/:id/share-bar": "lang=xx", "/v1/share-links": "utm_campaign=x lang=xx", "/kakao": "lang=xx", "/": "lang=xx", "/studio.json": "lang=xx",
	"/look": "lang=xx", "/v1/top.html": "lang=xx", "/v1/top.rss": "lang=xx", "/v1/card.jpg": "lang=xx", "/v1/card.png": "lang=xx",
}

// opened is a request for an address of open, as an editor's where it must be.
func opened(h *house, path, at string) *http.Request {
	method, address, posts := strings.Cut(at, " ")
	if !posts {
		method, address = "GET", at
	}
	switch {
	case path == "/" && posts:
		return request(method, address, "token="+token, "Content-Type", "application/x-www-form-urlencoded", "Origin", "https://cards.example")
	case strings.HasPrefix(path, "/sign-in"):
		return signingIn(h, method, address)
	case path == "/v1/kakao/callback":
		h.deps.Kakao.AdminKey = "kakao-admin-key"
		return request(method, address, `{"CHAT_TYPE":"DirectChat","code":"abcdefg"}`, "Authorization", "KakaoAK kakao-admin-key", "X-Kakao-Resource-ID", "1")
	case path == "/" || strings.HasPrefix(path, "/studio"):
		return authorized(method, address, "")
	case strings.HasPrefix(path, "/v1/card."):
		h.deps.StudioKey = studioKey
		return editorsRequest(method, address, "")
	}
	return request(method, address, "")
}

// TestWhatOthersAdd: on every route that needs no token, and on the studio's, an address with parameters of others answers
// as it does without them. (What short links do with them is TestShortLinksForwardTheirQuery.)
func TestWhatOthersAdd(t *testing.T) {
	tried := open()
	for route, who := range registered(t, newHouse(t)) {
		_, path, _ := strings.Cut(route, " ")
		if _, api := who.scope(); tried[path] == nil && !api && needs[who] == 0 {
			t.Errorf("%s is not tried", path)
		}
	}
	for path, addresses := range tried {
		for _, at := range addresses {
			h := newHouse(t)
			h.pictures.kept = []byte("picture")
			plain := h.do(t, opened(h, path, at))
			want := text(t, plain)
			if plain.StatusCode >= 400 {
				t.Errorf("%s: %d: %.300s", at, plain.StatusCode, want)
			}
			for _, more := range append([]string{"lang=xx"}, others...) {
				if strings.Contains(own[path], more) && !(more == "utm_campaign=x" && !strings.Contains(at, "utm=1")) {
					continue
				}
				longer := at + "?" + more
				if strings.Contains(at, "?") {
					longer = at + "&" + more
				}
				resp := h.do(t, opened(h, path, longer))
				if got := text(t, resp); resp.StatusCode != plain.StatusCode || got != want || resp.Header.Get("Location") != plain.Header.Get("Location") {
					t.Errorf("%s: %d: %.300s", longer, resp.StatusCode, got)
				}
			}
			if strings.Contains(own[path], "lang=xx") && path != "/look" { // where the language is signed
				if resp := h.do(t, opened(h, path, at+map[bool]string{true: "&", false: "?"}[strings.Contains(at, "?")]+"lang=xx")); resp.StatusCode != plain.StatusCode {
					t.Errorf("%s in a language that nobody speaks: %d", at, resp.StatusCode)
				}
			}
		}
	}
}

// TestWhatOthersAddIsRefused on every route with a token, where our own programs ask, and where the address is signed.
func TestWhatOthersAddIsRefused(t *testing.T) {
	refused := func(r *http.Request) {
		t.Helper()
		if resp := newHouse(t).do(t, r); resp.StatusCode != 400 {
			t.Errorf("%s %s: %d", r.Method, r.URL, resp.StatusCode)
		}
	}
	for route, who := range registered(t, newHouse(t)) {
		method, path, _ := strings.Cut(route, " ")
		if _, api := who.scope(); !api {
			continue
		}
		for _, more := range []string{"dryrun=1", "fbclid=x", "x=%zz", "_=1"} {
			refused(authorized(method, addressOf(path)+"?"+more, bodyOf(path)))
		}
	}
	refused(request("GET", "/v1/card.jpg?headline=A&fbclid=x&sig=AAAA", ""))
	refused(request("GET", "/v1/card.png?headline=A&x=%zz&sig=AAAA", ""))
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
