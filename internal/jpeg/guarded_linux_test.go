package jpeg

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"unsafe"

	"newsroom.example/cards/internal/guarded"
	"newsroom.example/cards/internal/scene"
)

// TestInverseKeepsToItsSlices: for any number of blocks, the loops access no memory outside their slices.
func TestInverseKeepsToItsSlices(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(1, 9))
	outs, ins, quants := guarded.New(t, 7*500+400), guarded.New(t, 4*64*50), guarded.New(t, 256)
	for _, side := range guarded.Sides {
		quant := (*[64]int32)(guarded.Slice[int32](quants, side, 64))
		for i := range quant {
			quant[i] = r.Int32N(1 << 16)
		}
		for _, points := range []int{1, 2, 4, 8} {
			for n := range 50 {
				stride := n*points + r.IntN(100)
				blocks := guarded.Slice[int32](ins, side, n*points*points)
				for i := range blocks {
					blocks[i] = int32(r.Uint32()) >> (16 + r.IntN(16))
				}
				inverse(points, guarded.Slice[uint8](outs, side, (points-1)*stride+n*points), stride, blocks, quant)
			}
		}
	}
}

// TestScanKeepsToItsTables: decoding accesses no memory outside the tables and the coefficients, for codes of any
// length and any data.
func TestScanKeepsToItsTables(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(2, 9))
	p, err := Open(encoded(t, scene.Photo(200, 64, 9, 5), 90))
	if err != nil {
		t.Fatal(err)
	}
	coeffs := guarded.New(t, 4*planCoeffs)
	var tables, codes [4]*guarded.Area
	for i := range tables {
		tables[i], codes[i] = guarded.New(t, int(unsafe.Sizeof(huffman{}))), guarded.New(t, 4*256*32)
	}
	var fast, plain scanner
	for round := range 400 {
		side := guarded.Sides[round%2]
		for i := range p.comps {
			c := &p.comps[i]
			c.dc = walled(tables[i&1], codes[i&1], side, anyTable(t, r, true))
			c.ac = walled(tables[2+i&1], codes[2+i&1], side, anyTable(t, r, false))
		}
		fast.coeffs = (*[planCoeffs]int32)(guarded.Slice[int32](coeffs, side, planCoeffs))
		p.scan = anyData(r, 3000)
		sameScan(t, p, &fast, &plain)
	}
}

// walled returns a table between guard pages; its long codes are between guard pages too.
func walled(table, codes *guarded.Area, side guarded.Side, h *huffman) *huffman {
	out := &guarded.Slice[huffman](table, side, 1)[0]
	*out = *h
	out.long = guarded.Slice[uint32](codes, side, len(h.long))
	copy(out.long, h.long)
	return out
}

// TestEncodingKeepsToItsSlices: encoding accesses no memory outside its slices, for pixels of any stride, the most
// symbols that an MCU can have, and bits of any length.
func TestEncodingKeepsToItsSlices(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(3, 9))
	pixels, spaces := guarded.New(t, 16*200), guarded.New(t, int(unsafe.Sizeof(samples{})))
	mcus, quantisers, all := guarded.New(t, mcuBlocks*blockBytes), guarded.New(t, int(unsafe.Sizeof(quantiser{}))), guarded.New(t, int(unsafe.Sizeof(levels{})))
	outs := guarded.New(t, mcuBound)
	for round := range 400 {
		side := guarded.Sides[round%2]
		stride := 64 + r.IntN(130)
		pix := guarded.Slice[byte](pixels, side, 15*stride+64)
		extremes(r, pix)
		s, coefs := &guarded.Slice[samples](spaces, side, 1)[0], &guarded.Slice[mcu](mcus, side, 1)[0]
		s.convert(pix, stride)
		s.transform(coefs)
		q := &guarded.Slice[quantiser](quantisers, side, 1)[0]
		*q = *newQuantiser(&quantLuma, 1+round%100)
		l := &guarded.Slice[levels](all, side, 1)[0]
		for i := range coefs {
			l.masks[i] = q.quantise(&coefs[i], &l.blocks[i])
		}
		if round%4 < 2 {
			for i := range l.blocks { // 26 bits for each level
				for k := range l.blocks[i] {
					l.blocks[i][k] = int16(1023 - 2046*r.IntN(2))
				}
				l.masks[i] = ^uint64(0)
			}
		}
		e := emitter{out: guarded.Slice[byte](outs, side, mcuBound), n: 7}
		emitAVX2(&e, l)
	}
}

// TestStuffingKeepsToItsSlices: stuffing accesses no memory outside its slices, for any number of bytes, of which
// all may be 0xff.
func TestStuffingKeepsToItsSlices(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(4, 9))
	from, to := guarded.New(t, 300), guarded.New(t, 600)
	for _, side := range guarded.Sides {
		for n := 1; n <= 300; n++ {
			for _, rare := range []int{1, 2, 30, 1000} {
				data, out := guarded.Slice[byte](from, side, n), guarded.Slice[byte](to, side, 2*n)
				for i := range data {
					if data[i] = byte(r.IntN(255)); r.IntN(rare) == 0 {
						data[i] = 0xff
					}
				}
				if got, want := stuffAVX2(&out[0], &data[0], n), n+bytes.Count(data, []byte{0xff}); got != want {
					t.Fatalf("%d bytes become %d, want %d", n, got, want)
				}
			}
		}
	}
}
