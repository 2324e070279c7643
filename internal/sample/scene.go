package sample

import (
	"image"
	"image/color"
	"math"
)

// Scene is a picture made here, to try designs on: no photo has to be had for it.
type Scene struct {
	Name string
	at   func(x, y float64) rgb // x from 0 to the picture's aspect, y from 0 to 1, downwards
}

// Scenes are a dark one, a bright one, a busy one and a person's outline.
var Scenes = []Scene{{"dusk", dusk}, {"snow", snow}, {"garden", garden}, {"figure", figure}}

// Draw paints the scene at a size in pixels.
func (s Scene) Draw(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := s.at(float64(x)/float64(h), float64(y)/float64(h))
			m.SetRGBA(x, y, color.RGBA{level(c[0]), level(c[1]), level(c[2]), 255})
		}
	}
	return m
}

// rgb is a colour, each part from 0 to 1.
type rgb [3]float64

func level(v float64) uint8 { return uint8(math.Round(255 * min(1, max(0, v)))) }

// mix is a at t=0 and b at t=1.
func mix(a, b rgb, t float64) rgb {
	t = min(1, max(0, t))
	return rgb{a[0] + (b[0]-a[0])*t, a[1] + (b[1]-a[1])*t, a[2] + (b[2]-a[2])*t}
}

// step rises from 0 at from to 1 at to, eased.
func step(from, to, v float64) float64 {
	t := min(1, max(0, (v-from)/(to-from)))
	return t * t * (3 - 2*t)
}

// lattice is a value from 0 to 1 for each point of a grid.
func lattice(x, y int) float64 {
	h := uint32(x)*0x8da6b343 ^ uint32(y)*0xd8163841
	h = (h ^ h>>13) * 0x5bd1e995
	return float64((h^h>>15)&0xffff) / 0xffff
}

// noise is smooth between the points of the grid (value noise).
func noise(x, y float64) float64 {
	xi, yi := math.Floor(x), math.Floor(y)
	fx, fy := step(0, 1, x-xi), step(0, 1, y-yi)
	i, j := int(xi), int(yi)
	top := lattice(i, j) + (lattice(i+1, j)-lattice(i, j))*fx
	foot := lattice(i, j+1) + (lattice(i+1, j+1)-lattice(i, j+1))*fx
	return top + (foot-top)*fy
}

// clouds are five octaves of noise, from 0 to 1.
func clouds(x, y float64) float64 {
	sum, weight := 0.0, 0.5
	for range 5 {
		sum += weight * noise(x, y)
		x, y, weight = 2*x+17.3, 2*y+5.1, weight/2
	}
	return sum / 0.97
}

// dusk is a dark sea under a lit bank of clouds.
func dusk(x, y float64) rgb {
	const horizon = 0.66
	if y < horizon {
		c := mix(rgb{.11, .15, .27}, rgb{.53, .50, .58}, step(.1, horizon, y))
		c = mix(c, rgb{.93, .70, .52}, .75*step(.42, horizon, y)*step(.35, .75, clouds(1.4*x, 7*y)))
		return mix(c, rgb{.14, .16, .25}, .8*step(.45, .72, clouds(2.2*x+3, 6*y+9)))
	}
	depth := (y - horizon) / (1 - horizon)
	wave := clouds(9*x/(.25+depth), 60*depth+3)
	c := mix(rgb{.36, .36, .44}, rgb{.05, .07, .12}, depth)
	c = mix(c, rgb{.75, .60, .52}, .6*step(.55, .8, wave)*(1-depth))
	if pier := math.Abs(x-1.05) - .03 - .10*depth; pier < 0 && depth < .6 {
		c = mix(c, rgb{.04, .05, .08}, .85)
	}
	return c
}

// snow is bright nearly everywhere: hills, and a row of trees.
func snow(x, y float64) rgb {
	ridge := .36 + .10*clouds(1.6*x+2, 4) - .05*math.Sin(2*x)
	if y < ridge {
		return mix(rgb{.74, .84, .95}, rgb{.95, .96, .98}, y/ridge)
	}
	c := mix(rgb{.97, .98, 1}, rgb{.86, .90, .96}, step(.35, .7, clouds(3*x, 9*y)))
	line := .60 + .05*math.Sin(3*x)
	crown := line - .10 - .09*noise(11*x, 3)
	if y > crown && y < line && noise(26*x, 8*y) > .30+.4*(line-y) {
		c = rgb{.16, .24, .22}
	}
	return c
}

// garden is many colours out of focus, and one flower in it.
func garden(x, y float64) rgb {
	c := mix(rgb{.20, .36, .14}, rgb{.62, .68, .24}, clouds(2*x, 2*y))
	c = mix(c, rgb{.97, .75, .18}, step(.52, .74, clouds(1.7*x+7, 1.7*y+2)))
	dx, dy := x-1.02, y-.45
	r, angle := math.Hypot(dx, dy), math.Atan2(dy, dx)
	petal := .25 + .07*math.Cos(9*angle)
	if r < petal {
		c = mix(rgb{.60, .06, .05}, rgb{.93, .33, .10}, step(.05, petal, r)+.3*(noise(24*r, 6*angle)-.5))
	}
	if r < .09 {
		c = mix(rgb{.98, .78, .20}, rgb{.70, .40, .08}, noise(60*x, 60*y))
	}
	return c
}

// figure is somebody's outline before a window.
func figure(x, y float64) rgb {
	c := mix(rgb{.55, .60, .64}, rgb{.83, .82, .78}, clouds(1.1*x, 1.3*y+4))
	if math.Mod(x+.2, .42) < .015 {
		c = mix(c, rgb{.35, .38, .42}, .7)
	}
	dx := x - .75
	if y > .60-.12*math.Exp(-14*dx*dx) && math.Abs(dx) < .16+.9*(y-.5) {
		c = mix(rgb{.13, .17, .25}, rgb{.22, .27, .36}, clouds(14*x, 9*y))
	}
	if r := math.Hypot(dx/.145, (y-.36)/.19); r < 1 {
		c = mix(rgb{.86, .68, .56}, rgb{.62, .44, .34}, step(-.1, .16, dx)+.25*r)
		if y < .27+.05*math.Cos(9*dx) {
			c = rgb{.15, .11, .09}
		}
	}
	grain := .9 + .2*(.6*noise(90*x, 90*y)+.4*noise(31*x, 37*y)) // no photo is as even as a drawing
	return rgb{c[0] * grain, c[1] * grain, c[2] * grain}
}
