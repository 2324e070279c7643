package webp

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	xwebp "golang.org/x/image/webp"

	"newsroom.example/cards/internal/scene"
)

// sameAsX compares a picture at full size with that of x/image/webp, whose planes have studio range.
func sameAsX(t *testing.T, name string, data []byte, pair bool) {
	t.Helper()
	m, err := xwebp.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(name, err)
	}
	p, err := Open(data)
	if err != nil {
		t.Fatal(name, err)
	}
	got, rows, err := p.Decode(image.Rectangle{Max: p.Size()}, 0, pair)
	if err != nil || rows != p.Size().Y {
		t.Fatalf("%s: %d rows, %v", name, rows, err)
	}
	if what := differs(got, m); what != "" {
		t.Errorf("%s: %s", name, what)
	}
}

// differs compares our picture with one of x/image/webp, and says where they differ.
func differs(got, want image.Image) string {
	b := want.Bounds()
	if got.Bounds() != b {
		return "the size"
	}
	switch want := want.(type) {
	case *image.NYCbCrA:
		if with, ok := got.(*image.NYCbCrA); ok {
			for y := range b.Dy() {
				if !bytes.Equal(with.A[y*with.AStride:][:b.Dx()], want.A[y*want.AStride:][:b.Dx()]) {
					return "alpha"
				}
			}
			return samePlanes(&with.YCbCr, &want.YCbCr)
		}
		return samePlanes(got.(*image.YCbCr), &want.YCbCr)
	case *image.YCbCr:
		return samePlanes(got.(*image.YCbCr), want)
	case *image.NRGBA:
		pix := []uint8(nil)
		switch m := got.(type) {
		case *image.NRGBA:
			pix = m.Pix
		case *image.RGBA:
			pix = m.Pix
		}
		if !bytes.Equal(pix, want.Pix) {
			return "pixels"
		}
	}
	return ""
}

// samePlanes compares planes of full range with those of studio range.
func samePlanes(got, want *image.YCbCr) string {
	b := want.Bounds()
	for y := range b.Dy() {
		for x := range b.Dx() {
			i, j := want.YOffset(x, y), want.COffset(x, y)
			if got.Y[got.YOffset(x, y)] != fullLuma[want.Y[i]] {
				return fmt.Sprintf("luma at %d, %d", x, y)
			}
			if k := got.COffset(x, y); got.Cb[k] != fullChroma[want.Cb[j]] || got.Cr[k] != fullChroma[want.Cr[j]] {
				return fmt.Sprintf("chroma at %d, %d", x, y)
			}
		}
	}
	return ""
}

// testFiles returns the files of testdata, by name.
func testFiles(t testing.TB) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.webp")
	if err != nil || len(paths) < 15 {
		t.Fatalf("%d files, %v", len(paths), err)
	}
	files := map[string][]byte{}
	for _, path := range paths {
		if files[filepath.Base(path)], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// TestAsXImage compares files of every kind with x/image/webp, on one goroutine and on two.
func TestAsXImage(t *testing.T) {
	for name, data := range testFiles(t) {
		if name == "animated.webp" {
			continue // which it does not decode
		}
		sameAsX(t, name, data, false)
		sameAsX(t, name, data, true)
	}
}

// TestOptions compares what cwebp makes with its options with x/image/webp.
func TestOptions(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a program for each of 100 files")
	}
	if _, err := exec.LookPath("cwebp"); err != nil {
		t.Skip("cwebp is missing; make deps installs it")
	}
	dir := t.TempDir()
	for i, size := range []image.Point{{97, 61}, {17, 5}, {1, 1}} {
		opaque, clear := filepath.Join(dir, "opaque.png"), filepath.Join(dir, "clear.png")
		m := scene.Photo(size.X, size.Y, 10, uint64(i))
		writePNG(t, opaque, m)
		faded := image.NewNRGBA(m.Rect)
		draw.Draw(faded, m.Rect, m, image.Point{}, draw.Src)
		for j := range faded.Pix {
			if j%4 == 3 && j > len(faded.Pix)/3 {
				faded.Pix[j] = uint8(j / 40)
			}
		}
		writePNG(t, clear, faded)
		for _, options := range []string{
			"-q 10", "-q 75", "-q 100", "-q 60 -f 0", "-q 50 -f 100 -nostrong", "-q 50 -f 80 -strong -sharpness 5",
			"-q 50 -sharpness 2 -f 60", "-q 40 -segments 1", "-q 90 -m 0", "-q 30 -m 6 -af", "-q 20 -sns 100 -m 6",
			"-lossless", "-lossless -z 0", "-lossless -z 9", "-near_lossless 40", "-lossless -exact",
			"-lossless -hint graph", "-lossless -low_memory", "-q 80 -alpha_q 50", "-q 80 -alpha_method 0",
			"-q 80 -alpha_filter best -alpha_q 80", "-q 70 -alpha_filter none", "-preset text",
		} {
			for _, in := range []string{opaque, clear} {
				out := filepath.Join(dir, "out.webp")
				args := append([]string{"-quiet"}, strings.Fields(options)...)
				if said, err := exec.Command("cwebp", append(args, in, "-o", out)...).CombinedOutput(); err != nil {
					t.Fatalf("cwebp %s: %v: %s", options, err, said)
				}
				data, err := os.ReadFile(out)
				if err != nil {
					t.Fatal(err)
				}
				sameAsX(t, fmt.Sprint(options, " of ", size, " ", filepath.Base(in)), data, false)
			}
		}
	}
}

func writePNG(t testing.TB, path string, m image.Image) {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}
