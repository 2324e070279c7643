package inflate

import (
	"bytes"
	"compress/flate"
	"math/rand/v2"
	"testing"

	"newsroom.example/cards/internal/simd"
)

func needAVX2(t testing.TB) {
	if !simd.AVX2 {
		t.Skip("this machine has no AVX2")
	}
}

// anyCodes returns the tables of random codes, and whether they are codes.
func anyCodes(r *rand.Rand, k *codes) bool {
	clear(k.lengths[:])
	lits, dists := 257+r.IntN(30), 1+r.IntN(30)
	split(r, k.lengths[:lits], 15)
	split(r, k.lengths[lits:lits+dists], 15)
	if k.set(lits, dists) != nil {
		return false
	}
	if r.IntN(4) > 0 {
		k.join()
	}
	return true
}

// split gives random symbols the lengths of a complete code.
func split(r *rand.Rand, lengths []uint8, longest int) {
	leaves := []uint8{0}
	for want := 1 + r.IntN(len(lengths)); len(leaves) < want; {
		i := r.IntN(len(leaves))
		if int(leaves[i]) == longest {
			continue
		}
		leaves[i]++
		leaves = append(leaves, leaves[i])
	}
	for i, at := range r.Perm(len(lengths))[:len(leaves)] {
		lengths[at] = max(1, leaves[i])
	}
}

// sameRun runs both loops on a copy of the buffer, and compares what they leave.
func sameRun(t *testing.T, k *codes, start cursor, src, buf []byte) {
	t.Helper()
	other := bytes.Clone(buf)
	a, b := start, start
	k.run(&a, src, buf)
	b.srcStop = a.srcStop
	k.runEach(&b, src, other)
	a.bits, b.bits = a.bits&(1<<(a.n&63)-1), b.bits&(1<<(b.n&63)-1)
	a.n, b.n = a.n&63, b.n&63
	if a != b || !bytes.Equal(buf[:a.out], other[:b.out]) {
		t.Fatalf("%+v and %+v; the same bytes: %t", a, b, bytes.Equal(buf[:a.out], other[:b.out]))
	}
}

// TestLoopsAgree: both loops stop at the same place with the same bytes, for any codes and any stream.
func TestLoopsAgree(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(4, 1))
	var k codes
	for range 2000 {
		if !anyCodes(r, &k) {
			continue
		}
		src, buf := make([]byte, ahead+r.IntN(600)), make([]byte, 1500+Slack)
		for i := range src {
			src[i] = byte(r.Uint32())
		}
		sameRun(t, &k, cursor{out: r.IntN(500), limit: 1 + r.IntN(1500)}, src, buf)
	}
}

// FuzzInflate: any stream, in pieces of any size, gives what compress/flate gives, and an error if that has one.
func FuzzInflate(f *testing.F) {
	for _, data := range samples() {
		f.Add(compressed(f, data[:min(len(data), 5000)], 6), 0, 3000)
		f.Add(compressed(f, data[:min(len(data), 3000)], flate.HuffmanOnly), 40, 100)
	}
	f.Fuzz(func(t *testing.T, stream []byte, piece, step int) {
		piece, step = max(0, piece), 1+step&0xffff
		want, wrong := standard(stream)
		var r Reader
		r.Reset(pieces(stream, piece))
		got, err := all(&r, step)
		if len(got) > 16<<20 {
			return
		}
		if (err == nil) != (wrong == nil) {
			t.Fatalf("%v, compress/flate: %v", err, wrong)
		}
		if !bytes.HasPrefix(got, want) || err == nil && len(got) != len(want) || len(got) > len(want)+Slack {
			t.Fatalf("%d bytes, compress/flate: %d", len(got), len(want))
		}
	})
}
