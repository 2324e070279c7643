package photo

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"newsroom.example/cards/internal/icc"
	"newsroom.example/cards/internal/icc/icctest"
	"newsroom.example/cards/internal/scene"
)

// convert runs ImageMagick, or skips the test if it is not installed.
func convert(t *testing.T, args ...string) {
	t.Helper()
	if testing.Short() {
		t.Skip("-short starts no other programs")
	}
	if _, err := exec.LookPath("convert"); err != nil {
		t.Skip("ImageMagick is missing; make deps installs it")
	}
	if out, err := exec.Command("convert", args...).CombinedOutput(); err != nil {
		t.Fatalf("convert %v: %v: %s", args, err, out)
	}
}

// spectrum returns a picture with hues from left to right, from black through full colour to white from top to bottom,
// and a strip of greys.
func spectrum(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	wave := func(x, shift int) int { return max(0, min(255, 510-6*255*min((x+shift)%w, w-(x+shift)%w)/w)) }
	for y := range h {
		for x := range w {
			c := [3]int{wave(x, 0), wave(x, w/3), wave(x, 2*w/3)}
			for i, v := range c {
				switch d := 2 * y; {
				case x < w/10:
					c[i] = 255 * y / (h - 1)
				case d < h:
					c[i] = v * d / h
				default:
					c[i] = v + (255-v)*(d-h)/h
				}
			}
			m.SetRGBA(x, y, color.RGBA{uint8(c[0]), uint8(c[1]), uint8(c[2]), 255})
		}
	}
	return m
}

func writeFile(t *testing.T, dir, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func readPNG(t *testing.T, path string) image.Image {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestColoursAsImageMagick compares our conversion of whole files with ImageMagick's, to sRGB.
func TestColoursAsImageMagick(t *testing.T) {
	dir := t.TempDir()
	srgb := writeFile(t, dir, "srgb.icc", icctest.SRGB())
	ramp := image.NewGray(image.Rect(0, 0, 256, 4))
	for i := range ramp.Pix {
		ramp.Pix[i] = uint8(i % 256)
	}
	colours, grey := scene.PNG(spectrum(60, 60)), scene.PNG(ramp)
	files := map[string][]byte{
		"Display P3":       withChunk(colours, "iCCP", packed(icctest.DisplayP3())),
		"Adobe RGB":        withChunk(colours, "iCCP", packed(icctest.AdobeRGB())),
		"sRGB":             withChunk(colours, "iCCP", packed(icctest.SRGB())),
		"JPEG, Display P3": withICC(scene.JPEG(spectrum(60, 60)), icctest.DisplayP3(), 500),
		"grey of gamma 1":  withChunk(grey, "iCCP", packed(icctest.Gray())),
	}
	xyb := spectrum(60, 60)
	for i := 0; i < len(xyb.Pix); i += 4 {
		v := icctest.ToXYB([3]uint8(xyb.Pix[i : i+3]))
		copy(xyb.Pix[i:], v[:])
	}
	files["XYB"] = withChunk(scene.PNG(xyb), "iCCP", packed(icctest.XYB()))
	for _, glob := range []string{"*RGB*.icc", "ghostscript/a98.icc", "ghostscript/rommrgb.icc"} {
		paths, _ := filepath.Glob(filepath.Join("/usr/share/color/icc", glob))
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err == nil && icc.SpaceOf(data) == icc.RGB && string(data[12:16]) != "nmcl" {
				files[filepath.Base(path)] = withChunk(colours, "iCCP", packed(data))
			}
		}
	}
	for name, data := range files {
		in, out := writeFile(t, dir, "in", data), filepath.Join(dir, "out.png")
		convert(t, in, "-profile", srgb, "-depth", "8", "PNG24:"+out)
		d := meanDeltaE(t, decoded(t, data), readPNG(t, out))
		t.Logf("%-32s mean dE2000 %.2f", name, d)
		if d > 3 {
			t.Errorf("%s: mean dE2000 %.2f", name, d)
		}
	}
}

// TestInksAsImageMagick does the same with CMYK, without a profile and with the installed profiles.
func TestInksAsImageMagick(t *testing.T) {
	dir := t.TempDir()
	srgb := writeFile(t, dir, "srgb.icc", icctest.SRGB())
	source := writeFile(t, dir, "in.png", scene.PNG(spectrum(64, 64)))
	profiles := map[string]string{"lutAToB": writeFile(t, dir, "ink0.icc", icctest.Press(icctest.LUTAToB))}
	profiles["lut8"] = writeFile(t, dir, "ink1.icc", icctest.Press(icctest.LUT8))
	profiles["lut16"] = writeFile(t, dir, "ink2.icc", icctest.Press(icctest.LUT16))
	for _, name := range []string{"default_cmyk.icc", "ps_cmyk.icc"} {
		path := filepath.Join("/usr/share/color/icc/ghostscript", name)
		if _, err := os.Stat(path); err == nil {
			profiles[filepath.Base(path)] = path
		}
	}
	inks, back := filepath.Join(dir, "inks.jpg"), filepath.Join(dir, "back.png")
	compare := func(why string, most float64) {
		t.Helper()
		data, err := os.ReadFile(inks)
		if err != nil {
			t.Fatal(err)
		}
		if info, err := Inspect(data); err != nil || !info.jpeg.inks() {
			t.Fatalf("%s: not of inks, %v", why, err)
		}
		d := meanDeltaE(t, decoded(t, data), readPNG(t, back))
		t.Logf("%-20s mean dE2000 %.2f", why, d)
		if d > most {
			t.Errorf("%s: mean dE2000 %.2f", why, d)
		}
	}
	convert(t, source, "-colorspace", "CMYK", "-quality", "95", inks)
	convert(t, inks, "-colorspace", "sRGB", "-depth", "8", "PNG24:"+back)
	compare("no profile", 3)
	for name, path := range profiles {
		convert(t, source, "-colorspace", "CMYK", "-strip", "-profile", path, "-quality", "95", inks)
		convert(t, inks, "-profile", srgb, "-depth", "8", "PNG24:"+back)
		compare(name, 3)
	}
}
