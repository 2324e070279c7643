package png

import (
	"math/rand/v2"
	"testing"

	"newsroom.example/cards/internal/guarded"
	"newsroom.example/cards/internal/simd"
)

// TestRowsAreReadToTheirEnds: for rows of every length, nothing outside the row is read, and nothing outside its
// words is written.
func TestRowsAreReadToTheirEnds(t *testing.T) {
	if !simd.AVX2 {
		t.Skip("this machine has no AVX2")
	}
	random := rand.New(rand.NewPCG(1, 9))
	rows, aboves, lefts, overs := guarded.New(t, 4*400), guarded.New(t, 4*400), guarded.New(t, 64), guarded.New(t, 64)
	for _, side := range guarded.Sides {
		for width := 1; width <= 400; width++ {
			row, above := guarded.Slice[byte](rows, side, 4*width), guarded.Slice[byte](aboves, side, 4*width)
			for i := range row {
				row[i], above[i] = byte(random.IntN(2)), byte(random.IntN(2))
			}
			var m marks
			m.resize(width)
			m.left, m.over = guarded.Slice[uint64](lefts, side, len(m.left)), guarded.Slice[uint64](overs, side, len(m.over))
			from := random.IntN(width)
			m.read(row, above, Span{0, width})
			m.read(row, above, Span{from, from + 1 + random.IntN(width-from)})
			m.read(row, nil, Span{0, width})
			var sum adler
			sum.row(row)
		}
	}
}
