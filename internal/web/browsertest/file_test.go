package browsertest

import (
	"encoding/base64"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// choose chooses a file in the studio, as the dialog of the browser does.
func (p *tab) choose(name, kind string, data []byte) {
	p.t.Helper()
	p.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`(() => {
		const bytes = Uint8Array.from(atob(%q), (c) => c.charCodeAt(0));
		const files = new DataTransfer();
		files.items.add(new File([bytes], %q, { type: %q }));
		const input = document.getElementById('file');
		input.files = files.files;
		input.dispatchEvent(new Event('change', { bubbles: true }));
	})()`, base64.StdEncoding.EncodeToString(data), name, kind)))
}

// fill types a text into a field in place of what stood there.
func (p *tab) fill(id, text string) {
	p.t.Helper()
	p.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`%s = %q; document.getElementById(%q).dispatchEvent(new Event('input', { bubbles: true }))`, value(id), text, id)))
}

// TestFileIsForgotten: the control names no file once the file was taken in or refused, and so the
// same file can be chosen again. A file that is still on its way when another story is read, or
// another photo named, comes too late.
func TestFileIsForgotten(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.before(`
		const real = XMLHttpRequest.prototype.send;
		XMLHttpRequest.prototype.send = function (body) {
			if (!window.slow) real.call(this, body);
			else window.arrive = () => real.call(this, body);
		};`)
	p.open(w.cards + "/?headline=Pier&url=https://news.example/pier")
	p.until(drawn)
	empty := func(when string) {
		t.Helper()
		if got := eval[string](p, value("file")); got != "" {
			t.Errorf("%s the control names %q", when, got)
		}
	}
	for _, again := range []string{"at first", "again"} {
		p.fill("photo", "")
		p.choose("pier.png", "image/png", pier())
		p.until(value("photo") + `.startsWith('upload:')`)
		empty("taken in " + again)
		p.choose("a.svg", "image/svg+xml", []byte("<svg/>"))
		p.until(`document.getElementById('unsent').textContent !== ''`)
		empty("refused " + again)
	}
	for name, next := range map[string]func(){
		"another story is read": func() {
			p.enter(w.site.URL + "/bare")
			p.until(value("headline") + ` === 'Ice closes the upper lock'`)
		},
		"another photo is named": func() { p.fill("photo", w.site.URL+"/pier.png") },
		"the photo is removed":   func() { p.fill("photo", "") },
	} {
		p.fill("headline", "Pier")
		p.do(chromedp.Evaluate[chromedp.Void](`window.slow = true; window.arrive = undefined`))
		p.choose("pier.png", "image/png", pier())
		p.until(`window.arrive`)
		next()
		want := eval[string](p, value("photo"))
		p.do(chromedp.Evaluate[chromedp.Void](`window.slow = false; window.arrive()`))
		p.fill("headline", "Later")
		p.until(`document.getElementById('card').src.includes('headline=Later')`)
		p.until(drawn)
		if got := eval[string](p, value("photo")); got != want {
			t.Errorf("%s: the form has the photo %q, want %q", name, got, want)
		}
		empty(name + ":")
	}
	p.quiet("415")
}

// focus moves the focus as the Tab key does.
func focus(id string) step {
	return chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`document.getElementById(%q).focus()`, id))
}
