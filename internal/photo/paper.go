package photo

import (
	"image"
	"image/color"
)

// paired is a paper for which there is another one, for pictures whose ink cannot be seen on the first: a white logo on
// white paper, or a black one on a dark page.
type paired interface {
	color.Color
	Other() color.Color
}

// The parts of a transparent picture, in thousandths of its pixels, and the contrast of its ink with the paper up to
// which the other paper is taken, in hundredths: on white, that of a mean brightness of 79 % or more.
const (
	clearLeast = 50
	inkLeast   = 1
	paleMost   = 170
)

// seesThrough reports whether a decoded picture has transparent parts.
func seesThrough(img image.Image) bool {
	switch m := img.(type) {
	case *image.YCbCr, *image.Gray, *image.RGBA, *image.CMYK: // decoders return them for opaque pictures only
		return false
	case interface{ Opaque() bool }:
		return !m.Opaque()
	}
	return true
}

// paperFor returns the paper on which a picture can be seen. img is the whole picture, in any size.
func paperFor(img image.Image, paper color.Color) color.Color {
	pair, ok := paper.(paired)
	if !ok || !seesThrough(img) {
		return paper
	}
	ink, light, all := inkOf(img)
	if 1000*(all-ink) < clearLeast*all || 1000*ink < inkLeast*all {
		return paper
	}
	own, other := contrast(light/ink, lightOf(color.NRGBAModel.Convert(pair).(color.NRGBA))),
		contrast(light/ink, lightOf(color.NRGBAModel.Convert(pair.Other()).(color.NRGBA)))
	if own < paleMost && other > own {
		return pair.Other()
	}
	return paper
}

// inkOf returns the sum of the alphas of a picture, from 0 to 255 each, the sum of the light that these parts give, and
// what the first sum would be without transparent parts.
func inkOf(img image.Image) (ink, light, all int64) {
	b, at := img.Bounds(), func(x, y int) color.NRGBA { return color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA) }
	if m, ok := img.(*image.NRGBA); ok {
		at = m.NRGBAAt
	}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := at(x, y)
			ink += int64(c.A)
			light += int64(c.A) * lightOf(c)
		}
	}
	return ink, light, 255 * int64(b.Dx()) * int64(b.Dy())
}

// lightOf returns the light of a colour, from 0 to 65,025: its relative luminance, with a gamma of 2.
func lightOf(c color.NRGBA) int64 {
	r, g, b := int64(c.R), int64(c.G), int64(c.B)
	return (2126*r*r + 7152*g*g + 722*b*b) / 10_000
}

// contrast returns the contrast of two lights as WCAG defines it, in hundredths.
func contrast(a, b int64) int64 {
	const black = 65_025 / 20
	return 100 * (max(a, b) + black) / (min(a, b) + black)
}

// unsettled reports whether it has to be decided on which paper the photo lies.
func (p *Photo) unsettled() bool {
	_, ok := p.paper.(paired)
	return ok && !p.settled
}

// settle decides on the paper. It looks at the whole photo at a small size, so that all its parts and sizes lie on the
// same one. The memory for that, partialCost at maxShrink, must be admitted.
func (p *Photo) settle() error {
	img, _, err := p.decodeRegion(image.Rectangle{Max: p.partial.Scaled(maxShrink)}, maxShrink)
	if err != nil {
		return err
	}
	p.paper, p.settled = paperFor(img, p.paper), true
	return nil
}
