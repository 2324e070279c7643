package handlers

import (
	"net/http"
	"strings"
	"testing"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
	"newsroom.example/cards/internal/words"
)

// Headers of a browser that shows a page, and of others.
const (
	browserAccept = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
	browserAgent  = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)

// TestNotices: people get a page where programs and crawlers get the error of the API, both with one status.
func TestNotices(t *testing.T) {
	for _, tt := range []struct {
		method, path string
		status       int
		title        string // key; empty: JSON for people too
	}{
		{"GET", "/s/aaaaaaa", 404, "missing"}, {"HEAD", "/s/aaaaaaa", 404, "missing"}, {"GET", "/s/withdrawn", 410, "gone"},
		{"GET", "/s/not-a-code", 404, "missing"}, {"GET", "/s/abcdefg/myspace", 404, "missing"}, {"GET", "/s/aaaaaaa/facebook?fbclid=x", 404, "missing"},
		{"GET", "/kakao/aaaaaaa", 404, "missing"}, {"GET", "/kakao/withdrawn", 410, "gone"}, {"GET", "/kakao?url=nothing&fbclid=x", 400, "missing"},
		{"GET", "/nope", 404, "missing"}, {"GET", "/nope/at/all?utm_source=x", 404, "missing"}, {"GET", "/favicon.ico", 404, "missing"}, {"GET", "/a%2fb", 404, "missing"},
		{"GET", "/embed/story/aaaaaaa", 404, "missing"}, {"GET", "/embed/story/withdrawn", 410, "gone"}, {"GET", "/?headline=%ff", 400, "missing"},
		{"POST", "/s/aaaaaaa/link", 404, ""}, {"POST", "/nope", 404, ""}, {"DELETE", "/s/aaaaaaa", 405, ""},
		{"GET", "/v1/articles/storm-1", 401, ""}, {"GET", "/v1/nope", 404, ""}, {"GET", "/v1/share-links", 400, ""}, {"GET", "/embed/other.js", 404, ""},
		{"GET", "/oembed?url=https://news.example/none", 404, ""}, {"GET", "/cards/none/og.jpg", 404, ""}, {"GET", "/static/none.css", 404, ""},
	} {
		answer := func(headers ...string) *http.Response {
			h := newHouse(t)
			h.foreign = !known(tt.path)
			r := request(tt.method, tt.path, "", headers...)
			if strings.HasPrefix(tt.path, "/?") {
				r.Header.Set("Authorization", "Bearer "+token)
			}
			return h.do(t, r)
		}
		plain := answer("User-Agent", "curl/8.0", "Accept", "*/*")
		want := text(t, plain)
		for why, headers := range map[string][]string{
			"a browser's script":  {"User-Agent", browserAgent, "Accept", "*/*"},
			"a client":            {"User-Agent", browserAgent, "Accept", "application/json, text/html"},
			"a client without":    {"User-Agent", browserAgent},
			"a refusal of HTML":   {"User-Agent", browserAgent, "Accept", "text/html;q=0, */*"},
			"a crawler":           {"User-Agent", "facebookexternalhit/1.1", "Accept", browserAccept},
			"a search engine":     {"User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Accept", browserAccept},
			"something malformed": {"User-Agent", browserAgent, "Accept", "text/html;q=x, ;;, */*"},
		} {
			got := answer(headers...)
			if body := text(t, got); got.StatusCode != tt.status || withoutID(body) != withoutID(want) || got.Header.Get("Cache-Control") != "no-store" ||
				got.Header.Get("Content-Type") != plain.Header.Get("Content-Type") || got.Header.Get("Vary") != plain.Header.Get("Vary") {
				t.Errorf("%s %s of %s: %d %s", tt.method, tt.path, why, got.StatusCode, body)
			}
		}
		for lang, accept := range map[string]string{"en": "", "ko": "ko-KR,ko;q=0.9", "ar": "ar", "zh-Hant": "zh-TW"} {
			got := answer("User-Agent", browserAgent, "Accept", browserAccept, "Accept-Language", accept)
			body := text(t, got)
			if tt.title == "" {
				if got.StatusCode != tt.status || !strings.HasPrefix(got.Header.Get("Content-Type"), "application/json") {
					t.Errorf("%s %s: %d %s", tt.method, tt.path, got.StatusCode, body)
				}
				continue
			}
			if got.StatusCode != tt.status || got.Header.Get("Content-Type") != "text/html; charset=UTF-8" || got.Header.Get("Cache-Control") != "no-store" ||
				got.Header.Get("X-Robots-Tag") != "noindex" || !strings.Contains(strings.Join(got.Header.Values("Vary"), ", "), "Accept, Accept-Language, User-Agent") {
				t.Errorf("%s %s: %d %v", tt.method, tt.path, got.StatusCode, got.Header)
			}
			if tt.method == "GET" && !strings.Contains(body, words.Of(lang).Say(tt.title)) {
				t.Errorf("%s %s in %s: %s", tt.method, tt.path, lang, body)
			}
			if framed := strings.HasPrefix(tt.path, "/embed/story/"); strings.Contains(got.Header.Get("Content-Security-Policy"), "frame-ancestors 'none'") == framed {
				t.Errorf("%s: %s", tt.path, got.Header.Get("Content-Security-Policy"))
			}
		}
	}
}

