package browsertest

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// storiesHere registers the stories of these tests, which have words of their own.
func storiesHere(t *testing.T, w *world, names ...string) {
	t.Helper()
	for _, name := range names {
		headline, lang := "Quayside lanterns lit for "+name, "en"
		if name == "arabic" {
			headline, lang = "الفوانيس تضيء رصيف الميناء قبل العاصفة", "ar"
		}
		w.put(t, "desk-"+name, map[string]any{"url": "https://news.example/desk/" + name, "headline": headline, "lang": lang, "site": "The Quayside",
			"kicker": "Harbor", "photo": map[string]any{"url": w.site.URL + "/pier.png", "alt": "A lit pier"}, "credit": "Desk", "tags": []string{"quay", "night"}})
	}
}

// opened waits for a stored story that stands in the studio, with its card.
func (p *tab) opened(id string) {
	p.t.Helper()
	p.arrives(`document.body.dataset.article === '` + id + `'`)
	p.until(drawn)
}

// headline replaces the headline by typing.
func (p *tab) headline(text string) {
	p.t.Helper()
	eval[bool](p, `(() => { const e = document.getElementById('headline'); e.focus(); e.select(); return true; })()`)
	p.key(text)
}

// storedHeadline is the headline that the service keeps.
func storedHeadline(t *testing.T, w *world, id string) string {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, w.cards+"/v1/articles/"+id, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+w.token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(raw), `"headline":"`)
	headline, _, _ := strings.Cut(rest, `"`)
	return headline
}

// TestFromTheListToACorrectedHeadline by keyboard alone: search, open, correct, publish.
func TestFromTheListToACorrectedHeadline(t *testing.T) {
	w := here(t)
	storiesHere(t, w, "correction", "another")
	p := newTab(t, w)
	p.open(w.cards + "/studio/stories")
	p.arrives(`document.getElementById('status').textContent.includes('stor')`)
	began := time.Now()
	p.do(chromedp.Focus(chromedp.CSS("#q")))
	p.key("quayside correction")
	p.until(`document.querySelectorAll('.open').length === 1 && location.search.includes('quayside')`)
	p.key(kb.ArrowDown)
	p.until(`document.activeElement.className === 'open'`)
	p.key(kb.Enter)
	p.opened("desk-correction")
	p.headline("Quayside lanterns lit early, harbor office says")
	p.until(`document.getElementById('changes').textContent === 'Changed: Headline'`)
	p.tap(`document.querySelector('[value=publish]')`)
	p.arrives(`document.querySelector('.outcome')?.textContent.startsWith('Published.')`)
	t.Logf("from the list to a corrected headline: %.1f s", time.Since(began).Seconds())
	if got := storedHeadline(t, w, "desk-correction"); got != "Quayside lanterns lit early, harbor office says" {
		t.Errorf("stored: %q", got)
	}
	p.until(`document.querySelectorAll('.versions li').length === 2`)
	if got := eval[string](p, `document.querySelector('.versions ins').textContent + '|' + document.querySelector('.journal li').textContent`); !strings.Contains(got, "early") || !strings.Contains(got, "API token changed: headline") {
		t.Errorf("the page tells %q", got)
	}
	p.picture("story-published")
	p.axe()
	p.quiet()
	p.hosts(w.cards)
}

