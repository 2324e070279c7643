package photo

import (
	"encoding/binary"
	"fmt"
)

// lut is a profile's table of colours (ICC.1:2022, sections 10.10 to 10.12): curves, then a grid
// of nodes, then what makes XYZ of a node's three channels, 0..1 each.
type lut struct {
	curves []curve // one for each channel of the device
	grid   []int   // nodes along each channel; the last varies fastest
	nodes  []byte  // three numbers for each node
	size   int     // of a number, 1 or 2 bytes
	xyz    func(v [3]float64) [3]float64
}

// parseLUT reads the tag A2B0, from the device's colours to the connection space.
func parseLUT(p icc) (*lut, error) {
	t := p.tag("A2B0")
	if len(t) < 52 {
		return nil, fmt.Errorf("%w: no table", errProfile)
	}
	channels := map[string]int{"RGB ": 3, "CMYK": 4, "GRAY": 1}[p.space()]
	if channels == 0 || int(t[8]) != channels || t[9] != 3 {
		return nil, fmt.Errorf("%w: table from %d to %d channels of %q", errProfile, t[8], t[9], p.space())
	}
	lab := p.pcs() == "Lab "
	switch string(t[:4]) {
	case "mft1":
		return oldLUT(t[48:], channels, int(t[10]), 1, 256, 256, connection(lab, 100, 255))
	case "mft2":
		n, m := int(binary.BigEndian.Uint16(t[48:])), int(binary.BigEndian.Uint16(t[50:]))
		return oldLUT(t[52:], channels, int(t[10]), 2, n, m, connection(lab, 6553500.0/65280, 65535.0/256))
	case "mAB ":
		return newLUT(t, channels, connection(lab, 100, 255))
	}
	return nil, fmt.Errorf("%w: table of type %q", errProfile, t[:4])
}

// connection makes XYZ of the connection space's numbers, which stand for L* and a*, b* over so
// many units, or for XYZ up to almost 2.
func connection(lab bool, lightness, chroma float64) func(v [3]float64) [3]float64 {
	if lab {
		return func(v [3]float64) [3]float64 {
			return xyzOfLab(v[0]*lightness, float64(v[1]*chroma)-128, float64(v[2]*chroma)-128)
		}
	}
	return func(v [3]float64) [3]float64 {
		const most = 1 + 32767.0/32768
		return [3]float64{v[0] * most, v[1] * most, v[2] * most}
	}
}

// oldLUT reads lut8 and lut16: tables before, grid, tables behind.
func oldLUT(t []byte, channels, grid, size, before, behind int, to func([3]float64) [3]float64) (*lut, error) {
	l := &lut{size: size}
	nodes := 1
	for range channels {
		l.grid = append(l.grid, grid)
		nodes *= grid
	}
	first, second := channels*before*size, nodes*3*size
	if before < 2 || behind < 2 || grid < 2 || nodes > maxNodes || len(t) < first+second+3*behind*size {
		return nil, fmt.Errorf("%w: table of %d nodes is cut off", errProfile, nodes)
	}
	for i := range channels {
		l.curves = append(l.curves, points(t[i*before*size:(i+1)*before*size], size))
	}
	l.nodes = t[first : first+second]
	var last [3]curve
	for i := range last {
		last[i] = points(t[first+second+i*behind*size:][:behind*size], size)
	}
	l.xyz = func(v [3]float64) [3]float64 { return to([3]float64{last[0](v[0]), last[1](v[1]), last[2](v[2])}) }
	return l, nil
}

// newLUT reads lutAToB: curves A, grid, curves M, matrix, curves B. One without a grid is not
// read: a profile that has only curves and a matrix says so in its own tags.
func newLUT(t []byte, channels int, to func([3]float64) [3]float64) (*lut, error) {
	offset := func(at int) uint32 { return binary.BigEndian.Uint32(t[at:]) }
	l := &lut{}
	if err := l.readGrid(from(t, offset(24)), channels); err != nil {
		return nil, err
	}
	var err error
	if l.curves, err = curves(from(t, offset(28)), channels); err != nil {
		return nil, err
	}
	b, err := curves(from(t, offset(12)), 3)
	if err != nil {
		return nil, err
	}
	l.xyz = func(v [3]float64) [3]float64 { return to(apply(b, v)) }
	if offset(16) == 0 || offset(20) == 0 {
		return l, nil
	}
	m, err := curves(from(t, offset(20)), 3)
	matrix := from(t, offset(16))
	if err != nil || len(matrix) < 48 {
		return nil, fmt.Errorf("%w: matrix", errProfile)
	}
	l.xyz = func(v [3]float64) [3]float64 { return to(apply(b, affine(matrix, apply(m, v)))) }
	return l, nil
}

// from is the data from an offset on, nothing where that lies outside.
func from(t []byte, at uint32) []byte {
	if uint64(at) > uint64(len(t)) {
		return nil
	}
	return t[at:]
}

func (l *lut) readGrid(t []byte, channels int) error {
	if len(t) < 20 {
		return fmt.Errorf("%w: no grid", errProfile)
	}
	nodes := 1
	for i := range channels {
		l.grid = append(l.grid, int(t[i]))
		if nodes *= int(t[i]); t[i] < 2 || nodes > maxNodes {
			return fmt.Errorf("%w: grid", errProfile)
		}
	}
	if l.size = int(t[16]); l.size != 1 && l.size != 2 || len(t) < 20+3*nodes*l.size {
		return fmt.Errorf("%w: grid of %d nodes is cut off", errProfile, nodes)
	}
	l.nodes = t[20 : 20+3*nodes*l.size]
	return nil
}

// curves reads n curves, each of which begins at a multiple of four bytes.
func curves(t []byte, n int) ([]curve, error) {
	var all []curve
	for range n {
		c, size, err := parseCurve(t)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
		t = t[min((size+3)&^3, len(t)):]
	}
	return all, nil
}

func apply(c []curve, v [3]float64) [3]float64 {
	return [3]float64{c[0](unit(v[0])), c[1](unit(v[1])), c[2](unit(v[2]))}
}

// affine is a matrix of three by three numbers, and three to add.
func affine(t []byte, v [3]float64) (out [3]float64) {
	for i := range out {
		row := t[12*i:]
		out[i] = float64(fixed(row)*v[0]) + float64(fixed(row[4:])*v[1]) + float64(fixed(row[8:])*v[2]) + float64(fixed(t[36+4*i:]))
	}
	return out
}
