package main

import (
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsroom.example/cards/internal/sample"
)

// TestSheets draws a few stories, on scenes and on the photos of a folder.
func TestSheets(t *testing.T) {
	pictures := t.TempDir()
	file, err := os.Create(filepath.Join(pictures, "a.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(file, sample.Scenes[0].Draw(600, 400), nil); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args  []string
		photo string // of the first story
	}{{nil, "dusk"}, {[]string{"-photos", pictures, "-lang"}, "a.jpg"}} {
		dir := filepath.Join(t.TempDir(), "sheets")
		args := append([]string{"-o", dir, "-theme", "press", "-size", "og", "-only", "en-01,ko-02,ar", "-width", "300"}, tt.args...)
		if err := run(t.Context(), args); err != nil {
			t.Fatal(err)
		}
		// 7 cards of 300 by 157, five in a row; all 120 wide in one row.
		for name, size := range map[string]image.Point{"press-og-1.jpg": {X: 10 + 5*310, Y: 10 + 2*(157+26)}, "press-og-120px.jpg": {X: 10 + 7*130, Y: 10 + 63 + 26}} {
			if got := sizeOf(t, filepath.Join(dir, name)); got != size {
				t.Errorf("%s: %v, want %v", name, got, size)
			}
		}
		index, err := os.ReadFile(filepath.Join(dir, "index.tsv"))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(string(index), "\n"), "\n")
		if len(lines) != 1+7 || !strings.HasPrefix(lines[1], "en-01\ten\ten\tpress\tog\tphoto\town\t"+tt.photo+"\t") {
			t.Errorf("%d lines, the second is %s", len(lines), lines[1])
		}
		for _, l := range lines {
			if strings.Count(l, "\t") != len(columns)-1 {
				t.Errorf("columns of %q", l)
			}
		}
	}
}

func sizeOf(t *testing.T, name string) image.Point {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	c, err := jpeg.DecodeConfig(file)
	if err != nil {
		t.Fatal(err)
	}
	return image.Pt(c.Width, c.Height)
}

func TestRefuses(t *testing.T) {
	empty := t.TempDir()
	for want, args := range map[string][]string{
		"-o: a folder": {}, "-width:": {"-o", empty, "-width", "5"}, "only flags": {"-o", empty, "og"}, "-size:": {"-o", empty, "-size", "huge"}, "-sheet:": {"-o", empty, "-sheet", "9"},
		"-photos:": {"-o", empty, "-photos", empty}, "theme": {"-o", empty, "-theme", "gone"},
	} {
		if err := run(t.Context(), args); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", args, err, want)
		}
	}
}
