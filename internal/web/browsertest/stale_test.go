package browsertest

import (
	"fmt"
	"net/http"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// outdated are the sections of the studio that are marked as not updated, by the ids of their titles.
const outdated = `[...document.querySelectorAll('.outdated:not([hidden])')].map((e) => e.parentElement.id.replace('-title', '')).join(' ')`

// stale holds that the card says why it is out of date, and that the sections are marked.
func (p *tab) stale(line, sections string) {
	p.t.Helper()
	p.until(fmt.Sprintf(`document.getElementById('stale').textContent === %q`, line))
	want := "1"
	if line != "" {
		want = "0.35"
	}
	p.until(fmt.Sprintf(`getComputedStyle(document.getElementById('card')).opacity === %q`, want)) // it may fade
	if got := eval[string](p, outdated); got != sections {
		p.t.Errorf("%q: not updated are %q, want %q", line, got, sections)
	}
}

// TestOldCardSaysSo: a card that is not of what stands in the form is marked until the next one is there.
func TestOldCardSaysSo(t *testing.T) {
	w := here(t)
	for _, tt := range []struct {
		name           string
		fail           func(p *tab)
		line, sections string
	}{
		{"no headline", func(p *tab) { p.fill("headline", "") }, "Not updated: the form has errors.", "checks sizes seen files"},
		{"a photo that is none", func(p *tab) { p.fill("photo", "ftp://news.example/a") }, "Not updated: the form has errors.", "checks sizes seen files"},
		{"a service away", func(p *tab) {
			p.do(chromedp.Evaluate[chromedp.Void](`window.real = window.fetch; window.fetch = () => Promise.reject(new TypeError('away'))`))
			p.fill("headline", "Lost")
		}, "Not updated: the service does not respond.", "checks sizes seen links files take"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := newTab(t, w)
			p.open(w.cards + "/?headline=Pier&url=https://news.example/pier")
			p.until(drawn)
			p.stale("", "")
			tt.fail(p)
			p.stale(tt.line, tt.sections)
			p.picture("studio-stale")
			p.axe()
			p.do(chromedp.Evaluate[chromedp.Void](`window.fetch = window.real || window.fetch`))
			p.fill("photo", "")
			p.fill("headline", "Found")
			p.until(`document.getElementById('card').src.includes('headline=Found')`)
			p.stale("", "")
			p.quiet()
		})
	}
}

// TestSessionEndsWhileTyping: the studio says so once, in sight and with a link, and what was typed
// is there after the next sign-in.
func TestSessionEndsWhileTyping(t *testing.T) {
	w := here(t)
	at := w.behindProxy(t)
	for name, window := range map[string]step{"": size(1440, 900), "-phone": size(390, 844), "-320": size(320, 640)} {
		p := newTab(t, w, noSession(), window)
		p.signIn(at + "/?headline=Early&url=https://news.example/a")
		p.do(chromedp.Evaluate[chromedp.Void](`window.said = 0;
			new MutationObserver((all) => { window.said += all.length; }).observe(document.getElementById('ended'), { childList: true, characterData: true, subtree: true })`))
		p.do(noSession())
		p.do(focus("file"))
		p.fill("headline", "Typed late")
		p.until(`document.querySelector('#ended a')`)
		p.choose("pier.png", "image/png", pier())
		p.tap(`document.getElementById('read')`)
		p.do(focus("file"))
		p.fill("headline", "Typed later")
		p.until(`location.search.includes('Typed+later')`)
		p.until(`document.getElementById('progress').hidden`)
		p.stale("Not updated: your session has ended.", "checks sizes seen links files take")
		got := eval[string](p, `(() => { const b = document.getElementById('ended').getBoundingClientRect(), all = ['ended', 'status', 'unread', 'unsent'];
			return [window.said, b.top >= 0 && b.bottom <= innerHeight && b.height > 0, ...all.map((id) => document.getElementById(id).textContent)].join('|'); })()`)
		if want := "1|true|Your session has ended. Your changes are kept. Sign in again|||"; got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		p.picture("studio-signed-out" + name)
		p.narrow()
		p.axe()
		p.fill("headline", "Typed last")
		p.tap(`document.querySelector('#ended a')`)
		p.arrives(`document.activeElement.id === 'token'`)
		p.key(w.token + kb.Enter)
		p.arrives(`document.getElementById('headline')`)
		if got := eval[string](p, value("headline")); got != "Typed last" {
			t.Errorf("the headline is %q", got)
		}
		p.quiet(strconv.Itoa(http.StatusUnauthorized))
	}
}

// TestSignedInElsewhere: once another tab has signed in, the next answer takes the alert away.
func TestSignedInElsewhere(t *testing.T) {
	w := here(t)
	at := w.behindProxy(t)
	p := newTab(t, w, noSession())
	p.signIn(at + "/?headline=Early")
	p.do(noSession())
	p.fill("headline", "Typed late")
	p.until(`document.querySelector('#ended a')`)
	newTab(t, w, noSession()).signIn(at + "/?headline=Another")
	p.fill("headline", "Back")
	p.until(`document.getElementById('card').src.includes('headline=Back')`)
	p.stale("", "")
	if got := eval[string](p, `document.getElementById('ended').textContent`); got != "" {
		t.Errorf("the alert stays: %q", got)
	}
}

// signIn opens the studio and signs in.
func (p *tab) signIn(address string) {
	p.t.Helper()
	p.open(address)
	p.arrives(`document.activeElement.id === 'token'`)
	p.key(here(p.t).token + kb.Enter)
	p.arrives(`document.getElementById('card')`)
	p.until(drawn)
}
