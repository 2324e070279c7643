package handlers

import (
	"encoding/json"
	"errors"
	"html"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

func TestKakaoCallback(t *testing.T) {
	const fine = `{"CHAT_TYPE":"DirectChat","HASH_CHAT_ID":"x","TEMPLATE_ID":1,"code":"abcdefg"}`
	right := []string{"Authorization", "KakaoAK admin", "X-Kakao-Resource-ID", "r1", "Content-Type", "application/json"}
	form := []string{"Authorization", "KakaoAK admin", "X-Kakao-Resource-ID", "r1", "Content-Type", "application/x-www-form-urlencoded;charset=utf-8"}
	for _, tt := range []struct {
		why     string
		key     string
		body    string
		headers []string
		status  int
		counted bool
	}{
		{"a share", "admin", fine, right, 204, true},
		{"as a form", "admin", "CHAT_TYPE=MultiChat&code=abcdefg&HASH_CHAT_ID=x", form, 204, true},
		{"to oneself", "admin", strings.Replace(fine, "DirectChat", "MemoChat", 1), right, 204, false},
		{"of a withdrawn story", "admin", strings.Replace(fine, "abcdefg", "withdrawn", 1), right, 204, false},
		{"not set up", "", fine, right, 404, false},
		{"without a key", "admin", fine, []string{"X-Kakao-Resource-ID", "r1"}, 401, false},
		{"with another key", "admin", fine, []string{"Authorization", "KakaoAK guess", "X-Kakao-Resource-ID", "r1"}, 401, false},
		{"with a bearer", "admin", fine, []string{"Authorization", "Bearer admin", "X-Kakao-Resource-ID", "r1"}, 401, false},
		{"without a message", "admin", fine, []string{"Authorization", "KakaoAK admin"}, 400, false},
		{"without a code", "admin", `{"CHAT_TYPE":"DirectChat"}`, right, 400, false},
		{"of no story", "admin", strings.Replace(fine, "abcdefg", "aaaaaaa", 1), right, 404, false},
		{"no JSON", "admin", "{", right, 400, false},
		{"too large", "admin", strings.Repeat(" ", maxJSON+1), right, 413, false},
	} {
		h := newHouse(t)
		h.deps.Kakao.AdminKey = tt.key
		resp := h.do(t, request("POST", "/v1/kakao/callback", tt.body, tt.headers...))
		if resp.StatusCode != tt.status || (len(h.clicks.confirmed) == 1) != tt.counted {
			t.Errorf("%s: %d, counted %+v", tt.why, resp.StatusCode, h.clicks.confirmed)
			continue
		}
		if tt.counted {
			if got := h.clicks.confirmed[0]; got.ArticleID != "storm-1" || got.Target != "kakao" || got.Receipt != "kakao r1" || !got.At.Equal(noon) {
				t.Errorf("%s: %+v", tt.why, got)
			}
		}
	}
	h := newHouse(t)
	h.deps.Kakao.AdminKey, h.clicks.err = "admin", errors.New("disk full")
	if resp := h.do(t, request("POST", "/v1/kakao/callback", fine, right...)); resp.StatusCode != 500 {
		t.Errorf("not kept: %d", resp.StatusCode)
	}
}

// TestKakaoMessages holds that a message asks for the callback only where it is taken.
func TestKakaoMessages(t *testing.T) {
	for _, callback := range []bool{false, true} {
		h := newHouse(t)
		h.deps.Share.KakaoCallback = callback
		page := text(t, h.do(t, request("GET", "/v1/articles/storm-1/share-bar?format=json", "")))
		var bar struct {
			Links []struct {
				Sdk struct{ Settings map[string]any }
			}
		}
		if err := json.Unmarshal([]byte(page), &bar); err != nil {
			t.Fatal(err)
		}
		settings := bar.Links[2].Sdk.Settings
		args, _ := settings["serverCallbackArgs"].(map[string]any)
		if (args["code"] == "abcdefg") != callback {
			t.Errorf("callback %t: %v", callback, settings)
		}
		content := settings["content"].(map[string]any)
		if content["imageWidth"] != 800.0 || content["imageHeight"] != 400.0 {
			t.Errorf("picture %v", content)
		}
	}
}

// TestWayOutOfAnApp: the page links to the reader's own browser from inside an app.
func TestWayOutOfAnApp(t *testing.T) {
	h := newHouse(t)
	got := text(t, h.do(t, request("GET", "/kakao/abcdefg", "", "User-Agent", "Mozilla/5.0 (iPhone) KAKAOTALK 26.1")))
	if !strings.Contains(got, `href="kakaotalk://web/openExternal?url=https%3A%2F%2Fcards.example%2Fkakao%2Fabcdefg"`) {
		t.Errorf("no way out: %s", got)
	}
}

// kakaoQuery is a query of the Kakao page for a story that is not registered.
var kakaoQuery = url.Values{"url": {"https://news.example/another?a=1"}, "title": {"A strange word"}, "text": {"Another one"},
	"image": {"https://pictures.example/strange.jpg"}}

func signedKakao(t *testing.T, h *house, q url.Values, expires time.Time) string {
	t.Helper()
	return "/kakao?" + h.deps.Signer.Sign("/kakao", q, expires).Encode()
}

// TestKakaoPage: the page shows a registered story as it is stored, or what is signed. To all other requests it shows
// nothing of the query.
func TestKakaoPage(t *testing.T) {
	with := func(name, value string) url.Values {
		q := maps.Clone(kakaoQuery)
		q.Set(name, value)
		return q
	}
	h := newHouse(t)
	good := signedKakao(t, h, kakaoQuery, time.Time{})
	embargoed := url.Values{"url": {"https://news.example/tomorrow"}, "title": {"A strange word"}}
	for _, tt := range []struct {
		why, target string
		status      int
		shows       string // in the first heading
	}{
		{"a registered story", "/kakao?" + with("url", storm().Article.URL).Encode(), 200, storm().Article.Headline},
		{"a variant of its URL", "/kakao?" + with("url", "http://www.news.example/storm/?ref=x#top").Encode(), 200, storm().Article.Headline},
		{"its URL with utm", "/kakao?" + with("url", storm().Article.URL+"?utm_source=kakao&utm_medium=social").Encode(), 200, storm().Article.Headline},
		{"a registered story with a signature", signedKakao(t, h, with("url", storm().Article.URL), time.Time{}), 200, storm().Article.Headline},
		{"a registered story with a bad signature", "/kakao?sig=AAAA&" + with("url", storm().Article.URL).Encode(), 200, storm().Article.Headline},
		{"signed", good, 200, "A strange word"},
		{"signed, with the parameters of others", good + "&fbclid=x&utm_source=y", 200, "A strange word"},
		{"signed, until later", signedKakao(t, h, kakaoQuery, noon.Add(time.Hour)), 200, "A strange word"},
		{"signed by the newsroom under embargo", signedKakao(t, h, embargoed, time.Time{}), 200, "A strange word"},
		{"expired", signedKakao(t, h, kakaoQuery, noon), 410, ""},
		{"not signed", "/kakao?" + kakaoQuery.Encode(), 403, ""},
		{"under embargo", "/kakao?" + embargoed.Encode(), 403, ""},
		{"an empty signature", "/kakao?" + with("sig", "").Encode(), 403, ""},
		{"a wrong signature", "/kakao?" + with("sig", "AAAA").Encode(), 403, ""},
		{"another title", strings.Replace(good, "strange", "changed", 1), 403, ""},
		{"another URL", strings.Replace(good, "another", "other", 1), 403, ""},
		{"another picture", strings.Replace(good, "pictures.example", "evil.example", 1), 403, ""},
		{"another language", good + "&lang=ko", 403, ""},
		{"more at its end", signedKakao(t, h, kakaoQuery, noon) + "9", 403, ""},
		{"a card's signature", "/kakao?" + h.deps.Signer.Sign("/v1/card.jpg", kakaoQuery, time.Time{}).Encode(), 403, ""},
		{"no page", "/kakao?" + with("url", "javascript:alert(1)").Encode(), 400, ""},
		{"no URL", "/kakao?title=A+strange+word", 400, ""},
	} {
		h := newHouse(t)
		h.articles.byURL = func(u string) (store.Record, error) {
			switch u {
			case storm().Article.URL:
				return storm(), nil
			case embargoed.Get("url"):
				return store.Record{}, stories.ErrEmbargoed
			}
			return store.Record{}, store.ErrNotFound
		}
		resp := h.do(t, request("GET", tt.target, "", "Authorization", "Bearer "+token)) // the token opens nothing here
		raw := text(t, resp)
		if resp.StatusCode != tt.status || !strings.Contains(raw, html.EscapeString(tt.shows)+"</h1>") && tt.status == 200 {
			t.Errorf("%s: %d %s", tt.why, resp.StatusCode, raw)
		}
		if strings.Contains(raw, "strange") != (tt.shows == "A strange word") {
			t.Errorf("%s: the page shows the query: %s", tt.why, raw)
		}
		if page := strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html"); page != (tt.status != 400) || resp.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", tt.why, resp.Header)
		}
	}
}

