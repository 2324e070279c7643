package scene

import (
	"image"
	"image/color"
	"math"
)

// pen draws at twice the size, so that edges are smooth once the drawing is reduced. Positions are shares of the
// width and the height, lengths of strokes shares of the height.
type pen struct {
	m           *image.RGBA
	w, h        int
	ground, ink color.RGBA
	noise       int // levels, of a scanner
	state       uint32
}

func newPen(w, h int, ground color.RGBA) *pen {
	p := &pen{m: image.NewRGBA(image.Rect(0, 0, 2*w, 2*h)), w: w, h: h, ground: ground, state: 3}
	p.ink = color.RGBA{28, 30, 34, 255}
	if int(ground.R)+int(ground.G)+int(ground.B) < 384 {
		p.ink = color.RGBA{232, 234, 238, 255}
	}
	p.rect(0, 0, 1, 1, ground)
	return p
}

// faint is the colour of rules and grids.
func (p *pen) faint() color.RGBA {
	mix := func(a, b uint8) uint8 { return uint8((7*int(a) + int(b)) / 8) }
	return color.RGBA{mix(p.ground.R, p.ink.R), mix(p.ground.G, p.ink.G), mix(p.ground.B, p.ink.B), 255}
}

func (p *pen) next() int {
	p.state = p.state*1664525 + 1013904223
	return int(p.state >> 16)
}

func (p *pen) x(v float64) int { return int(v * float64(2*p.w)) }
func (p *pen) y(v float64) int { return int(v * float64(2*p.h)) }

func (p *pen) rect(x0, y0, x1, y1 float64, c color.RGBA) {
	p.fill(image.Rect(p.x(x0), p.y(y0), p.x(x1), max(p.y(y1), p.y(y0)+2)), func(_, _ float64) bool { return true }, c)
}

// fill colours the pixels of a rectangle for which in holds, given their position in shares of the height.
func (p *pen) fill(r image.Rectangle, in func(x, y float64) bool, c color.RGBA) {
	r = r.Intersect(p.m.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if in(float64(x)/float64(2*p.h), float64(y)/float64(2*p.h)) {
				p.m.SetRGBA(x, y, c)
			}
		}
	}
}

// around returns the pixels around a point, and the point in shares of the height.
func (p *pen) around(x, y, r float64) (image.Rectangle, float64, float64) {
	n := int(r*float64(2*p.h)) + 2
	return image.Rect(p.x(x)-n, p.y(y)-n, p.x(x)+n, p.y(y)+n), x * float64(p.w) / float64(p.h), y
}

func (p *pen) disc(x, y, r float64, c color.RGBA) {
	box, cx, cy := p.around(x, y, r)
	p.fill(box, func(x, y float64) bool { return math.Hypot(x-cx, y-cy) < r }, c)
}

// blob is a disc with a coast.
func (p *pen) blob(x, y, r float64, c color.RGBA) {
	box, cx, cy := p.around(x, y, 1.4*r)
	p.fill(box, func(x, y float64) bool {
		a := math.Atan2(y-cy, x-cx)
		return math.Hypot(x-cx, y-cy) < r*(1+.16*math.Sin(3*a)+.08*math.Sin(7*a+1)+.03*math.Sin(19*a))
	}, c)
}

func (p *pen) sectors(x, y, r float64, shares []float64) {
	box, cx, cy := p.around(x, y, r)
	from := 0.0
	for i, s := range shares {
		to := from + s
		p.fill(box, func(x, y float64) bool {
			a := math.Atan2(y-cy, x-cx)/(2*math.Pi) + .5
			return math.Hypot(x-cx, y-cy) < r && a >= from && a < to
		}, inks[i%len(inks)])
		from = to
	}
}