// TestTwoEditors publish one story: the second sees both texts, and loses none.
func TestTwoEditors(t *testing.T) {
	w := here(t)
	storiesHere(t, w, "conflict")
	p := newTab(t, w)
	p.open(w.cards + "/?article=desk-conflict")
	p.opened("desk-conflict")
	p.headline("Quayside goes dark")
	p.until(`document.getElementById('changes').textContent === 'Changed: Headline'`)
	w.put(t, "desk-conflict", map[string]any{"url": "https://news.example/desk/conflict", "headline": "Quayside lanterns lit, mayor says", "site": "The Quayside", "kicker": "City", "photo": map[string]any{"url": w.site.URL + "/pier.png"}})
	p.tap(`document.querySelector('[value=publish]')`)
	p.arrives(`document.querySelector('.conflict') && document.getElementById('headline').value === 'Quayside goes dark' && document.getElementById('kicker').value === 'City'`)
	if got := storedHeadline(t, w, "desk-conflict"); got != "Quayside lanterns lit, mayor says" {
		t.Errorf("stored: %q", got)
	}
	p.until(drawn)
	p.picture("story-conflict")
	p.axe()
	p.tap(`document.querySelector('[data-take=headline]')`)
	p.until(`document.getElementById('headline').value === 'Quayside lanterns lit, mayor says'`)
	eval[bool](p, `(document.getElementById('undo').click(), true)`)
	p.until(`document.getElementById('headline').value === 'Quayside goes dark'`)
	p.tap(`document.querySelector('[value=publish]')`)
	p.arrives(`document.querySelector('.outcome')?.textContent.startsWith('Published.')`)
	if got := storedHeadline(t, w, "desk-conflict"); got != "Quayside goes dark" {
		t.Errorf("stored: %q", got)
	}
	p.quiet("412")
}

// TestChangesAreKept: changes of a stored story survive leaving it, and another draft of the tab does too.
func TestChangesAreKept(t *testing.T) {
	w := here(t)
	storiesHere(t, w, "kept")
	p := newTab(t, w)
	p.open(w.cards + "/?headline=Another+draft")
	p.until(drawn)
	p.headline("A draft of mine")
	p.until(`location.search.includes('draft+of+mine')`)
	p.open(w.cards + "/?article=desk-kept")
	p.opened("desk-kept")
	p.headline("Quayside lanterns, unfinished")
	p.until(`location.search.includes('unfinished')`)
	p.open(w.cards + "/?article=desk-kept")
	p.opened("desk-kept")
	p.until(`!document.getElementById('unfinished').hidden`)
	p.tap(`document.getElementById('continue')`)
	p.arrives(`document.getElementById('headline')?.value === 'Quayside lanterns, unfinished'`)
	p.until(`document.getElementById('changes').textContent === 'Changed: Headline' && [...document.querySelectorAll('#draft-list button')].some((b) => b.textContent === 'A draft of mine')`)
	p.quiet()
}

// TestWithdrawAndReturn: withdrawing asks once, and a withdrawn story can be published again.
func TestWithdrawAndReturn(t *testing.T) {
	w := here(t)
	storiesHere(t, w, "withdrawn")
	p := newTab(t, w)
	p.open(w.cards + "/?article=desk-withdrawn")
	p.opened("desk-withdrawn")
	if eval[bool](p, `document.querySelector('[value=withdraw]').checkVisibility()`) {
		t.Error("one click withdraws")
	}
	p.tap(`document.querySelector('.ask summary')`)
	p.tap(`document.querySelector('[value=withdraw]')`)
	p.arrives(`document.querySelector('.crumbs .withdrawn') && document.querySelector('.outcome')`)
	p.open(w.cards + "/studio/stories?state=withdrawn&q=desk-withdrawn")
	p.arrives(`document.querySelectorAll('.list .withdrawn').length === 1`)
	p.tap(`document.querySelector('.open')`)
	p.opened("desk-withdrawn")
	p.tap(`document.querySelector('[value=publish]')`)
	p.arrives(`document.querySelector('.crumbs .live')`)
	p.quiet()
}

// TestStoriesLook holds the list, a story, the board and a draft to axe-core and to narrow windows, light and dark.
func TestStoriesLook(t *testing.T) {
	w := here(t)
	storiesHere(t, w, "look", "arabic")
	for _, tt := range []struct {
		name, scheme string
		w, h         int64
	}{{"desk", "light", 1440, 900}, {"desk-phone", "dark", 390, 844}, {"desk-320", "light", 320, 480}} {
		p := newTab(t, w, size(tt.w, tt.h), media("prefers-color-scheme", tt.scheme))
		for _, page := range []struct{ name, at, there string }{
			{"list", "/studio/stories?q=desk", `document.querySelectorAll('.list li').length > 1`},
			{"read", "/studio/stories?order=24h", `document.getElementById('results')`},
			{"none", "/studio/stories?q=nothing+has+this", `document.querySelector('.none')`},
			{"story", "/?article=desk-arabic&audit=1", `document.getElementById('versions')`},
			{"unknown", "/?article=desk-unknown", `document.title.startsWith('No such story')`},
			{"board", "/studio/top", `document.getElementById('board')`},
		} {
			p.open(w.cards + page.at)
			p.arrives(page.there)
			if page.name == "story" {
				p.until(drawn)
			}
			p.picture(tt.name + "-" + page.name)
			p.narrow()
			p.axe()
		}
		p.quiet("404")
	}
}

