package icc

import (
	"math"
)

// lattice is a lookup table of sRGB colours. Colours between its nodes are interpolated.
type lattice struct {
	place  [][256]int32 // of a channel's value: the node below it, and the way to the next, in units of 1/step
	stride []int        // nodes from one to the next along a channel
	nodes  [][3]uint16  // sRGB in units of 1/256 level
}

// step is the distance from one node to the next.
const step = 1 << 12

// newLattice converts each node once. A coarse table is refined before.
func newLattice(l *lut) *lattice {
	l = l.refined()
	out := &lattice{place: make([][256]int32, len(l.grid)), stride: make([]int, len(l.grid))}
	count := 1
	for c := len(l.grid) - 1; c >= 0; c-- {
		out.stride[c] = count
		count *= l.grid[c]
		last := float64(l.grid[c] - 1)
		for v := range 256 {
			out.place[c][v] = int32(math.Round(float64(clamp(l.curves[c](float64(v)/255))*last) * step))
		}
	}
	out.nodes = make([][3]uint16, count)
	for i := range out.nodes {
		for k, v := range linearSRGB(l.xyz(l.node(i))) {
			out.nodes[i][k] = uint16(math.Round(encode(v) * 255 * 256))
		}
	}
	return out
}

// at returns the sRGB colour for the values of one to four channels. It interpolates between the corners of the
// simplex that contains them, which has one corner more than there are channels (Kasson et al., 1995).
func (t *lattice) at(channels []uint8) [3]uint8 {
	var order [4]struct{ way, stride int }
	n, node := len(channels), 0
	for c, v := range channels {
		place := int(t.place[c][v])
		node += place / step * t.stride[c]
		way := place % step
		i := c
		for ; i > 0 && order[i-1].way < way; i-- {
			order[i] = order[i-1]
		}
		order[i] = struct{ way, stride int }{way, t.stride[c]}
	}
	var sum [3]int
	rest := step
	for i := 0; ; i++ {
		way := 0
		if i < n {
			way = order[i].way
		}
		for k := range sum {
			sum[k] += int(t.nodes[node][k]) * (rest - way)
		}
		if way == 0 {
			break
		}
		rest = way
		node += order[i].stride
	}
	const half, unit = step * 256 / 2, step * 256
	return [3]uint8{uint8((sum[0] + half) / unit), uint8((sum[1] + half) / unit), uint8((sum[2] + half) / unit)}
}
