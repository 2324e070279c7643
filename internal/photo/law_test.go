package photo

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"newsroom.example/cards/internal/icc/icctest"
	"newsroom.example/cards/internal/scene"
)

// bars returns bars of pure colours, with an edge down the middle of each bar's height.
func bars(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	colours := []color.RGBA{
		{255, 255, 255, 255}, {255, 255, 0, 255}, {0, 255, 255, 255}, {0, 255, 0, 255}, {255, 0, 255, 255}, {255, 0, 0, 255},
		{0, 0, 255, 255}, {0, 0, 0, 255}, {128, 128, 128, 255}, {200, 120, 90, 255}, {60, 90, 40, 255}, {20, 30, 60, 255},
	}
	for i, c := range colours {
		draw.Draw(m, image.Rect(i*w/len(colours), 0, (i+1)*w/len(colours), h), image.NewUniform(c), image.Point{}, draw.Src)
	}
	return m
}

// laws are ways to write a picture. In the words of a recipe, IN and OUT are the names of files. If two pixels share a
// chroma sample, libjpeg and libwebp interpolate it, and we repeat it, as a card is smaller than its photo: the fine lines
// of the photograph then differ more.
var laws = []struct {
	name, recipe string
	photo        float64 // bound; 0: 1.5
}{
	{name: "1x1.jpg", recipe: "cjpeg -quality 95 -sample 1x1 -outfile OUT IN"},
	{name: "2x1.jpg", recipe: "cjpeg -quality 90 -sample 2x1 -outfile OUT IN"},
	{name: "1x2.jpg", recipe: "cjpeg -quality 90 -sample 1x2 -outfile OUT IN"},
	{name: "2x2.jpg", recipe: "cjpeg -quality 85 -sample 2x2 -outfile OUT IN", photo: 2},
	{name: "4x1.jpg", recipe: "cjpeg -quality 85 -sample 4x1 -outfile OUT IN"},
	{name: "4x2.jpg", recipe: "cjpeg -quality 85 -sample 4x2 -outfile OUT IN"},
	{name: "1x4.jpg", recipe: "cjpeg -quality 85 -sample 1x4 -outfile OUT IN"},
	{name: "mixed.jpg", recipe: "cjpeg -quality 85 -sample 2x2,2x1,1x2 -outfile OUT IN"},
	{name: "rgb.jpg", recipe: "cjpeg -quality 90 -rgb -outfile OUT IN"},
	{name: "grey.jpg", recipe: "cjpeg -quality 85 -grayscale -outfile OUT IN"},
	{name: "progressive-1x1.jpg", recipe: "cjpeg -quality 92 -progressive -sample 1x1 -outfile OUT IN"},
	{name: "progressive-2x2.jpg", recipe: "cjpeg -quality 85 -progressive -outfile OUT IN", photo: 2},
	{name: "arithmetic.jpg", recipe: "cjpeg -quality 85 -arithmetic -sample 2x1 -outfile OUT IN"},
	{name: "arithmetic-progressive.jpg", recipe: "cjpeg -quality 85 -arithmetic -progressive -sample 1x1 -outfile OUT IN"},
	{name: "inks-1x1.jpg", recipe: "convert IN -colorspace CMYK -quality 92 -sampling-factor 1x1 OUT"},
	{name: "inks-2x2.jpg", recipe: "convert IN -colorspace CMYK -quality 85 -sampling-factor 2x2 OUT", photo: 2},
	{name: "inks-progressive.jpg", recipe: "convert IN -colorspace CMYK -quality 85 -sampling-factor 2x1 -interlace JPEG OUT"},
	{name: "8.png", recipe: "convert IN PNG24:OUT"},
	{name: "16.png", recipe: "convert IN -depth 16 PNG48:OUT"},
	{name: "palette.png", recipe: "convert IN -colors 200 PNG8:OUT"},
	{name: "grey.png", recipe: "convert IN -colorspace Gray -depth 8 OUT"},
	{name: "grey-16.png", recipe: "convert IN -colorspace Gray -depth 16 OUT"},
	{name: "interlaced.png", recipe: "convert IN -interlace PNG PNG24:OUT"},
	{name: "alpha.png", recipe: "convert IN -alpha set -channel A -evaluate set 60% +channel PNG32:OUT"},
	{name: "alpha-16.png", recipe: "convert IN -alpha set -channel A -evaluate set 60% +channel -depth 16 PNG64:OUT"},
	{name: "plain.gif", recipe: "convert IN -colors 250 OUT"},
	{name: "interlaced.gif", recipe: "convert IN -colors 100 -interlace GIF OUT"},
	{name: "lossy.webp", recipe: "cwebp -quiet -q 85 IN -o OUT", photo: 2},
	{name: "lossless.webp", recipe: "cwebp -quiet -lossless IN -o OUT"},
}

