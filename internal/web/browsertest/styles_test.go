package browsertest

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// rude are the styles of a page that thinks of its own elements alone.
const rude = `
	* { letter-spacing: .6em; word-spacing: 2em; text-transform: uppercase; text-indent: 3em; margin: 0; }
	body { font: italic 23px/3.5 "DejaVu Serif", serif; text-shadow: 2px 2px red; white-space: pre; }
	button, a, span, ol, li { display: block; letter-spacing: 1em !important; padding: 40px !important; float: left; }`

// TestStylesOfThePage do not reach into the elements, not even if the page unsets everything of them.
func TestStylesOfThePage(t *testing.T) {
	w := here(t)
	harbour(w, t)
	for name, unset := range map[string]string{"rude": "", "unset": "share-bar, font-size, top-stories { all: unset !important; }"} {
		p := newTab(t, w, media("prefers-color-scheme", "dark"), size(700, 900))
		p.before(tops(3))
		p.open(w.articleAt("bar", "<share-bar labels article=harbour></share-bar>"))
		p.until(ready)
		p.until(`document.querySelector('top-stories').shadowRoot.querySelector('.cards-count')?.textContent`)
		p.do(chromedp.Evaluate[chromedp.Void]("(() => { const s = new CSSStyleSheet(); s.replaceSync(`" + rude + unset + "`); document.adoptedStyleSheets = [s, ...document.adoptedStyleSheets]; })()"))
		bad := eval[[]string](p, `(() => {
			const bad = [];
			for (const host of document.querySelectorAll('share-bar, font-size, top-stories')) {
				for (const e of host.shadowRoot.querySelectorAll('.cards-box, .cards-item, .cards-step, .cards-story, .cards-heading')) {
					const c = getComputedStyle(e);
					const got = [c.letterSpacing, c.wordSpacing, c.textTransform, c.textIndent, c.textShadow, c.fontStyle, c.whiteSpaceCollapse].join(' ');
					if (got !== 'normal 0px none 0px none normal collapse') bad.push(host.localName + ' ' + e.className + ': ' + got);
				}
				for (const e of host.shadowRoot.querySelectorAll('.cards-item, .cards-step')) {
					const { height, width } = e.getBoundingClientRect();
					if (height < 44 || height > 60 || width > 400) bad.push(e.className + ' is ' + width + ' by ' + height);
				}
			}
			for (const e of document.querySelector('share-bar').shadowRoot.querySelectorAll('.cards-item')) {
				const middle = (b) => b.top + b.height / 2;
				const off = middle(e.querySelector('.cards-name').getBoundingClientRect()) - middle(e.getBoundingClientRect());
				if (Math.abs(off) > 1.5) bad.push(e.textContent + ' is ' + off + ' px off its middle');
			}
			return bad;
		})()`)
		for _, b := range bad {
			t.Errorf("%s: %s", name, b)
		}
		p.picture("kit-styles-" + name)
	}
}

// TestElementsKeepApart: one after the other, they do not touch, whatever the page's reset says.
func TestElementsKeepApart(t *testing.T) {
	w := here(t)
	harbour(w, t)
	p := newTab(t, w, size(320, 640))
	p.open(w.articleAt("bar", "<div><share-bar article=harbour></share-bar><font-size></font-size></div>"))
	p.until(ready)
	p.do(chromedp.Evaluate[chromedp.Void]("(() => { const s = new CSSStyleSheet(); s.replaceSync('* { margin: 0; padding: 0 }'); document.adoptedStyleSheets = [...document.adoptedStyleSheets, s]; })()"))
	if gap := eval[float64](p, `document.querySelector('font-size').shadowRoot.querySelector('.cards-steps').getBoundingClientRect().top - `+bar+`.querySelector('.cards-bar').getBoundingClientRect().bottom`); gap < 8 {
		t.Errorf("%v px lie between them", gap)
	}
	p.narrow()
}

// TestFocusStays on the same control when the story of the bar changes, and in the bar when the control goes.
func TestFocusStays(t *testing.T) {
	w := here(t)
	harbour(w, t)
	w.put(t, "second", map[string]any{"url": "https://news.example/second", "headline": "A second story", "lang": "en"})
	p := newTab(t, w)
	p.open(w.articleAt("bar", "<share-bar article=harbour></share-bar>"))
	p.until(ready)
	for _, tt := range []struct{ focus, attribute, value, want string }{
		{"twitter", "article", "second", "twitter"}, {"link", "lang", "ko", "link"}, {"kakao", "article", "harbour", "kakao"},
		{"kakao", "article", "no-such-story", "kakao"}, {"twitter", "targets", "mail,link", "mail"},
	} {
		eval[bool](p, `(window.settled = false, document.addEventListener('cards-ready', () => { window.settled = true; }, { once: true }), `+item(tt.focus)+`.focus(), document.querySelector('share-bar').setAttribute('`+tt.attribute+`', '`+tt.value+`'), true)`)
		p.until(`window.settled`)
		if got := eval[string](p, `document.activeElement.localName + ' ' + `+bar+`.activeElement?.dataset.target`); got != "share-bar "+tt.want {
			t.Errorf("%s is %s: the focus is on %s, not %s", tt.attribute, tt.value, got, tt.want)
		}
		if stops := eval[int](p, `[...`+bar+`.querySelectorAll('a, button')].filter((e) => e.tabIndex === 0).length`); stops != 1 && tt.attribute != "targets" {
			t.Errorf("%s is %s: %d tab stops", tt.attribute, tt.value, stops)
		}
	}
}
