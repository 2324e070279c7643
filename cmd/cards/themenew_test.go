package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
)

const wordmark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path d="M0 0h18v10H0zM22 0h18v10H22z" fill="COLOR"/></svg>`

// TestThemeNew makes themes of all kinds of brands. Each passes the check, and draws every template.
func TestThemeNew(t *testing.T) {
	set, err := fonts.Load()
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		color, logo string
		dark        bool     // paper
		files       []string // besides the theme
	}{
		"red": {color: "#c8102e"}, "yellow": {color: "#ffd400", dark: true}, "navy": {color: "#0b2545"}, "grey": {color: "#808080"},
		"white": {color: "#ffffff", dark: true}, "black": {color: "#000000"}, "sky": {color: "#7ec8ff", dark: true},
		"dark-logo":  {color: "#c8102e", logo: "#1a0305", files: []string{"dark-logo-on-photos.png", "dark-logo.svg"}},
		"light-logo": {color: "#c8102e", logo: "#fffdf0", files: []string{"light-logo-on-paper.png", "light-logo.svg"}},
		"red-logo":   {color: "#c8102e", logo: "#e0203e", files: []string{"red-logo.svg"}},
	} {
		dir := filepath.Join(t.TempDir(), "themes")
		args := []string{"theme", "new", name, "--color", tt.color, "--dir", dir}
		if tt.logo != "" {
			file := filepath.Join(t.TempDir(), "l.svg")
			write(t, filepath.Dir(file), "l.svg", strings.Replace(wordmark, "COLOR", tt.logo, 1))
			args = append(args, "--logo", file)
		}
		if out, errs, status := ran(t, args...); status != exitDone || !strings.Contains(out, "cards serve --themes "+dir) {
			t.Errorf("%s: %d %q %q", name, status, out, errs)
			continue
		}
		folder, err := design.OpenFolder(dir, set.Families())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		theme, _ := folder.Current().Theme(name, "", "")
		if got := design.Luminance(theme.Paper.R, theme.Paper.G, theme.Paper.B) < 0.2; got != tt.dark {
			t.Errorf("%s: paper %v", name, theme.Paper)
		}
		for _, file := range tt.files {
			if _, err := os.Stat(filepath.Join(dir, file)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, errs, status := ran(t, args...); status != exitFailed || !strings.Contains(errs, "exists already") {
			t.Errorf("%s again: %d %q", name, status, errs)
		}
	}
}

func TestThemeNewRefuses(t *testing.T) {
	var opaque bytes.Buffer
	white := image.NewPaletted(image.Rect(0, 0, 90, 30), color.Palette{color.White})
	if err := png.Encode(&opaque, white); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write(t, dir, "white.png", opaque.String())
	write(t, dir, "notes.txt", "no font")
	for want, args := range map[string][]string{
		"--color: is \"red\"": {"harbor", "--color", "red"}, "NAME: is \"../up\"": {"../up"}, "--logo: open": {"harbor", "--logo", "gone.svg"},
		"has a ground of its own": {"harbor", "--logo", filepath.Join(dir, "white.png")}, "--font:": {"harbor", "--font", filepath.Join(dir, "notes.txt")},
	} {
		at := filepath.Join(dir, "themes")
		_, errs, status := ran(t, append(append([]string{"theme", "new"}, args...), "--dir", at)...)
		if status != exitUsage || !strings.Contains(errs, want) {
			t.Errorf("%q: %d %q, want %q", args, status, errs, want)
		}
		if left, _ := filepath.Glob(filepath.Join(at, "*.*")); len(left) > 0 {
			t.Errorf("%q: left %q", args, left)
		}
	}
}
