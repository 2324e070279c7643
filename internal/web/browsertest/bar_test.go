package browsertest

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	bar   = `document.querySelector('share-bar').shadowRoot`
	ready = `document.querySelector('share-bar').shadowRoot?.querySelector('[data-target=facebook]')?.href?.includes('/s/')` // the links count
)

func harbour(w *world, t *testing.T) {
	t.Helper()
	w.put(t, "harbour", map[string]any{"url": "https://news.example/harbour", "headline": "Harbour lamps lit early as the storm turns", "site": "The Harbor Post", "lang": "en"})
}

func item(target string) string {
	return fmt.Sprintf(`%s.querySelector('[data-target=%s]')`, bar, target)
}

// TestStrictPage is the kit on a page of another origin whose policy allows nothing inline.
func TestStrictPage(t *testing.T) {
	w := here(t)
	harbour(w, t)
	p := newTab(t, w)
	p.open(w.articleAt("strict", "1", "bar", "<share-bar article=harbour></share-bar>"))
	p.until(ready)
	p.until(`document.querySelector('top-stories').shadowRoot.querySelector('[aria-busy=false]')`)
	if got := eval[string](p, bar+`.querySelector('[role=toolbar]').getAttribute('aria-label')`); got != "Share this story" {
		t.Errorf("the bar's name: %q", got)
	}
	if got := eval[string](p, `[...`+bar+`.querySelectorAll('.cards-item')].map((e) => e.dataset.target).join(' ')`); got != "facebook twitter kakao mail link" {
		t.Errorf("targets: %s", got)
	}
	for _, target := range []string{"facebook", "twitter", "kakao"} {
		got := eval[[]string](p, fmt.Sprintf(`(() => { const e = %s; return [e.href, e.target, e.rel]; })()`, item(target)))
		if !strings.HasPrefix(got[0], w.cards+"/s/") || !strings.HasSuffix(got[0], "/"+target) || got[1] != "_blank" || got[2] != "noopener noreferrer" {
			t.Errorf("%s: %v", target, got)
		}
	}
	if got := eval[string](p, item("mail")+".href"); !strings.HasPrefix(got, "mailto:?subject=Harbour%20lamps") {
		t.Errorf("mail: %s", got)
	}
	small := eval[[]string](p, `[...`+bar+`.querySelectorAll('.cards-item'), ...document.querySelector('font-size').shadowRoot.querySelectorAll('button')].filter((e) => e.getBoundingClientRect().width < 44 || e.getBoundingClientRect().height < 44).map((e) => e.textContent)`)
	if len(small) > 0 {
		t.Errorf("smaller than 44 px: %q", small)
	}
	p.picture("bar")
	p.axe()
	p.quiet()
	p.hosts(w.cards, w.site.URL)
}

func TestCopyCountsOnce(t *testing.T) {
	w := here(t)
	w.put(t, "copied", map[string]any{"url": "https://news.example/copied?utm_source=paper", "headline": "A bridge opens", "lang": "en"})
	p := newTab(t, w, grant(w.site.URL, true))
	p.open(w.articleAt("strict", "1", "bar", "<share-bar article=copied></share-bar>"))
	p.until(ready)
	p.tap(item("link"))
	p.until(bar + `.querySelector('[role=status]').textContent === 'Link copied'`)
	if got := eval[string](p, `navigator.clipboard.readText()`); got != "https://news.example/copied?utm_source=paper" {
		t.Errorf("copied %q", got)
	}
	if got := eval[string](p, bar+`.activeElement.dataset.target`); got != "link" {
		t.Errorf("the focus went to %q", got)
	}
	p.picture("bar-copied")
	p.until(fmt.Sprintf(`fetch('%s/v1/top?limit=100').then((r) => r.json()).then((r) => r.stories.some((s) => s.id === 'copied' && s.shares === 1))`, w.cards))
	if got := w.shares(t, "copied"); got["link"] != 1 || len(got) != 1 {
		t.Errorf("counted %v", got)
	}
	p.quiet()
}