func (p *pen) line(x0, y0, x1, y1, width float64, c color.RGBA) {
	k := float64(p.w) / float64(p.h)
	x0, x1 = x0*k, x1*k
	long := math.Hypot(x1-x0, y1-y0)
	n := int(width*float64(2*p.h)) + 2
	at := func(v float64) int { return int(v * float64(2*p.h)) }
	box := image.Rect(at(x0), at(y0), at(x1), at(y1)).Inset(-n)
	p.fill(box, func(x, y float64) bool {
		t := max(0, min(1, ((x-x0)*(x1-x0)+(y-y0)*(y1-y0))/(long*long)))
		return math.Hypot(x-x0-t*(x1-x0), y-y0-t*(y1-y0)) < width/2
	}, c)
}

// picture draws what a photograph is in a rectangle: shades, and noise of so many levels.
func (p *pen) picture(x0, y0, x1, y1 float64, grain int) {
	r := image.Rect(p.x(x0), p.y(y0), p.x(x1), p.y(y1))
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			u, v := float64(x-r.Min.X)/float64(r.Dx()), float64(y-r.Min.Y)/float64(r.Dy())
			level := 90 + 60*math.Sin(float64(5*u)+float64(3*v)) + 30*math.Sin(float64(17*u)-float64(11*v))
			if grain > 0 {
				level += float64(p.next()%(4*grain+1) - 2*grain)
			}
			c := uint8(max(0, min(220, level)))
			p.m.SetRGBA(x, y, color.RGBA{c, uint8((3*int(c) + 90) / 4), uint8((int(c) + 200) / 2), 255})
		}
	}
}

// letters are made of five columns of seven rows, from the top left.
var letters = [][5]uint8{
	{0x7f, 0x49, 0x49, 0x49, 0x41}, {0x7e, 0x09, 0x09, 0x09, 0x7e}, {0x7f, 0x41, 0x41, 0x41, 0x3e},
	{0x41, 0x41, 0x7f, 0x41, 0x41}, {0x7f, 0x06, 0x18, 0x60, 0x7f}, {0x3e, 0x41, 0x41, 0x41, 0x3e},
	{0x7f, 0x09, 0x19, 0x29, 0x46}, {0x26, 0x49, 0x49, 0x49, 0x32}, {0x01, 0x01, 0x7f, 0x01, 0x01},
	{0x3f, 0x40, 0x40, 0x40, 0x3f},
}

// words writes lines of made-up words, of letters of the given height and at least seven pixels, over a width.
func (p *pen) words(x, y, width, height float64, lines int) {
	dot := max(2, int(height*float64(2*p.h))/7)
	for line := range lines {
		top := p.y(y) + line*12*dot
		left, right := p.x(x), p.x(x+width)
		for word := 0; left+5*dot <= right; word++ {
			for range 2 + p.next()%7 {
				if left+5*dot > right {
					break
				}
				glyph := letters[p.next()%len(letters)]
				for col, bits := range glyph {
					for row := range 7 {
						if bits>>row&1 == 1 {
							r := image.Rect(left+col*dot, top+row*dot, left+(col+1)*dot, top+(row+1)*dot)
							p.fill(r, func(_, _ float64) bool { return true }, p.ink)
						}
					}
				}
				left += 6 * dot
			}
			left += 4 * dot
		}
	}
}

// reduced returns the drawing at its size: each pixel is the mean of four.
func (p *pen) reduced() *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, p.w, p.h))
	for y := range p.h {
		for x := range p.w {
			grain := 0
			if p.noise > 0 {
				grain = p.next()%(2*p.noise+1) - p.noise
			}
			for ch := range 3 {
				i := p.m.PixOffset(2*x, 2*y) + ch
				below := i + p.m.Stride
				v := (int(p.m.Pix[i]) + int(p.m.Pix[i+4]) + int(p.m.Pix[below]) + int(p.m.Pix[below+4]) + 2) / 4
				out.Pix[out.PixOffset(x, y)+ch] = uint8(max(0, min(255, v+grain)))
			}
			out.Pix[out.PixOffset(x, y)+3] = 255
		}
	}
	return out
}
