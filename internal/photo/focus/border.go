package focus

import (
	"image"
	"image/color"
)

// borderOf returns the graphic with what its border shows: points along the four sides, a little inside.
func borderOf(img image.Image) *Graphic {
	b := img.Bounds()
	in := image.Pt(min(2, b.Dx()/2), min(2, b.Dy()/2))
	const points = 64
	var all []color.NRGBA
	at := func(x, y int) {
		r, g, b, _ := img.At(b.Min.X+x, b.Min.Y+y).RGBA()
		all = append(all, color.NRGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 255})
	}
	for i := range points {
		x, y := (2*i+1)*b.Dx()/(2*points), (2*i+1)*b.Dy()/(2*points)
		at(x, in.Y)
		at(x, b.Dy()-1-in.Y)
		at(in.X, y)
		at(b.Dx()-1-in.X, y)
	}
	most, ground := 0, color.NRGBA{}
	for _, c := range all {
		n := 0
		for _, o := range all {
			if alike(c, o) {
				n++
			}
		}
		if n > most {
			most, ground = n, c
		}
	}
	return &Graphic{Plain: 10*most >= 8*len(all), Ground: ground}
}

// alike reports whether two colours look the same, apart from the noise of JPEG.
func alike(a, b color.NRGBA) bool {
	return max(abs(int(a.R)-int(b.R)), abs(int(a.G)-int(b.G)), abs(int(a.B)-int(b.B))) <= 8
}
