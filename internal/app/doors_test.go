package app

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// asReader sends a request of a browser, without the token. It does not follow redirects.
func (a *App) asReader(t *testing.T, path string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", a.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("User-Agent", "Mozilla/5.0 (Macintosh) Safari/605.1.15")
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	return resp
}

// TestAStoryIsFoundByItsAddresses in the real store: as WordPress and others ask for it, and until it is withdrawn. Its
// short link passes on the query, and its campaign tags stay.
func TestAStoryIsFoundByItsAddresses(t *testing.T) {
	c := config(t)
	c.ForwardQuery = true
	a := serve(t, c)
	put := func(url string) string {
		resp, raw := a.ask(t, "PUT", "/v1/articles/storm", `{"url":"`+url+`","headline":"Storm front stalls"}`)
		if resp.StatusCode >= 300 {
			t.Fatalf("%d %s", resp.StatusCode, raw)
		}
		return raw
	}
	plain := put("https://news.example/2026/storm/?id=7")
	tagged := put("https://news.example/2026/storm/?utm_source=paper&id=7&fbclid=x")
	if v := `"version":"`; between(t, plain, v, `"`) != between(t, tagged, v, `"`) || between(t, tagged, `"meta_html":"`, `","share"`) != between(t, plain, `"meta_html":"`, `","share"`) {
		t.Errorf("campaign tags change more than links:\n%s\n%s", plain, tagged)
	}
	short := strings.TrimPrefix(between(t, tagged, `"short_url":"`, `"`), a.URL)
	if i := strings.LastIndex(short, "/"); i > 2 { // of a share link
		short = short[:i]
	}
	for query, want := range map[string]string{
		"":                                 "https://news.example/2026/storm/?utm_source=paper&id=7",
		"?utm_source=mail&id=8&utm_term=a": "https://news.example/2026/storm/?utm_source=paper&id=7&utm_term=a",
	} {
		if resp := a.asReader(t, short+query); resp.StatusCode != 302 || resp.Header.Get("Location") != want {
			t.Errorf("%s: %d %s", short+query, resp.StatusCode, resp.Header.Get("Location"))
		}
	}
	addresses := []string{
		"https://news.example/2026/storm/?id=7", "http://news.example/2026/storm/?id=7", "https://www.news.example/2026/storm/?id=7",
		"http://www.news.example/2026/storm?id=7", "https://news.example/2026/storm/?id=7&utm_source=x&fbclid=y&_ga=z", "https://news.example/2026/storm/?ref=rss&id=7#comments",
		"https://news.example/2026/storm/?id=7#:~:text=Storm", a.URL + short, a.URL + short + "?utm_source=x",
	}
	status := func(address string) int {
		return a.asReader(t, "/oembed?format=json&url="+url.QueryEscape(address)+"&maxwidth=600&maxheight=960&dnt=1").StatusCode
	}
	for _, address := range addresses {
		if got := status(address); got != 200 {
			t.Errorf("%s: %d", address, got)
		}
	}
	if got := a.asReader(t, "/oembed?format=xml&url="+url.QueryEscape(addresses[0])+"&maxwidth=99999&discover=1").StatusCode; got != 200 {
		t.Errorf("as XML, and very wide: %d", got)
	}
	if resp, raw := a.ask(t, "DELETE", "/v1/articles/storm", ""); resp.StatusCode != 204 {
		t.Fatalf("%d %s", resp.StatusCode, raw)
	}
	for _, address := range addresses {
		if got := status(address); got != 410 {
			t.Errorf("%s, withdrawn: %d", address, got)
		}
	}
	if got := status("https://news.example/another"); got != 404 {
		t.Errorf("never registered: %d", got)
	}
	if resp := a.asReader(t, short+"?utm_source=mail"); resp.StatusCode != 410 || resp.Header.Get("Location") != "" {
		t.Errorf("the short link, withdrawn: %d", resp.StatusCode)
	}
}

