package icc

import (
	"encoding/binary"
	"fmt"
)

// lut is a profile's table of colours (sections 10.10 to 10.12): curves, a grid of nodes, and the conversion
// of a node's three channels, 0..1 each, to XYZ.
type lut struct {
	curves []curve      // one for each channel of the device
	grid   []int        // nodes along each channel; the last varies fastest
	nodes  []byte       // three numbers for each node
	size   int          // of a number, 1 or 2 bytes
	dense  [][3]float64 // the nodes of a refined table; otherwise nil
	xyz    func(v [3]float64) [3]float64
}

// parseLUT reads the tag A2B0, from the device's colours to the connection space.
func parseLUT(f file) (*lut, error) {
	t := f.tag("A2B0")
	if len(t) < 52 {
		return nil, fmt.Errorf("%w: no table", errInvalid)
	}
	channels := map[string]int{RGB: 3, CMYK: 4, Gray: 1}[f.space()]
	if channels == 0 || int(t[8]) != channels || t[9] != 3 {
		return nil, fmt.Errorf("%w: table from %d to %d channels of %q", errInvalid, t[8], t[9], f.space())
	}
	lab := f.pcs() == "Lab "
	switch string(t[:4]) {
	case "mft1":
		return parseLUT16(t[48:], channels, int(t[10]), 1, 256, 256, connection(lab, 100, 255))
	case "mft2":
		n, m := int(binary.BigEndian.Uint16(t[48:])), int(binary.BigEndian.Uint16(t[50:]))
		return parseLUT16(t[52:], channels, int(t[10]), 2, n, m, connection(lab, 6553500.0/65280, 65535.0/256))
	case "mAB ":
		return parseLUTAToB(t, channels, connection(lab, 100, 255))
	}
	return nil, fmt.Errorf("%w: table of type %q", errInvalid, t[:4])
}

// connection returns the conversion of the connection space's numbers, 0..1 each, to XYZ. If they are L*a*b*, 1
// means an L* of lightness and an a* or b* of chroma-128; if they are XYZ, 1 means almost 2.
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

// parseLUT16 reads the types lut8 and lut16: input tables, grid, output tables. size is that of a number in
// bytes, in and out the length of a table.
func parseLUT16(t []byte, channels, grid, size, in, out int, to func([3]float64) [3]float64) (*lut, error) {
	l := &lut{size: size}
	nodes := 1
	for range channels {
		l.grid = append(l.grid, grid)
		nodes *= grid
	}
	first, second := channels*in*size, nodes*3*size
	if in < 2 || out < 2 || grid < 2 || nodes > maxNodes || len(t) < first+second+3*out*size {
		return nil, fmt.Errorf("%w: table of %d nodes is cut off", errInvalid, nodes)
	}
	for i := range channels {
		l.curves = append(l.curves, points(t[i*in*size:(i+1)*in*size], size))
	}
	l.nodes = t[first : first+second]
	var last [3]curve
	for i := range last {
		last[i] = points(t[first+second+i*out*size:][:out*size], size)
	}
	l.xyz = func(v [3]float64) [3]float64 { return to([3]float64{last[0](v[0]), last[1](v[1]), last[2](v[2])}) }
	return l, nil
}

// parseLUTAToB reads the type lutAToB: curves A, grid, curves M, matrix, curves B. A missing grid is an error:
// profiles with only curves and a matrix have separate tags for them.
func parseLUTAToB(t []byte, channels int, to func([3]float64) [3]float64) (*lut, error) {
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
		return nil, fmt.Errorf("%w: matrix", errInvalid)
	}
	l.xyz = func(v [3]float64) [3]float64 { return to(apply(b, affine(matrix, apply(m, v)))) }
	return l, nil
}

// from returns the data from an offset on, or nil if that is outside.
func from(t []byte, at uint32) []byte {
	if uint64(at) > uint64(len(t)) {
		return nil
	}
	return t[at:]
}

func (l *lut) readGrid(t []byte, channels int) error {
	if len(t) < 20 {
		return fmt.Errorf("%w: no grid", errInvalid)
	}
	nodes := 1
	for i := range channels {
		l.grid = append(l.grid, int(t[i]))
		if nodes *= int(t[i]); t[i] < 2 || nodes > maxNodes {
			return fmt.Errorf("%w: grid", errInvalid)
		}
	}
	if l.size = int(t[16]); l.size != 1 && l.size != 2 || len(t) < 20+3*nodes*l.size {
		return fmt.Errorf("%w: grid of %d nodes is cut off", errInvalid, nodes)
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
	return [3]float64{c[0](clamp(v[0])), c[1](clamp(v[1])), c[2](clamp(v[2]))}
}

// affine applies a matrix of three by three numbers, and adds three.
func affine(t []byte, v [3]float64) (out [3]float64) {
	for i := range out {
		row := t[12*i:]
		out[i] = float64(fixed(row)*v[0]) + float64(fixed(row[4:])*v[1]) + float64(fixed(row[8:])*v[2]) +
			float64(fixed(t[36+4*i:]))
	}
	return out
}
