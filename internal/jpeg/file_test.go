package jpeg

import (
	"bytes"
	"image"
	stdjpeg "image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"newsroom.example/cards/internal/scene"
)

// whole decodes a file completely.
func whole(t testing.TB, data []byte, shrink int) (image.Image, Found) {
	t.Helper()
	f, err := OpenFile(data)
	if err != nil {
		t.Fatal(err)
	}
	var d Decoder
	c, err := NewReading(f, shrink).Run(&d)
	if err != nil {
		t.Fatal(err)
	}
	return d.Picture(c, image.Rectangle{Max: f.Scaled(shrink)}, shrink), c.Found
}

// TestWholeFilesAreImageJPEGs: File decodes to the samples of image/jpeg, bit for bit.
func TestWholeFilesAreImageJPEGs(t *testing.T) {
	for _, size := range []image.Point{{1, 1}, {7, 9}, {17, 33}, {321, 199}} {
		for _, quality := range []int{20, 92, 100} {
			data := encoded(t, scene.Photo(size.X, size.Y, 20, uint64(quality)), quality)
			want, err := stdjpeg.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			got, found := whole(t, data, 0)
			if diff := same(got, want, image.Rectangle{Max: size}); diff != "" {
				t.Fatalf("%v, quality %d: %s", size, quality, diff)
			}
			if found != (Found{Rows: size.Y}) {
				t.Errorf("%v: %+v", size, found)
			}
		}
	}
}

// scanScript is a progressive script with two bits of brightness that are sent later.
const scanScript = `0,1,2: 0-0, 0, 1;
0: 1-9, 0, 2;
2: 1-63, 0, 1;
1: 1-63, 0, 1;
0: 10-63, 0, 2;
0: 1-63, 2, 1;
0,1,2: 0-0, 1, 0;
2: 1-63, 1, 0;
1: 1-63, 1, 0;
0: 1-63, 1, 0;
`

// TestAsLibjpeg: files of every script and sampling are decoded as image/jpeg does, bit for bit, and those that it does
// not decode almost as djpeg does.
func TestAsLibjpeg(t *testing.T) {
	size := image.Rect(0, 0, 203, 149)
	in := ppm(scene.Photo(size.Dx(), size.Dy(), 9, 4))
	script := filepath.Join(t.TempDir(), "script")
	if err := os.WriteFile(script, []byte(scanScript), 0o600); err != nil {
		t.Fatal(err)
	}
	ways := [][]string{
		{}, {"-scans", script}, {"-arithmetic", "-scans", script}, // with -short these alone
		{"-progressive"}, {"-restart", "1"}, {"-progressive", "-restart", "3B"}, {"-optimize"},
		{"-arithmetic"}, {"-arithmetic", "-progressive"}, {"-arithmetic", "-restart", "2"},
	}
	if testing.Short() {
		ways = ways[:3]
	}
	std := 0
	for _, args := range [][]string{
		{"-sample", "2x2"}, {"-sample", "1x1"}, {"-sample", "2x1"}, {"-sample", "1x2"}, {"-sample", "4x1"},
		{"-sample", "1x4"}, {"-sample", "2x4"}, {"-sample", "4x2"}, {"-sample", "3x1"}, {"-sample", "4x1,2x1,2x1"},
		{"-sample", "1x1,2x2,1x1"}, {"-sample", "2x2,2x1,1x2"}, {"-sample", "3x2,1x1,1x2"}, {"-rgb"}, {"-grayscale"},
	} {
		for _, more := range ways {
			if args[0] == "-grayscale" && slices.Contains(more, "-scans") {
				continue
			}
			data := tool(t, in, "cjpeg", append(append([]string{"-quality", "90"}, args...), more...)...)
			got, found := whole(t, data, 0)
			if found != (Found{Rows: size.Dy()}) {
				t.Errorf("%v %v: %+v", args, more, found)
			}
			if want, err := stdjpeg.Decode(bytes.NewReader(data)); err == nil {
				std++
				if diff := same(got, want, size); diff != "" {
					t.Errorf("%v %v: %s", args, more, diff)
				}
			}
			want := fromPPM(t, tool(t, data, "djpeg", "-nosmooth", "-dct", "int"))
			if d := meanApart(got, want); d > 1 {
				t.Errorf("%v %v: %.2f from djpeg's", args, more, d)
			}
		}
	}
	t.Logf("%d files are image/jpeg's too", std)
}

// meanApart returns the mean difference of two pictures, in levels of a channel.
func meanApart(a, b image.Image) float64 {
	r := b.Bounds()
	sum := 0.0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			r1, g1, b1, _ := a.At(x, y).RGBA()
			r2, g2, b2, _ := b.At(x, y).RGBA()
			for _, d := range []int{int(r1>>8) - int(r2>>8), int(g1>>8) - int(g2>>8), int(b1>>8) - int(b2>>8)} {
				sum += float64(max(d, -d))
			}
		}
	}
	return sum / float64(3*r.Dx()*r.Dy())
}
