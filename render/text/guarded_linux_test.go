package text

import (
	"image/color"
	"math/rand/v2"
	"testing"

	"newsroom.example/cards/internal/guarded"
)

// TestInkKeepsToItsRows: for any number of blocks, nothing outside the picture and the coverage is accessed.
func TestInkKeepsToItsRows(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 9))
	picture, covers := guarded.New(t, 5*4*300), guarded.New(t, 5*200)
	for _, side := range guarded.Sides {
		for width := 0; width <= 200; width += blockPx {
			for rows := range 6 {
				stride := 4*width + random.IntN(100)
				dst := guarded.Slice[uint8](picture, side, max(0, rows-1)*stride+4*width)
				cover := guarded.Slice[uint8](covers, side, rows*width)
				for i := range cover {
					cover[i] = uint8(random.Uint32()) | uint8(255*random.IntN(2))
				}
				layRows(dst, stride, cover, width, rows, color.NRGBA{1, 2, 3, uint8(255 - 100*random.IntN(2))})
			}
		}
	}
}
