package render

import "math"

// channel is a plane of a photo on its way to a plane of a card.
type channel struct {
	pix          []uint8
	stride, step int // bytes from a row to the next, and from a sample to the next
	across, down axis
	width        int // results in a row
	sums         []int32
	out          []uint8
	last         int // the row that out holds; -1: none
}

// newChannel scales the area of a plane whose first sample is pix[0], and which is limitW by
// limitH samples large, to w by h results.
func newChannel(c channel, x, y, w, h int64, limitW, limitH int, columns, rows int) channel {
	c.across, c.down = newAxis(x, w, columns, limitW), newAxis(y, h, rows, limitH)
	c.width, c.last = columns, -1
	if c.across.same && c.down.same && c.step == 1 {
		return c
	}
	wide := columns
	if !c.across.same {
		wide = int(c.across.from[columns-1]) + c.across.taps
	}
	c.sums, c.out = make([]int32, wide), make([]uint8, columns)
	return c
}

// row is a row of results, which lasts until the next is asked for.
func (c *channel) row(y int) []uint8 {
	if c.sums == nil {
		return c.pix[y*c.stride:][:c.width]
	}
	if y != c.last {
		c.sumDown(y)
		c.sumAcross()
		c.last = y
	}
	return c.out
}

// sumDown makes a row of sums down the columns, with 8 bits below the sample's.
func (c *channel) sumDown(y int) {
	const down = weightBits - 8
	if c.down.same {
		c.addRow(c.pix[y*c.stride:], 1<<8, 0)
		return
	}
	from, weights := int(c.down.from[y]), c.down.weights[y*c.down.taps:][:c.down.taps]
	for len(weights) > 1 && weights[len(weights)-1] == 0 {
		weights = weights[:len(weights)-1]
	}
	at := func(i int) []uint8 { return c.pix[(from+i)*c.stride:] }
	if c.step == 1 && len(weights) <= 3 {
		a, b, d := at(0), at(0), at(0)
		var v, w int32
		if len(weights) > 1 {
			b, v = at(1), weights[1]
		}
		if len(weights) > 2 {
			d, w = at(2), weights[2]
		}
		mixRows(c.sums, a, b, d, weights[0], v, w)
		return
	}
	clear(c.sums)
	for i, w := range weights {
		c.addRow(at(i), w, 1)
	}
	for i, v := range c.sums {
		c.sums[i] = v >> down
	}
}

// mixRows weighs three rows, of which those without weight may be any.
func mixRows(sums []int32, a, b, c []uint8, u, v, w int32) {
	const down = weightBits - 8
	a, b, c = a[:len(sums)], b[:len(sums)], c[:len(sums)]
	switch {
	case v == 0 && w == 0:
		for i := range sums {
			sums[i] = int32(a[i]) * u >> down
		}
	case w == 0:
		for i := range sums {
			sums[i] = (int32(a[i])*u + int32(b[i])*v) >> down
		}
	default:
		for i := range sums {
			sums[i] = (int32(a[i])*u + int32(b[i])*v + int32(c[i])*w) >> down
		}
	}
}

// addRow adds a row times a weight to keep times the sums.
func (c *channel) addRow(row []uint8, weight, keep int32) {
	if c.step == 1 {
		row = row[:len(c.sums)]
		for i, v := range row {
			c.sums[i] = c.sums[i]*keep + int32(v)*weight
		}
		return
	}
	for i := range c.sums {
		c.sums[i] = c.sums[i]*keep + int32(row[i*c.step])*weight
	}
}

// sumAcross makes the results of the row of sums.
func (c *channel) sumAcross() {
	const half = 1 << (weightBits + 8 - 1)
	x := &c.across
	switch {
	case x.same:
		for i, v := range c.sums {
			c.out[i] = clamp((v + 1<<7) >> 8)
		}
	case x.taps == 2:
		for i, from := range x.from {
			w, s := x.weights[2*i:2*i+2:2*i+2], c.sums[from:from+2:from+2]
			c.out[i] = clamp((s[0]*w[0] + s[1]*w[1] + half) >> (weightBits + 8))
		}
	case x.taps == 3:
		for i, from := range x.from {
			w, s := x.weights[3*i:3*i+3:3*i+3], c.sums[from:from+3:from+3]
			c.out[i] = clamp((s[0]*w[0] + s[1]*w[1] + s[2]*w[2] + half) >> (weightBits + 8))
		}
	default:
		for i, from := range x.from {
			w, s := x.weights[i*x.taps:][:x.taps], c.sums[from:][:x.taps]
			total := int32(half)
			for j, v := range s {
				total += v * w[j]
			}
			c.out[i] = clamp(total >> (weightBits + 8))
		}
	}
}

// clamp is the sample nearest to v.
func clamp(v int32) uint8 {
	if uint32(v) > math.MaxUint8 {
		return uint8(^(v >> 31))
	}
	return uint8(v)
}