// TestEmbargoedPictureStaysHidden from readers, although the newsroom has looked at it.
func TestEmbargoedPictureStaysHidden(t *testing.T) {
	c := config(t)
	c.CardCache, c.MemoryCache = 1<<30, 64<<20
	a := serve(t, c)
	story := `{"url":"https://news.example/storm","headline":"Storm front stalls","embargo_until":"` + time.Now().Add(time.Hour).UTC().Format(time.RFC3339) + `"}`
	_, raw := a.ask(t, "PUT", "/v1/articles/storm", story)
	og := between(t, raw, `"og":{"height":630,"type":"image/png","url":"`+a.URL, `"`)
	for _, path := range []string{og, strings.Replace(og, "og.png", "story.jpg", 1), "/cards/storm/og.png"} {
		for range 2 {
			resp, body := a.ask(t, "GET", path, "") // follows the redirect with the token
			if resp.StatusCode != 200 || resp.Header.Get("Cache-Control") != "private, no-store" || resp.Header.Get("Content-Type") == "application/json" || len(body) < 1000 {
				t.Errorf("%s with the token: %d %v", path, resp.StatusCode, resp.Header)
			}
			if reader := a.asReader(t, path); reader.StatusCode != 404 || reader.Header.Get("Cache-Control") != "no-store" || reader.Header.Get("Etag") != "" {
				t.Errorf("%s for a reader: %d %v", path, reader.StatusCode, reader.Header)
			}
		}
	}
	if resp, raw := a.ask(t, "PUT", "/v1/articles/storm", `{"url":"https://news.example/storm","headline":"Storm front stalls"}`); resp.StatusCode != 200 || a.asReader(t, og).StatusCode != 200 {
		t.Errorf("after the embargo: %d %s", resp.StatusCode, raw)
	}
	if resp, _ := a.ask(t, "GET", og, ""); !strings.HasPrefix(resp.Header.Get("Cache-Control"), "public") {
		t.Errorf("a public picture, asked for with the token: %v", resp.Header)
	}
}

// TestFetchAgent: sources see who asks, by default with the address of the service.
func TestFetchAgent(t *testing.T) {
	agents := make(chan string, 8)
	source := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		agents <- r.UserAgent()
		if r.URL.Path == "/page" {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte("<title>Storm</title>"))
			return
		}
		var photo bytes.Buffer
		_ = png.Encode(&photo, image.NewGray(image.Rect(0, 0, 600, 400)))
		_, _ = w.Write(photo.Bytes())
	}))
	defer source.Close()
	for given, want := range map[string]string{"": "cards/v1.2.3 (+https://cards.example)", "The Harbor Post": "The Harbor Post"} {
		c := config(t)
		c.FetchAgent, c.Version, c.PublicURL = given, "v1.2.3", "https://cards.example"
		c.PhotoAllow = []string{source.Listener.Addr().String()}
		a := serve(t, c, func(a *App) { a.URL = "http://" + a.listener.Addr().String() })
		if resp, raw := a.ask(t, "PUT", "/v1/articles/a", `{"url":"https://news.example/a","headline":"A","photo":{"url":"`+source.URL+`/a.png"}}`); resp.StatusCode != 201 || !strings.Contains(raw, `"photo_id"`) {
			t.Fatalf("%d %s", resp.StatusCode, raw)
		}
		if resp, raw := a.ask(t, "POST", "/v1/articles:preview", `{"url":"`+source.URL+`/page"}`); resp.StatusCode != 200 {
			t.Fatalf("%d %s", resp.StatusCode, raw)
		}
		for range 2 {
			if got := <-agents; got != want {
				t.Errorf("%q: sent %q", given, got)
			}
		}
	}
	for agent, fine := range map[string]bool{
		"": true, "a": true, "a b/1 (+https://c.example)": true, strings.Repeat("a", 256): true,
		strings.Repeat("a", 257): false, "a\r\nX: y": false, "a\x7f": false, "é": false, " a": false, "a ": false, "\t": false,
	} {
		c := config(t)
		c.FetchAgent = agent
		if err := c.validate(); (err == nil) != fine {
			t.Errorf("%q: %v", agent, err)
		}
	}
}