// TestStoriesWithoutScript searches and publishes.
func TestStoriesWithoutScript(t *testing.T) {
	w := here(t)
	storiesHere(t, w, "plain")
	p := newTab(t, w, noScript())
	p.open(w.cards + "/studio/stories")
	p.do(chromedp.Focus(chromedp.CSS("#q")))
	p.key("desk-plain" + kb.Enter)
	if _, err := chromedp.Run(p.ctx, chromedp.WaitReady(chromedp.CSS(`a.open[href="/?article=desk-plain"]`))); err != nil {
		t.Fatal(err)
	}
	p.do(chromedp.Focus(chromedp.CSS("a.open")))
	p.key(kb.Enter)
	if _, err := chromedp.Run(p.ctx, chromedp.WaitReady(chromedp.CSS("[value=publish]"))); err != nil {
		t.Fatal(err)
	}
	p.do(chromedp.Focus(chromedp.CSS("#headline")))
	p.key(kb.End + " at last")
	p.do(chromedp.Focus(chromedp.CSS("[value=publish]")))
	p.key(kb.Enter)
	if _, err := chromedp.Run(p.ctx, chromedp.WaitReady(chromedp.CSS(".outcome"))); err != nil {
		t.Fatal(err)
	}
	if got := storedHeadline(t, w, "desk-plain"); !strings.Contains(got, "at last") {
		t.Errorf("stored: %q", got)
	}
}

// TestBoard: stories move to their places, and while the service is away the last list stays.
func TestBoard(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.open(w.cards + "/studio/top")
	p.arrives(`document.getElementById('board')`)
	eval[bool](p, `(() => {
		const story = (id, n) => ({ id, headline: id + ' headline', site: 'The Quayside', clicks: n, shares: 0 });
		const lists = [[story('a', 5), story('b', 4)], [story('b', 9), story('a', 5), story('c', 1)]];
		window.fetch = async () => { const stories = lists.shift(); if (!stories) throw new TypeError('away'); return { ok: true, json: async () => ({ stories }) }; };
		return true;
	})()`)
	p.until(`[...document.querySelectorAll('#board li')].map((li) => li.dataset.id).join(' ') === 'b a c'`)
	p.until(`document.getElementById('away').textContent.startsWith('The service does not respond.') && document.querySelectorAll('#board li').length === 3`)
	p.picture("board-away")
	p.axe()
}

// TestLinkForAColleague: a browser that has not signed in sees the draft and all its pictures.
func TestLinkForAColleague(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.open(w.cards + "/?headline=A+draft+to+look+at&photo=" + w.site.URL + "/pier.png")
	p.until(drawn)
	eval[bool](p, `(document.getElementById('days').value = '1', true)`)
	p.tap(`document.getElementById('make-link')`)
	p.until(`document.getElementById('look-url')`)
	link := eval[string](p, `document.getElementById('look-url').value`)
	p.quiet()
	p = newTab(t, w, noSession())
	p.open(link)
	p.arrives(`document.querySelector('h1').textContent === 'A draft to look at'`)
	eval[bool](p, `(document.querySelectorAll('img').forEach((i) => { i.loading = 'eager'; }), true)`)
	p.until(`[...document.images].every((i) => i.complete && i.naturalWidth > 0)`)
	p.picture("look")
	p.axe()
	p.narrow()
	p.quiet()
	p.hosts(w.cards)
	p.open(strings.Replace(link, "draft", "daft", 1))
	p.arrives(`document.querySelector('h1').textContent === 'This link does not work'`)
	p.axe()
}
