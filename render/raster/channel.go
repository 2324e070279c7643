package raster

import "math"

// channel scales a plane of a photo, or its interleaved pixels, row by row. Its buffers are reused
// from one photo to the next.
type channel struct {
	pix          []uint8
	stride, step int // bytes from a row to the next; interleaved samples per pixel: 1 or 4
	across, down axis
	width        int // results in a row
	sums         []int32
	out          []uint8
	last         int // the row that out holds; -1: none
}

// set starts scaling a plane, which begins with its sample pix[0], over the two extents.
func (c *channel) set(pix []uint8, stride, step int, across, down extent) {
	c.pix, c.stride, c.step = pix, stride, step
	c.across.set(across)
	c.down.set(down)
	columns := across.results
	c.width, c.last = columns, -1
	wide := columns
	if !c.across.same {
		wide = int(c.across.from[columns-1]) + c.across.taps
	}
	// Vector loops read a quad of sums at each position; sums past the end have weight 0.
	c.sums = resized(c.sums, wide*step+quad*step)[:wide*step]
	c.out = resized(c.out, columns*step)
}

// row returns row y of the results, step samples to a pixel. It is valid until the next call.
func (c *channel) row(y int) []uint8 {
	if c.across.same && c.down.same {
		return c.pix[y*c.stride:][:c.width*c.step]
	}
	if y != c.last {
		c.sumDown(y)
		c.sumAcross()
		c.last = y
	}
	return c.out
}

// sumDown computes the weighted sum of the rows for result row y, with 8 fractional bits.
func (c *channel) sumDown(y int) {
	const down = weightBits - 8
	from, weights := y, []int32{1 << weightBits}
	if !c.down.same {
		from, weights = int(c.down.from[y]), c.down.of(y)
	}
	for len(weights) > 1 && weights[len(weights)-1] == 0 {
		weights = weights[:len(weights)-1]
	}
	for i := 0; i < len(weights); i += quad {
		var rows [quad][]uint8
		var w [quad]int32
		for k := range rows {
			rows[k] = c.pix[(from+min(i+k, len(weights)-1))*c.stride:][:len(c.sums)]
		}
		keep, shift := int32(0), uint(0)
		if i > 0 {
			keep = -1
		}
		if copy(w[:], weights[i:]); i+quad >= len(weights) {
			shift = down
		}
		mixRows(c.sums, &rows, &w, keep, shift)
	}
}

// sumAcross computes a row of results as weighted sums of the row of sums.
func (c *channel) sumAcross() {
	switch x := &c.across; {
	case x.same:
		for i, v := range c.sums {
			c.out[i] = clamp((v + 1<<7) >> 8)
		}
	case c.step == 4:
		mixPixels(c.out, c.sums, x)
	default:
		mixColumns(c.out, c.sums, x)
	}
}

// clamp returns the sample nearest to v.
func clamp(v int32) uint8 {
	if uint32(v) > math.MaxUint8 {
		return uint8(^(v >> 31))
	}
	return uint8(v)
}
