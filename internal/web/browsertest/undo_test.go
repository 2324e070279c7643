package browsertest

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// ctrlZ presses Ctrl and Z, and Shift if again is set.
func (p *tab) ctrlZ(again bool) {
	p.t.Helper()
	modifiers := int64(2)
	if again {
		modifiers |= 8
	}
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeKeyUp} {
		p.do(call(input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Key: "z", Code: "KeyZ", Modifiers: modifiers, WindowsVirtualKeyCode: 90}))
	}
}

// pick clicks one of the radio buttons of a group.
func (p *tab) pick(name, value string) {
	p.t.Helper()
	p.tap(fmt.Sprintf(`document.querySelector('input[name=%s][value="%s"]').nextElementSibling`, name, value))
}

// noDrafts forgets what other tests have typed.
func (p *tab) noDrafts() {
	p.t.Helper()
	p.before(`if (!sessionStorage.getItem('tested')) { localStorage.clear(); sessionStorage.setItem('tested', '1'); }`)
}

// TestUndo goes back over everything: what was typed, chosen, read and removed, in one order.
func TestUndo(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.noDrafts()
	p.open(w.cards + "/?headline=Pier&url=https://news.example/pier&photo=" + w.site.URL + "/pier.png&credit=Roe")
	p.until(drawn)
	state := `[document.getElementById('headline').value, document.getElementById('photo').value.split('/').pop(), document.getElementById('credit').value, document.querySelector('input[name=template]:checked').value, document.querySelector('input[name=badge]:checked').value].join('|')`
	steps := []struct {
		do   func()
		want string
	}{
		{func() { p.fill("headline", "Pier at dusk") }, "Pier at dusk|pier.png|Roe||"},
		{func() { p.pick("template", "split") }, "Pier at dusk|pier.png|Roe|split|"},
		{func() { p.pick("badge", "live") }, "Pier at dusk|pier.png|Roe|split|live"},
		{func() {
			p.until(`!document.getElementById('focus').hidden`)
			p.tap(`document.getElementById('remove')`)
		}, "Pier at dusk|||split|live"},
		{func() { p.fill("url", w.site.URL+"/bare"); p.tap(`document.getElementById('read')`) }, "Ice closes the upper lock||||"},
	}
	seen := []string{"Pier|pier.png|Roe||"}
	for _, s := range steps {
		s.do()
		p.until(fmt.Sprintf("%s === %q", state, s.want))
		seen = append(seen, s.want)
	}
	p.until(`document.getElementById('status').textContent.startsWith('The form was filled')`)
	p.until(`!document.getElementById('kept').hidden`)
	p.picture("studio-kept")
	p.axe()
	p.until(drawn)
	for i := len(seen) - 2; i >= 0; i-- {
		p.ctrlZ(false)
		p.until(fmt.Sprintf("%s === %q", state, seen[i]))
		if i == len(seen)-2 { // before the page was read, its address was typed
			p.until(value("url") + fmt.Sprintf(` === '%s/bare'`, w.site.URL))
			p.ctrlZ(false)
			p.until(value("url") + ` === 'https://news.example/pier'`)
		}
	}
	p.until(`document.getElementById('undo').disabled && !document.getElementById('redo').disabled`)
	p.until(`document.getElementById('card').src.includes('headline=Pier&')`)
	for i, want := range seen[1:] {
		if i == len(seen)-2 {
			p.ctrlZ(true)
		}
		p.ctrlZ(true)
		p.until(fmt.Sprintf("%s === %q", state, want))
	}
	p.tap(`document.getElementById('undo')`)
	p.until(fmt.Sprintf("%s === %q", state, seen[len(seen)-2]))
	p.quiet()
}

// TestBackBringsTheStoryBack that was there before another was read, and its draft.
func TestBackBringsTheStoryBack(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.noDrafts()
	p.open(w.cards + "/?headline=Pier&url=https://news.example/pier")
	p.until(drawn)
	p.fill("headline", "Pier by night")
	p.enter(w.site.URL + "/bare")
	p.until(value("headline") + ` === 'Ice closes the upper lock'`)
	p.until(`location.search.includes('Ice') && document.querySelectorAll('#draft-list li').length === 1`)
	p.do(chromedp.Evaluate[chromedp.Void](`history.back()`))
	p.until(value("headline") + ` === 'Pier by night'`)
	p.until(`document.getElementById('card').src.includes('Pier+by+night')`)
	p.do(chromedp.Evaluate[chromedp.Void](`history.forward()`))
	p.until(value("headline") + ` === 'Ice closes the upper lock'`)
	p.tap(`document.querySelector('#drafts summary')`)
	p.tap(`document.querySelector('#draft-list button')`)
	p.until(value("headline") + ` === 'Pier by night'`)
	p.picture("studio-drafts")
	p.axe()
	p.quiet()
}

// TestNothingTypedIsLost by a reload, by the link to the studio, or while the service is away; a new tab offers it.
func TestNothingTypedIsLost(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.noDrafts()
	p.open(w.cards + "/")
	p.until(drawn)
	p.do(chromedp.Evaluate[chromedp.Void](`window.fetch = () => Promise.reject(new TypeError('away'))`))
	p.fill("headline", "Typed while it was away")
	p.fill("deck", "<b>And</b> more & more")
	p.until(`document.getElementById('stale').textContent.includes('does not respond')`)
	p.leaves(func() { p.do(chromedp.Evaluate[chromedp.Void](`location.reload()`)) })
	p.arrives(value("headline") + ` === 'Typed while it was away' && !document.getElementById('figures').hidden`)
	p.leaves(func() { p.tap(`document.querySelector('header nav a')`) })
	p.arrives(`location.search === '' || document.body.hasAttribute('data-first')`)
	p.arrives(value("headline") + ` === 'Typed while it was away'`)
	if got := eval[string](p, value("deck")); got != "<b>And</b> more & more" {
		t.Errorf("the deck is %q", got)
	}
	other := newTab(t, w)
	other.open(w.cards + "/")
	other.until(drawn)
	other.until(`!document.getElementById('drafts').hidden`)
	other.tap(`document.querySelector('#drafts summary')`)
	if got := eval[string](other, `document.querySelector('#draft-list button').textContent`); got != "Typed while it was away" {
		t.Errorf("a new tab offers %q", got)
	}
	other.tap(`document.getElementById('new')`)
	other.until(value("headline") + ` === '' && ` + value("site") + ` === 'The Harbor Post' && document.activeElement.id === 'headline'`)
	other.tap(`document.getElementById('forget')`)
	other.until(`document.getElementById('drafts').hidden`)
	other.quiet()
	p.quiet()
}