// TestLaw: every format, subsampling, depth and alpha has the colours of ImageMagick: within a mean CIEDE2000 of 1 on
// bars and of 1.5 on photographs. The formats that have them have a profile and an orientation by turns, so that each of
// both is with many of the others.
func TestLaw(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a hundred programs")
	}
	dir := t.TempDir()
	srgb := writeFile(t, dir, "srgb.icc", icctest.SRGB())
	profiles := [][]byte{nil, icctest.DisplayP3(), nil, icctest.AdobeRGB()}
	for picture, src := range map[string]*image.RGBA{"bars": bars(480, 96), "photo": scene.Photo(240, 160, 4, 21)} {
		plain := writeFile(t, dir, picture+".png", scene.PNG(src))
		in := filepath.Join(dir, picture+".ppm")
		blur := "0x0"
		if picture == "photo" {
			blur = "0x0.9" // as a lens draws it
		}
		convert(t, plain, "-blur", blur, in)
		for i, law := range laws {
			name := fmt.Sprint(picture, ", ", law.name)
			path := filepath.Join(dir, picture+"-"+law.name)
			words := strings.Fields(strings.NewReplacer("IN", in, "OUT", path).Replace(law.recipe))
			run(t, words[0], words[1:]...)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			profile, orientation := profiles[i%len(profiles)], uint16(1+i*5%8)
			args := []string{"-colorspace", "sRGB"}
			switch grey := strings.HasPrefix(law.name, "grey"); {
			case strings.HasPrefix(law.name, "inks"), grey, profile == nil:
			case strings.HasSuffix(path, ".jpg"):
				data, args = withICC(data, profile, 9999), []string{"-profile", srgb}
				name += ", profile"
			case strings.HasSuffix(path, ".png"):
				data, args = withChunk(data, "iCCP", packed(profile)), []string{"-profile", srgb}
				name += ", profile"
			}
			if strings.HasSuffix(path, ".jpg") {
				data = withExif(data, orientation, binary.BigEndian)
				name += fmt.Sprint(", orientation ", orientation)
			}
			path = writeFile(t, dir, "in"+filepath.Ext(path), data)
			out := filepath.Join(dir, "out.png")
			args = append(append([]string{path, "-auto-orient"}, args...), "-background", "white", "-alpha", "remove", "-depth", "8", "PNG24:"+out)
			convert(t, args...)
			most := map[string]float64{"bars": 1, "photo": cmp.Or(law.photo, 1.5)}[picture]
			d := meanDeltaE(t, decoded(t, data), readPNG(t, out))
			t.Logf("%-56s %.2f", name, d)
			if d > most {
				t.Errorf("%s: mean dE2000 %.2f, at most %.1f", name, d, most)
			}
		}
	}
}

// run runs a program, or skips the test if it is not installed.
func run(t *testing.T, name string, args ...string) {
	t.Helper()
	if testing.Short() {
		t.Skip("-short starts no other programs")
	}
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skip(name + " is missing; make deps installs it")
	}
	cmd := exec.Command(path, args...)
	var problems bytes.Buffer
	cmd.Stderr = &problems
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %v: %v: %s", name, args, err, &problems)
	}
}
