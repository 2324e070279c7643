package browsertest

import (
	"encoding/json"
	"net/http"
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
		"story":  w.signedKakao(t, url.Values{"url": {"https://news.example/?\"><script>"}, "title": {hostile}, "text": {hostile}}),
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

// signedKakao is the address of the Kakao page of a story that is not registered, as a server with the token gets it.
func (w *world) signedKakao(t *testing.T, story url.Values) string {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, w.cards+"/v1/share-links?targets=kakao&"+story.Encode(), nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+w.token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var links struct{ Links []struct{ URL string } }
	if err := json.NewDecoder(resp.Body).Decode(&links); err != nil || len(links.Links) != 1 {
		t.Fatalf("%s, %v, %+v", resp.Status, err, links)
	}
	return links.Links[0].URL
}
