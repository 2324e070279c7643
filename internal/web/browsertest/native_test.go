package browsertest

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// sheet makes the device have a share sheet of its own, which does what the script says.
func sheet(then string) string {
	return `window.shared = []; navigator.canShare = (data) => Boolean(data.url && data.title); navigator.share = async (data) => { window.shared.push(data); ` + then + ` };`
}

// TestNativeSheet offers the device's own sheet, and counts what went through it.
func TestNativeSheet(t *testing.T) {
	w := here(t)
	for _, tt := range []struct {
		id, then string
		counted  int64
	}{{"sheet-1", "", 1}, {"sheet-2", "throw new DOMException('cancelled', 'AbortError');", 0}} {
		w.put(t, tt.id, map[string]any{"url": "https://news.example/" + tt.id + "?utm_source=paper", "headline": "A quay, “mended”", "lang": "ja"})
		p := newTab(t, w)
		p.before(sheet(tt.then))
		p.open(w.articleAt("strict", "1", "lang", "ja", "bar", "<share-bar labels article="+tt.id+"></share-bar>"))
		p.until(ready)
		if got := eval[string](p, item("native")+".textContent"); got != "ほかのアプリで共有" {
			t.Errorf("%s: %q", tt.id, got)
		}
		p.tap(item("native"))
		p.until(`window.shared.length === 1`)
		if got := eval[string](p, `window.shared[0].title + ' ' + window.shared[0].url`); got != "A quay, “mended” https://news.example/"+tt.id+"?utm_source=paper" {
			t.Errorf("shared %q", got)
		}
		p.tap(item("link")) // a beacon after it, so that the one before has arrived
		p.until(bar + `.querySelector('[role=status]').textContent !== ''`)
		end := time.Now().Add(settle)
		for w.shares(t, tt.id)["link"]+w.shares(t, tt.id)["native"] < tt.counted && time.Now().Before(end) {
			time.Sleep(20 * time.Millisecond)
		}
		if got := w.shares(t, tt.id)["native"]; got != tt.counted {
			t.Errorf("%s: counted %d", tt.id, got)
		}
		p.picture("bar-labels-japanese")
		p.axe()
		p.quiet()
	}
}

// TestThemed holds that a page can dress the bar, and forced colours undress it.
func TestThemed(t *testing.T) {
	w := here(t)
	harbour(w, t)
	p := newTab(t, w, media("prefers-reduced-motion", "reduce"))
	p.open(w.articleAt("bar", "<share-bar article=harbour></share-bar>"))
	p.until(ready)
	p.do(chromedp.Evaluate[chromedp.Void](`(() => {
		const s = new CSSStyleSheet();
		s.replaceSync('share-bar { --cards-radius: 6px; --cards-size: 52px; } share-bar::part(kakao) { background: rgb(254, 229, 0); color: rgb(25, 22, 0); }');
		document.adoptedStyleSheets = [s, ...document.adoptedStyleSheets];
	})()`))
	if got := eval[string](p, `(() => { const c = getComputedStyle(`+item("kakao")+`); return [c.backgroundColor, c.borderRadius, c.minWidth].join(' '); })()`); got != "rgb(254, 229, 0) 6px 52px" {
		t.Errorf("dressed as %s", got)
	}
	p.do(media("forced-colors", "active"))
	p.picture("bar-forced-colours")
}

// TestBarUnderEmbargo holds that nothing of a story is told before its time.
func TestBarUnderEmbargo(t *testing.T) {
	w := here(t)
	w.put(t, "secret", map[string]any{"url": "https://news.example/secret", "headline": "Not yet", "embargo_until": time.Now().Add(time.Hour).UTC().Format(time.RFC3339)})
	for _, query := range []string{"", "?format=json"} {
		resp, err := http.Get(w.cards + "/v1/articles/secret/share-bar" + query)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusNotFound {
			t.Errorf("%q: %d", query, resp.StatusCode)
		}
	}
	p := newTab(t, w)
	p.before(watched)
	p.open(w.articleAt("bar", "<share-bar article=secret></share-bar>"))
	p.until(`window.settled`)
	if got := eval[string](p, bar+`.innerHTML`); strings.Contains(got, "Not yet") || strings.Contains(got, "secret") {
		t.Errorf("told: %s", got)
	}
}

// TestProgress shows that the studio is at work once it takes longer than a moment.
func TestProgress(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.before(`window.held = new Promise((r) => { window.release = r; }); window.realFetch = window.fetch; window.fetch = async (...a) => { if (window.hold) await window.held; return window.realFetch(...a); };`)
	p.open(w.cards + "/")
	p.until(drawn)
	p.do(chromedp.Evaluate[chromedp.Void](`window.hold = true`))
	p.tap(`document.querySelector('input[name=font_step][value="1"]').nextElementSibling`)
	p.until(`!document.getElementById('progress').hidden`)
	p.do(chromedp.Evaluate[chromedp.Void](`window.hold = false; window.release()`))
	p.until(drawn)
}
