package jpeg

import (
	"math/rand/v2"
	"slices"
	"testing"
	"unsafe"

	"newsroom.example/cards/internal/guarded"
)

// TestVectorsRefineAsGo compares refineAVX2 with refineGo: codes of every length, any data, and blocks of which
// anything from nothing to all is known.
func TestVectorsRefineAsGo(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(6, 2))
	const n = 40
	table, codes := guarded.New(t, int(unsafe.Sizeof(huffman{}))), guarded.New(t, 4*256*32)
	known, changes := guarded.New(t, 8*n), guarded.New(t, 24*n)
	good := 0
	for round := range 3000 {
		side := guarded.Sides[round%2]
		first := 1 + r.IntN(63)
		a := bandScan{reader: new(reader), coefs: &coefs{known: guarded.Slice[uint64](known, side, n)}, run: r.IntN(3) * r.IntN(9)}
		a.all = (uint64(2)<<(first+r.IntN(64-first)) - 1) &^ (1<<first - 1)
		a.table, a.changes = walled(table, codes, side, anyBandTable(t, r, 0xf1, refineEntry)), guarded.Slice[change](changes, side, n)
		for i := range a.known {
			a.known[i] = [...]uint64{0, r.Uint64(), r.Uint64() & r.Uint64() & r.Uint64(), ^uint64(0)}[r.IntN(4)]
		}
		a.start(anyData(r, r.IntN(600)), nil)
		b, other := a, *a.reader
		b.reader, b.coefs, b.changes = &other, &coefs{known: slices.Clone(a.known)}, make([]change, n)
		ok, want := runBand(&a, refineAVX2), runBand(&b, (*bandScan).refineGo)
		if ok != want {
			t.Fatalf("round %d: %v, want %v", round, ok, want)
		}
		if !ok {
			continue
		}
		if good++; !slices.Equal(a.known, b.known) || a.run != b.run || a.ahead() != b.ahead() || !slices.Equal(a.changes, b.changes) {
			t.Fatalf("round %d: not the same", round)
		}
	}
	if good < 100 {
		t.Errorf("only %d were read", good)
	}
}

// runBand reads all blocks. It returns false if they are not all there.
func runBand(s *bandScan, read func(s *bandScan, start, end int) (int, bool)) (ok bool) {
	all, n := s.changes, len(s.known)
	defer func() { s.changes = all }()
	for at := 0; at < n; {
		if s.pos > s.refill {
			if s.spent() {
				return false
			}
			s.more()
		}
		done, ok := read(s, at, n)
		if !ok {
			return false
		}
		if at = done; all != nil {
			s.changes = all[done:]
		}
	}
	return !s.spent()
}

// anyBandTable returns a table of a scan whose symbols have only the bits of the mask.
func anyBandTable(t testing.TB, r *rand.Rand, mask byte, of func(uint8, int) uint32) *huffman {
	var counts [16]uint8
	var symbols []byte
	next, slant := 0, r.IntN(17)
	for length := 1; length <= 16; length++ {
		rows := 1 << (16 - length)
		for next+rows <= 1<<16 && len(symbols) < 256 && (r.IntN(17) > slant || length == 16 && len(symbols) == 0) {
			symbol := byte(r.Uint32()) & mask
			if r.IntN(3) > 0 {
				symbol = 1 | byte(r.IntN(4))<<4
			}
			symbols = append(symbols, symbol)
			counts[length-1]++
			next += rows
		}
	}
	h := &huffman{}
	if !h.build(counts, symbols, of) {
		t.Fatalf("no prefix code: %v", counts)
	}
	return h
}

// TestVectorsReadBandsAsGo compares firstAVX2 with firstGo, next to inaccessible memory.
func TestVectorsReadBandsAsGo(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(8, 2))
	const n = 40
	table, codes := guarded.New(t, int(unsafe.Sizeof(huffman{}))), guarded.New(t, 4*256*32)
	known, kept := guarded.New(t, 8*n), guarded.New(t, 2*64*n)
	good := 0
	for round := range 4000 {
		side, shrink, first := guarded.Sides[round%2], round/2%4, 1+r.IntN(63)
		a := bandScan{reader: new(reader), keep: &keeps[3-shrink], each: 64 >> (2 * shrink), al: uint(r.IntN(14)), run: r.IntN(3) * r.IntN(50)}
		a.ss, a.se = first, first+r.IntN(64-first)
		a.table = walled(table, codes, side, anyBandTable(t, r, 0xff, bandEntry))
		a.coefs = &coefs{known: guarded.Slice[uint64](known, side, n), kept: guarded.Slice[int16](kept, side, n*a.each)}
		clear(a.coefs.known)
		clear(a.coefs.kept)
		a.start(anyData(r, r.IntN(900)), nil)
		b, other := a, *a.reader
		b.reader, b.coefs = &other, &coefs{known: make([]uint64, n), kept: make([]int16, n*a.each)}
		ok, want := runBand(&a, firstAVX2), runBand(&b, (*bandScan).firstGo)
		if ok != want {
			t.Fatalf("round %d: %v, want %v", round, ok, want)
		}
		if !ok {
			continue
		}
		if good++; !slices.Equal(a.coefs.known, b.coefs.known) || !slices.Equal(a.coefs.kept, b.coefs.kept) ||
			a.run != b.run || a.ahead() != b.ahead() {
			t.Fatalf("round %d: not the same", round)
		}
	}
	if good < 100 {
		t.Errorf("only %d were read", good)
	}
}

// TestVectorsChangeAsGo compares applyAVX2 with applyGo, next to inaccessible memory.
func TestVectorsChangeAsGo(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(7, 2))
	const most = 20
	area, changes := guarded.New(t, 2*64*most), guarded.New(t, 24*most)
	for round := range 400 {
		side, shrink, n := guarded.Sides[round%2], round/2%2, 1+r.IntN(most)
		s := bandScan{keep: &keeps[3-shrink], each: 64 >> (2 * shrink), al: uint(r.IntN(14))}
		s.lanes = newLanes(s.keep, s.each)
		for _, l := range s.lanes {
			s.mask |= l.mask
		}
		kept, list := guarded.Slice[int16](area, side, n*s.each), guarded.Slice[change](changes, side, n)
		for i := range kept {
			kept[i] = int16(r.Uint32())
		}
		for i := range list {
			fresh := r.Uint64()
			list[i] = change{r.Uint64() &^ fresh, fresh, fresh & r.Uint64()}
		}
		want := slices.Clone(kept)
		s.applyGo(want, list)
		applyAVX2(&kept[0], &list[0], n, &s.lanes[0], len(s.lanes), 1<<s.al)
		if !slices.Equal(kept, want) {
			t.Fatalf("round %d: not the same", round)
		}
	}
}

// TestWiden widens numbers next to inaccessible memory.
func TestWiden(t *testing.T) {
	from, to := guarded.New(t, 2*100), guarded.New(t, 4*100)
	for _, side := range guarded.Sides {
		for n := range 100 {
			in, out := guarded.Slice[int16](from, side, n), guarded.Slice[int32](to, side, n)
			for i := range in {
				in[i] = int16(i*7919 - 30000)
			}
			widen(out, in)
			for i, v := range out {
				if v != int32(in[i]) {
					t.Fatalf("%d of %d is %d, want %d", i, n, v, in[i])
				}
			}
		}
	}
}
