package browsertest

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// signatures may hold any letters.
var signatures = regexp.MustCompile(`sig=[\w-]+`)

// enter types an address into the empty address field and presses Enter.
func (p *tab) enter(address string) {
	p.t.Helper()
	p.do(chromedp.Evaluate[chromedp.Void](`document.getElementById('url').focus(); document.getElementById('url').select()`))
	p.key(address + kb.Enter)
}

// paste pastes the text, as Ctrl and V do.
func (p *tab) paste(text string) {
	p.t.Helper()
	eval[bool](p, fmt.Sprintf(`navigator.clipboard.writeText(%q).then(() => true)`, text))
	p.do(call(input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "v", Code: "KeyV", Modifiers: 2, Commands: []string{"paste"}}))
}

// TestReadStoryReplacesTheSample: of the sample, and of how its card looked, nothing is left in the
// form, on the card, or in what is taken along.
func TestReadStoryReplacesTheSample(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.open(w.cards + "/")
	p.until(drawn)
	p.do(chromedp.Evaluate[chromedp.Void](`window.stayed = true`))
	for name, choice := range map[string]string{"template": "quote", "font_step": "2", "theme": "signal"} {
		p.tap(fmt.Sprintf(`document.querySelector('input[name=%s][value="%s"]').nextElementSibling`, name, choice))
	}
	p.until(`['template=quote', 'font_step=2', 'theme=signal', 'badge=live'].every((s) => document.getElementById('card').src.includes(s))`)
	p.enter(w.site.URL + "/bare")
	p.until(value("headline") + ` === 'Ice closes the upper lock'`)
	p.until(`document.getElementById('status').textContent.startsWith('The form was filled')`)
	p.loaded()
	for _, name := range []string{"badge", "template", "theme", "font_step"} {
		if got := eval[string](p, fmt.Sprintf(`[...document.querySelectorAll('input[name=%s]:checked')].map((e) => e.value || 'none').join()`, name)); got != "none" {
			t.Errorf("%s: %q is chosen", name, got)
		}
	}
	left := eval[string](p, `[...new FormData(document.getElementById('form'))].filter(([name, v]) => v && !['url', 'headline', 'size'].includes(name)).join('; ')`)
	if left != "" {
		t.Errorf("the form still has %s", left)
	}
	taken := eval[map[string]string](p, `({
		address: location.search, card: document.getElementById('card').src, zip: document.getElementById('zip').href,
		...Object.fromEntries(['meta', 'curl', 'command', 'networks', 'files', 'links'].map((id) => [id, document.getElementById(id).outerHTML])),
	})`)
	for where, text := range taken {
		text = signatures.ReplaceAllString(text, "")
		for _, word := range []string{"badge", "live", "kicker", "Weather", "Storm", "Harbor", "Ferry", "theme", "signal", "template", "font_step", "font-step"} {
			if strings.Contains(text, word) {
				t.Errorf("%s still holds %s: %s", where, word, text)
			}
		}
	}
	if !eval[bool](p, `window.stayed === true`) {
		t.Error("Enter has sent the form")
	}
	p.picture("studio-read-bare")
	p.quiet()
}

// TestReadingFaultStays beside the address until that changes, and is announced once.
func TestReadingFaultStays(t *testing.T) {
	w := here(t)
	p := newTab(t, w, size(390, 844))
	p.open(w.cards + "/")
	p.until(drawn)
	if got := eval[string](p, value("url")+` + '|' + document.getElementById('url').placeholder`); got != "|Paste the URL of a story" {
		t.Errorf("at a first visit the URL field is %q", got)
	}
	for i, tt := range []struct{ address, fault string }{
		{"", "Enter the URL of a story."},
		{w.site.URL + "/missing.html", "The URL could not be fetched."},
		{w.site.URL + "/untitled", "The URL leads to a page without a headline."},
		{"news.example/a", "The URL must be an http or https URL."},
	} {
		p.enter(tt.address)
		p.until(fmt.Sprintf(`document.getElementById('unread').textContent === %q`, tt.fault))
		p.do(chromedp.Evaluate[chromedp.Void](`window.changes = 0; window.watch?.disconnect();
			window.watch = new MutationObserver((all) => { window.changes += all.length; });
			window.watch.observe(document.getElementById('unread'), { childList: true, characterData: true, subtree: true })`))
		word := fmt.Sprintf("Again%d", i)
		p.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`%s = '%s'; document.getElementById('headline').dispatchEvent(new Event('input', { bubbles: true }))`, value("headline"), word)))
		p.until(fmt.Sprintf(`document.getElementById('card').src.includes('headline=%s')`, word))
		p.until(drawn)
		got := eval[string](p, `[document.getElementById('unread').textContent, window.changes, document.getElementById('unread').getAttribute('role'),
			document.getElementById('url').getAttribute('aria-invalid'), document.getElementById('url').getAttribute('aria-describedby').includes('unread'),
			getComputedStyle(document.getElementById('unread')).display, getComputedStyle(document.getElementById('url-problem')).display].join()`)
		if got != tt.fault+",0,alert,true,true,block,none" {
			t.Errorf("%q: after the next answer %s", tt.address, got)
		}
		if i == 1 {
			p.picture("studio-fault")
			p.axe()
		}
	}
	p.do(chromedp.Evaluate[chromedp.Void](`document.getElementById('url').focus()`))
	p.key("x")
	if got := eval[string](p, `document.getElementById('unread').textContent`); got != "" {
		t.Errorf("when the address changes: %q", got)
	}
	p.quiet("422", "400")
}

// TestPastedAddressIsRead: it replaces what stands in the field; other text is left to the editor.
func TestPastedAddressIsRead(t *testing.T) {
	w := here(t)
	p := newTab(t, w, grant(w.cards, true))
	p.open(w.cards + "/?headline=A&url=https://news.example/a")
	p.until(drawn)
	p.do(chromedp.Evaluate[chromedp.Void](`document.getElementById('url').focus(); document.getElementById('url').setSelectionRange(23, 23)`))
	p.paste("bc")
	p.until(value("url") + ` === 'https://news.example/abc'`)
	p.paste(" " + w.site.URL + "/bare\n")
	p.until(value("headline") + ` === 'Ice closes the upper lock'`)
	p.until(fmt.Sprintf(`%s === '%s/bare'`, value("url"), w.site.URL))
	p.quiet()
}

// TestRefusedPhotoStaysBesideItsControl, as a fault of reading does.
func TestRefusedPhotoStaysBesideItsControl(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.open(w.cards + "/?headline=A&url=https://news.example/a")
	p.until(drawn)
	p.choose("a.svg", "image/svg+xml", []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`))
	const fault = `document.getElementById('unsent').textContent === 'The photo is an SVG file; JPEG, PNG, GIF and WebP are taken.'`
	p.until(fault)
	p.do(chromedp.Evaluate[chromedp.Void](value("headline") + ` = 'Again'; document.getElementById('headline').dispatchEvent(new Event('input', { bubbles: true }))`))
	p.until(`document.getElementById('card').src.includes('headline=Again')`)
	p.until(drawn)
	if !eval[bool](p, fault+` && document.getElementById('file').getAttribute('aria-invalid') === 'true'`) {
		t.Error("the next answer has taken the fault away")
	}
	p.quiet("415")
}
