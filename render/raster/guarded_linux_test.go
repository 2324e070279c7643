package raster

import (
	"image/color"
	"math/rand/v2"
	"testing"

	"newsroom.example/cards/internal/guarded"
)

// mostGuarded is the longest tested row, in pixels.
const mostGuarded = 150

// eachRow calls a test for rows of every length, with noise between guard pages.
func eachRow(t *testing.T, bytes []int, test func(n int, rows [][]uint8)) {
	t.Helper()
	needAVX2(t)
	r := rand.New(rand.NewPCG(1, 9))
	areas := make([]*guarded.Area, len(bytes))
	for i, n := range bytes {
		areas[i] = guarded.New(t, n*mostGuarded)
	}
	for _, side := range guarded.Sides {
		for n := 1; n <= mostGuarded; n++ {
			rows := make([][]uint8, len(bytes))
			for i, size := range bytes {
				rows[i] = guarded.Slice[uint8](areas[i], side, size*n)
				copy(rows[i], noise(r, size*n))
			}
			test(n, rows)
		}
	}
}

func TestStoresKeepToTheirRows(t *testing.T) {
	eachRow(t, []int{4, 1, 1, 1}, func(n int, rows [][]uint8) {
		px, y, cb, cr := rows[0], rows[1], rows[2], rows[3]
		storeYCbCr(px, y, cb, cr)
		half := (n + 1) / 2
		storePairs(px, y, cb[:half:half], cr[:half:half])
		storePairs(px, y, cb[n-half:], cr[n-half:])
	})
}

func TestTintsKeepToTheirRows(t *testing.T) {
	eachRow(t, []int{4}, func(n int, rows [][]uint8) {
		TintRow(rows[0], color.NRGBA{9, 200, 255, 255}, uint32(1+65535*n/mostGuarded), n)
	})
}

// TestMixesKeepToTheirRows: mixing rows and columns accesses nothing outside the rows and the extra space of channels.
func TestMixesKeepToTheirRows(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 9))
	sums, outs := guarded.New(t, 4*(4*mostGuarded+4*quad)), guarded.New(t, 4*2*mostGuarded)
	eachRow(t, []int{4, 4, 4, 4}, func(n int, rows [][]uint8) {
		four := [quad][]uint8(rows)
		w := [quad]int32{-900, 1<<weightBits + 1200, 100, -400}
		for _, step := range []int{1, 4} {
			for _, side := range guarded.Sides {
				all := guarded.Slice[int32](sums, side, n*step+quad*step)
				for i := range four {
					four[i] = rows[i][len(rows[i])-n*step:]
				}
				mixRows(all[:n*step], &four, &w, 0, weightBits-8)
				mixRows(all[:n*step], &four, &w, -1, 1)
				var x axis
				count := 1 + r.IntN(2*mostGuarded)
				if x.set(extent{int64(r.IntN(1 << posBits)), int64(1 + r.IntN(n<<posBits)), count, n}); x.same {
					continue
				}
				if out := guarded.Slice[uint8](outs, side, count*step); step == 1 {
					mixColumns(out, all[:n], &x)
				} else {
					mixPixels(out, all[:4*n], &x)
				}
			}
		}
	})
}
