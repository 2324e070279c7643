package browsertest

import (
	"net/url"
	"testing"
)

// hostile would run, if any page took it for markup.
const hostile = `"><img src=x onerror="window.taken=1"><script>window.taken=1</script><svg onload=window.taken=1>' </script> {{.}} ${window.taken=1} \u2028`

// TestHostileStory opens every page with a story whose words are markup.
func TestHostileStory(t *testing.T) {
	w := here(t)
	w.put(t, "hostile", map[string]any{
		"url": "https://news.example/hostile?a=\"><script>&b='", "headline": hostile, "caption": hostile, "site": hostile, "byline": hostile, "kicker": hostile,
		"credit": hostile, "description": hostile, "lang": "en", "photo": map[string]any{"url": w.site.URL + "/pier.png", "alt": hostile},
	})
	studio := url.Values{"url": {"https://news.example/hostile"}, "headline": {hostile}, "caption": {hostile}, "site": {hostile}, "credit": {hostile}, "alt": {hostile}, "description": {hostile}}
	for name, at := range map[string]string{
		"studio": w.cards + "/?" + studio.Encode(),
		"kakao":  kakaoCode(t, w, "hostile"),
		"story":  w.cards + "/kakao?" + url.Values{"url": {"https://news.example/?\"><script>"}, "title": {hostile}, "text": {hostile}}.Encode(),
		"twin":   w.cards + "/v1/articles/hostile/share-bar",
		"bar":    w.articleAt("strict", "1", "bar", "<share-bar article=hostile></share-bar>"),
	} {
		p := newTab(t, w)
		p.open(at)
		switch name {
		case "studio":
			p.until(drawn)
			p.until(`document.querySelector('.facebook strong').textContent.includes('<script>')`)
		case "kakao", "story":
			p.until(`document.querySelector('h1').textContent.includes('<script>')`)
		case "bar":
			p.until(ready)
			p.until(`document.querySelector('top-stories').shadowRoot.querySelector('[aria-busy=false]')`)
		}
		got := eval[string](p, `String(window.taken) + [...document.querySelectorAll('[onerror], [onload], img[src=x]')].map((e) => e.outerHTML).join()`)
		if got != "undefined" {
			t.Errorf("%s: %s", name, got)
		}
	}
}
