package browsertest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"newsroom.example/cards/internal/words"
)

// tops makes the service's list have stories that were opened so often.
func tops(counts ...int) string {
	var stories []map[string]any
	for i, n := range counts {
		stories = append(stories, map[string]any{"rank": i + 1, "headline": fmt.Sprintf("Story %d", i+1), "short_url": "https://cards.example/s/abcdefg", "clicks": n})
	}
	raw, err := json.Marshal(stories)
	if err != nil {
		panic(err) // there are only strings and numbers
	}
	return `{ const real = fetch; window.fetch = async (at, ...rest) => (at.includes('/v1/top') ? new Response('{"stories":` + string(raw) + `}') : real(at, ...rest)); }`
}

// spoken is what the three elements say.
const spoken = `(() => {
	const root = (name) => document.querySelector(name).shadowRoot;
	const group = root('share-bar').querySelector('.cards-bar');
	const steps = root('font-size').querySelector('.cards-steps');
	const top = root('top-stories').querySelector('.cards-top');
	return [group.lang, group.dir, group.ariaLabel, group.querySelector('[data-target=link]').textContent, steps.ariaLabel, steps.lastChild.textContent, top.querySelector('h2').textContent, top.lang];
})()`

// TestKitSpeaks each language, of which it requests one file alone.
func TestKitSpeaks(t *testing.T) {
	w := here(t)
	harbour(w, t)
	for _, tag := range words.Tags {
		l, dir := words.Of(tag), ""
		if l.Dir == "rtl" {
			dir = "rtl"
		}
		p := newTab(t, w)
		p.open(w.articleAt("strict", "1", "lang", tag, "dir", dir, "bar", "<share-bar labels article=harbour></share-bar>"))
		p.until(ready + ` && ` + spoken + `[0] === '` + tag + `'`)
		want := []string{tag, dir, l.Say("group"), l.Action("link", ""), l.Say("size"), l.Say("letter") + l.Sizes[4], l.Say("top"), tag}
		p.until(spoken + `[7] === '` + tag + `'`)
		if got := eval[[]string](p, spoken); strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s\n got %q\nwant %q", tag, got, want)
		}
		if got := eval[string](p, item("facebook")+".textContent"); got != l.Action("facebook", "Facebook")+" ("+l.Say("window")+")" {
			t.Errorf("%s: %s", tag, got)
		}
		p.mu.Lock()
		files := 0
		for _, r := range p.requests {
			if strings.Contains(r, "/embed/words-") {
				files++
			}
		}
		p.mu.Unlock()
		if want := map[bool]int{true: 0, false: 1}[tag == "en"]; files != want {
			t.Errorf("%s: %d files of words", tag, files)
		}
		switch tag {
		case "ar", "ko", "de":
			p.picture("kit-" + tag)
			p.axe() // the languages of each direction and of long words; the markup of the others is the same
		}
		p.narrow()
		p.quiet()
	}
}

// TestKitChoosesLanguage by the element, by the page around it, and by the browser; and has it at once if the script's
// address names it.
func TestKitChoosesLanguage(t *testing.T) {
	w := here(t)
	harbour(w, t)
	for _, tt := range []struct{ page, kit, browser, bar, want string }{
		{"en", "", "", `<share-bar lang="ko" article=harbour></share-bar>`, "ko"},
		{"en", "", "", `<div lang="zh-TW"><share-bar article=harbour></share-bar></div>`, "zh-Hant"},
		{"iw-IL", "", "", `<share-bar article=harbour></share-bar>`, "he"},
		{"sw", "", "fr", `<share-bar article=harbour></share-bar>`, "en"},
		{"", "", "fr-CA", `<share-bar article=harbour></share-bar>`, "fr"},
		{"", "", "xx", `<share-bar article=harbour></share-bar>`, "en"},
		{"ja", "lang=ja", "", `<share-bar article=harbour></share-bar>`, "ja"},
	} {
		p := newTab(t, w)
		p.before(`Object.defineProperty(Navigator.prototype, 'language', { get: () => '` + tt.browser + `' });`)
		p.open(w.articleAt("lang", tt.page, "kit", tt.kit, "bar", tt.bar))
		if tt.kit != "" {
			if got := eval[string](p, bar+`.querySelector('.cards-bar').lang`); got != tt.want {
				t.Errorf("%v: at first %s", tt, got)
			}
		}
		p.until(ready + ` && ` + bar + `.querySelector('.cards-bar').lang === '` + tt.want + `'`)
	}
}

// TestKitWithoutWords: while they do not come, the bar speaks English, and it is complete.
func TestKitWithoutWords(t *testing.T) {
	w := here(t)
	p := newTab(t, w)
	p.before(`window.fetch = () => new Promise(() => {});`)
	p.open(w.articleAt("lang", "ko", "bar", `<share-bar labels url="https://news.example/a" title="폭풍"></share-bar>`))
	p.until(item("facebook") + `?.href`)
	if got := eval[string](p, bar+`.querySelector('.cards-bar').lang + ' ' + `+item("link")+`.textContent`); got != "en Copy link" {
		t.Errorf("it says %s", got)
	}
	p.picture("bar-without-service")
	p.axe()
}

// TestCountsHaveForms: a number of reads has the form of its language's rules.
func TestCountsHaveForms(t *testing.T) {
	w := here(t)
	harbour(w, t)
	for lang, want := range map[string]string{
		"en": "1 read|2 reads|5 reads|11 reads|21 reads|1,000,000 reads",
		"ru": "1 просмотр|2 просмотра|5 просмотров|11 просмотров|21 просмотр|1\u00a0000\u00a0000 просмотров",
		"pl": "1 odsłona|2 odsłony|5 odsłon|11 odsłon|21 odsłon|1\u00a0000\u00a0000 odsłon",
		"ar": "1 قراءة|2 قراءتان|5 قراءات|11 قراءةً|21 قراءةً|1,000,000 قراءة",
		"es": "1 lectura|2 lecturas|5 lecturas|11 lecturas|21 lecturas|1.000.000 de lecturas",
		"ko": "1 회 조회|2 회 조회|5 회 조회|11 회 조회|21 회 조회|1,000,000 회 조회",
	} {
		p := newTab(t, w)
		p.before(tops(1, 2, 5, 11, 21, 1_000_000))
		p.open(w.articleAt("lang", lang, "bar", "<share-bar article=harbour></share-bar>"))
		const counts = `[...document.querySelector('top-stories').shadowRoot.querySelectorAll('.cards-count')].map((e) => e.textContent).join('|')`
		p.until(`document.querySelector('top-stories').shadowRoot.querySelector('.cards-top').lang === '` + lang + `' && ` + counts)
		if got := eval[string](p, counts); got != want {
			t.Errorf("%s: %s\n not %s", lang, got, want)
		}
	}
}
