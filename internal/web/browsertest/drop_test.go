package browsertest

import (
	"encoding/base64"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// transfer has the files of a drag or of the clipboard.
func transfer(name, kind string, data []byte) string {
	return fmt.Sprintf(`(() => {
		const files = new DataTransfer();
		files.items.add(new File([Uint8Array.from(atob(%q), (c) => c.charCodeAt(0))], %q, { type: %q }));
		return files;
	})()`, base64.StdEncoding.EncodeToString(data), name, kind)
}

// drop drags what is transferred over an element and drops it there, and reports whether the page took it.
func (p *tab) drop(element, transferred string) bool {
	p.t.Helper()
	return eval[bool](p, fmt.Sprintf(`(() => {
		const init = { bubbles: true, cancelable: true, dataTransfer: %s }, e = %s;
		e.dispatchEvent(new DragEvent('dragenter', init));
		window.offered = !document.getElementById('drop').hidden;
		e.dispatchEvent(new DragEvent('dragover', init));
		return !e.dispatchEvent(new DragEvent('drop', init));
	})()`, transferred, element))
}

// TestPhotoByDropAndPaste: a photo is taken wherever it is dropped, and from the clipboard, and removed by a button.
func TestPhotoByDropAndPaste(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.noDrafts()
	p.open(w.cards + "/?headline=Pier&url=https://news.example/pier&size=square")
	p.until(drawn)
	gone := func(how string) {
		t.Helper()
		p.until(value("photo") + `.startsWith('upload:') && document.getElementById('fig-photo').textContent === '900 × 600'`)
		p.until(`!document.getElementById('focus').hidden && document.getElementById('thumb').naturalWidth === 640`)
		p.tap(`document.getElementById('remove')`)
		p.until(value("photo") + ` === '' && document.getElementById('focus').hidden && document.getElementById('fig-photo').textContent === 'none'`)
		p.until(`document.getElementById('status').textContent === 'The photo was removed.' || document.getElementById('status').textContent === ''`)
		if eval[bool](p, `document.getElementById('sending').hidden === false`) {
			t.Errorf("%s: still sending", how)
		}
	}
	for _, where := range []string{`document.getElementById('card')`, `document.querySelector('h1')`, `document.getElementById('pad')`} {
		if !p.drop(where, transfer("pier.png", "image/png", pier())) || !eval[bool](p, `window.offered`) {
			t.Errorf("%s takes no photo", where)
		}
		gone(where)
	}
	p.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`document.getElementById('headline').dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: %s }))`, transfer("image.png", "image/png", pier()))))
	gone("paste")
	p.drop(`document.getElementById('card')`, fmt.Sprintf(`(() => { const d = new DataTransfer(); d.setData('text/uri-list', '%s/pier.png'); return d; })()`, w.site.URL))
	p.until(value("photo") + fmt.Sprintf(` === '%s/pier.png'`, w.site.URL))
	if !p.drop(`document.getElementById('card')`, transfer("a.pdf", "application/pdf", []byte("%PDF"))) {
		t.Error("the browser would leave the studio for a file that is no picture")
	}
	p.until(`document.getElementById('unsent').textContent === 'That file is no picture.'`)
	if eval[bool](p, `!document.getElementById('drop').hidden`) {
		t.Error("the place to drop stays")
	}
	p.quiet()
}

// TestUploadIsFollowed: a file that is too large is not sent at all; one on its way shows how far it is, and can be
// stopped.
func TestUploadIsFollowed(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.before(`
		window.sent = 0;
		const real = XMLHttpRequest.prototype.send;
		XMLHttpRequest.prototype.send = function (body) {
			window.sent++;
			if (!window.slow) { real.call(this, body); return; }
			setTimeout(() => this.upload.onprogress({ lengthComputable: true, loaded: 3, total: 4 }));
		};`)
	p.open(w.cards + "/?headline=Pier&url=https://news.example/pier")
	p.until(drawn)
	p.do(chromedp.Evaluate[chromedp.Void](`(() => {
		const files = new DataTransfer();
		files.items.add(new File([new Uint8Array(14 * 1024 * 1024)], 'large.jpg', { type: 'image/jpeg' }));
		document.getElementById('file').files = files.files;
		document.getElementById('file').dispatchEvent(new Event('change', { bubbles: true }));
	})()`))
	p.until(`document.getElementById('unsent').textContent === 'A photo has at most 10 MB; this file has 14 MB.'`)
	if eval[int](p, `window.sent`) != 0 {
		t.Error("a file that is too large was sent")
	}
	p.do(chromedp.Evaluate[chromedp.Void](`window.slow = true`))
	p.choose("pier.png", "image/png", pier())
	p.until(`!document.getElementById('sending').hidden && document.getElementById('sent').value === 0.75 && document.getElementById('unsent').textContent === ''`)
	p.picture("studio-sending")
	p.axe()
	p.tap(`document.getElementById('stop')`)
	p.until(`document.getElementById('sending').hidden && document.getElementById('status').textContent === 'The upload was stopped.'`)
	if got := eval[string](p, value("photo")); got != "" {
		t.Errorf("a stopped upload is the photo %q", got)
	}
	p.quiet()
}
