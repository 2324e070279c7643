package text

import (
	"math"

	ot "github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/vector"
)

// point is a position in pixels.
type point struct{ x, y float64 }

// trace draws an outline. It converts curves to lines itself, and rounds every product before adding to it: the
// rasterizer's own curves differ slightly on machines that fuse the two operations, such as arm64.
func trace(r *vector.Rasterizer, segments []ot.Segment, at func(ot.SegmentPoint) point) {
	var pen point
	line := func(p point) { r.LineTo(float32(p.x), float32(p.y)) }
	for i := range segments {
		a, b, c := at(segments[i].Args[0]), at(segments[i].Args[1]), at(segments[i].Args[2])
		switch segments[i].Op {
		case ot.SegmentOpMoveTo:
			r.ClosePath()
			r.MoveTo(float32(a.x), float32(a.y))
			pen = a
		case ot.SegmentOpLineTo:
			line(a)
			pen = a
		case ot.SegmentOpQuadTo:
			quad(line, pen, a, b)
			pen = b
		case ot.SegmentOpCubeTo:
			cube(line, pen, a, b, c)
			pen = c
		}
	}
	r.ClosePath()
}

// flatness is the maximum distance of the lines from a curve, in pixels.
const flatness = 1.0 / 64

// bend returns the distance of a curve's control point from its position on a straight curve.
func bend(a, b, c point) float64 {
	return max(math.Abs(a.x-float64(2*b.x)+c.x), math.Abs(a.y-float64(2*b.y)+c.y))
}

// pieces returns the number of lines that a curve needs. The distance of the curve from its chord, dist, falls with
// the square of that number.
func pieces(dist float64) int { return int(min(64, 1+math.Sqrt(dist/flatness))) }

// quad draws a quadratic Bézier curve from a to c.
func quad(line func(point), a, b, c point) {
	n := pieces(bend(a, b, c) / 4)
	for i := 1; i < n; i++ {
		t := float64(i) / float64(n)
		u := 1 - t
		mix := func(a, b, c float64) float64 {
			return float64(u*u*a) + float64(2*u*t*b) + float64(t*t*c)
		}
		line(point{mix(a.x, b.x, c.x), mix(a.y, b.y, c.y)})
	}
	line(c)
}

// cube draws a cubic Bézier curve from a to d.
func cube(line func(point), a, b, c, d point) {
	n := pieces(max(bend(a, b, c), bend(b, c, d)) * 0.75)
	for i := 1; i < n; i++ {
		t := float64(i) / float64(n)
		u := 1 - t
		mix := func(a, b, c, d float64) float64 {
			return float64(u*u*u*a) + float64(3*u*u*t*b) + float64(3*u*t*t*c) + float64(t*t*t*d)
		}
		line(point{mix(a.x, b.x, c.x, d.x), mix(a.y, b.y, c.y, d.y)})
	}
	line(d)
}
