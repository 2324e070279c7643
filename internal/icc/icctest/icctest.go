// Package icctest makes ICC profiles for tests.
package icctest

import (
	"encoding/binary"
	"math"
)

// whiteD50 is the white point of the connection space.
var whiteD50 = [3]float64{0.9642, 1, 0.8249}

// Profile returns the profile of a device with the tags, in the order of their names.
func Profile(space, pcs string, names []string, tags map[string][]byte) []byte {
	out := make([]byte, 132+12*len(names))
	copy(out[8:], []byte{4, 0x30, 0, 0})
	copy(out[12:], "mntr"+space+pcs)
	copy(out[36:], "acsp")
	for i, v := range whiteD50 {
		copy(out[68+4*i:], s15(v))
	}
	binary.BigEndian.PutUint32(out[128:], uint32(len(names)))
	for i, name := range names {
		at := out[132+12*i:]
		copy(at, name)
		binary.BigEndian.PutUint32(at[4:], uint32(len(out)))
		binary.BigEndian.PutUint32(at[8:], uint32(len(tags[name])))
		out = append(out, tags[name]...)
		out = append(out, make([]byte, (4-len(out)%4)%4)...)
	}
	binary.BigEndian.PutUint32(out, uint32(len(out)))
	return out
}

func s15(v float64) []byte {
	return binary.BigEndian.AppendUint32(nil, uint32(int32(math.Round(v*65536))))
}

func xyzTag(v [3]float64) []byte {
	return append(append(append([]byte("XYZ \x00\x00\x00\x00"), s15(v[0])...), s15(v[1])...), s15(v[2])...)
}

// Para returns a parametric curve of a kind.
func Para(kind uint16, v ...float64) []byte {
	out := binary.BigEndian.AppendUint16([]byte("para\x00\x00\x00\x00"), kind)
	out = append(out, 0, 0)
	for _, p := range v {
		out = append(out, s15(p)...)
	}
	return out
}

// Curv returns a sampled curve: no value is the identity, one is a gamma in units of 1/256.
func Curv(v ...uint16) []byte {
	out := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), uint32(len(v)))
	for _, p := range v {
		out = binary.BigEndian.AppendUint16(out, p)
	}
	return out
}

// The primaries of three devices under D50, and the tone curve that two of them share.
var (
	SRGBCurve      = Para(3, 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045)
	srgbPrimaries  = [3][3]float64{{0.43607, 0.22249, 0.01392}, {0.38515, 0.71687, 0.09708}, {0.14307, 0.06061, 0.71410}}
	P3Primaries    = [3][3]float64{{0.51512, 0.24120, -0.00105}, {0.29198, 0.69225, 0.04189}, {0.15710, 0.06657, 0.78407}}
	adobePrimaries = [3][3]float64{{0.60974, 0.31111, 0.01947}, {0.20528, 0.62567, 0.06087}, {0.14919, 0.06322, 0.74457}}
)

// Matrix returns the profile of an RGB device with the primaries, and one tone curve (a tag) for all.
func Matrix(primaries [3][3]float64, curve []byte) []byte {
	return Profile("RGB ", "XYZ ", []string{"rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC", "wtpt"}, map[string][]byte{
		"rXYZ": xyzTag(primaries[0]), "gXYZ": xyzTag(primaries[1]), "bXYZ": xyzTag(primaries[2]),
		"rTRC": curve, "gTRC": curve, "bTRC": curve, "wtpt": xyzTag(whiteD50),
	})
}

// SRGB returns the profile of sRGB itself.
func SRGB() []byte { return Matrix(srgbPrimaries, SRGBCurve) }

// DisplayP3 returns the profile of a screen of Display P3.
func DisplayP3() []byte { return Matrix(P3Primaries, SRGBCurve) }

// AdobeRGB returns the profile of Adobe RGB (1998).
func AdobeRGB() []byte { return Matrix(adobePrimaries, Curv(563)) } // gamma 2.2

// Gray returns the profile of a linear grey.
func Gray() []byte {
	gamma1 := Curv(1 << 8)
	return Profile("GRAY", "XYZ ", []string{"kTRC", "wtpt"}, map[string][]byte{"kTRC": gamma1, "wtpt": xyzTag(whiteD50)})
}

// Types of tables of colours, for Press.
const (
	LUTAToB = iota
	LUT8
	LUT16
	PressKinds // how many there are
)

