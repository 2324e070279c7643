package design

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io/fs"
	"math"
	"path"
	"slices"
	"strings"

	"github.com/srwiley/oksvg"
	"github.com/srwiley/rasterx"
)

// maxLogoSide is the maximum width and height of a PNG logo, in pixels.
const maxLogoSide = 4096

// Logo is a publication's logo, drawn in place of the site's name.
type Logo struct {
	Height float64 // design pixels
	Clear  float64 // free space around it, in design pixels
	At     string  // where it is in its row: start, center or end
	Dark   *Logo   // on dark grounds and photos; nil: the same
	aspect float64 // width to height
	raster *image.NRGBA
	svg    []byte
}

type logoFile struct {
	File, Dark    string
	At            string
	Height, Clear float64
}

// On returns the logo for a ground whose ink is given: the one for dark grounds if the ink is light.
func (l *Logo) On(ink color.NRGBA) *Logo {
	if l.Dark != nil && Luminance(ink.R, ink.G, ink.B) > 0.4 {
		return l.Dark
	}
	return l
}

// leastLogoContrast is the least contrast of a logo with its ground. WCAG 2.2 asks for 3:1 of graphics, but not of
// logos (success criterion 1.4.11), whose colours are given; with less than this they vanish.
const leastLogoContrast = 2.5

// contrast returns the contrast with a ground of the part of the logo that is the clearest on it: a quarter of its
// opaque pixels has at least this contrast.
func (l *Logo) contrast(ground color.NRGBA) float64 {
	img := l.Draw(64)
	var all []float64
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			if c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA); c.A > 200 {
				all = append(all, Contrast(c, ground))
			}
		}
	}
	if len(all) == 0 {
		return 1
	}
	slices.Sort(all)
	return all[len(all)*3/4]
}

// checkLogo checks that the logo can be seen on the theme's paper and on its photos.
func (t *Theme) checkLogo(d *document) {
	if t.Logo == nil || len(d.faults) > 0 {
		return
	}
	check := func(ground color.NRGBA, ink color.NRGBA, where string) {
		logo, key := t.Logo.On(ink), "logo.file"
		if logo == t.Logo.Dark {
			key = "logo.dark"
		}
		if got := logo.contrast(ground); got < leastLogoContrast {
			hint := ""
			if logo == t.Logo && Luminance(ink.R, ink.G, ink.B) > 0.4 {
				hint = "; give a light one as logo.dark"
			}
			d.fault(key, "has a contrast of %.1f:1 with %s, and needs %.1f:1%s", got, where, leastLogoContrast, hint)
		}
	}
	check(t.Paper, t.Ink, "paper")
	check(t.Scrim, t.OnPhoto, "the scrim of photos")
}

// Width returns the logo's width at a height, in the height's unit.
func (l *Logo) Width(height float64) float64 { return height * l.aspect }

// Draw returns the logo; a vector image is rasterized at the height in pixels, for each call.
// It is safe for concurrent use.
func (l *Logo) Draw(heightPx int) image.Image {
	if l.raster != nil {
		return l.raster
	}
	w := max(1, int(math.Round(l.aspect*float64(heightPx))))
	out := image.NewRGBA(image.Rect(0, 0, w, heightPx))
	icon, err := oksvg.ReadIconStream(bytes.NewReader(l.svg), oksvg.IgnoreErrorMode)
	if err != nil { // cannot happen: it was parsed when the theme was read
		return out
	}
	icon.SetTarget(0, 0, float64(w), float64(heightPx))
	icon.Draw(rasterx.NewDasher(w, heightPx, rasterx.NewScannerGV(w, heightPx, out, out.Bounds())), 1)
	return out
}

// readLogo reads the file of a logo, which is the value of the key.
func readLogo(d *document, dir fs.FS, key string, f logoFile) (*Logo, []byte) {
	l := &Logo{}
	d.within("logo.height", &f.Height, 34, 12, 120)
	d.within("logo.clear", &f.Clear, f.Height/2, 0, 120)
	l.Height, l.Clear = f.Height, f.Clear
	if !fs.ValidPath(f.File) {
		d.fault(key, "%q must be a path below the folder of themes", f.File)
		return nil, nil
	}
	data, err := fs.ReadFile(dir, f.File)
	switch {
	case err != nil:
		d.fault(key, "cannot be read: %v", err)
		return nil, nil
	case len(data) > MaxLogoBytes:
		d.fault(key, "%s is longer than %d bytes", f.File, MaxLogoBytes)
		return nil, nil
	}
	if err := l.load(path.Ext(f.File), data); err != nil {
		d.fault(key, "%s: %v", f.File, err)
		return nil, nil
	}
	return l, data
}

// readLogos reads the logo, and the one for dark grounds. The data is that of both files.
func readLogos(d *document, dir fs.FS, f logoFile) (*Logo, []byte) {
	l, data := readLogo(d, dir, "logo.file", f)
	if l == nil {
		return nil, nil
	}
	d.oneOf("logo.at", &f.At, "start", "center", "end")
	l.At = f.At
	if f.Dark != "" {
		f.File = f.Dark
		dark, more := readLogo(d, dir, "logo.dark", f)
		l.Dark, data = dark, slices.Concat(data, more)
	}
	return l, data
}

// withHint returns an error of the SVG reader with what to do about it.
func withHint(err error) error {
	if strings.Contains(err.Error(), "element text") {
		return errors.New("has text, whose font is not in the file: convert it to paths (Inkscape: Path, Object to Path)")
	}
	return err
}

// load parses the picture. It turns a panic of the SVG reader into an error.
func (l *Logo) load(ending string, data []byte) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("cannot be drawn: %v", r)
		}
	}()
	switch strings.ToLower(ending) {
	case ".svg":
		icon, err := oksvg.ReadIconStream(bytes.NewReader(data), oksvg.StrictErrorMode)
		if err != nil {
			return withHint(err)
		}
		if !(icon.ViewBox.W > 0 && icon.ViewBox.H > 0) {
			return errors.New("has no viewBox")
		}
		l.svg, l.aspect = data, icon.ViewBox.W/icon.ViewBox.H
		if !(l.aspect > 0.05 && l.aspect < 20) {
			return errors.New("is more than twenty times as long as it is broad")
		}
		l.Draw(64)
		return nil
	case ".png":
		cfg, err := png.DecodeConfig(bytes.NewReader(data))
		if err != nil {
			return err
		}
		if cfg.Width > maxLogoSide || cfg.Height > maxLogoSide {
			return fmt.Errorf("is larger than %d pixels a side", maxLogoSide)
		}
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			return err
		}
		l.raster = image.NewNRGBA(img.Bounds())
		draw.Draw(l.raster, l.raster.Rect, img, img.Bounds().Min, draw.Src)
		l.aspect = float64(cfg.Width) / float64(cfg.Height)
		return nil
	}
	return errors.New("must be a .png or .svg file")
}