// known reports whether the document has the path.
func known(path string) bool {
	for _, route := range []string{"/s/", "/kakao", "/embed/", "/v1/", "/oembed", "/cards/", "/?"} {
		if strings.HasPrefix(path, route) && path != "/v1/nope" {
			return true
		}
	}
	return false
}

// withoutID returns an error without the request's id, which no two have in common.
func withoutID(body string) string {
	before, after, _ := strings.Cut(body, `"request_id":"`)
	_, rest, _ := strings.Cut(after, `"`)
	return before + rest
}

// TestNoticesTellNothing: a story under embargo is to a reader what never was, in every header and byte.
func TestNoticesTellNothing(t *testing.T) {
	for _, path := range []string{"/s/abcdefg", "/s/abcdefg/facebook", "/kakao/abcdefg", "/embed/story/abcdefg"} {
		var got []string
		for _, err := range []error{store.ErrNotFound, stories.ErrEmbargoed} {
			for _, accept := range []string{browserAccept, "*/*"} {
				h := newHouse(t)
				h.articles.byCode = func(string) (store.Record, error) { return store.Record{}, err }
				resp := h.do(t, request("GET", path, "", "User-Agent", browserAgent, "Accept", accept))
				resp.Header.Del("X-Request-Id")
				var all strings.Builder
				if err := resp.Header.Write(&all); err != nil {
					t.Fatal(err)
				}
				got = append(got, resp.Status+all.String()+withoutID(text(t, resp)))
			}
		}
		if got[0] != got[2] || got[1] != got[3] || got[0] == got[1] {
			t.Errorf("%s: %q", path, got)
		}
	}
}

func TestPrefersHTML(t *testing.T) {
	for accept, want := range map[string]bool{
		browserAccept: true, "text/html": true, "TEXT/HTML;charset=utf-8": true, "text/html, */*; q=0.01": true, "text/html, */*": true,
		"": false, "*/*": false, "application/json": false, "text/html, application/json": false, "text/html;q=0": false,
		"text/html;q=0.5, application/json;q=0.4": true, "text/html;q=0.5, */*": false, "text/*": false, "application/*, text/html;q=0.9": false,
	} {
		if got := prefersHTML(accept); got != want {
			t.Errorf("%q: %v", accept, got)
		}
	}
}

// TestEmbeddedStory: the page for frames may be framed anywhere and leads through the short link.
func TestEmbeddedStory(t *testing.T) {
	resp := newHouse(t).do(t, request("GET", "/embed/story/abcdefg?fbclid=x", ""))
	body, policy := text(t, resp), resp.Header.Get("Content-Security-Policy")
	for _, want := range []string{`href="https://cards.example/s/abcdefg"`, `/embed.js"`, "Storm &amp; “front”", `src="https://cards.example/cards/storm-1/`} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
	if resp.StatusCode != 200 || strings.Contains(policy, "frame-ancestors") || !strings.Contains(policy, "https://cards.example/") || resp.Header.Get("X-Frame-Options") != "" {
		t.Errorf("%d, %s", resp.StatusCode, policy)
	}
}
