package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsroom.example/cards/client"
	"newsroom.example/cards/internal/app"
	"newsroom.example/cards/internal/app/apptest"
)

// newsSite serves pages with headlines, one of them missing, and lists of them.
func newsSite(t *testing.T) *httptest.Server {
	mux := http.NewServeMux()
	site := httptest.NewServer(mux)
	t.Cleanup(site.Close)
	mux.HandleFunc("/a/{n}", func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("n") == "4" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<html lang="en"><meta property="og:title" content="Story %s of the harbour"><meta property="og:site_name" content="The Harbour Post">`, r.PathValue("n"))
	})
	serve := func(path, media, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", media)
			_, _ = w.Write([]byte(strings.ReplaceAll(body, "SITE", site.URL)))
		})
	}
	serve("/robots.txt", "text/plain", "User-agent: *\nDisallow: /a/5\n")
	serve("/sitemap.xml", "application/xml", `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>SITE/a/1</loc></url><url><loc>SITE/a/2</loc></url></urlset>`)
	serve("/feed", "application/rss+xml", `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><atom:link rel="next" href="SITE/feed2"/>`+
		`<item><title>Two</title><link>SITE/a/2</link></item><item><title>Three</title><link>SITE/a/3</link></item></channel></rss>`)
	serve("/feed2", "application/rss+xml", `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><atom:link rel="next" href="SITE/feed"/>`+
		`<item><title>Four</title><link>SITE/a/4</link></item><item><title>Five, from the feed</title><link>SITE/a/5</link></item></channel></rss>`)
	return site
}

// TestImport: an archive is registered once, whatever lists it and however often it is imported.
func TestImport(t *testing.T) {
	site := newsSite(t)
	c := apptest.Config(t)
	started := apptest.Start(t, c)
	token, err := app.ReadSecret(c.Data, app.TokenFile)
	if err != nil {
		t.Fatal(err)
	}
	cards := func(args ...string) (int, string) {
		var out bytes.Buffer
		code := run(t.Context(), append([]string{"import", "--service", started.URL, "--data", c.Data, "--rate", "1000",
			"--photo-allow", strings.TrimPrefix(site.URL, "http://")}, args...), stdio{&out, &out})
		return code, strings.ReplaceAll(out.String(), site.URL, "SITE")
	}
	lines := filepath.Join(t.TempDir(), "stories.jsonl")
	if err := os.WriteFile(lines, []byte(`{"id":"own-1","url":"`+site.URL+`/own","headline":"Own words"}`+"\n"+`{"id":"own 2","url":"https://news.example/x","headline":"A"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args string
		code int
		want string
	}{
		{"--dry-run SITE/sitemap.xml", 0, "     2 registered\n"},
		{"SITE/sitemap.xml", 0, "     2 registered\n"},
		{"SITE/sitemap.xml", 0, "     2 already there\n"},
		{"--limit 1 SITE/feed", 0, "     1 already there\n"},
		{"SITE/feed", 1, "failed: item 1, SITE/a/4: the page has the status 404\n     1 already there\n     1 failed\n     2 registered\ncards: 1 of 4 stories failed\n"},
		{"--update SITE/sitemap.xml", 0, "     2 updated\n"},
		{lines, 1, "failed: article 2, https://news.example/x: cards: id must be 1 to 128 of A-Z, a-z, 0-9, '.', '_' and '-' (invalid_request, status 400)\n" +
			"     1 failed\n     1 registered\ncards: 1 of 2 stories failed\n"},
		{"SITE/a/1", 1, "cards: SITE/a/1: fetch page SITE/a/1: the type is \"text/html\": source_unavailable\n"},
		{"--rate 0 SITE/feed", 2, "cards: --rate: must be more than 0\n"},
	} {
		code, got := cards(strings.Fields(strings.ReplaceAll(tt.args, "SITE", site.URL))...)
		if code != tt.code || got != tt.want {
			t.Errorf("%s: exit status %d\n%s\nwant %d\n%s", tt.args, code, got, tt.code, tt.want)
		}
	}
	service, err := client.New(started.URL, token)
	if err != nil {
		t.Fatal(err)
	}
	headlines := map[string]bool{}
	for a, err := range service.AllArticles(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		headlines[a.Headline] = true
	}
	for _, want := range []string{"Story 1 of the harbour", "Story 3 of the harbour", "Five, from the feed", "Own words"} {
		if !headlines[want] {
			t.Errorf("%q is not there: %v", want, headlines)
		}
	}
	if len(headlines) != 5 {
		t.Errorf("%d stories: %v", len(headlines), headlines)
	}
}