// TestKakaoPageWithoutDatabase: what is signed needs none, and anything else is not refused for good.
func TestKakaoPageWithoutDatabase(t *testing.T) {
	h := newHouse(t)
	h.articles.byURL = func(string) (store.Record, error) {
		return store.Record{}, fault.New(fault.Unavailable, "disk")
	}
	for target, status := range map[string]int{
		signedKakao(t, h, kakaoQuery, time.Time{}): 200, "/kakao?" + kakaoQuery.Encode(): 503,
	} {
		if resp := h.do(t, request("GET", target, "")); resp.StatusCode != status {
			t.Errorf("%s: %d", target, resp.StatusCode)
		}
	}
}

// TestKakaoRefusalIsReadable: the page is in the language of the reader's browser.
func TestKakaoRefusalIsReadable(t *testing.T) {
	for header, want := range map[string][2]string{
		"":                        {"en", "This share link does not work"},
		"ko-KR,ko;q=0.9,en;q=0.8": {"ko", "사용할 수 없는 공유 링크입니다"},
		"sw;q=0.9, ja;q=0.5":      {"ja", "この共有リンクは使えません"},
		"zh-TW":                   {"zh-Hant", "這個分享連結無法使用"},
		"zh":                      {"zh-Hans", "此分享链接无法使用"},
		"sw":                      {"en", "This share link does not work"},
		"\"><script>, ;;q=":       {"en", "This share link does not work"},
	} {
		resp := newHouse(t).do(t, request("GET", "/kakao?"+kakaoQuery.Encode()+"&lang=ja", "", "Accept-Language", header))
		raw := text(t, resp)
		if resp.StatusCode != 403 || !strings.Contains(raw, `<html lang="`+want[0]+`" dir="ltr">`) || !strings.Contains(raw, "<h1>"+want[1]+"</h1>") {
			t.Errorf("%q: %d %s", header, resp.StatusCode, raw)
		}
		if !slices.Contains(resp.Header.Values("Vary"), "Accept-Language") || resp.Header.Get("Content-Security-Policy") != answer.PolicyPage {
			t.Errorf("%q: %v", header, resp.Header)
		}
	}
}

