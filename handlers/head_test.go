package handlers

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestHeadIsLikeGet: over a connection, HEAD has the headers of GET, and no Content-Length but that of GET's body as it
// is sent.
func TestHeadIsLikeGet(t *testing.T) {
	h := newHouse(t)
	h.pictures.kept = []byte(strings.Repeat("0123456789", 500))
	service, err := newService(t, h.deps)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(service)
	defer server.Close()
	const links = "/v1/share-links?url=https://news.example/a&title=A"
	for _, tt := range []struct {
		why, path   string
		least, most int  // bytes of the plain body; net/http computes Content-Length if they are below 2048
		compressed  bool // if the client asks for it
		length      bool // HEAD has a Content-Length
	}{
		{"an answer below the least size", links + "&targets=x,mail,link", 1, minCompressed - 1, false, true},
		{"an answer with a computed length", links + "&targets=x,mail,link,facebook,linkedin,whatsapp,telegram,line", minCompressed, 2047, true, false},
		{"a longer answer", links, 2048, 4096, true, false},
		{"a long list", "/v1/articles", 4096, 1 << 20, true, false},
		{"the manual", "/docs", 4096, 1 << 20, true, false},
		{"a word", "/healthz", 1, 9, false, true},
		{"a redirect", "/s/abcdefg", 0, 0, false, false},
		{"a picture", "/cards/storm-1/v/og.jpg", 5000, 5000, false, true},
		{"the embed kit", "/embed/cards.js", 2048, 1 << 20, true, false},
	} {
		for _, accepted := range []string{"identity", "gzip", "gzip;q=0, br"} {
			get, sent := exchange(t, server, "GET", tt.path, accepted)
			head, none := exchange(t, server, "HEAD", tt.path, accepted)
			if compressed := get.Header.Get("Content-Encoding") == "gzip"; compressed != (tt.compressed && accepted == "gzip") ||
				!compressed && (sent < tt.least || sent > tt.most) {
				t.Errorf("%s, %s: GET has %d bytes, %v", tt.why, accepted, sent, get.Header)
			}
			if n := head.Header.Get("Content-Length"); n != "" && n != strconv.Itoa(sent) || n == "" && tt.length || none != 0 {
				t.Errorf("%s, %s: Content-Length %q, GET has %d bytes", tt.why, accepted, n, sent)
			}
			for _, name := range []string{"Content-Length", "Date", "X-Request-Id"} {
				get.Header.Del(name)
				head.Header.Del(name)
			}
			if diff := cmp.Diff(get.Header, head.Header); diff != "" || head.StatusCode != get.StatusCode {
				t.Errorf("%s, %s: %d and %d, %s", tt.why, accepted, get.StatusCode, head.StatusCode, diff)
			}
		}
	}
}

// exchange sends a request with the token, and returns the response and the number of bytes that its body had.
func exchange(t *testing.T, server *httptest.Server, method, path, accepted string) (*http.Response, int) {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, server.URL+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", accepted) // so the client does not decode
	r.Header.Set("Authorization", "Bearer "+token)
	client := server.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, len(data)
}
