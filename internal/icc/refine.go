package icc

import "encoding/binary"

// A table of three channels with fewer nodes along a channel than coarse is refined to at least fine: what follows the
// table, curves and a matrix, may be far from straight between two nodes. The profile of XYB JPEGs, as jpegli writes
// them, has only two nodes along each channel, and cubes what is between them. Tables of other numbers of channels have
// enough nodes, or would have too many.
const (
	coarse = 17
	fine   = 33
)

// node returns the numbers of a node.
func (l *lut) node(i int) (v [3]float64) {
	if l.dense != nil {
		return l.dense[i]
	}
	for k := range v {
		if l.size == 1 {
			v[k] = float64(l.nodes[3*i+k]) / 255
		} else {
			v[k] = float64(binary.BigEndian.Uint16(l.nodes[2*(3*i+k):])) / 65535
		}
	}
	return v
}

// refined returns the table with more nodes, if it is coarse, or as it is. Those of the coarse table are among them.
func (l *lut) refined() *lut {
	if len(l.grid) != 3 || min(l.grid[0], l.grid[1], l.grid[2]) >= coarse {
		return l
	}
	out, each := *l, [3]int{}
	out.grid = make([]int, 3)
	for c, n := range l.grid {
		each[c] = 1
		if n < coarse {
			each[c] = (fine - 1 + n - 2) / (n - 1)
		}
		out.grid[c] = (n-1)*each[c] + 1
	}
	if out.grid[0]*out.grid[1]*out.grid[2] > maxNodes {
		return l
	}
	for x := range out.grid[0] {
		for y := range out.grid[1] {
			for z := range out.grid[2] {
				out.dense = append(out.dense, l.between([3]int{x, y, z}, each))
			}
		}
	}
	return &out
}

// between returns the numbers at a place of the refined table: a mean of the eight nodes around it.
func (l *lut) between(at, each [3]int) (v [3]float64) {
	for corner := range 8 {
		weight, node := 1.0, 0
		for c := range 3 {
			i, way := at[c]/each[c], float64(at[c]%each[c])/float64(each[c])
			if corner>>c&1 == 0 {
				way = 1 - way
			} else {
				i = min(i+1, l.grid[c]-1)
			}
			weight *= way
			node = node*l.grid[c] + i
		}
		if weight == 0 {
			continue
		}
		for k, n := range l.node(node) {
			v[k] += float64(weight * n)
		}
	}
	return v
}
