package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// These tests put stories into a whole service as content management systems really give them, and request it as other
// programs really do.

// source serves a photo at every path and counts the requests. A test can replace its bytes.
type source struct {
	*httptest.Server
	photo    atomic.Pointer[[]byte]
	paths    chan string // request URIs
	requests atomic.Int64
}

func photoOf(t *testing.T, width, height int, c color.Color) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range width * height {
		img.Set(i%width, i/width, c)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func newSource(t *testing.T) *source {
	s := &source{paths: make(chan string, 64)}
	first := photoOf(t, 1200, 800, color.RGBA{40, 90, 120, 255})
	s.photo.Store(&first)
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.requests.Add(1)
		select {
		case s.paths <- r.RequestURI:
		default:
		}
		_, _ = w.Write(*s.photo.Load())
	}))
	t.Cleanup(s.Close)
	return s
}

// given is a service that may fetch photos from the source.
func given(t *testing.T) (*App, *source) {
	s := newSource(t)
	c := config(t)
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	c.PhotoAllow = []string{u.Host}
	return serve(t, c), s
}

// answer is what the tests read of an article's answer.
type answer struct {
	Version  string `json:"version"`
	URL      string `json:"url"`
	ShortURL string `json:"short_url"`
	PhotoID  string `json:"photo_id"`
	Meta     string `json:"meta_html"`
	Share    []struct {
		Target string          `json:"target"`
		URL    string          `json:"url"`
		SDK    json.RawMessage `json:"sdk"`
	} `json:"share"`
	Warnings []struct{ Code, Field, Message string } `json:"warnings"`
}

// link returns the URL that shares the story to the target, with its escapes decoded.
func (a answer) link(t *testing.T, target string) string {
	t.Helper()
	for _, l := range a.Share {
		if l.Target == target {
			text, err := url.PathUnescape(l.URL)
			if err != nil {
				t.Fatal(err)
			}
			return text
		}
	}
	t.Fatalf("no link for %s", target)
	return ""
}

// warns reports whether the answer has a warning of the code for the field whose message contains all words.
func (a answer) warns(code, field string, words ...string) bool {
	return slices.ContainsFunc(a.Warnings, func(w struct{ Code, Field, Message string }) bool {
		return w.Code == code && w.Field == field &&
			!slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(w.Message, word) })
	})
}

