// Package ciede measures how different pictures look, by CIEDE2000 (CIE 142; Sharma, Wu and Dalal, 2005): 1 is about
// what a trained eye just sees. It is for tests and comparisons.
package ciede

import (
	"image"
	"math"
)

// DeltaE returns the difference of two colours L*, a*, b*.
func DeltaE(p, q [3]float64) float64 {
	rad := math.Pi / 180
	mean := (math.Hypot(p[1], p[2]) + math.Hypot(q[1], q[2])) / 2
	g := 1 + 0.5*(1-math.Sqrt(math.Pow(mean, 7)/(math.Pow(mean, 7)+math.Pow(25, 7))))
	c1, c2 := math.Hypot(p[1]*g, p[2]), math.Hypot(q[1]*g, q[2])
	hue := func(a, b float64) float64 { return math.Mod(math.Atan2(b, a)/rad+360, 360) }
	h1, h2 := hue(p[1]*g, p[2]), hue(q[1]*g, q[2])
	dh, hm := h2-h1, (h1+h2)/2
	switch {
	case c1*c2 == 0:
		dh, hm = 0, h1+h2
	case math.Abs(h1-h2) > 180 && h2 <= h1:
		dh += 360
	case math.Abs(h1-h2) > 180:
		dh -= 360
	}
	if c1*c2 != 0 && math.Abs(h1-h2) > 180 {
		hm = math.Mod(hm+180, 360)
	}
	lm, cm := (p[0]+q[0])/2, (c1+c2)/2
	turn := 1 - 0.17*math.Cos((hm-30)*rad) + 0.24*math.Cos(2*hm*rad) +
		0.32*math.Cos((3*hm+6)*rad) - 0.2*math.Cos((4*hm-63)*rad)
	sl := 1 + 0.015*(lm-50)*(lm-50)/math.Sqrt(20+(lm-50)*(lm-50))
	sc, sh := 1+0.045*cm, 1+0.015*cm*turn
	rt := -2 * math.Sqrt(math.Pow(cm, 7)/(math.Pow(cm, 7)+math.Pow(25, 7))) *
		math.Sin(60*rad*math.Exp(-math.Pow((hm-275)/25, 2)))
	l, c, h := (q[0]-p[0])/sl, (c2-c1)/sc, 2*math.Sqrt(c1*c2)*math.Sin(dh/2*rad)/sh
	return math.Sqrt(l*l + c*c + h*h + rt*c*h)
}

// Lab converts an sRGB pixel to L*, a*, b* for D65.
func Lab(r, g, b uint8) [3]float64 {
	var lin [3]float64
	for i, v := range []uint8{r, g, b} {
		if f := float64(v) / 255; f <= 0.04045 {
			lin[i] = f / 12.92
		} else {
			lin[i] = math.Pow((f+0.055)/1.055, 2.4)
		}
	}
	f := func(v float64) float64 {
		if v > 216.0/24389 {
			return math.Cbrt(v)
		}
		return (24389.0/27*v + 16) / 116
	}
	x := f((0.4124564*lin[0] + 0.3575761*lin[1] + 0.1804375*lin[2]) / 0.95047)
	y := f(0.2126729*lin[0] + 0.7151522*lin[1] + 0.0721750*lin[2])
	z := f((0.0193339*lin[0] + 0.1191920*lin[1] + 0.9503041*lin[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// Mean returns the mean difference of two opaque pictures of the same size in sRGB, of every pixel in every nth row and
// column.
func Mean(a, b image.Image, every int) float64 {
	lab := func(m image.Image, x, y int) [3]float64 {
		r, g, b, _ := m.At(m.Bounds().Min.X+x, m.Bounds().Min.Y+y).RGBA()
		return Lab(uint8(r>>8), uint8(g>>8), uint8(b>>8))
	}
	sum, n := 0.0, 0
	for y := 0; y < a.Bounds().Dy(); y += every {
		for x := 0; x < a.Bounds().Dx(); x += every {
			sum, n = sum+DeltaE(lab(a, x, y), lab(b, x, y)), n+1
		}
	}
	return sum / float64(n)
}
