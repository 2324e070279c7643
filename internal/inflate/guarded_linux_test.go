package inflate

import (
	"math/rand/v2"
	"testing"
	"unsafe"

	"newsroom.example/cards/internal/guarded"
)

// TestRunKeepsToItsSlices: for any codes and any stream, the loop accesses no memory outside the stream, the buffer and
// the tables.
func TestRunKeepsToItsSlices(t *testing.T) {
	needAVX2(t)
	r := rand.New(rand.NewPCG(4, 9))
	srcs, bufs := guarded.New(t, 700), guarded.New(t, 3000+Slack)
	tables := guarded.New(t, int(unsafe.Sizeof(codes{})))
	for round := range 2000 {
		side := guarded.Sides[round%2]
		k := &guarded.Slice[codes](tables, side, 1)[0]
		if !anyCodes(r, k) {
			continue
		}
		src := guarded.Slice[byte](srcs, side, ahead+r.IntN(600))
		for i := range src {
			src[i] = byte(r.Uint32())
			if round%3 == 0 {
				src[i] &= byte(r.Uint32()) // long runs of short codes
			}
		}
		limit := 1 + r.IntN(3000)
		buf := guarded.Slice[byte](bufs, side, limit+Slack)
		sameRun(t, k, cursor{out: r.IntN(limit), limit: limit}, src, buf)
	}
}
