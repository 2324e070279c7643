package raster

import (
	"encoding/binary"

	"newsroom.example/cards/internal/simd"
)

// This file converts rows of samples to rows of opaque pixels, with the weights of ITU-T T.871 in units of 2^-16.
// Sixteen pixels at a time are stored with AVX2 if the machine has it.

const opaque = 0xff000000 // a pixel is red in its low byte, then green and blue

// vector is how many pixels most vector loops of this package process at a time.
const vector = 16

func storeGray(px, gray []uint8) {
	px = px[:4*len(gray)]
	for i, v := range gray {
		binary.LittleEndian.PutUint32(px[4*i:], uint32(v)*0x010101|opaque)
	}
}

// storeRGBA copies RGBA pixels and makes them opaque.
func storeRGBA(px, rgba []uint8) {
	px = px[:len(rgba)]
	for ; len(rgba) >= 16; px, rgba = px[16:], rgba[16:] {
		a, b := binary.LittleEndian.Uint64(rgba), binary.LittleEndian.Uint64(rgba[8:])
		binary.LittleEndian.PutUint64(px, a|opaque<<32|opaque)
		binary.LittleEndian.PutUint64(px[8:], b|opaque<<32|opaque)
	}
	for i := 0; i+4 <= len(rgba); i += 4 {
		binary.LittleEndian.PutUint32(px[i:], binary.LittleEndian.Uint32(rgba[i:])|opaque)
	}
}

func storeYCbCr(px, y, cb, cr []uint8) {
	px, cb, cr = px[:4*len(y)], cb[:len(y)], cr[:len(y)]
	if n := len(y) &^ (vector - 1); simd.AVX2 && n > 0 {
		storeYCbCrAVX2(px, y[:n], cb, cr)
		px, y, cb, cr = px[4*n:], y[n:], cb[n:], cr[n:]
	}
	storeEach(px, y, cb, cr)
}

// storeEach stores pixels with a chroma sample each.
func storeEach(px, y, cb, cr []uint8) {
	px, cb, cr = px[:4*len(y)], cb[:len(y)], cr[:len(y)]
	for i, v := range y {
		red, green, blue := tint(cb[i], cr[i])
		binary.LittleEndian.PutUint32(px[4*i:], pixel(v, red, green, blue))
	}
}

// storePairs stores pixels with a chroma sample for every two.
func storePairs(px, y, cb, cr []uint8) {
	px, cb, cr = px[:4*len(y)], cb[:(len(y)+1)/2], cr[:(len(y)+1)/2]
	if n := len(y) &^ (vector - 1); simd.AVX2 && n > 0 {
		storePairsAVX2(px, y[:n], cb, cr)
		px, y, cb, cr = px[4*n:], y[n:], cb[n/2:], cr[n/2:]
	}
	storeBoth(px, y, cb, cr)
}

// storeBoth is storePairs, one chroma sample after the other.
func storeBoth(px, y, cb, cr []uint8) {
	px = px[:4*len(y)]
	pairs := len(y) / 2
	cb, cr = cb[:(len(y)+1)/2], cr[:(len(y)+1)/2]
	for i := range pairs {
		red, green, blue := tint(cb[i], cr[i])
		two := y[2*i : 2*i+2 : 2*i+2]
		a, b := int32(two[0])<<16, int32(two[1])<<16
		r0, g0, b0 := (a+red)>>16, (a+green)>>16, (a+blue)>>16
		r1, g1, b1 := (b+red)>>16, (b+green)>>16, (b+blue)>>16
		left, right := uint32(r0|g0<<8|b0<<16)|opaque, uint32(r1|g1<<8|b1<<16)|opaque
		if uint32(r0|g0|b0|r1|g1|b1) > 255 {
			left, right = beyond(r0, g0, b0), beyond(r1, g1, b1)
		}
		binary.LittleEndian.PutUint64(px[8*i:8*i+8:8*i+8], uint64(left)|uint64(right)<<32)
	}
	if len(y)%2 != 0 {
		red, green, blue := tint(cb[pairs], cr[pairs])
		binary.LittleEndian.PutUint32(px[8*pairs:], pixel(y[2*pairs], red, green, blue))
	}
}

// tint is what chroma adds to the luma, in units of 2^-16, including one half for rounding.
func tint(cb, cr uint8) (red, green, blue int32) {
	b, r := int32(cb)-128, int32(cr)-128
	return 91881*r + 1<<15, 1<<15 - 22554*b - 46802*r, 116130*b + 1<<15
}

func pixel(y uint8, red, green, blue int32) uint32 {
	v := int32(y) << 16
	red, green, blue = (v+red)>>16, (v+green)>>16, (v+blue)>>16
	if uint32(red|green|blue) > 255 {
		return beyond(red, green, blue)
	}
	return uint32(red|green<<8|blue<<16) | opaque
}

// beyond returns the nearest RGB pixel for a colour outside the range of RGB.
func beyond(red, green, blue int32) uint32 {
	return uint32(clamp(red)) | uint32(clamp(green))<<8 | uint32(clamp(blue))<<16 | opaque
}
