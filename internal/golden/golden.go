// Package golden compares the results of tests with golden files under testdata. Run a test with -update to replace
// its golden files, and then look at them.
package golden

import (
	"flag"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// tolerance is the maximum difference of a channel (0 to 255) from the golden file. Rounding differs between versions
// of Go.
const tolerance = 2

// Text compares got with testdata/<name>.
func Text(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		write(t, path, []byte(got))
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; run with -update to make it", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (- golden, + now):\n%s", name, diff)
	}
}

// Image compares got with testdata/<name>, a PNG, to within 2 per channel. On failure it saves the picture and the
// brightened difference beside the golden file.
func Image(t *testing.T, name string, got *image.RGBA) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		save(t, path, got)
		return
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatalf("%v; run with -update to make it", err)
	}
	defer f.Close()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if want.Bounds() != got.Bounds() {
		t.Fatalf("%s is %v, the golden %v", name, got.Bounds(), want.Bounds())
	}
	if diff, off := difference(want, got); off > 0 {
		base := path[:len(path)-len(".png")]
		save(t, base+".got.png", got)
		save(t, base+".diff.png", diff)
		t.Errorf("%s: %d pixels differ; see %s.diff.png", name, off, base)
	}
}

func difference(want image.Image, got *image.RGBA) (diff *image.RGBA, off int) {
	diff = image.NewRGBA(got.Bounds())
	for y := got.Rect.Min.Y; y < got.Rect.Max.Y; y++ {
		for x := got.Rect.Min.X; x < got.Rect.Max.X; x++ {
			r, g, b, _ := want.At(x, y).RGBA()
			c := got.RGBAAt(x, y)
			most := max(apart(r>>8, c.R), apart(g>>8, c.G), apart(b>>8, c.B))
			diff.SetRGBA(x, y, color.RGBA{uint8(min(255, most*8)), 0, 0, 255})
			if most > tolerance {
				off++
			}
		}
	}
	return diff, off
}

func apart(a uint32, b uint8) int {
	d := int(a) - int(b)
	return max(d, -d)
}

func save(t *testing.T, path string, m image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, m); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