// Press returns the profile of a press with four inks, as a table of colours of a kind, through L*a*b*: each
// ink takes its share of the light away.
func Press(kind int) []byte {
	name, ends := map[int]string{0: "mAB ", 1: "mft1", 2: "mft2"}[kind], map[int]int{1: 256, 2: 2}[kind]
	t := append([]byte(name+"\x00\x00\x00\x00"), 4, 3, 3, 0)
	number := func(v float64) []byte {
		if kind == 1 {
			return []byte{byte(math.Round(v * 255))}
		}
		return binary.BigEndian.AppendUint16(nil, uint16(math.Round(v*65535)))
	}
	straight := func(curves int) {
		for range curves {
			for i := range ends {
				t = append(t, number(float64(i)/float64(ends-1))...)
			}
			if kind == 0 {
				t = append(t, Curv()...)
			}
		}
	}
	switch kind {
	case 0: // B at 32, grid at 68, A behind it
		t[10] = 0
		for _, at := range []uint32{32, 0, 0, 68, 68 + 20 + 81*6 + 2} {
			t = binary.BigEndian.AppendUint32(t, at)
		}
		straight(3)
		t = append(append(t, 3, 3, 3, 3), make([]byte, 12)...)
		t = append(t, 2, 0, 0, 0)
	case 1:
		t = append(t, make([]byte, 36)...)
		straight(4)
	case 2:
		t = append(append(t, make([]byte, 36)...), 0, 2, 0, 2)
		straight(4)
	}
	for i := range 81 {
		c, m, y, k := float64(i/27)/2, float64(i/9%3)/2, float64(i/3%3)/2, float64(i%3)/2
		l := (1 - 0.35*c) * (1 - 0.45*m) * (1 - 0.1*y) * (1 - 0.9*k)
		for _, v := range []float64{l, 0.5 + 0.25*(m-c)*(1-k), 0.5 + 0.3*(y-(c+m)/2)*(1-k)} {
			t = append(t, number(v)...)
		}
	}
	if kind == 0 {
		t = append(t, 0, 0)
		straight(4)
	} else {
		straight(3)
	}
	return Profile("CMYK", "Lab ", []string{"A2B0", "wtpt"}, map[string][]byte{"A2B0": t, "wtpt": xyzTag(whiteD50)})
}

// The constants of XYB as JPEG XL and jpegli define it: what the three kinds of cones take of linear sRGB, what is
// added before the cube root, and how the numbers are scaled to bytes.
var (
	xybCones = [3][3]float64{
		{0.30, 0.622, 0.078}, {0.23, 0.692, 0.078}, {0.24342268924547819, 0.20476744424496821, 0.55180986650955360},
	}
	xybOffset    = [3]float64{0.015386134, 0, 0.27770459}
	xybScale     = [3]float64{22.995788804, 1.183000077, 1.502141333}
	xybToHalfXYZ = [9]float64{
		1.5170095, -1.1065225, 0.071623, -0.050022, 0.5683655, -0.018344, -1.387676, 1.1145555, 0.6857255,
	}
	xybBias, xybRoot = 0.0037930732552754493, math.Cbrt(0.0037930732552754493)
)

// XYB returns the profile of an XYB JPEG: a table of two nodes along each channel, curves that cube, and a matrix.
func XYB() []byte {
	o, s := xybOffset, xybScale
	offset := [3]float64{o[0] + o[1], o[1] - o[0] + 1/s[0], o[1] + o[2]}
	scale := [3]float64{1 / (1/s[0] + 1/s[1]), 1 / (1/s[0] + 1/s[1]), 1 / (1/s[1] + 1/s[2])}
	t := append([]byte("mAB \x00\x00\x00\x00"), 3, 3, 0, 0)
	for _, at := range []uint32{32, 244, 148, 80, 32} { // B, matrix, M, grid, A
		t = binary.BigEndian.AppendUint32(t, at)
	}
	for range 3 {
		t = append(t, Para(0, 1)...)
	}
	t = append(append(t, 2, 2, 2), make([]byte, 13)...)
	t = append(t, 2, 0, 0, 0)
	for i := range 8 {
		var v [3]float64
		for c := range v {
			v[c] = float64(i>>(2-c)&1)/s[c] - o[c]
		}
		for c, mixed := range []float64{v[1] + v[0], v[1] - v[0], v[2] + v[1]} {
			t = binary.BigEndian.AppendUint16(t, uint16(math.Round(max(0, min((mixed+offset[c])*scale[c], 1))*65535)))
		}
	}
	for c := range 3 {
		b := xybRoot - offset[c]
		t = append(t, Para(3, 3, 1/scale[c], b, 0, max(0, -b*scale[c]))...)
	}
	for _, v := range xybToHalfXYZ {
		t = append(t, s15(v)...)
	}
	for i := range 3 {
		row := xybToHalfXYZ[3*i:]
		t = append(t, s15(-xybBias*(row[0]+row[1]+row[2]))...)
	}
	return Profile("RGB ", "XYZ ", []string{"A2B0", "wtpt"}, map[string][]byte{"A2B0": t, "wtpt": xyzTag(whiteD50)})
}

// ToXYB converts a colour of sRGB to the bytes of a pixel of an XYB JPEG.
func ToXYB(srgb [3]uint8) (out [3]uint8) {
	var light, roots [3]float64
	for i, v := range srgb {
		if f := float64(v) / 255; f <= 0.04045 {
			light[i] = f / 12.92
		} else {
			light[i] = math.Pow((f+0.055)/1.055, 2.4)
		}
	}
	for i, cone := range xybCones {
		roots[i] = math.Cbrt(cone[0]*light[0]+cone[1]*light[1]+cone[2]*light[2]+xybBias) - xybRoot
	}
	x, y, b := (roots[0]-roots[1])/2, (roots[0]+roots[1])/2, roots[2]
	for i, v := range [3]float64{x, y, b - y} {
		out[i] = uint8(math.Round(255 * max(0, min((v+xybOffset[i])*xybScale[i], 1))))
	}
	return out
}
