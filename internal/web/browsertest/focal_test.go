package browsertest

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// TestFocalPoint: until the editor chooses a point the service does, and no ring claims otherwise.
func TestFocalPoint(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.open(w.cards + "/?headline=Pier&url=https://news.example/pier&photo=" + w.site.URL + "/pier.png")
	p.until(drawn)
	p.until(`!document.getElementById('focus').hidden`)
	automatic := func(when string, want bool) {
		t.Helper()
		got := eval[string](p, `[document.getElementById('cross').hidden, document.getElementById('automatic').getAttribute('aria-pressed'), `+value("focal")+` === ''].join()`)
		if want && got != "true,true,true" || !want && got != "false,false,false" {
			t.Errorf("%s: no ring, pressed, empty field: %s", when, got)
		}
	}
	automatic("at first", true)
	p.loaded()
	p.picture("studio-focal-automatic")
	p.do(focus("pad"))
	p.until(`!document.getElementById('guess').hidden && /^Automatic: \d+ % from the left, \d+ % from the top \(.+\)\.$/.test(document.getElementById('focus-value').textContent)`)
	guess := eval[[]float64](p, `[document.getElementById('guess').style.left, document.getElementById('guess').style.top].map((v) => parseFloat(v) / 100)`)
	p.key(kb.ArrowRight)
	p.until(value("focal") + fmt.Sprintf(` === '%.3f,%.3f'`, guess[0]+.02, guess[1]))
	p.key(kb.ArrowUp)
	p.until(value("focal") + fmt.Sprintf(` === '%.3f,%.3f'`, guess[0]+.02, guess[1]-.02))
	p.until(`document.getElementById('card').src.includes('focal=')`)
	automatic("after the keys", false)
	p.until(`document.getElementById('guess').hidden && document.getElementById('focus-value').textContent.startsWith('Your point: ')`)
	p.until(`document.querySelectorAll('#crops .crop').length === 6 && document.querySelectorAll('#crops .chosen').length === 1`)
	p.tap(`document.getElementById('automatic')`)
	p.until(`!document.getElementById('card').src.includes('focal')`)
	automatic("after the button", true)
	p.tap(`document.getElementById('pad')`)
	p.until(`/^0\.(49|50)\d,0\.(49|50)\d$/.test(` + value("focal") + `)`)
	p.drag(`document.getElementById('thumb')`, 0.5, 0.5, 0.76, 0.25)
	p.until(`/^0\.7[567]\d,0\.2[456]\d$/.test(` + value("focal") + `)`)
	p.until(`document.getElementById('card').src.includes('focal=0.7')`)
	automatic("after a drag", false)
	if got := eval[[]float64](p, `(() => { const c = document.getElementById('cross').getBoundingClientRect(), b = document.getElementById('thumb').getBoundingClientRect();
		return [(c.x + c.width / 2 - b.x) / b.width, (c.y + c.height / 2 - b.y) / b.height]; })()`); got[0] < 0.74 || got[0] > 0.78 || got[1] < 0.23 || got[1] > 0.27 {
		t.Errorf("the ring lies at %v", got)
	}
	p.picture("studio-focal-chosen")
	p.axe()
	p.enter(w.site.URL + "/tagged")
	p.until(value("headline") + ` === 'Lamps <lit> "early" & left on'`)
	p.until(`document.getElementById('status').textContent.startsWith('The form was filled')`)
	automatic("of another story", true)
	p.quiet()
}

// TestWrongFocalPoint of an address by hand is in sight, with what is wrong, until it is right.
func TestWrongFocalPoint(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.open(w.cards + "/?headline=Pier&focal=7,7")
	p.until(`document.getElementById('focal-problem').textContent !== '' && document.getElementById('focal').checkVisibility()`)
	p.fill("focal", "")
	p.until(`!document.getElementById('focal').checkVisibility()`)
	p.until(drawn)
	p.quiet()
}
