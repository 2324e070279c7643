package jpeg

import (
	"math/rand/v2"
	"slices"
	"testing"

	"newsroom.example/cards/internal/scene"
	"newsroom.example/cards/internal/simd"
)

// sameScan compares decodeAVX2 with mcus at every size, for a complete picture with any data.
func sameScan(t testing.TB, p *Picture, fast, plain *scanner) {
	if !simd.AVX2 {
		return
	}
	for shrink := range 4 {
		plan := newPlan(p.comps, shrink)
		fast.begin(p, 0)
		plain.begin(p, 0)
		for left := p.mcusX * p.mcusY; left > 0; {
			if fast.until == 0 {
				if again := fast.restart(p.restart); again != plain.restart(p.restart) {
					t.Fatalf("1/%d, %d MCUs before the end: restarted: %v", 1<<shrink, left, again)
				} else if !again {
					break
				}
			}
			n := min(left, plan.most, fast.until)
			done, err := fast.run(plan, 0, n, decodeAVX2)
			if fast.pos+8 > len(fast.window) {
				t.Fatalf("1/%d, %d MCUs before the end: read past the window, at %d", 1<<shrink, left, fast.pos)
			}
			until, want := plain.run(plan, 0, n, (*scanner).mcus)
			if done != until || (err == nil) != (want == nil) {
				t.Fatalf("1/%d, %d MCUs before the end: %v, want %v", 1<<shrink, left, err, want)
			}
			if err != nil {
				break
			}
			if fast.dc != plain.dc || !sameCoeffs(plan, n, fast.coeffs, plain.coeffs) || fast.spent() != plain.spent() {
				t.Fatalf("1/%d, %d MCUs before the end: not the same", 1<<shrink, left)
			}
			if fast.whole && plain.whole && fast.ahead() != plain.ahead() {
				t.Fatalf("1/%d, %d MCUs before the end: %d bits before the end, want %d", 1<<shrink, left, fast.ahead(), plain.ahead())
			}
			left -= n
		}
	}
}

// sameCoeffs compares the coefficients of a plan's first n MCUs.
func sameCoeffs(p *plan, n int, a, b *[planCoeffs]int32) bool {
	for _, r := range p.rows {
		if end := r.at + n*r.step; !slices.Equal(a[r.at:end], b[r.at:end]) {
			return false
		}
	}
	return true
}

// ahead returns the number of unread bits of the window.
func (b *reader) ahead() int { return 8*b.end - 8*b.pos + b.n }

// TestVectorsScanAsGo compares AVX2 and Go on photos, damaged photos, and photos with random data.
func TestVectorsScanAsGo(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(8, 8))
	var fast, plain scanner
	for quality := 10; quality <= 100; quality += 10 {
		p, err := Open(encoded(t, scene.Photo(200, 150, 2*(100-quality)+3, 5), quality))
		if err != nil {
			t.Fatal(err)
		}
		sameScan(t, p, &fast, &plain)
		whole := p.scan
		for round := range 40 {
			p.scan = append([]byte{}, whole[:1+r.IntN(len(whole)-1)]...)
			for range round {
				p.scan[r.IntN(len(p.scan))] ^= byte(1 << r.IntN(8))
			}
			sameScan(t, p, &fast, &plain)
		}
		for i := range p.scan {
			p.scan[i] = byte(r.Uint32N(255))
		}
		sameScan(t, p, &fast, &plain)
	}
}

// TestVectorsReadAnyTable compares AVX2 and Go with codes of every length and unusual symbols.
func TestVectorsReadAnyTable(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(9, 9))
	var fast, plain scanner
	data := encoded(t, scene.Photo(64, 64, 9, 5), 90)
	for range 300 {
		p, err := Open(data)
		if err != nil {
			t.Fatal(err)
		}
		for i := range p.comps {
			p.comps[i].dc, p.comps[i].ac = anyTable(t, r, true), anyTable(t, r, false)
		}
		p.scan = anyData(r, 3000)
		sameScan(t, p, &fast, &plain)
	}
}

// anyData returns n bytes without a marker: random ones, or almost only ones or zeros, which are the longest and the
// shortest codes.
func anyData(r *rand.Rand, n int) []byte {
	data := make([]byte, 0, n+1)
	kind, rare := r.IntN(3), 1+r.IntN(40)
	for len(data) < n {
		v := byte(r.Uint32())
		if kind > 0 && r.IntN(rare) > 0 {
			v = byte(kind - 2) // 255 or 0
		}
		if data = append(data, v); v == 0xff {
			data = append(data, 0)
		}
	}
	return data
}

// anyTable returns a table with up to 256 codes.
func anyTable(t testing.TB, r *rand.Rand, dc bool) *huffman {
	var counts [16]uint8
	symbols := make([]byte, 0, 256)
	next, slant := 0, r.IntN(17)
	for length := 1; length <= 16; length++ {
		rows := 1 << (16 - length)
		for next+rows <= 1<<16 && len(symbols) < 256 && counts[length-1] < 255 && (r.IntN(17) > slant || length == 16 && len(symbols) == 0) {
			symbol := byte(r.Uint32())
			if dc {
				symbol &= 15
			}
			symbols = append(symbols, symbol)
			counts[length-1]++
			next += rows
		}
	}
	h, ok := newHuffman(counts, symbols, dc)
	if !ok {
		t.Fatalf("no prefix code: %v", counts)
	}
	return h
}

// TestValuesAreThoseOfT81: magnitude bits stand for what T.81, table F.1 and F.2.2.1 say.
func TestValuesAreThoseOfT81(t *testing.T) {
	for size := range 16 {
		for _, bits := range []int{0, 1, 1<<size - 1, 1 << size >> 1, 1<<size>>1 - 1} {
			if bits < 0 || bits >= 1<<size {
				continue
			}
			want := bits
			if size > 0 && bits < 1<<(size-1) {
				want = bits + 1 - 1<<size
			}
			e := entry(uint8(size), 7, true)
			if got := value(e, uint64(bits)<<(64-7-size)|1<<(63-7-size)>>1); got != int32(want) {
				t.Errorf("%d bits, %b: %d, want %d", size, bits, got, want)
			}
		}
	}
}

func TestScaledPlans(t *testing.T) {
	for _, c := range []component{{h: 1, v: 1}, {h: 2, v: 2}, {h: 4, v: 2}} {
		for shrink := range 4 {
			p := newPlan([]component{c, {h: 1, v: 1}, {h: 1, v: 1}}, shrink)
			last := p.blocks[p.count-1]
			if end := last.at + (p.most-1)*last.step + p.points*p.points; end != p.size || end > planCoeffs || p.most < 2 || p.most%2 != 0 {
				t.Errorf("%dx%d at 1/%d: %d MCUs at once, to %d of %d", c.h, c.v, 1<<shrink, p.most, end, p.size)
			}
		}
	}
}
