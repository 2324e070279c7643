package photo

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestKinds: JPEGs of every kind are decoded as ImageMagick decodes them. testdata/kinds has the files and its pictures.
func TestKinds(t *testing.T) {
	files, err := filepath.Glob("testdata/kinds/*.jpg")
	if err != nil || len(files) < 18 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if cut, err := opensCut(t, data); err != nil || cut {
			t.Errorf("%s: cut %t, %v", path, cut, err)
			continue
		}
		want := readPNG(t, strings.TrimSuffix(path, ".jpg")+".png")
		d := meanDeltaE(t, decoded(t, data), want)
		t.Logf("%-48s mean dE2000 %.2f", path, d)
		if d > 1.5 {
			t.Errorf("%s: mean dE2000 %.2f", path, d)
		}
	}
}
