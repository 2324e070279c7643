package main

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const ownTheme = "[colors]\npaper = \"#fffdf5\"\nink = \"#101820\"\naccent = \"#00508c\"\n"

const ownTemplate = "[[stack]]\narea = \"card\"\nat = \"middle\"\nitems = [ { text = \"headline\", steps = [[88, 3], [62, 5]] } ]\n"

func write(t *testing.T, dir, name, data string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestThemeCommands(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "harbor.toml", ownTheme)
	write(t, dir, "templates/loud.toml", ownTemplate)
	if out, errs, status := ran(t, "theme", "check", dir); status != exitDone || !strings.Contains(out, "1 theme and 1 template, no errors") {
		t.Errorf("check: %d %q %q", status, out, errs)
	}
	sheet := filepath.Join(dir, "sheet.png")
	if _, errs, status := ran(t, "theme", "preview", dir, "--width", "120", "-o", sheet); status != exitDone {
		t.Fatalf("preview: %d %q", status, errs)
	}
	data, err := os.ReadFile(sheet)
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := png.Decode(bytes.NewReader(data))
	if err != nil || drawn.Bounds().Dx() != 4*(120+16)+16 || drawn.Bounds().Dy() != 13*(63+16)+16 {
		t.Errorf("a sheet of thirteen templates: %v, %v", drawn.Bounds(), err)
	}
	if out, errs, status := ran(t, "render", "--headline", "Tide turns", "--themes", dir, "--theme", "harbor", "--template", "loud", "--plan"); status != exitDone || !strings.Contains(out, "Tide turns") {
		t.Errorf("render: %d %q", status, errs)
	}
	write(t, dir, "harbor.toml", ownTheme+"glow = 3\n")
	write(t, dir, "templates/loud.toml", "[[stack")
	_, errs, status := ran(t, "theme", "check", dir)
	for _, want := range []string{"harbor.toml:5:1: colors.glow: is not known here\n", "templates/loud.toml:1:", "2 errors"} {
		if status != exitFailed || !strings.Contains(errs, want) {
			t.Errorf("check: %d %q, want %q", status, errs, want)
		}
	}
	for _, args := range [][]string{{"serve", "--addr", "127.0.0.1:0", "--data", dir}, {"render", "--headline", "a", "--plan"}} {
		if _, errs, status := ran(t, append(args, "--themes", dir)...); status != exitUsage || !strings.Contains(errs, "--themes: harbor.toml:5:1") || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: %d %q", args[0], status, errs)
		}
	}
	for flag, args := range map[string][]string{
		"--theme": {"--theme", "gone"}, "--template": {"--template", "gone"}, "--size": {"--size", "huge"}, "--width": {"--width", "5"}, "--story": {"--story", "gone"}, "--columns": {"--columns", "0"}, "--out": {"-o", "a.gif"},
	} {
		if _, errs, status := ran(t, append([]string{"theme", "preview"}, args...)...); status != exitUsage || !strings.Contains(errs, flag) {
			t.Errorf("%s: %d %q", flag, status, errs)
		}
	}
}

func TestTheExampleOfTheManual(t *testing.T) {
	if out, errs, status := ran(t, "theme", "check", filepath.Join("..", "..", "docs", "design", "example")); status != exitDone {
		t.Errorf("%d %q %q", status, out, errs)
	}
	manual, err := os.ReadFile(filepath.Join("..", "..", "docs", "design.md"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	blocks := strings.Split(string(manual), "```toml\n")
	if len(blocks) != 3 {
		t.Fatalf("%d files in the manual", len(blocks)-1)
	}
	for i, name := range []string{"mine.toml", "templates/mine.toml"} {
		text, _, _ := strings.Cut(blocks[i+1], "```")
		write(t, dir, name, text)
	}
	write(t, dir, "harbor.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 0h2v1H0z"/></svg>`)
	write(t, dir, "light.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 0h2v1H0z" fill="#fff"/></svg>`)
	if out, errs, status := ran(t, "theme", "check", dir); status != exitDone {
		t.Errorf("the manual's own files: %d %q %q", status, out, errs)
	}
}

// TestAChangedThemeIsANewVersion follows a story through its theme's life: changed, its pictures
// have a new address; gone, the shared ones are drawn all the same.
func TestAChangedThemeIsANewVersion(t *testing.T) {
	dir, themes := t.TempDir(), t.TempDir()
	write(t, themes, "harbor.toml", ownTheme)
	put := func() string {
		s := serve(t, dir, "--themes", themes)
		defer func() { _ = s.cmd.Process.Kill(); _ = s.cmd.Wait() }()
		body := `{"url":"https://news.example/tide","headline":"Tide turns","theme":"harbor"}`
		resp := s.do("PUT", "/v1/articles/tide", []byte(body), "Authorization", "Bearer "+s.token)
		return at(s.answer(resp, resp.StatusCode), "version")
	}
	first := put()
	if again := put(); again != first {
		t.Errorf("the same theme: %s after %s", again, first)
	}
	write(t, themes, "harbor.toml", strings.Replace(ownTheme, "#00508c", "#7a0040", 1))
	second := put()
	if second == first {
		t.Error("a changed theme has the version of the one before")
	}
	s := serve(t, dir)
	for _, version := range []string{first, second} {
		if resp := s.do("GET", "/cards/tide/"+version+"/og.png", nil); resp.StatusCode != 200 {
			t.Errorf("without its theme, %s: %d", version, resp.StatusCode)
		}
	}
}