// TestKakaoLinks: share links lead to a page that opens, or say that it does not. Only the token gets a signature.
func TestKakaoLinks(t *testing.T) {
	gone := func(string) (store.Record, error) { return store.Record{}, fault.New(fault.Unavailable, "disk") }
	other := "https://news.example/another"
	for _, tt := range []struct {
		why, url, authorization string
		byURL                   func(string) (store.Record, error)
		signed, refused         bool
		opens                   int
		cache                   string
	}{
		{"registered", storm().Article.URL, "", nil, false, false, 200, "public, max-age=300"},
		{"registered, with the token", storm().Article.URL, "Bearer " + token, nil, false, false, 200, "no-store"},
		{"not registered", other, "", nil, false, true, 403, "public, max-age=300"},
		{"not registered, with the token", other, "Bearer " + token, nil, true, false, 200, "no-store"},
		{"with a wrong token", other, "Bearer " + token + "2", nil, false, true, 403, "public, max-age=300"},
		{"with the token in another scheme", other, "Basic " + token, nil, false, true, 403, "public, max-age=300"},
		{"without a database", other, "", gone, false, false, 403, "no-store"},
		{"without a database, with the token", other, "Bearer " + token, gone, true, false, 200, "no-store"},
	} {
		h := newHouse(t)
		h.articles.byURL = tt.byURL
		q := url.Values{"url": {tt.url}, "title": {"A & “strange” word"}, "text": {"한글"}, "utm": {"1"}}
		resp := h.do(t, request("GET", "/v1/share-links?"+q.Encode(), "", "Authorization", tt.authorization))
		var got api.ShareLinks
		if err := json.Unmarshal([]byte(text(t, resp)), &got); err != nil || resp.StatusCode != 200 {
			t.Fatalf("%s: %d, %v", tt.why, resp.StatusCode, err)
		}
		link := got.Links[2]
		if strings.Contains(link.Url, "sig=") != tt.signed || link.Refused != tt.refused || link.Target != "kakao" {
			t.Errorf("%s: %+v", tt.why, link)
		}
		if resp.Header.Get("Cache-Control") != tt.cache || !slices.Contains(resp.Header.Values("Vary"), "Authorization") {
			t.Errorf("%s: %v", tt.why, resp.Header)
		}
		for _, l := range got.Links {
			if l.Refused && l.Target != "kakao" || strings.Contains(l.Url, "sig=") && l.Target != "kakao" {
				t.Errorf("%s: %+v", tt.why, l)
			}
		}
		h.articles.byURL = nil
		page := h.do(t, request("GET", strings.TrimPrefix(link.Url, "https://cards.example"), ""))
		if raw := text(t, page); page.StatusCode != tt.opens || tt.signed && !strings.Contains(raw, "A &amp; “strange” word</h1>") {
			t.Errorf("%s: %s opens with %d: %s", tt.why, link.Url, page.StatusCode, raw)
		}
	}
}

// TestShareLinksWithoutKakao ask no database.
func TestShareLinksWithoutKakao(t *testing.T) {
	h := newHouse(t)
	h.articles.byURL = func(string) (store.Record, error) {
		t.Error("the database was asked")
		return store.Record{}, store.ErrNotFound
	}
	if resp := h.do(t, request("GET", "/v1/share-links?url=https://a.example/&title=A&targets=facebook,mail", "")); resp.StatusCode != 200 {
		t.Errorf("%d", resp.StatusCode)
	}
}

// TestStudioSignsKakao: an editor's link opens for a story that is not registered.
func TestStudioSignsKakao(t *testing.T) {
	h := newHouse(t)
	state := h.state(t, url.Values{"url": {"https://news.example/another"}, "headline": {"A strange word"}}.Encode())
	for _, l := range state.Links {
		if strings.Contains(l.Url, "sig=") != (l.Target == "kakao") {
			t.Errorf("%+v", l)
		}
		if l.Target == "kakao" {
			if resp := h.do(t, request("GET", strings.TrimPrefix(l.Url, "https://cards.example"), "")); resp.StatusCode != 200 {
				t.Errorf("%s: %d", l.Url, resp.StatusCode)
			}
		}
	}
}
