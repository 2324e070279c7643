package browsertest

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const steps = `document.querySelector('font-size').shadowRoot`

// textSize is the size of the story's text, in CSS pixels; the page sets it to 17.
func textSize(p *tab) string {
	p.t.Helper()
	return eval[string](p, `parseFloat(getComputedStyle(document.querySelector('#article-text p')).fontSize).toFixed(2)`)
}

func checkedStep(p *tab) string {
	p.t.Helper()
	return eval[string](p, `[...`+steps+`.querySelectorAll('[role=radio]')].filter((e) => e.getAttribute('aria-checked') === 'true').map((e) => e.dataset.step).join()`)
}

func TestFontSteps(t *testing.T) {
	w := here(t)
	harbour(w, t)
	p := newTab(t, w)
	p.open(w.articleAt("strict", "1", "bar", "<share-bar article=harbour></share-bar>"))
	p.until(ready)
	eval[bool](p, `(localStorage.clear(), true)`)
	p.do(chromedp.Reload())
	p.until(ready)
	if got := textSize(p); got != "17.00" {
		t.Errorf("before any choice: %s px", got)
	}
	for step, want := range map[string]string{"-2": "14.45", "-1": "15.64", "0": "17.00", "1": "19.55", "2": "22.10"} {
		p.tap(fmt.Sprintf(`%s.querySelector('[data-step="%s"]')`, steps, step))
		if got := textSize(p); got != want || checkedStep(p) != step {
			t.Errorf("step %s: %s px, checked %s", step, got, checkedStep(p))
		}
	}
	if got := eval[string](p, `getComputedStyle(document.querySelector('h1')).fontSize`); got != "32px" && got != "34px" {
		t.Errorf("the headline moved: %s", got)
	}
	p.tap(steps + `.querySelector('[data-step="1"]')`)
	p.key(kb.ArrowRight)
	if got := checkedStep(p); got != "2" {
		t.Errorf("by the arrow: %s", got)
	}
	p.key(kb.ArrowRight)
	if got := checkedStep(p); got != "-2" {
		t.Errorf("around the end: %s", got)
	}
	p.key(kb.Home + kb.End)
	p.do(chromedp.Reload())
	p.until(ready)
	if got := textSize(p); got != "22.10" || checkedStep(p) != "2" {
		t.Errorf("after a reload: %s px, step %s", got, checkedStep(p))
	}
	p.picture("font-largest")
	eval[bool](p, `(localStorage.clear(), true)`)
	p.quiet()
}

// TestFontStepBeforePaint holds that a remembered step is there when the page's own text is parsed.
func TestFontStepBeforePaint(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.open(w.articleAt("bar", ""))
	eval[bool](p, `(localStorage.setItem('cards:font-step', '2'), true)`)
	p.do(chromedp.Reload())
	if got := eval[string](p, `document.documentElement.style.getPropertyValue('--article-font-scale')`); got != "1.3" {
		t.Errorf("scale %q", got)
	}
	shifts := eval[float64](p, `new Promise((done) => { let sum = 0; new PerformanceObserver((l) => { for (const e of l.getEntries()) sum += e.value; }).observe({ type: 'layout-shift', buffered: true }); requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum), 100))); })`)
	if shifts > 0.01 {
		t.Errorf("the page moved by %.3f", shifts)
	}
	eval[bool](p, `(localStorage.clear(), true)`)
}

// TestFontStepsInOtherTabs holds that tabs follow each other.
func TestFontStepsInOtherTabs(t *testing.T) {
	w := here(t)
	one, two := newTab(t, w), newTab(t, w)
	for _, p := range []*tab{one, two} {
		p.open(w.articleAt("bar", ""))
		p.until(steps + `?.querySelector('[role=radio]')`)
	}
	one.do(chromedp.Evaluate[chromedp.Void](steps + `.querySelector('[data-step="-1"]').click()`))
	two.until(steps + `.querySelector('[data-step="-1"]').getAttribute('aria-checked') === 'true'`)
	if got := textSize(two); got != "15.64" {
		t.Errorf("the other tab: %s px", got)
	}
	eval[bool](one, `(localStorage.clear(), true)`)
}

// TestNoStorage holds that a refused store is no error.
func TestNoStorage(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.before(`Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } })`)
	p.open(w.articleAt("bar", ""))
	p.until(steps + `?.querySelector('[role=radio]')`)
	p.tap(steps + `.querySelector('[data-step="1"]')`)
	if got := textSize(p); got != "19.55" {
		t.Errorf("%s px", got)
	}
	p.quiet()
}

func TestTopStories(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.before(`window.realFetch = window.fetch; window.fetch = (url, o) => String(url).includes('/v1/top') ? Promise.resolve(new Response(JSON.stringify({ window: '24h', stories: [
		{ rank: 1, id: 'a', headline: '<img src=x onerror=alert(1)> & more', short_url: '` + w.cards + `/s/aaaaaaa', clicks: 1234, shares: 5 },
		{ rank: 2, id: 'b', headline: 'عاصفة على الساحل', short_url: '` + w.cards + `/s/bbbbbbb', clicks: 7, shares: 0 }] }))) : window.realFetch(url, o)`)
	p.open(w.articleAt("lang", "ko", "bar", ""))
	const top = `document.querySelector('top-stories').shadowRoot`
	p.until(top + `?.querySelectorAll('li').length === 2`)
	if got := eval[string](p, top+`.querySelector('ol').innerHTML.includes('<img')`+`+ ' ' + `+top+`.querySelector('.cards-headline').textContent`); got != "false <img src=x onerror=alert(1)> & more" {
		t.Errorf("headline %s", got)
	}
	if got := eval[string](p, top+`.querySelector('h2').textContent + ' ' + `+top+`.querySelector('.cards-count').textContent`); got != "많이 본 기사 1,234 회 조회" {
		t.Errorf("%s", got)
	}
	p.axe()
}
