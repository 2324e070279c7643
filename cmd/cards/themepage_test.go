package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestThemeCheckDrawsTheSamples: a template that can be read but does not look right fails the check, in plain words.
func TestThemeCheckDrawsTheSamples(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "templates/tiny.toml", strings.Replace(ownTemplate, "[[88, 3], [62, 5]]", "[[30, 9]]", 1))
	_, errs, status := ran(t, "theme", "check", dir)
	for _, want := range []string{`theme press, template tiny, size og, sample "story": the headline is set in 30 px`, "let its smallest step be 44 or more", "2 faults of layout"} {
		if status != exitFailed || !strings.Contains(errs, want) {
			t.Errorf("%d %q, want %q", status, errs, want)
		}
	}
}

func TestThemePreviewPage(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "harbor.toml", ownTheme)
	file := filepath.Join(dir, "page.html")
	if _, errs, status := ran(t, "theme", "preview", dir, "--template", "photo", "--template", "text", "--width", "100", "-o", file); status != exitDone {
		t.Fatalf("%d %q", status, errs)
	}
	page, err := os.ReadFile(file)
	if n := strings.Count(string(page), "<img "); err != nil || n != 2*usual || !strings.Contains(string(page), "harbor") {
		t.Errorf("%d cards, %v", n, err)
	}
	for want, args := range map[string][]string{
		`--template: "gone"`: {"--template", "gone", "-o", file}, "--serve: \"0.0.0.0\" must be an address of this machine": {"--serve", "0.0.0.0:0"},
		"must be HOST:PORT": {"--serve", "8090"}, "--size:": {"--serve", "127.0.0.1:0", "--size", "huge"}, "--story:": {"--serve", "127.0.0.1:0", "--story", "gone"},
	} {
		if _, errs, status := ran(t, append([]string{"theme", "preview", dir}, args...)...); status != exitUsage || !strings.Contains(errs, want) {
			t.Errorf("%q: %d %q", args, status, errs)
		}
	}
}

func all(t *testing.T, from io.Reader) string {
	t.Helper()
	data, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// told sends what is written to it, piece by piece.
type told chan string

func (c told) Write(p []byte) (int, error) {
	c <- string(p)
	return len(p), nil
}

// TestThemePreviewServes: the command says where the page is, shows errors of a folder that has some at the start, and
// ends with its context.
func TestThemePreviewServes(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "harbor.toml", ownTheme+"glow = 3\n")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, done := make(told, 1), make(chan int)
	go func() {
		done <- run(ctx, []string{"theme", "preview", dir, "--serve", "127.0.0.1:0", "--template", "text"}, stdio{out, out})
	}()
	_, said, _ := strings.Cut(<-out, "http://")
	address, _, _ := strings.Cut(said, "/")
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if page := all(t, resp.Body); !strings.Contains(page, "harbor.toml:5:1: colors.glow") || !strings.Contains(page, "<img ") {
		t.Errorf("%d %s", resp.StatusCode, page)
	}
	stop()
	if status := <-done; status != exitDone {
		t.Errorf("status %d", status)
	}
}