// TestCopyForbidden leaves the reader the link to copy by hand where the browser allows no other way.
func TestCopyForbidden(t *testing.T) {
	w := here(t)
	harbour(w, t)
	p := newTab(t, w, grant(w.site.URL, false))
	p.open(w.articleAt("lang", "ko", "bar", `<share-bar article="harbour"></share-bar>`))
	p.until(ready)
	eval[bool](p, `(document.execCommand = () => false, true)`)
	p.tap(item("link"))
	p.until(bar + `.querySelector('input')`)
	if got := eval[[]string](p, `(() => { const e = `+bar+`.querySelector('input'); return [e.value, e.value.slice(e.selectionStart, e.selectionEnd), `+bar+`.querySelector('[role=status]').textContent]; })()`); got[0] != "https://news.example/harbour" || got[1] != got[0] || !strings.HasPrefix(got[2], "복사하지 못했습니다") {
		t.Errorf("%q", got)
	}
	p.picture("bar-copy-forbidden")
	p.narrow()
}

// TestTapsOpenAndCount follows each link as a reader does.
func TestTapsOpenAndCount(t *testing.T) {
	w := here(t)
	w.put(t, "tapped", map[string]any{"url": "https://news.example/tapped", "headline": "A bridge closes", "lang": "en"})
	p := newTab(t, w)
	p.open(w.articleAt("bar", "<share-bar article=tapped></share-bar>"))
	p.until(ready)
	for _, target := range []string{"facebook", "twitter", "kakao", "mail"} {
		p.tap(item(target))
		p.until(fmt.Sprintf(`fetch('%s/v1/top?limit=100&by=shares').then((r) => r.json()).then((r) => r.stories.some((s) => s.id === 'tapped'))`, w.cards))
	}
	p.until(fmt.Sprintf(`fetch('%s/v1/top?limit=100&by=shares').then((r) => r.json()).then((r) => r.stories.find((s) => s.id === 'tapped').shares === 4)`, w.cards))
	if got := w.shares(t, "tapped"); got["facebook"] != 1 || got["twitter"] != 1 || got["kakao"] != 1 || got["mail"] != 1 {
		t.Errorf("counted %v", got)
	}
}

// TestKeyboard moves through the bar with the keys of the toolbar pattern.
func TestKeyboard(t *testing.T) {
	w := here(t)
	harbour(w, t)
	for _, tt := range []struct {
		dir  string
		keys []string
		want []string
	}{
		{"ltr", []string{kb.ArrowRight, kb.End, kb.ArrowRight, kb.ArrowLeft, kb.Home}, []string{"twitter", "link", "facebook", "link", "facebook"}},
		{"rtl", []string{kb.ArrowLeft, kb.ArrowRight, kb.ArrowRight}, []string{"twitter", "facebook", "link"}},
	} {
		p := newTab(t, w)
		p.open(w.articleAt("dir", tt.dir, "bar", "<share-bar article=harbour></share-bar>"))
		p.until(ready)
		p.key(kb.Tab)
		for i, key := range append([]string{""}, tt.keys...) {
			want := "facebook"
			if i > 0 {
				p.key(key)
				want = tt.want[i-1]
			}
			if got := eval[string](p, bar+`.activeElement?.dataset.target ?? ''`); got != want {
				t.Errorf("%s, key %d: at %q, want %q", tt.dir, i, got, want)
			}
		}
		p.key(kb.Tab)
		if got := eval[string](p, `document.activeElement.localName`); got != "font-size" {
			t.Errorf("the bar has more than one tab stop: then %s", got)
		}
	}
}

