package jpeg

import (
	"encoding/binary"
	"math/rand/v2"
	"testing"

	"newsroom.example/cards/internal/simd"
)

// needAVX2 skips the test if there is no AVX2 to compare with.
func needAVX2(t *testing.T) {
	t.Helper()
	if !simd.AVX2 {
		t.Skip("NO AVX2 HERE: its loops were not compared with Go's")
	}
}

// extremes returns pixels with the largest possible differences.
func extremes(random *rand.Rand, pix []byte) {
	kind := random.IntN(4)
	for i := range pix {
		switch kind {
		case 0:
			pix[i] = byte(random.IntN(256))
		case 1:
			pix[i] = byte(random.IntN(2) * 255)
		case 2:
			pix[i] = byte(i / 4 % 2 * 255)
		case 3:
			pix[i] = byte(random.IntN(8))
		}
	}
}

func TestConvertAndTransformAreGos(t *testing.T) {
	needAVX2(t)
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 2000 {
		stride := 64 + random.IntN(100)
		pix := make([]byte, 15*stride+64) // the exact size that convert may read
		extremes(random, pix)
		var got, want samples
		convertAVX2(&got, &pix[0], stride)
		if want.convertGo(pix, stride); got != want {
			t.Fatalf("round %d: other samples", round)
		}
		if round%5 == 0 { // extreme values
			for i := range want.y[0] {
				want.y[0][i] = int32(random.IntN(2)*4095 - 2048)
			}
			got = want
		}
		var gotCoefs, wantCoefs mcu
		transformAVX2(&got, &gotCoefs)
		if want.transformGo(&wantCoefs); gotCoefs != wantCoefs {
			t.Fatalf("round %d: other coefficients", round)
		}
	}
}

// TestQuantiseIsGos compares every coefficient at every position with every quantisation step.
func TestQuantiseIsGos(t *testing.T) {
	needAVX2(t)
	for _, table := range []*[64]uint8{&quantLuma, &quantChroma} {
		for quality := 1; quality <= 100; quality += 3 {
			q := newQuantiser(table, quality)
			for v := -8192; v <= 8192; v++ {
				var block [blockBytes]byte
				for i := range 64 {
					binary.LittleEndian.PutUint16(block[2*i:], uint16((v+i*257+8192)%16385-8192))
				}
				var got, want [64]int16
				gotMask, wantMask := quantiseAVX2(q, &block, &got), q.quantiseGo(&block, &want)
				if gotMask != wantMask || got != want {
					t.Fatalf("quality %d, coefficients from %d: levels %v, want %v; mask %x, want %x", quality, v, got, want, gotMask, wantMask)
				}
			}
		}
	}
}

// randomLevels returns levels that an MCU can have: mostly small, and mostly 0.
func randomLevels(random *rand.Rand) *levels {
	l := &levels{}
	dense, large := random.IntN(64), random.IntN(10)
	for i := range l.blocks {
		l.blocks[i][0] = int16(random.IntN(4095) - 2047)
		if random.IntN(50) == 0 {
			l.blocks[i][0] = int16(random.Uint32()) // larger than any real difference, but it must not cause reads outside the table
		}
		for k := 1; k < 64; k++ {
			level := random.IntN(63) - 31
			if random.IntN(10) < large {
				level = random.IntN(2047) - 1023
			}
			if level != 0 && random.IntN(64) < dense {
				l.blocks[i][zigzag[k]] = int16(level)
				l.masks[i] |= 1 << k
			}
		}
	}
	return l
}

func TestEmitIsGos(t *testing.T) {
	needAVX2(t)
	random := rand.New(rand.NewPCG(3, 4))
	var got, want emitter
	for round := range 3000 {
		l := randomLevels(random)
		got.room(mcuBound)
		want.room(mcuBound)
		before := want.at
		emitAVX2(&got, l)
		want.mcuGo(l)
		rest := func(e *emitter) uint64 { return uint64(e.out[e.at]) >> (8 - e.n) }
		if got.at != want.at || got.n != want.n || string(got.out[:got.at]) != string(want.out[:want.at]) || rest(&got) != rest(&want) {
			t.Fatalf("round %d: other bits from %d on", round, before)
		}
	}
}

func TestStuffIsGos(t *testing.T) {
	needAVX2(t)
	random := rand.New(rand.NewPCG(5, 6))
	for round := range 3000 {
		data := make([]byte, random.IntN(200))
		if round%100 == 0 {
			data = make([]byte, 2*stuffed+random.IntN(200))
		}
		rare := 1 + random.IntN(60)
		for i := range data {
			if data[i] = byte(random.IntN(255)); random.IntN(rare) == 0 {
				data[i] = 0xff
			}
		}
		var got, want joiner
		got.stuff(data)
		if want.stuffGo(data); string(got.out) != string(want.out) {
			t.Fatalf("round %d: %x of %x, want %x", round, got.out, data, want.out)
		}
	}
}

// FuzzEncodeTwins: AVX2 and Go give the same results for an MCU in every stage, from pixels to bits.
func FuzzEncodeTwins(f *testing.F) {
	f.Add([]byte{0, 0, 0, 255, 255, 255, 255, 255}, uint8(99))
	f.Add([]byte{200, 30, 90, 255, 1, 2, 3, 4, 0, 255, 0, 255}, uint8(84))
	f.Add([]byte("sixteen pixels of sixteen bytes and then some that are not alike"), uint8(0))
	f.Fuzz(func(t *testing.T, data []byte, quality uint8) {
		if !simd.AVX2 || len(data) == 0 {
			t.Skip("nothing to compare")
		}
		pix := make([]byte, 16*64)
		for i := range pix {
			pix[i] = data[i%len(data)]
		}
		var got, want samples
		convertAVX2(&got, &pix[0], 64)
		want.convertGo(pix, 64)
		var gotCoefs, wantCoefs mcu
		transformAVX2(&got, &gotCoefs)
		want.transformGo(&wantCoefs)
		var gotLevels, wantLevels levels
		p := new(pass).at(int(quality)%100 + 1)
		for i := range gotCoefs {
			q := []*quantiser{p.luma, p.chroma}[i/4]
			gotLevels.masks[i] = quantiseAVX2(q, &gotCoefs[i], &gotLevels.blocks[i])
			wantLevels.masks[i] = q.quantiseGo(&wantCoefs[i], &wantLevels.blocks[i])
		}
		if gotLevels != wantLevels {
			t.Fatal("other levels")
		}
		var gotBits, wantBits emitter
		gotBits.room(mcuBound)
		wantBits.room(mcuBound)
		emitAVX2(&gotBits, &gotLevels)
		wantBits.mcuGo(&wantLevels)
		var gotScan, wantScan joiner
		gotScan.add(&gotBits)
		wantScan.add(&wantBits)
		if string(gotScan.end()) != string(wantScan.end()) {
			t.Fatal("other bits")
		}
	})
}
