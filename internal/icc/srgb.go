package icc

import (
	"math"
	"sync"
)

// light is full light in integers.
const light = 1 << 16

// srgbOfXYZ converts XYZ under D50 to linear sRGB (IEC 61966-2-1, adapted by Bradford's method as ICC asks).
var srgbOfXYZ = [3][3]float64{
	{3.1338561, -1.6168667, -0.4906146},
	{-0.9787684, 1.9161415, 0.0334540},
	{0.0719453, -0.2289914, 1.4052427},
}

// whiteD50 is the white point of the connection space.
var whiteD50 = [3]float64{0.9642, 1, 0.8249}

// encoded returns the eight bits of sRGB for linear light in units of light/len.
var encoded = sync.OnceValue(func() *[light / 4]uint8 {
	var t [light / 4]uint8
	for i := range t {
		t[i] = uint8(math.Round(encode(float64(4*i+2)/light) * 255))
	}
	return &t
})

// encode applies sRGB's tone curve to linear light; both are 0..1.
func encode(v float64) float64 {
	if v = clamp(v); v <= 0.0031308 {
		return v * 12.92
	}
	return float64(1.055*math.Pow(v, 1/2.4)) - 0.055
}

// linearSRGB converts a colour in XYZ under D50 to linear sRGB, which is below 0 or above 1 out of gamut.
func linearSRGB(v [3]float64) (out [3]float64) {
	for i, row := range srgbOfXYZ {
		out[i] = float64(row[0]*v[0]) + float64(row[1]*v[1]) + float64(row[2]*v[2])
	}
	return out
}

// xyzOfLab converts CIE L*a*b* under D50 to XYZ (CIE 15).
func xyzOfLab(l, a, b float64) [3]float64 {
	fy := (l + 16) / 116
	f := [3]float64{fy + a/500, fy, fy - b/200}
	var out [3]float64
	for i, v := range f {
		if v > 6.0/29 {
			out[i] = whiteD50[i] * v * v * v
		} else {
			out[i] = whiteD50[i] * (v - 4.0/29) * 108 / 841
		}
	}
	return out
}
