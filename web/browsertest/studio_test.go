package browsertest

import (
	"testing"

	"github.com/chromedp/chromedp"
)

const drawn = `document.getElementById('card').complete && !document.getElementById('figures').hidden && document.getElementById('progress').hidden`

func TestStudioLooks(t *testing.T) {
	w := here(t)
	for _, tt := range []struct {
		name, scheme string
		w, h         int64
	}{{"studio", "light", 1440, 1000}, {"studio-dark", "dark", 1440, 1000}, {"studio-phone", "light", 390, 844}, {"studio-320", "dark", 320, 640}} {
		p := newTab(t, w, size(tt.w, tt.h), media("prefers-color-scheme", tt.scheme))
		p.open(w.cards + "/")
		p.until(drawn)
		if tt.scheme == "dark" {
			p.do(chromedp.Evaluate[chromedp.Void](`document.getElementById('dark').click()`))
		}
		p.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll('img').forEach((i) => { i.loading = 'eager'; })`))
		p.until(`[...document.images].every((i) => i.complete)`)
		p.picture(tt.name)
		p.narrow()
		p.axe()
		p.quiet()
		p.hosts(w.cards)
	}
}
