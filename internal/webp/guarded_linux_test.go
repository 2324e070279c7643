package webp

import (
	"math/rand/v2"
	"testing"
	"unsafe"

	"newsroom.example/cards/internal/guarded"
)

// TestFiltersKeepToTheirPlanes: the vector filters access no memory outside the planes, where these end with a
// macroblock.
func TestFiltersKeepToTheirPlanes(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(2, 1))
	var areas [3]*guarded.Area
	for i := range areas {
		areas[i] = guarded.New(t, 20*200)
	}
	for round := range 400 {
		side := guarded.Sides[round%2]
		left, top, inner := r.IntN(2), r.IntN(2), r.IntN(2) == 0
		p := &planes{lumaStride: 16 + 4*left + r.IntN(40), chromaStride: 8 + 4*left + r.IntN(40)}
		luma, chroma := 4*left+4*top*p.lumaStride, 4*left+4*top*p.chromaStride
		p.luma = guarded.Slice[uint8](areas[0], side, luma+15*p.lumaStride+16)
		p.cb = guarded.Slice[uint8](areas[1], side, chroma+7*p.chromaStride+8)
		p.cr = guarded.Slice[uint8](areas[2], side, chroma+7*p.chromaStride+8)
		var l limits
		l.set(1+r.IntN(63), r.IntN(8))
		filterVectors(p, luma, chroma, &l, left == 1, top == 1, inner)
	}
}

// TestKernelsKeepToTheirSlices does the same for the other loops.
func TestKernelsKeepToTheirSlices(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(2, 2))
	planes, rows := guarded.New(t, 8*600), guarded.New(t, 600)
	for round := range 400 {
		side := guarded.Sides[round%2]
		stride := 4 + r.IntN(60)
		addInverse(guarded.Slice[uint8](planes, side, 3*stride+4), 0, stride, (*[16]int16)(guarded.Slice[int16](rows, side, 16)), false)

		size := 8 << (round >> 1 & 1)
		stride = size + 1 + r.IntN(60)
		plane := guarded.Slice[uint8](planes, side, 1+(size-1)*stride+size)
		motionAVX2(&plane[1], stride, size, &guarded.Slice[uint8](rows, side, size)[0], 7)

		wide := 1 + r.IntN(40)
		row, above := guarded.Slice[uint32](planes, side, wide+1), guarded.Slice[uint32](rows, side, wide+2)
		predictTile(uint32(round%16), row, above)
		addGreen(row)
		(&transform{kind: crossColour, bits: 9, tiles: []uint32{r.Uint32()}, wide: 1}).crossColour(row)

		shrink, n := r.IntN(3), 1+r.IntN(70)
		s := span{shrink: shrink, rows: 1 << shrink, width: n << shrink, stride: n<<shrink + r.IntN(9), full: lumaRange}
		s.pix = guarded.Slice[uint8](planes, side, (s.rows-1)*s.stride+n<<shrink)
		s.row(guarded.Slice[uint8](rows, side, n))
	}
}

// TestTokensKeepToTheirData: reading coefficients accesses no memory outside its tables and the data with the bytes
// that must follow it, whatever these are, and gives what the Go version gives.
func TestTokensKeepToTheirData(t *testing.T) {
	if !vectors {
		t.Skip("needs AVX2 and LZCNT")
	}
	r := rand.New(rand.NewPCG(2, 3))
	tables, data, outs := guarded.New(t, int(unsafe.Sizeof(kindProbs{}))), guarded.New(t, slack+8), guarded.New(t, 32)
	for round := range 4000 {
		side := guarded.Sides[round%2]
		probs := &guarded.Slice[kindProbs](tables, side, 1)[0]
		extreme := r.IntN(3)
		for at := range probs {
			for context := range probs[at] {
				for i := range probs[at][context] {
					probs[at][context][i] = probOf([]uint8{uint8(r.Uint32()), uint8(r.IntN(3)), uint8(253 + r.IntN(3))}[extreme])
				}
			}
		}
		bytes := guarded.Slice[uint8](data, side, slack+8)
		for i := range bytes {
			bytes[i] = uint8(r.Uint32())
			if extreme == 1 {
				bytes[i] &= uint8(r.IntN(2))
			}
		}
		fast := bools{size: 128 + r.Uint32N(128), data: bytes, end: len(bytes)}
		fast.window, fast.valid = r.Uint64()&^0xff, 56
		fast.window %= uint64(fast.size) << 56
		plain := fast
		steps := [2]int32{1 + r.Int32N(157), 1 + r.Int32N(440)}
		out := (*[16]int16)(guarded.Slice[int16](outs, side, 16))
		*out = [16]int16{}
		var want [16]int16
		context, first := r.IntN(3), r.IntN(2)
		c1, b1 := blockAVX2(&fast, &probs[first], context, first, &steps, out)
		c2, b2 := plain.blockGo(probs, context, first, &steps, &want)
		if c1 != c2 || b1 != b2 || *out != want {
			t.Fatalf("%t, %t, %v, want %t, %t, %v", c1, b1, *out, c2, b2, want)
		}
		sameModes(t, r, &fast, &plain)
		fast.fill()
		plain.fill()
		if fast.size != plain.size || 8*fast.at-fast.valid != 8*plain.at-plain.valid || fast.window>>8 != plain.window>>8 {
			t.Fatalf("%x of %d at %d, want %x of %d at %d", fast.window, fast.size, 8*fast.at-fast.valid,
				plain.window, plain.size, 8*plain.at-plain.valid)
		}
	}
}

// sameModes reads modes with both versions.
func sameModes(t *testing.T, r *rand.Rand, fast, plain *bools) {
	t.Helper()
	if fast.at > len(fast.data)-slack/2 {
		return
	}
	var above, left, aboveToo, leftToo edgeModes
	for i := range above {
		above[i], left[i] = uint8(r.IntN(10)), uint8(r.IntN(10))
	}
	aboveToo, leftToo = above, left
	var got, want macroblock
	blockModesAVX2(fast, &modeTable, (*[4]uint8)(&above), (*[4]uint8)(&left), &got.modes)
	plain.blockModesGo(&want, &aboveToo, &leftToo)
	if got.modes != want.modes || above != aboveToo || left != leftToo {
		t.Fatalf("%v, want %v", got.modes, want.modes)
	}
}
