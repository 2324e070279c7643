package browsertest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"

	"newsroom.example/cards/internal/words"
)

// prefers makes the browser prefer a language.
func prefers(lang string) step {
	return call(network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: map[string]any{"Accept-Language": lang}})
}

// codeOf returns the short code of an article.
func codeOf(t *testing.T, w *world, id string) string {
	t.Helper()
	return strings.Split(strings.TrimPrefix(kakaoCode(t, w, id), w.cards+"/s/"), "/")[0]
}

// TestNotices: whoever follows a link that leads nowhere gets a page in the own language, with a way to the front page.
func TestNotices(t *testing.T) {
	w := here(t)
	w.put(t, "taken-back", map[string]any{"url": "https://news.example/taken-back", "headline": "A story that was wrong"})
	code := codeOf(t, w, "taken-back")
	w.withdraw(t, "taken-back")
	for _, tt := range []struct {
		name, path, lang, says string
		width                  int64
		dark                   string
	}{
		{"missing", "/s/zzzzzzz", "en", "missing", 1200, "light"}, {"missing-dark", "/nowhere?utm_source=x", "en", "missing", 1200, "dark"},
		{"gone-ko-phone", "/s/" + code, "ko", "gone", 390, "light"}, {"gone-ar-dark", "/kakao/" + code, "ar", "gone", 390, "dark"},
		{"gone-de-320", "/s/" + code + "/facebook", "de", "gone", 320, "light"}, {"missing-ja", "/kakao/zzzzzzz?fbclid=x", "ja", "missing", 320, "light"},
	} {
		p := newTab(t, w, size(tt.width, 700), media("prefers-color-scheme", tt.dark), prefers(tt.lang))
		p.open(w.cards + tt.path)
		l := words.Of(tt.lang)
		got := eval[[]string](p, `[document.documentElement.lang, document.documentElement.dir, document.querySelector('h1').textContent, document.querySelector('a')?.href || '']`)
		if want := []string{tt.lang, l.Dir, l.Say(tt.says), front}; strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s: %q", tt.path, got)
		}
		p.picture("notice-" + tt.name)
		p.narrow()
		p.axe()
		p.quiet("status of 4") // Chromium's own word for the status
		p.hosts(w.cards)
	}
}

// wpEmbed is the script of WordPress that takes the messages of embeds, as Debian has it.
const wpEmbed = "/usr/share/wordpress/wp-includes/js/wp-embed.js"

// TestFrameOfWordPress: the page for frames tells WordPress' own script its height, again when the width changes, and
// which link was tapped; the script then leads there. (scripts/wordpress-embed shows it in a whole WordPress.)
func TestFrameOfWordPress(t *testing.T) {
	w := here(t)
	script, err := os.ReadFile(wpEmbed)
	if err != nil {
		t.Skip("SKIPPED: WordPress is not installed: ", err)
	}
	w.put(t, "embedded", map[string]any{"url": w.site.URL + "/bare", "headline": "Ice closes the upper lock until the weekend", "site": "The Harbor Post", "lang": "en"})
	code := codeOf(t, w, "embedded")
	other := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/wp-embed.js" {
			rw.Header().Set("Content-Type", "text/javascript")
			_, _ = rw.Write(script)
			return
		}
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(rw, `<!doctype html><script src="/wp-embed.js"></script><body style="width:600px">
			<blockquote class="wp-embedded-content" data-secret="AbC123xyz9"><a href="%[1]s/s/%[2]s">Ice</a></blockquote>
			<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted" style="position: absolute; clip: rect(1px, 1px, 1px, 1px);" src="%[1]s/embed/story/%[2]s#?secret=AbC123xyz9" data-secret="AbC123xyz9" width="600" height="395" title="Ice"></iframe>`, w.cards, code)
	}))
	defer other.Close()
	p := newTab(t, w)
	p.open(other.URL)
	const frame = `document.querySelector('iframe')`
	p.until(`!` + frame + `.hasAttribute('style') && getComputedStyle(document.querySelector('blockquote')).display === 'none'`)
	p.until(frame + `.height > 380 && ` + frame + `.height < 420`)
	p.picture("frame")
	eval[bool](p, `(`+frame+`.width = 400, true)`)
	p.until(frame + `.height > 260 && ` + frame + `.height < 340`)
	p.quiet("favicon.ico")
	p.tap(frame)
	p.until(`location.pathname === '/bare'`) // the story, by way of the short link
	if got := eval[string](p, `location.origin`); got != w.site.URL {
		t.Errorf("it leads to %s", got)
	}
}

// TestOEmbedFits: the HTML of oEmbed fits into a narrower page, and shows the story once.
func TestOEmbedFits(t *testing.T) {
	w := here(t)
	w.put(t, "fitting", map[string]any{"url": "https://news.example/fitting", "headline": "A quay is widened", "lang": "en"})
	markup := w.oembed(t, "https://news.example/fitting")
	other := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(rw, `<!doctype html><meta name="viewport" content="width=device-width"><body style="margin:0"><main style="max-width:740px">%s</main>`, markup)
	}))
	defer other.Close()
	for _, width := range []int64{740, 320} {
		p := newTab(t, w, size(width, 700))
		p.open(other.URL)
		p.until(`document.images[0].complete && document.images[0].naturalWidth > 0`)
		p.narrow()
		got := eval[[]float64](p, `(() => { const b = document.images[0].getBoundingClientRect(); return [b.width, b.width / b.height, document.querySelector('iframe').checkVisibility() ? 1 : 0]; })()`)
		if got[0] != float64(width) || got[1] < 1.88 || got[1] > 1.93 || got[2] != 0 {
			t.Errorf("%d px: %v", width, got)
		}
		for _, r := range p.requests {
			if strings.Contains(r, "/embed/story/") {
				t.Errorf("the hidden frame is loaded: %s", r)
			}
		}
		if got := eval[string](p, `[...document.links].map((a) => a.pathname.slice(0, 3)).join()`); got != "/s/,/s/" {
			t.Errorf("links to %s", got)
		}
		p.picture(fmt.Sprintf("oembed-%d", width))
	}
}
