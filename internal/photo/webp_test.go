package photo

import (
	"fmt"
	"image"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"newsroom.example/cards/internal/icc/icctest"
	"newsroom.example/cards/internal/scene"
)

// TestLossyWebPIsFullRange: black is 0 and white 255, in a file that libwebp made.
func TestLossyWebPIsFullRange(t *testing.T) {
	got := decoded(t, scene.WebP())
	for i, want := range []color.RGBA{{0, 0, 0, 255}, {255, 255, 255, 255}, {255, 1, 0, 255}, {0, 0, 255, 255}} {
		if c := got.At(16+32*i, 16).(color.RGBA); !alike(c, want) {
			t.Errorf("bar %d: %v, want %v", i, c, want)
		}
	}
}

// alike reports whether two colours differ by at most 2 per channel.
func alike(a, b color.RGBA) bool {
	for _, d := range []int{int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B)} {
		if d < -2 || d > 2 {
			return false
		}
	}
	return true
}

// cwebp converts a PNG to WebP, or skips the test if libwebp's tools are not installed.
func cwebp(t *testing.T, in, out string, args ...string) {
	t.Helper()
	if testing.Short() {
		t.Skip("-short starts no other programs")
	}
	if _, err := exec.LookPath("cwebp"); err != nil {
		t.Skip("cwebp is missing; make deps installs it")
	}
	args = append(append([]string{"-quiet"}, args...), in, "-o", out)
	if out, err := exec.Command("cwebp", args...).CombinedOutput(); err != nil {
		t.Fatalf("cwebp %v: %v: %s", args, err, out)
	}
}

// TestWebPAsImageMagick compares our decoding of files from cwebp with ImageMagick's, over white and in sRGB: flat
// bars pixel by pixel, photographs by their mean difference.
func TestWebPAsImageMagick(t *testing.T) {
	if testing.Short() {
		t.Skip("runs two programs for each of 32 files")
	}
	dir := t.TempDir()
	p3 := writeFile(t, dir, "p3.icc", icctest.DisplayP3())
	srgb := writeFile(t, dir, "srgb.icc", icctest.SRGB())
	for _, size := range []string{"192x128", "191x127"} {
		for _, source := range []string{"bars", "photo"} {
			plain := filepath.Join(dir, source+size+".png")
			sourceOf(t, source, size, plain)
			clear := filepath.Join(dir, "clear.png")
			convert(t, plain, "-alpha", "set", "-channel", "A", "-fx", "i<w/2 ? 1 : 0.5", "PNG32:"+clear)
			tagged := filepath.Join(dir, "tagged.png")
			convert(t, plain, "-profile", p3, "PNG24:"+tagged)
			taggedClear := filepath.Join(dir, "taggedclear.png")
			convert(t, clear, "-profile", p3, "PNG32:"+taggedClear)
			for _, tt := range []struct {
				why, in string
				args    []string
			}{
				{"lossy", plain, []string{"-q", "90"}}, {"coarse", plain, []string{"-q", "75"}},
				{"alpha", clear, []string{"-q", "90"}}, {"profile", tagged, []string{"-q", "90", "-metadata", "icc"}},
				{"profile and alpha", taggedClear, []string{"-q", "90", "-metadata", "icc"}},
				{"lossless", plain, []string{"-lossless"}}, {"lossless, alpha", clear, []string{"-lossless"}},
				{"lossless, profile", tagged, []string{"-lossless", "-metadata", "icc"}},
			} {
				t.Run(fmt.Sprint(source, " ", size, " ", tt.why), func(t *testing.T) {
					file, back := filepath.Join(dir, "file.webp"), filepath.Join(dir, "back.png")
					cwebp(t, tt.in, file, tt.args...)
					convert(t, file, "-profile", srgb, "-background", "white", "-flatten", "-depth", "8", "PNG24:"+back)
					sameColours(t, file, readPNG(t, back), source == "bars")
				})
			}
		}
	}
}

// sourceOf returns the picture: bars of one colour each, or a photograph.
func sourceOf(t *testing.T, source, size, out string) {
	t.Helper()
	if source == "photo" {
		convert(t, "../scene/portrait.png", "-filter", "Lanczos", "-resize", size+"!", "PNG24:"+out)
		return
	}
	args := []string{"-size", "24x128"}
	for _, c := range []string{"black", "white", "red", "lime", "blue", "gray(128)", "rgb(200,140,110)", "rgb(20,60,40)"} {
		args = append(args, "xc:"+c)
	}
	convert(t, append(args, "+append", "-crop", size+"+0+0", "+repage", "PNG24:"+out)...)
}

// sameColours compares our decoding of the file: bars in their middle, within 2 a channel.
func sameColours(t *testing.T, file string, want image.Image, bars bool) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got := decoded(t, data)
	d := meanDeltaE(t, got, want)
	t.Logf("mean dE2000 %.2f", d)
	if d > 1.5 {
		t.Errorf("mean dE2000 %.2f", d)
	}
	if !bars {
		return
	}
	for x := 12; x < want.Bounds().Dx()-4; x += 24 {
		for _, y := range []int{4, 50, 120} {
			a, b := color.RGBAModel.Convert(got.At(x, y)).(color.RGBA), color.RGBAModel.Convert(want.At(x, y)).(color.RGBA)
			if !alike(a, b) {
				t.Errorf("%d, %d: %v, want %v", x, y, a, b)
			}
		}
	}
}
