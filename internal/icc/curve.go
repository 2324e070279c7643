package icc

import (
	"encoding/binary"
	"fmt"
	"math"
)

// curve is a tone curve: from 0..1 to 0..1.
type curve func(x float64) float64

// parseCurve reads a curve of type curv or para, and returns how many bytes it takes.
func parseCurve(t []byte) (curve, int, error) {
	if len(t) < 12 {
		return nil, 0, fmt.Errorf("%w: curve is cut off", errInvalid)
	}
	switch string(t[:4]) {
	case "curv":
		return sampledCurve(t)
	case "para":
		return parametricCurve(t)
	}
	return nil, 0, fmt.Errorf("%w: curve of type %q", errInvalid, t[:4])
}

func sampledCurve(t []byte) (curve, int, error) {
	n := uint64(binary.BigEndian.Uint32(t[8:]))
	if 12+2*n > uint64(len(t)) {
		return nil, 0, fmt.Errorf("%w: curve of %d points", errInvalid, n)
	}
	size := 12 + 2*int(n)
	switch n {
	case 0:
		return func(x float64) float64 { return x }, size, nil
	case 1:
		gamma := float64(binary.BigEndian.Uint16(t[12:])) / 256
		return func(x float64) float64 { return math.Pow(x, gamma) }, size, nil
	}
	return points(t[12:size], 2), size, nil
}

// points returns the curve through equally spaced numbers of size bytes each, 1 or 2.
func points(data []byte, size int) curve {
	last := len(data)/size - 1
	at := func(i int) float64 {
		if size == 1 {
			return float64(data[i]) / 255
		}
		return float64(binary.BigEndian.Uint16(data[2*i:])) / 65535
	}
	return func(x float64) float64 {
		place := float64(clamp(x) * float64(last))
		i := min(int(place), last-1)
		a, b := at(i), at(i+1)
		return a + float64((b-a)*(place-float64(i)))
	}
}

// clamp limits a number to 0..1; NaN becomes 0.
func clamp(x float64) float64 {
	if !(x > 0) {
		return 0
	}
	return min(x, 1)
}

// parameters is how many numbers each kind of parametric curve has.
var parameters = [...]int{1, 3, 4, 5, 7}

// parametricCurve reads the five kinds of section 10.18: g; a, b; c; d; e, f.
func parametricCurve(t []byte) (curve, int, error) {
	kind := int(binary.BigEndian.Uint16(t[8:]))
	if kind >= len(parameters) || len(t) < 12+4*parameters[kind] {
		return nil, 0, fmt.Errorf("%w: parametric curve %d", errInvalid, kind)
	}
	var v [7]float64
	for i := range parameters[kind] {
		v[i] = fixed(t[12+4*i:])
	}
	g, a, b, c, d, e, f := v[0], v[1], v[2], v[3], v[4], v[5], v[6]
	switch kind {
	case 0:
		a, d = 1, 0
	case 1, 2:
		e, f, c, d = c, c, 0, 0
		if a != 0 {
			d = -b / a
		}
	}
	return func(x float64) float64 {
		if x < d {
			return float64(c*x) + f
		}
		return math.Pow(max(0, float64(a*x)+b), g) + e
	}, 12 + 4*parameters[kind], nil
}
