package browsertest

import (
	"fmt"
	"math"
	"net/url"
	"testing"
)

// box is a picture as the page shows it: the box that its pixels fill, in CSS pixels.
type box struct {
	Name                    string
	Width, Height           float64
	NaturalW, NaturalH      float64
	Left, Right, FrameRight float64
}

// boxes measures the large card, the sizes, the networks' pictures and the photo. What a network crops, it crops: the
// pixels keep their shape.
const boxes = `[...document.querySelectorAll('#card, .whole img, .mock img, #thumb')].filter((e) => !(e.className === 'shape-1-78' && getComputedStyle(e).objectFit === 'cover')).filter((e) => e.naturalWidth > 0 && e.getClientRects().length > 0).map((e) => {
	const b = e.getBoundingClientRect();
	return { Name: e.id || e.closest('figure').className, Width: b.width, Height: b.height, NaturalW: e.naturalWidth, NaturalH: e.naturalHeight,
		Left: b.left, Right: b.right, FrameRight: document.documentElement.clientWidth };
})`

// TestPicturesKeepTheirShape in every size, window, zoom and orientation: a window at 200 % is one
// of half its width and height.
func TestPicturesKeepTheirShape(t *testing.T) {
	w := here(t)
	for _, shape := range []string{"og", "twitter", "kakao", "square", "portrait", "story", "2400x400"} {
		p := newTab(t, w)
		p.open(w.cards + "/?" + url.Values{"headline": {"Seed"}, "url": {"https://news.example/a"}, "size": {shape}, "photo": {w.site.URL + "/pier.png"}}.Encode())
		p.loaded()
		p.until(`!document.getElementById('focus').hidden`)
		for _, window := range []struct{ w, h int64 }{{1440, 900}, {390, 844}, {844, 390}, {640, 360}, {320, 480}} {
			name := fmt.Sprintf("%s in %d x %d", shape, window.w, window.h)
			p.do(size(window.w, window.h))
			p.until(fmt.Sprintf("innerWidth === %d", window.w))
			p.until(boxes + `.length === 23 && ((c) => c.complete && c.naturalWidth + 1 > c.getBoundingClientRect().width)(document.getElementById('card'))`)
			p.keepsShapes(name)
			p.narrow()
			p.picture(fmt.Sprintf("shape-%s-%dx%d", shape, window.w, window.h))
		}
	}
}

// keepsShapes holds that each picture on the studio's page has the shape of its file, and that
// the card is neither blown up nor cut off.
func (p *tab) keepsShapes(name string) {
	p.t.Helper()
	seen := eval[[]box](p, boxes)
	if len(seen) != 23 {
		p.t.Errorf("%s: %d pictures", name, len(seen))
	}
	for _, b := range seen {
		shown, natural := b.Width/b.Height, b.NaturalW/b.NaturalH
		if math.Abs(shown/natural-1) > .01 && math.Abs(b.Height-b.Width/natural) > 1 { // whole pixels
			p.t.Errorf("%s: %s is shown %.0f x %.0f, %.2f where it has %.2f", name, b.Name, b.Width, b.Height, shown, natural)
		}
		if b.Name == "card" && b.Width > b.NaturalW+.5 || b.Left < 0 || b.Right > b.FrameRight+.5 {
			p.t.Errorf("%s: %s is shown %.0f wide, from %.0f to %.0f", name, b.Name, b.Width, b.Left, b.Right)
		}
	}
}