func (a *App) put(t *testing.T, id string, story map[string]any) answer {
	t.Helper()
	body, err := json.Marshal(story)
	if err != nil {
		t.Fatal(err)
	}
	resp, text := a.ask(t, http.MethodPut, "/v1/articles/"+id, string(body))
	if resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusCreated {
		t.Fatalf("put %s: %d %s", body, resp.StatusCode, text)
	}
	var got answer
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

func (a *App) refused(t *testing.T, method, path, body string, status int, words ...string) {
	t.Helper()
	resp, text := a.ask(t, method, path, body)
	if resp.StatusCode != status {
		t.Errorf("%s %s %s: %d, want %d: %s", method, path, body, resp.StatusCode, status, text)
	}
	for _, word := range words {
		if !strings.Contains(text, word) {
			t.Errorf("%s %s %s: the answer lacks %q: %s", method, path, body, word, text)
		}
	}
}

// TestParametersOfThirdParties: what other programs add to a URL changes no answer.
func TestParametersOfThirdParties(t *testing.T) {
	a, _ := given(t)
	got := a.put(t, "storm", map[string]any{"url": "https://news.example/2026/storm", "headline": "Storm shuts harbor"})
	story := url.QueryEscape("https://news.example/2026/storm")
	code := got.ShortURL[strings.LastIndex(got.ShortURL, "/")+1:]
	for _, path := range []string{
		"/v1/top", "/v1/top.html", "/v1/articles/storm/share-bar", "/cards/storm/" + got.Version + "/og.png", "/cards/storm/og.jpg",
		"/kakao/" + code, "/oembed?url=" + story, "/v1/share-links?url=" + story + "&title=A", "/embed/cards.js", "/docs",
	} {
		for _, extra := range []string{"dnt=1", "fbclid=x", "_=1", "v=2", "callback=x", "utm_source=rss", "a=%zz"} {
			sep := "?"
			if strings.Contains(path, "?") {
				sep = "&"
			}
			if resp, text := a.ask(t, http.MethodGet, path+sep+extra, ""); resp.StatusCode != http.StatusOK {
				t.Errorf("%s%s%s: %d %.200s", path, sep, extra, resp.StatusCode, text)
			}
		}
	}
	for _, asked := range []string{
		"http://news.example/2026/storm", "https://www.news.example/2026/storm", "https://news.example/2026/storm/",
		"https://news.example/2026/storm?ref=rss", "https://news.example/2026/storm?utm_source=x&fbclid=y#top",
	} {
		path := "/oembed?format=json&maxwidth=600&maxheight=960&dnt=1&url=" + url.QueryEscape(asked)
		if resp, text := a.ask(t, http.MethodGet, path, ""); resp.StatusCode != http.StatusOK {
			t.Errorf("oEmbed of %s: %d %s", asked, resp.StatusCode, text)
		}
	}
	a.ask(t, http.MethodDelete, "/v1/articles/storm", "")
	if resp, _ := a.ask(t, http.MethodGet, "/oembed?url="+story, ""); resp.StatusCode != http.StatusGone {
		t.Errorf("oEmbed of a withdrawn story: %d", resp.StatusCode)
	}
}

// TestEncodedText: what can only be HTML is decoded, with a warning; what may be meant stays.
func TestEncodedText(t *testing.T) {
	a, s := given(t)
	got := a.put(t, "encoded", map[string]any{
		"url":         "https://news.example/?a=1&amp;b=2",
		"headline":    "Tom &amp; Jerry&#8217;s &quot;day&quot; <em>out</em>",
		"site":        "R&amp;D Post",
		"description": "<p>AT&amp;T&nbsp;plan&hellip;</p>",
		"photo":       map[string]any{"url": s.URL + "/p.jpg?w=1&amp;h=2", "alt": "Tom &amp; Jerry&#8217;s boat"},
	})
	for _, field := range []string{"url", "headline", "site", "description", "photo.url", "photo.alt"} {
		if !got.warns("text_cleaned", field) {
			t.Errorf("no warning for %s: %+v", field, got.Warnings)
		}
	}
	if got.URL != "https://news.example/?a=1&b=2" {
		t.Errorf("url: %s", got.URL)
	}
	if path := <-s.paths; path != "/p.jpg?w=1&h=2" {
		t.Errorf("the photo was fetched from %s", path)
	}
	if x := got.link(t, "twitter"); !strings.Contains(x, `text=Tom & Jerry’s "day" out&`) {
		t.Errorf("X: %s", x)
	}
	for _, tag := range []string{
		`content="Tom &amp; Jerry’s &#34;day&#34; out"`, `content="R&amp;D Post"`, "AT&amp;T", "plan…",
	} {
		if !strings.Contains(got.Meta, tag) {
			t.Errorf("the tags lack %s:\n%s", tag, got.Meta)
		}
	}

	const meant = "AT&T: a < b, and how to write &lt;br&gt;"
	got = a.put(t, "meant", map[string]any{"url": "https://news.example/meant", "headline": meant})
	if got.warns("text_cleaned", "headline") || !strings.Contains(got.link(t, "twitter"), meant) {
		t.Errorf("%s: %s, %+v", meant, got.link(t, "twitter"), got.Warnings)
	}

	const literal = "Tom &amp; Jerry&#8217;s <em>out</em>"
	got = a.put(t, "literal", map[string]any{"url": "https://news.example/literal", "headline": literal, "format": "text"})
	if got.warns("text_cleaned", "headline") || !strings.Contains(got.link(t, "twitter"), literal) {
		t.Errorf("format text: %s, %+v", got.link(t, "twitter"), got.Warnings)
	}
}

// TestReplacedPhoto: a photo that was replaced under its URL arrives with the next PUT.
func TestReplacedPhoto(t *testing.T) {
	a, s := given(t)
	story := map[string]any{
		"url": "https://news.example/p", "headline": "Harbor", "photo": map[string]any{"url": s.URL + "/p.jpg"},
	}
	first := a.put(t, "p", story)
	next := photoOf(t, 1200, 800, color.RGBA{200, 30, 30, 255})
	s.photo.Store(&next)
	if second := a.put(t, "p", story); second.Version == first.Version || second.PhotoID == first.PhotoID {
		t.Errorf("the replaced photo has the same version %s, photo %s", second.Version, second.PhotoID)
	}
}

// TestPhotoAddresses: a photo's URL is taken as a browser takes it.
func TestPhotoAddresses(t *testing.T) {
	a, s := given(t)
	for given, want := range map[string]string{
		"/my photo (1).jpg": "/my%20photo%20(1).jpg", "/100%_x.jpg": "/100%25_x.jpg", "/end.jpg ": "/end.jpg",
		"/사진.jpg": "/%EC%82%AC%EC%A7%84.jpg",
	} {
		got := a.put(t, "a", map[string]any{
			"url": "https://news.example/a", "headline": "Harbor", "photo": map[string]any{"url": s.URL + given},
		})
		if path := <-s.paths; path != want || got.PhotoID == "" {
			t.Errorf("%q: fetched from %s, photo %q", given, path, got.PhotoID)
		}
	}
}

// TestFragmentsStay: a fragment that is part of the address is in every link.
func TestFragmentsStay(t *testing.T) {
	a, _ := given(t)
	for _, address := range []string{
		"https://app.example/#/article/123", "https://news.example/live?page=with:block-77#block-77",
	} {
		got := a.put(t, "live", map[string]any{"url": address, "headline": "Live"})
		fragment := address[strings.Index(address, "#"):]
		for _, target := range []string{"facebook", "twitter", "mail", "link"} {
			if link := got.link(t, target); !strings.Contains(link, fragment) {
				t.Errorf("%s: %s", target, link)
			}
		}
		if !strings.Contains(got.Meta, address) && !strings.Contains(got.Meta, strings.ReplaceAll(address, "&", "&amp;")) {
			t.Errorf("the tags lack %s:\n%s", address, got.Meta)
		}
	}
}

// TestServersAreNoReaders: forty servers of one kind that preview a link count no click.
func TestServersAreNoReaders(t *testing.T) {
	a, _ := given(t)
	got := a.put(t, "s", map[string]any{"url": "https://news.example/s", "headline": "Storm"})
	for i := range 40 {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, got.ShortURL, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("User-Agent", fmt.Sprintf("Lemmy/0.19.3; +https://lemmy%d.example", i))
		resp, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
	}
	var stats struct{ Clicks int64 }
	_, text := a.ask(t, http.MethodGet, "/v1/articles/s/stats", "")
	if err := json.Unmarshal([]byte(text), &stats); err != nil || stats.Clicks != 0 {
		t.Errorf("%s, %v", text, err)
	}
}

// TestFaultsAreNotSilent: what readers would see wrong is a warning.
func TestFaultsAreNotSilent(t *testing.T) {
	a, s := given(t)
	got := a.put(t, "harp", map[string]any{"url": "https://news.example/harp", "headline": "New harp \U0001fa89"})
	if !got.warns("missing_glyph", "headline", "\U0001fa89", "U+1FA89") {
		t.Errorf("%+v", got.Warnings)
	}
	dot := photoOf(t, 1, 1, color.White)
	heic := []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")
	for name, row := range map[string]struct {
		photo []byte
		code  string
		words []string
	}{
		"dot":  {dot, "small_photo", []string{"1"}},
		"heic": {heic, "unsupported_image", []string{"HEIC", "JPEG", "PNG"}},
	} {
		s.photo.Store(&row.photo)
		got := a.put(t, name, map[string]any{
			"url": "https://news.example/" + name, "headline": "Harbor", "photo": map[string]any{"url": s.URL + "/" + name},
		})
		if !got.warns(row.code, "photo.url", row.words...) {
			t.Errorf("%s: %+v", name, got.Warnings)
		}
	}
}

// TestSiteIsCutOffTitle: the site's name at the end of a page's title is not part of the headline.
func TestSiteIsCutOffTitle(t *testing.T) {
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<head><meta property="og:title" content="Storm hits the coast - The Harbor Post">
			<meta property="og:site_name" content="The Harbor Post"></head>`)
	}))
	defer page.Close()
	c := config(t)
	c.PhotoAllow = []string{strings.TrimPrefix(page.URL, "http://")}
	a := serve(t, c)
	_, text := a.ask(t, http.MethodPost, "/v1/articles:preview", `{"url":"`+page.URL+`/storm"}`)
	var got struct{ Headline string }
	if err := json.Unmarshal([]byte(text), &got); err != nil || got.Headline != "Storm hits the coast" {
		t.Errorf("%s, %v", text, err)
	}
}

// TestHeadlineOnly: a summary that would repeat the title is left out for KakaoTalk.
func TestHeadlineOnly(t *testing.T) {
	a, _ := given(t)
	got := a.put(t, "h", map[string]any{"url": "https://news.example/h", "headline": "Only a headline"})
	for _, l := range got.Share {
		if l.Target == "kakao" && strings.Count(string(l.SDK), "Only a headline") != 1 {
			t.Errorf("%s", l.SDK)
		}
	}
}

// TestOneInstant: one time written in two zones is one version.
func TestOneInstant(t *testing.T) {
	a, _ := given(t)
	story := map[string]any{
		"url": "https://news.example/t", "headline": "Storm", "published_at": "2026-11-28T10:00:00+09:00",
	}
	first := a.put(t, "t", story)
	story["published_at"] = "2026-11-28T01:00:00Z"
	if second := a.put(t, "t", story); second.Version != first.Version {
		t.Errorf("%s, then %s", first.Version, second.Version)
	}
}

// TestSmallFaults: each is refused with its field, or taken for what it can only mean.
func TestSmallFaults(t *testing.T) {
	a, _ := given(t)
	a.refused(t, http.MethodPut, "/v1/articles/x", `[]`, http.StatusBadRequest, `"field":"body"`)
	a.refused(t, http.MethodPut, "/v1/articles/x", `{"url":"https://b.example:99999/","headline":"A"}`,
		http.StatusBadRequest, `"field":"url"`)
	for _, title := range []string{"", "%09%E3%80%80%E2%80%A8%E2%80%8B"} {
		a.refused(t, http.MethodGet, "/v1/share-links?url=https://news.example/&title="+title, "", http.StatusBadRequest,
			`"field":"title"`)
	}
	a.refused(t, http.MethodPut, "/v1/articles/x", `{"url":"https://b.example/","headline":"\t\u3000\u2028\u200b"}`,
		http.StatusBadRequest, `"field":"headline"`)
	if got := a.put(t, "ko", map[string]any{
		"url": "https://b.example/", "headline": "폭풍", "lang": "ko_KR",
	}); !strings.Contains(got.Meta, `content="ko_KR"`) {
		t.Errorf("the tags lack the language:\n%s", got.Meta)
	}
	a.refused(t, http.MethodGet, "/cards/ko/banner.jpg", "", http.StatusNotFound, "og", "twitter", "story")
}

// TestNoLostUpdates: a PUT does not overwrite what its program has not seen, or what is newer.
func TestNoLostUpdates(t *testing.T) {
	a, _ := given(t)
	story := func(headline, updated string) string {
		return fmt.Sprintf(`{"url":"https://news.example/u","headline":%q,"updated_at":%q}`, headline, updated)
	}
	put := func(body string, headers ...string) *http.Response {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, a.URL+"/v1/articles/u", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+a.Token)
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp
	}
	first := put(story("One", "2026-11-28T12:00:00Z"))
	if tag := first.Header.Get("ETag"); first.StatusCode != http.StatusCreated || tag == "" {
		t.Fatalf("%d, ETag %s", first.StatusCode, tag)
	}
	for _, row := range []struct {
		body    string
		headers []string
		want    int
	}{
		{story("Two", "2026-11-28T12:00:00Z"), []string{"If-Match", `"nope"`}, http.StatusPreconditionFailed},
		{story("Two", "2026-11-28T12:00:00Z"), []string{"If-None-Match", "*"}, http.StatusPreconditionFailed},
		{story("Old", "2026-11-28T11:00:00Z"), nil, http.StatusConflict},
		{story("Two", "2026-11-28T12:01:00Z"), []string{"If-Match", first.Header.Get("ETag")}, http.StatusOK},
		{story("Three", "2026-11-28T12:02:00Z"), []string{"If-Match", first.Header.Get("ETag")}, http.StatusPreconditionFailed},
	} {
		if resp := put(row.body, row.headers...); resp.StatusCode != row.want {
			t.Errorf("%s %v: %d, want %d", row.body, row.headers, resp.StatusCode, row.want)
		}
	}
	if resp, text := a.ask(t, http.MethodPut, "/v1/articles/u?force=1", story("Old", "2026-11-28T11:00:00Z")); resp.StatusCode !=
		http.StatusOK {
		t.Errorf("forced: %d %s", resp.StatusCode, text)
	}
}

// TestOnePageTwoStories: two articles with one URL are a warning, in one batch too.
func TestOnePageTwoStories(t *testing.T) {
	a, _ := given(t)
	var members []string
	for i := range 8 {
		members = append(members, fmt.Sprintf(`{"id":"x%d","url":"https://news.example/one","headline":"Storm front stalls"}`, i))
	}
	resp, text := a.ask(t, http.MethodPost, "/v1/articles:batch", `{"articles":[`+strings.Join(members, ",")+`]}`)
	if n := strings.Count(text, `"duplicate_url"`); resp.StatusCode != http.StatusOK || n != len(members)-1 {
		t.Errorf("%d: %d of %d articles have a warning", resp.StatusCode, n, len(members))
	}
}
