// Package scene generates pictures and picture files for tests and benchmarks. Like photos, its pictures are difficult
// to encode and scale: they have smooth skies, hard edges, fine lines, colours and noise.
package scene

import (
	"image"
	"image/color"
	"math/rand/v2"
)

// Photo returns a picture of w by h pixels. grain is the largest change of a channel by noise, 0 to 255. seed
// determines the shapes. The same arguments give the same pixels on every machine.
func Photo(w, h, grain int, seed uint64) *image.RGBA {
	r := rand.New(rand.NewPCG(seed, 1))
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	sky(m, r)
	for range 24 {
		disc(m, r.IntN(w), r.IntN(h), 4+r.IntN(max(1, w/10)), colourOf(r))
	}
	for range 6 {
		grid(m, r.IntN(w), r.IntN(h), 2+r.IntN(5), colourOf(r))
	}
	if grain > 0 {
		noise(m, r, grain)
	}
	return m
}

func colourOf(r *rand.Rand) color.RGBA {
	return color.RGBA{uint8(r.IntN(256)), uint8(r.IntN(256)), uint8(r.IntN(256)), 255}
}

// sky draws a gradient between two colours, with darker ground at the bottom.
func sky(m *image.RGBA, r *rand.Rand) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	top, foot := colourOf(r), colourOf(r)
	mix := func(a, b uint8, at, of int) uint8 { return uint8((int(a)*(of-at) + int(b)*at) / of) }
	for y := range h {
		for x := range w {
			c := color.RGBA{mix(top.R, foot.R, y, h), mix(top.G, foot.G, x, w), mix(top.B, foot.B, x+y, w+h), 255}
			if 3*y > 2*h {
				c.R, c.G, c.B = c.R/2, c.G/3, c.B/2
			}
			m.SetRGBA(x, y, c)
		}
	}
}

func disc(m *image.RGBA, cx, cy, radius int, c color.RGBA) {
	for y := max(0, cy-radius); y < min(m.Rect.Max.Y, cy+radius); y++ {
		for x := max(0, cx-radius); x < min(m.Rect.Max.X, cx+radius); x++ {
			if dx, dy := x-cx, y-cy; dx*dx+dy*dy < radius*radius {
				m.SetRGBA(x, y, c)
			}
		}
	}
}

// grid draws thin lines, like those of windows and railings.
func grid(m *image.RGBA, left, top, step int, c color.RGBA) {
	for y := top; y < min(m.Rect.Max.Y, top+60*step); y++ {
		for x := left; x < min(m.Rect.Max.X, left+80*step); x++ {
			if x%step == 0 || y%(2*step) == 0 {
				m.SetRGBA(x, y, c)
			}
		}
	}
}

// noise adds noise, mostly of brightness, like that of film and sensors.
func noise(m *image.RGBA, r *rand.Rand, grain int) {
	move := func(v uint8, by int) uint8 { return uint8(max(0, min(255, int(v)+by))) }
	for i := 0; i < len(m.Pix); i += 4 {
		n := r.IntN(2*grain+1) - grain
		c := r.IntN(grain/2+1) - grain/4
		m.Pix[i], m.Pix[i+1], m.Pix[i+2] = move(m.Pix[i], n+c), move(m.Pix[i+1], n), move(m.Pix[i+2], n-c)
	}
}
