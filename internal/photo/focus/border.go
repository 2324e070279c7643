package focus

import (
	"image"
	"image/color"
	"slices"
)

// borderOf returns the graphic with what its border shows.
func borderOf(img image.Image) *Graphic {
	ground, sides := border(img)
	return &Graphic{Plain: 10*(sides[0]+sides[1]+sides[2]+sides[3]) >= 8*4*borderPoints, Ground: ground}
}

// edgeOf returns the colour around a photograph, or nil if it has several: that of a wall or of a studio, with somebody
// in front of it who may reach out of the photo at one side, and whose shoulders may at two more.
func edgeOf(img image.Image) *color.NRGBA {
	ground, sides := border(img)
	slices.Sort(sides[:])
	if 10*sides[3] < 9*borderPoints || 10*sides[1] < 6*borderPoints {
		return nil
	}
	return &ground
}

// borderPoints is the number of points at each side of the border.
const borderPoints = 64

// border returns the most frequent colour of points along the four sides, a little inside, and at how many of each side
// it is.
func border(img image.Image) (ground color.NRGBA, sides [4]int) {
	b := img.Bounds()
	in := image.Pt(min(2, b.Dx()/2), min(2, b.Dy()/2))
	var all [4 * borderPoints]color.NRGBA
	at := func(x, y int) color.NRGBA {
		r, g, b, _ := img.At(b.Min.X+x, b.Min.Y+y).RGBA()
		return color.NRGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 255}
	}
	for i := range borderPoints {
		x, y := (2*i+1)*b.Dx()/(2*borderPoints), (2*i+1)*b.Dy()/(2*borderPoints)
		all[4*i], all[4*i+1] = at(x, in.Y), at(x, b.Dy()-1-in.Y)
		all[4*i+2], all[4*i+3] = at(in.X, y), at(b.Dx()-1-in.X, y)
	}
	most := 0
	for _, c := range all {
		n, of := 0, [4]int{}
		for i, o := range all {
			if alike(c, o) {
				n++
				of[i%4]++
			}
		}
		if n > most {
			most, ground, sides = n, c, of
		}
	}
	return ground, sides
}

// alike reports whether two colours look the same, apart from the noise of JPEG.
func alike(a, b color.NRGBA) bool {
	return max(abs(int(a.R)-int(b.R)), abs(int(a.G)-int(b.G)), abs(int(a.B)-int(b.B))) <= 8
}
