package main

import (
	"bytes"
	"encoding/json"
	"html"
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
	if !bytes.Equal(got, want) || silence != "" || !strings.HasPrefix(warning, "cards: warning: --headline: ") || strings.Count(warning, "\n") != 1 {
		t.Errorf("render: same %v, %q, %q", bytes.Equal(got, want), silence, warning)
	}

	wantLinks, silence, _ := ran(t, "links", "--url", "https://news.example/?a=1&b=2", "--title", plain)
	gotLinks, warning, _ := ran(t, "links", "--url", "https://news.example/?a=1&amp;b=2", "--title", encoded)
	if gotLinks != wantLinks || silence != "" || strings.Count(warning, "cards: warning: --") != 2 {
		t.Errorf("links: %q, %q\n%s\n%s", silence, warning, gotLinks, wantLinks)
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
