package handlers

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/store"
)

// maxKit is what the kit may weigh on its way, in bytes.
const maxKit = 12 << 10

func TestEmbedKit(t *testing.T) {
	h := newHouse(t)
	plain := h.do(t, request("GET", "/embed/cards.js", ""))
	script := text(t, plain)
	for name, want := range map[string]string{
		"Content-Type": "text/javascript; charset=utf-8", "Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin",
		"Cache-Control": "public, max-age=3600, stale-while-revalidate=86400", "Vary": "Accept-Encoding", "Content-Encoding": "",
	} {
		if got := plain.Header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	packed := h.do(t, request("GET", "/embed/cards.js", "", "Accept-Encoding", "br, gzip;q=0.8"))
	raw, err := io.ReadAll(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if len(raw) >= maxKit {
		t.Errorf("the kit weighs %d bytes", len(raw))
	}
	t.Logf("cards.js: %d bytes, %d compressed", len(script), len(raw))
	unpack, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := io.ReadAll(unpack); err != nil || string(again) != script {
		t.Errorf("the compressed script is another: %v", err)
	}
	if packed.Header.Get("ETag") == plain.Header.Get("ETag") {
		t.Error("both forms have one ETag")
	}
	for _, tt := range []struct {
		encoding, tag string
		status        int
	}{
		{"", plain.Header.Get("ETag"), 304}, {"gzip", packed.Header.Get("ETag"), 304},
		{"gzip;q=0", plain.Header.Get("ETag"), 304}, {"gzip", plain.Header.Get("ETag"), 200},
	} {
		if got := h.do(t, request("GET", "/embed/cards.js", "", "Accept-Encoding", tt.encoding, "If-None-Match", tt.tag)); got.StatusCode != tt.status {
			t.Errorf("%q %s: %d", tt.encoding, tt.tag, got.StatusCode)
		}
	}
	for _, bad := range []string{"eval(", "innerHTML", "Function(", "http://", "style=\"", "document.write"} {
		if strings.Contains(strings.ReplaceAll(script, "http://www.w3.org/2000/svg", ""), bad) {
			t.Errorf("the kit has %s", bad)
		}
	}
	if resp := h.do(t, request("GET", "/embed/other.js", "")); resp.StatusCode != 404 {
		t.Errorf("another file: %d", resp.StatusCode)
	}
}

func TestShareBarAsData(t *testing.T) {
	h := newHouse(t)
	var got api.ShareBar
	resp := h.do(t, request("GET", "/v1/articles/storm-1/share-bar?format=json&lang=ko&targets=x,line,link", ""))
	if err := json.Unmarshal([]byte(text(t, resp)), &got); err != nil {
		t.Fatal(err)
	}
	if got.Code != "abcdefg" || got.Url != "https://news.example/storm" || got.Title != storm().Article.Headline || got.Lang != "ko" || len(got.Links) != 3 {
		t.Errorf("%+v", got)
	}
	if l := got.Links[0]; l.Action != "X에 공유하기" || l.ShortUrl != "https://cards.example/s/abcdefg/twitter" {
		t.Errorf("%+v", l)
	}
	if resp.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Error("other origins cannot read it")
	}
	for target, status := range map[string]int{
		"/v1/articles/none/share-bar": 404, "/v1/articles/storm-1/share-bar?format=xml": 400,
		"/v1/articles/storm-1/share-bar?targets=myspace": 400, "/v1/articles/storm-1/share-bar?lang=en&lang=ko": 400,
	} {
		if resp := h.do(t, request("GET", target, "")); resp.StatusCode != status {
			t.Errorf("%s: %d", target, resp.StatusCode)
		}
	}
}

// TestShareBarIsForReaders holds that the bar asks for what readers may see, so that an embargo
// and a withdrawal hold for it.
func TestShareBarIsForReaders(t *testing.T) {
	for _, tt := range []struct {
		err    error
		status int
	}{{store.ErrNotFound, 404}, {store.ErrGone, 410}} {
		h := newHouse(t)
		h.articles.current = func(string) (store.Record, error) { return store.Record{}, tt.err }
		if resp := h.do(t, request("GET", "/v1/articles/storm-1/share-bar?format=json", "")); resp.StatusCode != tt.status {
			t.Errorf("%v: %d", tt.err, resp.StatusCode)
		}
	}
}

func TestShareBarAsHTML(t *testing.T) {
	h := newHouse(t)
	resp := h.do(t, request("GET", "/v1/articles/storm-1/share-bar?lang=ja", ""))
	raw := text(t, resp)
	doc, err := html.Parse(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	var hrefs, names []string
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
					t.Errorf("<%s> has %s", n.Data, a.Key)
				}
				if n.Data == "a" && a.Key == "href" {
					hrefs = append(hrefs, a.Val)
				}
			}
			switch n.Data {
			case "script", "style", "iframe":
				t.Errorf("the bar has <%s>", n.Data)
			case "span":
				names = append(names, n.FirstChild.Data)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	want := []string{"https://cards.example/s/abcdefg/facebook", "https://cards.example/s/abcdefg/twitter", "https://cards.example/s/abcdefg/kakao", "https://cards.example/s/abcdefg/mail", "https://news.example/storm"}
	if strings.Join(hrefs, " ") != strings.Join(want, " ") {
		t.Errorf("links %q", hrefs)
	}
	if len(names) != 5 || names[0] != "Facebookで共有 (新しいウィンドウで開きます)" || names[4] != "記事のリンク (新しいウィンドウで開きます)" {
		t.Errorf("names %q", names)
	}
	if got := resp.Header.Get("Content-Security-Policy"); got != "default-src 'none'; style-src 'self'" {
		t.Errorf("policy %s", got)
	}
}

// TestBeacons counts what is shared without leading anywhere.
func TestBeacons(t *testing.T) {
	const safari = "Mozilla/5.0 Safari/605.1.15"
	for _, tt := range []struct {
		why, path, ua string
		headers       []string
		status        int
		target        string
		against       store.Reason
	}{
		{"a copied link", "/s/abcdefg/link", safari, nil, 204, "link", ""},
		{"the device's sheet", "/s/abcdefg/native", safari, nil, 204, "native", ""},
		{"by its other name", "/s/abcdefg/x", safari, nil, 204, "twitter", ""},
		{"as browsers send it", "/s/abcdefg/link", safari, []string{"Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "empty"}, 204, "link", ""},
		{"as a fetch", "/s/abcdefg/link", safari, []string{"Sec-Fetch-Mode", "cors", "Sec-Fetch-Dest", "empty"}, 204, "link", ""},
		{"a form", "/s/abcdefg/link", safari, []string{"Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, 204, "", store.NotNavigation},
		{"a form in a frame", "/s/abcdefg/link", safari, []string{"Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"}, 204, "", store.NotNavigation},
		{"a robot", "/s/abcdefg/link", "curl/8.0", nil, 204, "", store.ByRobot},
		{"a crawler", "/s/abcdefg/link", "Twitterbot/1.0", nil, 204, "", store.ByCrawler},
		{"no target", "/s/abcdefg/myspace", safari, nil, 404, "", ""},
		{"no story", "/s/aaaaaaa/link", safari, nil, 404, "", ""},
		{"a withdrawn story", "/s/withdrawn/link", safari, nil, 410, "", ""},
	} {
		h := newHouse(t)
		resp := h.do(t, request(http.MethodPost, tt.path, "", append(tt.headers, "User-Agent", tt.ua)...))
		var got string
		var against store.Reason
		for _, tap := range h.clicks.taps {
			got += tap.Target
		}
		for _, u := range h.clicks.uncounted {
			against += u.Reason
		}
		if resp.StatusCode != tt.status || got != tt.target || against != tt.against || resp.Header.Get("Location") != "" {
			t.Errorf("%s: %d, counted %q, uncounted %q", tt.why, resp.StatusCode, got, against)
		}
	}
}

// TestGuessedLanguage: a story that does not say its language is shared in that of its headline.
func TestGuessedLanguage(t *testing.T) {
	h := newHouse(t)
	h.articles.byID = func(string) (store.Record, error) {
		rec := storm()
		rec.Article.Headline = "비핵화 협상 재개"
		return rec, nil
	}
	if bar := text(t, h.do(t, request("GET", "/v1/articles/storm-1/share-bar", ""))); !strings.Contains(bar, "페이스북에 공유하기") {
		t.Errorf("%s", bar)
	}
}
