package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestTextThatCameAsHTML is one text at every door: as it is meant, with a warning.
func TestTextThatCameAsHTML(t *testing.T) {
	const encoded, plain = "Tom &amp; Jerry&#8217;s &quot;day&quot; <em>out</em>", `Tom & Jerry’s "day" out`
	s := serve(t, t.TempDir())
	put := func(path, headline string, status int) map[string]any {
		t.Helper()
		raw, _ := json.Marshal(map[string]any{"url": "https://news.example/storm", "headline": headline, "site": "R&amp;D Post"})
		return s.answer(s.do("PUT", path, raw), status)
	}
	cleaned := func(v map[string]any) (fields []string) {
		all, _ := v["warnings"].([]any)
		for _, w := range all {
			if w := w.(map[string]any); at(w, "code") == "text_cleaned" && at(w, "message") != "" {
				fields = append(fields, at(w, "field"))
			}
		}
		return fields
	}
	dry, first, second := put("/v1/articles/a?dry_run=1", encoded, 200), put("/v1/articles/a", encoded, 201), put("/v1/articles/a", plain, 200)
	for _, v := range []map[string]any{dry, first} {
		if got := cleaned(v); !slices.Equal(got, []string{"headline", "site"}) {
			t.Errorf("warnings of %v", got)
		}
	}
	if got := cleaned(second); !slices.Equal(got, []string{"site"}) || at(first, "version") != at(second, "version") || at(dry, "version") != at(first, "version") {
		t.Errorf("warnings of %v, versions %s, %s, %s", got, at(dry, "version"), at(first, "version"), at(second, "version"))
	}
	if tags := at(first, "meta_html"); !strings.Contains(tags, html.EscapeString(plain)) || strings.Contains(tags, "&amp;amp;") {
		t.Errorf("tags %s", tags)
	}

	dir := t.TempDir()
	picture := func(headline string) (data []byte, errs string) {
		file := filepath.Join(dir, "card.png")
		_, errs, status := ran(t, "render", "--headline", headline, "--out", file)
		if status != 0 {
			t.Fatalf("render: %s", errs)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return data, errs
	}
	want, silence := picture(plain)
	got, warning := picture(encoded)
	if !bytes.Equal(got, want) || strings.Contains(silence, "--headline") || strings.Count(warning, "cards: warning: --headline: ") != 1 {
		t.Errorf("render: same %v, %q, %q", bytes.Equal(got, want), silence, warning)
	}

	wantLinks, hint, _ := ran(t, "links", "--url", "https://news.example/?a=1&b=2", "--title", plain)
	gotLinks, warning, _ := ran(t, "links", "--url", "https://news.example/?a=1&amp;b=2", "--title", encoded)
	if gotLinks != wantLinks || strings.Contains(hint, "warning") || strings.Count(warning, "cards: warning: --") != 2 {
		t.Errorf("links: %q, %q\n%s\n%s", hint, warning, gotLinks, wantLinks)
	}

	// the signature is over what was sent, and the picture shows what that means
	signed, errs, status := ran(t, "sign", "/v1/card.png?headline="+url.QueryEscape(encoded), "--data", filepath.Join(s.dir, "data"))
	if status != 0 || !strings.Contains(signed, url.QueryEscape("&amp;")) {
		t.Fatalf("sign: %s %s", signed, errs)
	}
	resp := s.do("GET", strings.TrimSpace(signed), nil)
	if data := s.bytes(resp); resp.StatusCode != 200 || !bytes.Equal(data, want) {
		t.Errorf("signed: %d, %d bytes, not %d", resp.StatusCode, len(data), len(want))
	}
	if resp := s.do("GET", strings.Replace(strings.TrimSpace(signed), url.QueryEscape("&amp;"), url.QueryEscape("&"), 1), nil); resp.StatusCode != 403 {
		t.Errorf("signed for another text: %d", resp.StatusCode)
	}
}

// doors are all ways in which a text reaches the service. Each returns the text as its answer shows it.
func doors(t *testing.T, s *service, page *httptest.Server, shown *string) map[string]func(text, format string) string {
	t.Helper()
	query := func(q url.Values, format string) string {
		if format != "" {
			q.Set("text_format", format)
		}
		return "?" + q.Encode()
	}
	reddit := func(links any) string {
		u, err := url.Parse(at(links.(map[string]any), "url"))
		if err != nil {
			t.Fatal(err)
		}
		return u.Query().Get("title")
	}
	tagged := func(meta string) string {
		_, rest, _ := strings.Cut(meta, `<meta property="og:title" content="`)
		title, _, _ := strings.Cut(rest, `"`)
		return html.UnescapeString(title)
	}
	put := func(path, text, format string, status int) map[string]any {
		body := map[string]string{"url": "https://news.example/storm", "headline": text}
		if format != "" {
			body["format"] = format
		}
		raw, _ := json.Marshal(body)
		return s.answer(s.do("PUT", path, raw), status)
	}
	flags := func(format string, args ...string) []string {
		if format != "" {
			args = append(args, "--text-format", format)
		}
		return args
	}
	return map[string]func(text, format string) string{
		"PUT": func(text, format string) string {
			return tagged(at(put("/v1/articles/a?dry_run=1", text, format, 200), "meta_html"))
		},
		"links of an article": func(text, format string) string {
			for _, l := range put("/v1/articles/a?dry_run=1", text, format, 200)["share"].([]any) {
				if at(l.(map[string]any), "target") == "reddit" {
					return reddit(l)
				}
			}
			return ""
		},
		"the page for crawlers": func(text, format string) string {
			s.do("DELETE", "/v1/articles/b", nil)
			short := at(put("/v1/articles/b", text, format, 201), "short_url")
			return tagged(string(s.bytes(s.do("GET", short, nil, "User-Agent", "facebookexternalhit/1.1"))))
		},
		"share links": func(text, format string) string {
			q := url.Values{"url": {"https://news.example/other"}, "title": {text}, "targets": {"reddit"}}
			v := s.answer(s.do("GET", "/v1/share-links"+query(q, format), nil), 200)
			return reddit(v["links"].([]any)[0])
		},
		"the Kakao page": func(text, format string) string {
			q := url.Values{"url": {"https://news.example/other"}, "title": {text}, "targets": {"kakao"}}
			v := s.answer(s.do("GET", "/v1/share-links"+query(q, format), nil), 200)
			page := string(s.bytes(s.do("GET", at(v["links"].([]any)[0].(map[string]any), "url"), nil)))
			_, rest, _ := strings.Cut(page, `<h1 dir="auto">`)
			title, _, _ := strings.Cut(rest, "</h1>")
			return html.UnescapeString(title)
		},
		"signed cards": func(text, format string) string {
			draw := func(text, format string) []byte {
				return s.bytes(s.do("GET", "/v1/card.png"+query(url.Values{"headline": {text}}, format), nil))
			}
			if got := draw(text, format); bytes.Equal(got, draw(*shown, "text")) {
				return *shown
			}
			return "another picture"
		},
		"cards links": func(text, format string) string {
			out, errs, _ := ran(t, flags(format, "links", "--url", "https://news.example/storm", "--title", text, "--json", "--targets", "reddit")...)
			var v map[string]any
			if err := json.Unmarshal([]byte(out), &v); err != nil {
				t.Fatal(err, errs)
			}
			return reddit(v["links"].([]any)[0])
		},
		"cards render": func(text, format string) string {
			out, errs, _ := ran(t, flags(format, "render", "--headline", text, "--plan")...)
			var v map[string]any
			if err := json.Unmarshal([]byte(out), &v); err != nil {
				t.Fatal(err, errs)
			}
			for _, each := range v["texts"].([]any) {
				if role := each.(map[string]any); at(role, "role") == "headline" {
					var lines []string
					for _, l := range role["lines"].([]any) {
						lines = append(lines, at(l.(map[string]any), "text"))
					}
					if got := strings.Join(lines, " "); strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(*shown, " ", "") {
						return got
					}
					return *shown // a line may end within a word
				}
			}
			return ""
		},
		"the studio": func(text, format string) string {
			if format != "" {
				return *shown // has no choice of a format
			}
			v := s.answer(s.do("GET", "/studio.json"+query(url.Values{"url": {"https://news.example/storm"}, "headline": {text}}, ""), nil), 200)
			return tagged(at(v, "meta"))
		},
		":preview": func(text, format string) string {
			if format != "" {
				return *shown // a page is always HTML
			}
			raw, _ := json.Marshal(map[string]string{"url": page.URL + "/?" + url.QueryEscape(text)})
			return at(s.answer(s.do("POST", "/v1/articles:preview", raw), 200), "headline")
		},
	}
}

// TestEveryDoorReadsTheSame is one text at every door, in every format: all take the same for HTML.
func TestEveryDoorReadsTheSame(t *testing.T) {
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		title, _ := url.QueryUnescape(r.URL.RawQuery)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<meta charset="utf-8"><meta property="og:title" content="%s">`, html.EscapeString(title))
	}))
	defer page.Close()
	s := serve(t, t.TempDir(), "--photo-allow", strings.TrimPrefix(page.URL, "http://"))
	var shown string
	ways := doors(t, s, page, &shown)
	for _, tt := range []struct{ in, guess, html string }{
		{"Tom &amp; Jerry&#8217;s &quot;day&quot; <em>out</em>", `Tom & Jerry’s "day" out`, `Tom & Jerry’s "day" out`},
		{"R&amp;D Post", "R&D Post", "R&D Post"},
		{"<p>AT&amp;T&nbsp;plan&hellip;</p>", "AT&T plan…", "AT&T plan…"},
		{"AT&T: a < b, and how to write &lt;br&gt;", "AT&T: a < b, and how to write &lt;br&gt;", "AT&T: a < b, and how to write <br>"},
		{"How to use &amp;amp; in HTML", "How to use &amp;amp; in HTML", "How to use &amp; in HTML"},
		{"<script> as a topic", "<script> as a topic", "refused"},
		{"&lt;em&gt;x&lt;/em&gt;", "x", "<em>x</em>"},
		{"Storm &copy", "Storm &copy", "Storm ©"},
	} {
		for format, want := range map[string]string{"": tt.guess, "text": tt.in, "html": tt.html} {
			if shown = want; want == "refused" { // nothing is left to see
				continue
			}
			for door, show := range ways {
				if got := show(tt.in, format); got != want {
					t.Errorf("%s, format %q: %q becomes %q, want %q", door, format, tt.in, got, want)
				}
			}
		}
	}
}
