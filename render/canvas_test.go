package render

import "testing"

// TestCanvasesKeepTheirSize: a small card between large ones costs no new canvas. The pool may
// drop what it is given, but does not each time.
func TestCanvasesKeepTheirSize(t *testing.T) {
	var p canvases
	for range 20 {
		large := p.take(1200, 630)
		first := &large.Pix[0]
		p.give(large)
		small := p.take(200, 200)
		if len(small.Pix) != 4*200*200 {
			t.Fatalf("%d bytes for a small card", len(small.Pix))
		}
		p.give(small)
		if again := p.take(1200, 630); &again.Pix[0] == first {
			return
		}
	}
	t.Error("no large canvas was used again after a small card")
}
