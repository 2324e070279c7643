package browsertest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// inSight are the small cards that the strip shows.
const inSight = `[...document.querySelectorAll('.design img')].filter((e) => { const b = e.getBoundingClientRect(), s = document.getElementById('strip').getBoundingClientRect(); return b.right > s.left + 1 && b.left < s.right - 1 && b.bottom > 0 && b.top < innerHeight; })`

// TestDesignsAreLive: the strip shows the card in every template and theme, follows what is typed, and one click, or
// an arrow key, chooses.
func TestDesignsAreLive(t *testing.T) {
	w := here(t)
	for _, window := range []struct{ w, h int64 }{{1440, 900}, {390, 844}} {
		p := newTab(t, w, size(window.w, window.h))
		p.open(w.cards + "/")
		p.until(drawn)
		p.do(chromedp.Evaluate[chromedp.Void](`document.getElementById('strip').scrollIntoView({ block: 'center', behavior: 'instant' })`))
		p.until(inSight + `.length > 3 && ` + inSight + `.every((e) => e.complete && e.naturalWidth === 320)`)
		if got := eval[string](p, `[document.querySelectorAll('.design').length, document.querySelector('input[name=design]:checked').value].join(' ')`); got != "36 photo press" {
			t.Errorf("%d: %s", window.w, got)
		}
		p.picture(fmt.Sprintf("studio-designs-%d", window.w))
		p.narrow()
		p.axe()
		p.fill("headline", "Another one")
		p.until(inSight + `.every((e) => e.src.includes('headline=Another+one') && e.complete && e.naturalWidth === 320)`)
		p.tap(`document.querySelector('input[name=design][value="live press"] ~ img')`)
		p.until(`document.getElementById('card').src.includes('template=live') && document.getElementById('card').src.includes('theme=press')`)
		if got := eval[string](p, `[document.querySelector('input[name=template]:checked').value, document.querySelector('input[name=theme]:checked').value].join()`); got != "live,press" {
			t.Errorf("the form has %s", got)
		}
		p.key(kb.ArrowRight)
		p.until(`document.getElementById('card').src.includes('template=number')`)
		p.ctrlZ(false)
		p.until(`document.querySelector('input[name=design]:checked').value === 'live press' && document.getElementById('card').src.includes('template=live')`)
		p.quiet()
	}
}

// TestAllSizes are on the page at once, with what networks crop and cover, and a click shows one large.
func TestAllSizes(t *testing.T) {
	w := here(t)
	p := newTab(t, w, size(1440, 900))
	p.open(w.cards + "/")
	p.loaded()
	p.until(`[...document.querySelectorAll('.whole img')].every((e) => e.naturalWidth > 0)`)
	marks := eval[[]string](p, `[...document.querySelectorAll('.one-size')].map((f) => f.dataset.name + ':' + [...f.querySelectorAll('.areas li')].map((e) => e.textContent).join(', '))`)
	if got := strings.Join(marks, "; "); !strings.Contains(got, "og:cropped by WhatsApp, iMessage, cropped by Google Discover") || !strings.Contains(got, "twitter:X's own headline") || !strings.Contains(got, "story:the app's controls") {
		t.Errorf("marks %s", got)
	}
	square := eval[[]float64](p, `(() => { const f = document.querySelector('[data-name=og]'), b = f.querySelector('.area.crop').getBoundingClientRect(), i = f.querySelector('img').getBoundingClientRect();
		return [b.width / b.height, (b.left - i.left) / (i.right - b.right)]; })()`)
	if square[0] < .97 || square[0] > 1.03 || square[1] < .95 || square[1] > 1.05 {
		t.Errorf("the square is %v", square)
	}
	p.do(chromedp.Evaluate[chromedp.Void](`document.getElementById('sizes').scrollIntoView({ behavior: 'instant' })`))
	p.picture("studio-sizes")
	p.tap(`document.getElementById('marks')`)
	p.until(`[...document.querySelectorAll('.area')].every((e) => !e.checkVisibility())`)
	p.tap(`document.querySelector('#sizes [data-name=story] button')`)
	p.until(`document.getElementById('card').src.includes('size=story') && document.querySelector('input[name=size]:checked').value === 'story'`)
	p.quiet()
}

// TestUnshownFieldsSaySo at the field, as soon as the design has no place for it, and no longer than that.
func TestUnshownFieldsSaySo(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.noDrafts()
	p.open(w.cards + "/?headline=Pier&url=https://news.example/pier&byline=Jane+Roe&speaker=A&template=plain&photo=" + w.site.URL + "/pier.png")
	note := func(field, want string) {
		t.Helper()
		p.until(fmt.Sprintf(`document.getElementById('%s-unshown').textContent === %q`, field, want))
	}
	note("byline", "Not on the card: this design has no place for it.")
	note("speaker", "Not on the card: this design has no place for it.")
	note("headline", "")
	if got := eval[string](p, `document.getElementById('byline').getAttribute('aria-describedby')`); !strings.Contains(got, "byline-unshown") {
		t.Errorf("the field is described by %s", got)
	}
	p.picture("studio-unshown")
	p.axe()
	p.fill("fields[number]", "3.5 %")
	note("fields[number]", "Not on the card: this design has no place for it.")
	p.pick("template", "number")
	note("fields[number]", "")
	note("byline", "")
	p.pick("template", "quote")
	note("speaker", "")
	p.fill("byline", "")
	note("byline", "")
	p.quiet()
}
