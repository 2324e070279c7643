package text

import (
	"image"
	"image/draw"
	"math"
	"sync"

	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/vector"

	"newsroom.example/cards/fonts"
)

// mask is the coverage of a glyph, relative to its origin on the baseline, or the picture of a glyph in colour,
// with four premultiplied bytes per pixel. It is immutable.
type mask struct {
	bounds image.Rectangle
	pix    []uint8
	stride int // bytes of a row of coverage: whole blocks, zero beyond bounds
	colour bool
}

type maskKey struct {
	font    *fonts.Font
	id      font.GID
	size    int32 // pixels per em, in units of 1/64
	quarter uint8 // of a pixel to the right
}

// maskCache caches masks in two generations. When the young generation reaches half the limit, it becomes the old
// one, and the previous old one is evicted. It is safe for concurrent use.
type maskCache struct {
	mu         sync.Mutex
	young, old map[maskKey]*mask
	bytes, max int
}

func newMaskCache(maxBytes int) *maskCache {
	return &maskCache{young: map[maskKey]*mask{}, max: maxBytes / 2}
}

// overhead is the approximate size of a cached mask without its pixels, in bytes.
const overhead = 128

func (c *maskCache) mask(k maskKey) *mask {
	c.mu.Lock()
	m, ok := c.young[k]
	if !ok {
		m, ok = c.old[k]
		if ok {
			c.add(k, m)
		}
	}
	c.mu.Unlock()
	if ok {
		return m
	}
	m = rasterize(k)
	c.mu.Lock()
	c.add(k, m)
	c.mu.Unlock()
	return m
}

func (c *maskCache) add(k maskKey, m *mask) {
	if c.bytes += len(m.pix) + overhead; c.bytes > c.max {
		c.old, c.young, c.bytes = c.young, map[maskKey]*mask{}, len(m.pix)+overhead
	}
	c.young[k] = m
}

// boxAdvance is the width of the box for missing characters, in units.
const boxAdvance = unitsPerEm * 5 / 8

// missingBox is an empty upright box, with 1,000 units per em.
var missingBox = append(rectangle(70, 0, 555, 700), rectangle(495, 60, 130, 640)...)

func rectangle(x0, y0, x1, y1 float32) []ot.Segment {
	point := func(op ot.SegmentOp, x, y float32) ot.Segment {
		return ot.Segment{Op: op, Args: [3]ot.SegmentPoint{{X: x, Y: y}}}
	}
	return []ot.Segment{
		point(ot.SegmentOpMoveTo, x0, y0), point(ot.SegmentOpLineTo, x1, y0),
		point(ot.SegmentOpLineTo, x1, y1), point(ot.SegmentOpLineTo, x0, y1),
	}
}

// rasterize draws the glyph at its size and quarter-pixel position.
func rasterize(k maskKey) *mask {
	if k.font == nil {
		return k.trace(missingBox, 1000)
	}
	face := k.font.GetFace()
	defer k.font.PutFace(face)
	if o, ok := face.GlyphDataOutline(k.id); ok && len(o.Segments) > 0 {
		return k.trace(o.Segments, float64(face.Upem()))
	}
	return bitmap(face, k)
}

// trace draws an outline with upem units per em.
func (k maskKey) trace(segments []ot.Segment, upem float64) *mask {
	scale := float64(k.size) / 64 / upem
	shift := float64(k.quarter) / 4
	at := func(p ot.SegmentPoint) (x, y float64) {
		return float64(float64(p.X)*scale) + shift, -float64(float64(p.Y) * scale)
	}
	bounds := extent(segments, at)
	r := vector.NewRasterizer(bounds.Dx(), bounds.Dy())
	r.DrawOp = draw.Src
	rel := func(p ot.SegmentPoint) point {
		px, py := at(p)
		return point{px - float64(bounds.Min.X), py - float64(bounds.Min.Y)}
	}
	trace(r, segments, rel)
	dst := image.NewAlpha(image.Rect(0, 0, bounds.Dx(), bounds.Dy()))
	r.Draw(dst, dst.Rect, image.Opaque, image.Point{})
	return padded(bounds, dst)
}

// padded returns the mask of a coverage, with rows padded to whole blocks.
func padded(bounds image.Rectangle, cover *image.Alpha) *mask {
	m := &mask{bounds: bounds, stride: (bounds.Dx() + blockPx - 1) / blockPx * blockPx}
	m.pix = make([]uint8, m.stride*bounds.Dy())
	for y := range bounds.Dy() {
		row := m.pix[y*m.stride:]
		for x, a := range cover.Pix[y*cover.Stride:][:bounds.Dx()] {
			row[x] = coarse[a]
		}
	}
	return m
}

// coarse rounds coverage to multiples of 1/31. At an edge 32 shades look like 256, and a text card then has few
// enough colours for a palette.
var coarse = func() (to [256]uint8) {
	for a := range to {
		to[a] = uint8(((a*31+127)/255*255 + 15) / 31)
	}
	return to
}()

// extent returns the rectangle of whole pixels that contains the outline's points, and so its curves.
func extent(segments []ot.Segment, at func(ot.SegmentPoint) (x, y float64)) image.Rectangle {
	minX, minY, maxX, maxY := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for i := range segments {
		for _, p := range segments[i].ArgsSlice() {
			x, y := at(p)
			minX, maxX = min(minX, x), max(maxX, x)
			minY, maxY = min(minY, y), max(maxY, y)
		}
	}
	return image.Rect(int(math.Floor(minX)), int(math.Floor(minY)), int(math.Ceil(maxX))+1, int(math.Ceil(maxY))+1)
}
