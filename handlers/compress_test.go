package handlers

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"newsroom.example/cards/internal/store"
)

// decoded returns the body of a response without its compression.
func decoded(t *testing.T, resp *http.Response) string {
	t.Helper()
	body := io.Reader(resp.Body)
	switch resp.Header.Get("Content-Encoding") {
	case "gzip":
		unpacked, err := gzip.NewReader(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		body = unpacked
	case "zstd":
		unpacked, err := zstd.NewReader(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		defer unpacked.Close()
		body = unpacked
	}
	raw, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestCompression: what is text is compressed as the client asks for, and its bytes are those of the plain response.
func TestCompression(t *testing.T) {
	h := newHouse(t)
	listed := make([]store.Record, 40)
	for i := range listed {
		listed[i] = storm()
		listed[i].Article.ID = fmt.Sprint("storm-", i)
	}
	h.articles.listed = listed
	for _, tt := range []struct {
		why  string
		make func(headers ...string) *http.Request
		text bool
	}{
		{"a list", func(headers ...string) *http.Request {
			return request("GET", "/v1/articles", "", append(headers, "Authorization", "Bearer "+token)...)
		}, true},
		{"share links", func(headers ...string) *http.Request {
			return request("GET", "/v1/share-links?url=https://news.example/a&title=A", "", headers...)
		}, true},
		{"the manual", func(headers ...string) *http.Request { return request("GET", "/docs", "", headers...) }, true},
		{"its document", func(headers ...string) *http.Request { return request("GET", "/openapi.json", "", headers...) }, true},
		{"a short answer", func(headers ...string) *http.Request { return request("GET", "/healthz", "", headers...) }, false},
		{"a refusal", func(headers ...string) *http.Request { return request("GET", "/v1/articles", "", headers...) }, false},
		{"a redirect", func(headers ...string) *http.Request { return request("GET", "/s/abcdefg", "", headers...) }, false},
		{"a picture", func(headers ...string) *http.Request {
			return request("GET", "/cards/storm-1/"+storm().Version+"/og.jpg", "", headers...)
		}, false},
	} {
		plain := h.do(t, tt.make())
		want := text(t, plain)
		if tt.text && plain.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s: compressed for a client that did not ask", tt.why)
		}
		for accepted, encoding := range map[string]string{
			"gzip": "gzip", "gzip, br, zstd": "zstd", "zstd;q=0, gzip": "gzip", "br": "", "gzip;q=0": "", "identity": "",
		} {
			if !tt.text {
				encoding = ""
			}
			resp := h.do(t, tt.make("Accept-Encoding", accepted))
			got := decoded(t, resp)
			if resp.StatusCode != plain.StatusCode || resp.Header.Get("Content-Encoding") != encoding {
				t.Errorf("%s, %s: %d %q, want %d %q", tt.why, accepted, resp.StatusCode, resp.Header.Get("Content-Encoding"),
					plain.StatusCode, encoding)
			}
			if tt.text && !strings.Contains(strings.Join(resp.Header.Values("Vary"), ","), "Accept-Encoding") {
				t.Errorf("%s, %s: Vary is %q", tt.why, accepted, resp.Header.Values("Vary"))
			}
			if tt.why != "a refusal" && got != want { // refusals have a request id
				t.Errorf("%s, %s: %d bytes, want %d", tt.why, accepted, len(got), len(want))
			}
		}
	}
}
