package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"newsroom.example/cards/internal/scene"
)

// TestPortraitFlag: --portrait gives an opinion its author, and --portrait-focal says what to show of the file. A
// template without a place for a portrait does not read it.
func TestPortraitFlag(t *testing.T) {
	dir := t.TempDir()
	face := filepath.Join(dir, "author.png")
	if err := os.WriteFile(face, scene.PNG(scene.Photo(1600, 900, 0, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args []string
		crop []int // of the portrait
	}{
		{[]string{"--portrait", face, "--portrait-focal", "0,0"}, []int{0, 0, 900, 900}},
		{[]string{"--portrait", face, "--portrait-focal", "1,0"}, []int{700, 0, 900, 900}},
		{[]string{"--portrait", filepath.Join(dir, "gone.png"), "--template", "text"}, nil},
		{nil, nil},
	} {
		out, errs, status := ran(t, append([]string{"render", "--headline", "The sea remembers", "--kind", "opinion", "--plan"}, tt.args...)...)
		var plan struct{ Portrait []int }
		if err := json.Unmarshal([]byte(out), &plan); err != nil || status != exitDone || !reflect.DeepEqual(plan.Portrait, tt.crop) {
			t.Errorf("%v: %v, %d %s", tt.args, plan.Portrait, status, errs)
		}
	}
	for _, tt := range [][]string{
		{"--portrait", "ftp://pictures.example/a.jpg"}, {"--portrait-focal", "2,2"}, {"--portrait", filepath.Join(dir, "gone.png")},
	} {
		_, errs, status := ran(t, append([]string{"render", "--headline", "A", "--kind", "opinion", "--plan"}, tt...)...)
		if status == exitDone || !strings.Contains(errs, tt[0]+": ") {
			t.Errorf("%v: %d %s", tt, status, errs)
		}
	}
}

// TestThemeCheckOfFeatures: a feature that no font has is an error at its place; figures that a font cannot change are
// told.
func TestThemeCheckOfFeatures(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "harbor.toml", ownTheme+"[headline]\nfonts = [\"Noto Serif\"]\nfigures = \"old-style tabular\"\nfeatures = [\"smcp\"]\n")
	if out, errs, status := ran(t, "theme", "check", dir); status != exitDone || strings.Contains(out, "figures") {
		t.Errorf("%d %s %s", status, out, errs)
	}
	write(t, dir, "harbor.toml", ownTheme+"[headline]\nfonts = [\"Noto Serif\"]\nfeatures = [\"smcp\", \"ss19\"]\n[text]\nfonts = [\"Noto Serif Thai\"]\nfigures = \"old-style\"\n")
	out, errs, status := ran(t, "theme", "check", dir)
	if status != exitFailed || !strings.Contains(errs, "harbor.toml:7:1: headline.features[1]: no font of it has \"ss19\"; there are ") ||
		!strings.Contains(errs, "smcp") || !strings.Contains(errs, "1 error") {
		t.Errorf("%d %s", status, errs)
	}
	if !strings.Contains(out, "harbor.toml: text.figures: NotoSerifThai-Bold has no onum; its figures stay as they are") {
		t.Errorf("%s", out)
	}
}