// TestAnyStory makes a bar for a story that is not registered.
func TestAnyStory(t *testing.T) {
	w := here(t)
	p := newTab(t, w, media("prefers-color-scheme", "dark"), size(320, 640))
	p.open(w.articleAt("strict", "1", "lang", "ko", "title", "폭풍 전선, 서해안에서 이틀째 멈춰",
		"bar", `<share-bar url="https://news.example/기사?a=1&amp;b=2" title="폭풍 &quot;전선&quot;" targets="x,kakao,line,naver,band,whatsapp,telegram,linkedin,threads,bluesky,reddit,weibo,mastodon,sms,kakaostory,link" via="harbourpost"></share-bar>`))
	p.until(item("twitter") + ".href")
	got, err := url.Parse(eval[string](p, item("twitter")+".href"))
	if err != nil {
		t.Fatal(err)
	}
	if q := got.Query(); got.Host != "twitter.com" || q.Get("text") != `폭풍 "전선"` || q.Get("url") != "https://news.example/%EA%B8%B0%EC%82%AC?a=1&b=2" || q.Get("via") != "harbourpost" {
		t.Errorf("%s", got)
	}
	if got := eval[string](p, item("kakao")+".localName + "+item("kakao")+".textContent"); got != "button카카오톡으로 공유하기" {
		t.Errorf("kakao: %s", got)
	}
	if n := eval[int](p, bar+`.querySelectorAll('.cards-item').length`); n != 16 {
		t.Errorf("%d targets", n)
	}
	p.picture("bar-korean-dark-320")
	p.narrow()
	p.axe()
	p.quiet()
	p.hosts(w.cards, w.site.URL)
}

// TestNoScript shows the twin.
func TestNoScript(t *testing.T) {
	w := here(t)
	harbour(w, t)
	p := newTab(t, w)
	var twin string
	p.open(w.cards + "/v1/articles/harbour/share-bar?lang=ko")
	twin = eval[string](p, `document.documentElement.innerHTML.replace(/<\/?(head|body)>/g, '')`)
	p = newTab(t, w, noScript())
	p.open(w.articleAt("strict", "1", "style", w.cards, "lang", "ko", "bar", twin))
	p.do(chromedp.WaitReady(chromedp.CSS("nav ul")))
	names, err := chromedp.Run(p.ctx, chromedp.Text(chromedp.CSS("nav ul")))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(names, "페이스북에 공유하기") || !strings.Contains(names, "기사 링크") {
		t.Errorf("names %q", names)
	}
	p.picture("bar-without-script")
	p.quiet()
}

// TestReducedMotion holds that nothing moves for who wants it still.
func TestReducedMotion(t *testing.T) {
	w := here(t)
	harbour(w, t)
	for value, want := range map[string]string{"reduce": "0s", "no-preference": "0.15s"} {
		p := newTab(t, w, media("prefers-reduced-motion", value))
		p.open(w.articleAt("bar", "<share-bar article=harbour></share-bar>"))
		p.until(ready)
		if got := eval[string](p, `getComputedStyle(`+item("facebook")+`).transitionDuration`); got != want {
			t.Errorf("%s: %s", value, got)
		}
	}
}

// TestBarIsSoonThere tells how long the bar takes from its script's arrival; not asserted.
func TestBarIsSoonThere(t *testing.T) {
	w := here(t)
	harbour(w, t)
	p := newTab(t, w)
	p.open(w.articleAt("bar", "<share-bar article=harbour></share-bar>"))
	p.until(ready)
	p.do(chromedp.Reload())
	took := eval[[]float64](p, `new Promise((done) => {
		const arrived = performance.getEntriesByType('resource').find((e) => e.name.endsWith('/embed/cards.js')).responseEnd;
		const json = () => performance.getEntriesByType('resource').find((e) => e.name.includes('share-bar'));
		const look = () => json() ? done([json().startTime - arrived, json().responseEnd - arrived]) : setTimeout(look, 5);
		look();
	})`)
	t.Logf("bar drawn and usable %.0f ms after its script's arrival, links filled after %.0f ms", took[0], took[1])
}
