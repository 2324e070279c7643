package browsertest

import (
	"fmt"
	"io"
	"log"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// behindProxy is the address of the service behind a proxy, where nobody is an editor unasked.
func (w *world) behindProxy(t *testing.T) string {
	t.Helper()
	service, err := url.Parse(w.cards)
	if err != nil {
		t.Fatal(err)
	}
	quiet := log.New(io.Discard, "", 0) // a tab that closes breaks off what it asked for
	proxy := httptest.NewServer(&httputil.ReverseProxy{ErrorLog: quiet, Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(service)
		r.SetXForwarded()
		r.Out.Host = r.In.Host
	}})
	t.Cleanup(proxy.Close)
	return proxy.URL
}

// noSession has the browser drop what earlier tests signed in to.
func noSession() step { return call(network.ClearBrowserCookies, cdp.Empty{}) }

// arrives waits for a page that is loaded, and on which the expression is true. Between two pages the
// expression has no value, and on a page still being read a part may stand before the next is there.
func (p *tab) arrives(script string) {
	p.t.Helper()
	for end := time.Now().Add(settle); ; time.Sleep(20 * time.Millisecond) {
		there, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool]("document.readyState === 'complete' && Boolean("+script+")"))
		switch {
		case err == nil && there:
			return
		case time.Now().After(end):
			p.t.Fatalf("never there: %s, %v", script, err)
		}
	}
}

// leaves waits until another page, or the same page anew, is loaded: what is true of the old one says nothing of it.
func (p *tab) leaves(how func()) {
	p.t.Helper()
	p.do(chromedp.Evaluate[chromedp.Void](`window.isOld = true`))
	how()
	p.arrives(`!window.isOld`)
}

// TestSignInLooks holds the sign-in page to axe-core and to narrow windows, light and dark, as it
// comes and after a wrong token.
func TestSignInLooks(t *testing.T) {
	w := here(t)
	at := w.behindProxy(t)
	for _, tt := range []struct {
		name, scheme string
		w, h         int64
	}{
		{"signin", "light", 1440, 900}, {"signin-phone", "light", 390, 844}, {"signin-320", "dark", 320, 480},
	} {
		p := newTab(t, w, noSession(), size(tt.w, tt.h), media("prefers-color-scheme", tt.scheme))
		p.open(at + "/?headline=Kept")
		p.arrives(`document.activeElement.id === 'token'`)
		for _, state := range []string{"", "-wrong"} {
			p.picture(tt.name + state)
			p.narrow()
			p.axe()
			if state == "" {
				p.key("a wrong token" + kb.Enter)
				p.arrives(`document.querySelector('[role=alert]')?.textContent === 'That is not the API token of this service.'`)
				p.arrives(`document.activeElement.id === 'token'`)
			}
		}
		p.quiet("401")
		p.hosts(at)
	}
}

// TestSignedIn signs in without script and uses the studio as on the machine of the service: the
// form that was asked for is there, pages are read, photos shown, pictures signed. Then out again.
func TestSignedIn(t *testing.T) {
	w := here(t)
	at := w.behindProxy(t)
	t.Cleanup(func() { // the session that it ends is that of the other tests too
		if err := w.signIn(); err != nil {
			t.Error(err)
		}
	})
	p := newTab(t, w, noSession(), noScript())
	p.open(at + "/?headline=Kept+for+later&utm_source=mail")
	p.do(chromedp.Focus(chromedp.CSS("#token")))
	p.key(w.token + kb.Enter)
	if _, err := chromedp.Run(p.ctx, chromedp.WaitReady(chromedp.CSS("#card"))); err != nil {
		t.Fatal(err)
	}
	p = newTab(t, w)
	p.open(at + "/?headline=Kept+for+later")
	p.until(drawn)
	if got := eval[string](p, value("headline")+` + document.cookie`); got != "Kept for later" {
		t.Errorf("the form has %q", got)
	}
	p.enter(w.site.URL + "/tagged")
	p.until(value("headline") + ` === 'Lamps <lit> "early" & left on'`)
	p.until(`!document.getElementById('focus').hidden`)
	p.loaded()
	p.picture("studio-signed-in")
	p.axe()
	p.tap(`document.querySelector('.sign-out button')`)
	p.arrives(`document.getElementById('token')`)
	p.quiet("401")
	if resp := eval[int](p, `fetch('/studio.json?headline=A').then((r) => r.status)`); resp != 401 {
		t.Errorf("after the sign-out: %d", resp)
	}
}

// TestLinkFromAnotherSite: a link of a colleague opens the studio of an editor who is signed in, with its form.
func TestLinkFromAnotherSite(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.open(w.site.URL + "/article")
	// The site is another origin on this machine, as the sites of one newspaper are.
	p.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`location.href = '%s/?headline=Sent+by+a+colleague'`, w.cards)))
	p.arrives(`document.getElementById('headline')`)
	p.until(drawn)
	if got := eval[string](p, value("headline")); got != "Sent by a colleague" {
		t.Errorf("the headline is %q", got)
	}
}

// cardsCommand runs the command on the data of the service, and returns what it prints.
func (w *world) cardsCommand(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), w.program, append(args, "--data", w.data)...).Output()
	if err != nil {
		t.Fatalf("cards %q: %v", args, err)
	}
	return strings.TrimSpace(string(out))
}

// TestEditorsLink: the operator adds an editor; she opens her link, is asked, sees the studio with her name, signs out,
// and the page explains how to come back. The link does not work again.
func TestEditorsLink(t *testing.T) {
	w := here(t)
	at := w.behindProxy(t)
	link := w.cardsCommand(t, "editor", "add", "한지우", "--public-url", at)
	for _, tt := range []struct {
		name, scheme string
		w, h         int64
	}{{"link", "light", 1440, 900}, {"link-320", "dark", 320, 480}} {
		p := newTab(t, w, noSession(), size(tt.w, tt.h), media("prefers-color-scheme", tt.scheme))
		p.open(link)
		p.arrives(`document.querySelector('main b')?.textContent === '한지우'`)
		p.picture("signin-" + tt.name)
		p.narrow()
		p.axe()
		p.hosts(at)
	}
	p := newTab(t, w, noSession(), size(390, 844))
	p.open(link)
	p.arrives(`document.querySelector('main button')`)
	p.tap(`document.querySelector('main button')`)
	p.arrives(`document.querySelector('.who')?.textContent === '한지우'`)
	p.until(drawn)
	p.loaded()
	p.picture("studio-editor-phone")
	p.axe()
	if at := eval[string](p, `location.pathname + location.search + document.cookie`); at != "/" {
		t.Errorf("the address and the cookies that scripts see are %q", at)
	}
	p.tap(`document.querySelector('.sign-out button')`)
	p.arrives(`document.getElementById('token')`)
	p.open(link)
	p.arrives(`document.querySelector('[role=alert]')?.textContent.includes('was used before')`)
	p.picture("signin-link-used")
	p.axe()
	p.quiet("401")
	log := w.cardsCommand(t, "log", "--who", "한지우")
	if !strings.Contains(log, "session.begin") || !strings.Contains(log, "session.end") {
		t.Error(log)
	}
}
