package text

import (
	"image"
	"image/color"
	"testing"
)

// TestMasksAreBounded: letters in ever more sizes take no more than the memory of the cache, and it fills.
func TestMasksAreBounded(t *testing.T) {
	const most = 1 << 20
	s := setter(t)
	s.masks = newMaskCache(most)
	dst := image.NewRGBA(image.Rect(0, 0, 8, 8))
	black := color.NRGBA{A: 255}
	fullest := 0
	for size := range 120 {
		b := s.Fit(Paragraph{Text: "Storm front 비핵화"}, []Step{{SizePx: float64(20 + size)}}, display, Box{WidthPx: 4000})
		for _, l := range b.Lines {
			s.Draw(dst, l, 0, 0, Inks{black, black})
		}
		held := 0
		for _, generation := range []map[maskKey]*mask{s.masks.young, s.masks.old} {
			for _, m := range generation {
				held += len(m.pix) + overhead
			}
		}
		if fullest = max(fullest, held); held > most {
			t.Fatalf("%d bytes of masks, at most %d", held, most)
		}
	}
	if fullest < most/2 {
		t.Errorf("the cache had at most %d bytes", fullest)
	}
}
