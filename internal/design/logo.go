package design

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"io/fs"
	"math"
	"path"
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
	aspect float64 // width to height
	raster *image.NRGBA
	svg    []byte
}

type logoFile struct {
	File          string
	Height, Clear float64
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

func readLogo(d *document, dir fs.FS, f logoFile) (*Logo, []byte) {
	l := &Logo{}
	d.within("logo.height", &f.Height, 34, 12, 120)
	d.within("logo.clear", &f.Clear, f.Height/2, 0, 120)
	l.Height, l.Clear = f.Height, f.Clear
	if !fs.ValidPath(f.File) {
		d.fault("logo.file", "%q must be a path below the folder of themes", f.File)
		return nil, nil
	}
	data, err := fs.ReadFile(dir, f.File)
	switch {
	case err != nil:
		d.fault("logo.file", "cannot be read: %v", err)
		return nil, nil
	case len(data) > MaxLogoBytes:
		d.fault("logo.file", "%s is longer than %d bytes", f.File, MaxLogoBytes)
		return nil, nil
	}
	if err := l.load(path.Ext(f.File), data); err != nil {
		d.fault("logo.file", "%s: %v", f.File, err)
		return nil, nil
	}
	return l, data
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
			return err
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
