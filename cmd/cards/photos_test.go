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

	"newsroom.example/cards/internal/design"
)

// TestPhotosLieOnTheThemesPaper: a photo that is clear glass shows the paper of its card's theme, or white if that is
// dark.
func TestPhotosLieOnTheThemesPaper(t *testing.T) {
	dir := t.TempDir()
	glass := filepath.Join(dir, "glass.png")
	var clear bytes.Buffer
	if err := png.Encode(&clear, image.NewNRGBA(image.Rect(0, 0, 1600, 1200))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(glass, clear.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	white, cream, night := color.NRGBA{255, 255, 255, 255}, color.NRGBA{0xfa, 0xf6, 0xee, 255}, color.NRGBA{0x0e, 0x1b, 0x2c, 255}
	for theme, want := range map[string]struct{ card, photo color.NRGBA }{
		"ledger": {cream, cream}, "press": {white, white}, "signal": {night, white},
	} {
		out, errs, status := ran(t, "render", "--headline", "Glass", "--template", "split", "--theme", theme, "--photo", glass, "--out", filepath.Join(dir, theme+".png"))
		if status != 0 {
			t.Fatalf("%s: %d %s %s", theme, status, out, errs)
		}
		data, err := os.ReadFile(filepath.Join(dir, theme+".png"))
		if err != nil {
			t.Fatal(err)
		}
		card, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		for p, want := range map[image.Point]color.NRGBA{{3, 3}: want.card, {1196, 3}: want.photo, {1196, 626}: want.photo} {
			if got := color.NRGBAModel.Convert(card.At(p.X, p.Y)); got != want {
				t.Errorf("%s: %v at %v, want %v", theme, got, p, want)
			}
		}
	}
}

// TestLogosAreSeen: a logo on a transparent ground differs from what it lies on, in every theme.
func TestLogosAreSeen(t *testing.T) {
	dir := t.TempDir()
	for name, ink := range map[string]color.NRGBA{
		"white": {255, 255, 255, 255}, "pale": {250, 240, 190, 255}, "black": {0, 0, 0, 255}, "red": {180, 20, 30, 255},
	} {
		logo := image.NewNRGBA(image.Rect(0, 0, 800, 400))
		for y := 100; y < 300; y++ {
			for x := 100; x < 700; x++ {
				if x/40%2 == 0 {
					logo.SetNRGBA(x, y, ink)
				}
			}
		}
		var file bytes.Buffer
		if err := png.Encode(&file, logo); err != nil {
			t.Fatal(err)
		}
		source := filepath.Join(dir, name+".png")
		if err := os.WriteFile(source, file.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, theme := range []string{"ledger", "press", "signal"} {
			out := filepath.Join(dir, name+theme+".png")
			if _, errs, status := ran(t, "render", "--headline", "Logo", "--theme", theme, "--photo", source, "--out", out); status != 0 {
				t.Fatal(errs)
			}
			data, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			card, err := png.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			drawn, ground := 0, color.NRGBAModel.Convert(card.At(1190, 315)).(color.NRGBA)
			for x := 620; x < 1190; x++ {
				if c := color.NRGBAModel.Convert(card.At(x, 315)).(color.NRGBA); c != ground && design.Contrast(c, ground) > 4 {
					drawn++
				}
			}
			if drawn < 150 {
				t.Errorf("%s in %s: %d pixels of it are seen on %v", name, theme, drawn, ground)
			}
		}
	}
}

// TestRenderWarnsOfHalfAPhoto: the card shows what is there of a file that is cut short, and that is said.
func TestRenderWarnsOfHalfAPhoto(t *testing.T) {
	dir, whole := t.TempDir(), photoJPEG(t)
	for name, data := range map[string][]byte{"whole": whole, "half": whole[:len(whole)*8/10]} {
		source := filepath.Join(dir, name+".jpg")
		if err := os.WriteFile(source, data, 0o600); err != nil {
			t.Fatal(err)
		}
		_, errs, status := ran(t, "render", "--headline", "Half", "--photo", source, "--out", filepath.Join(dir, name+".png"))
		if status != 0 || strings.Contains(errs, "incomplete") != (name == "half") {
			t.Errorf("%s: %d %s", name, status, errs)
		}
	}
}

// TestNothingOfAPhotosSegmentsIsLeft: what a photo tells beside its pixels, and what hides in it,
// is not in the card.
func TestNothingOfAPhotosSegmentsIsLeft(t *testing.T) {
	dir := t.TempDir()
	secrets := [][]byte{[]byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x88\x25GPS 37.5 N"), []byte("<script>alert(document.domain)</script>"), []byte("ICC_PROFILE\x00 of a maker")}
	photo := photoJPEG(t)
	for i, marker := range []byte{0xe1, 0xfe, 0xe2} {
		segment := append([]byte{0xff, marker, 0, byte(len(secrets[i]) + 2)}, secrets[i]...)
		photo = append(append(append([]byte{}, photo[:2]...), segment...), photo[2:]...)
	}
	photo = append(photo, secrets[1]...)
	source := filepath.Join(dir, "photo.jpg")
	if err := os.WriteFile(source, photo, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"card.jpg", "card.png"} {
		file := filepath.Join(dir, name)
		if _, errs, status := ran(t, "render", "--headline", "Secrets", "--photo", source, "--out", file); status != 0 {
			t.Fatalf("%s: %d %s", name, status, errs)
		}
		card, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range append(secrets, []byte("Exif"), []byte("GPS"), []byte("ICC_PROFILE"), []byte("<script")) {
			if bytes.Contains(card, secret) {
				t.Errorf("%s holds %q", name, secret)
			}
		}
	}
}
