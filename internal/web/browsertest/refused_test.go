package browsertest

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// watched keeps the page's warnings, and whether the bar has settled.
const watched = `
	window.warned = [];
	console.warn = (text) => window.warned.push(text);
	document.addEventListener('cards-ready', () => { window.settled = true; });`

// withdraw deletes an article.
func (w *world) withdraw(t *testing.T, id string) {
	t.Helper()
	req, err := http.NewRequest(http.MethodDelete, w.cards+"/v1/articles/"+id, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+w.token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, _ := io.ReadAll(resp.Body); resp.StatusCode != http.StatusNoContent {
		t.Fatalf("DELETE %s: %d %s", id, resp.StatusCode, body)
	}
}

// all are the targets of a bar that names none.
const all = "facebook twitter kakao mail link"

// TestRefusedBar: a withdrawn story has no bar. After every other failure the bar has all its controls, which lead where
// the page alone can lead, and a mistake of the page's own is named in the console.
func TestRefusedBar(t *testing.T) {
	w := here(t)
	harbour(w, t)
	w.put(t, "embargoed", map[string]any{"url": "https://news.example/embargoed", "headline": "Tomorrow's story", "embargo_until": time.Now().Add(time.Hour).Format(time.RFC3339)})
	w.put(t, "withdrawn", map[string]any{"url": "https://news.example/withdrawn", "headline": "Yesterday's story"})
	w.withdraw(t, "withdrawn")
	answer := func(status int) string {
		return fmt.Sprintf(`window.fetch = async () => new Response('<p>failed</p>', { status: %d });`, status)
	}
	const anyStory = `<share-bar url=https://news.example/a title=A `
	for _, tt := range []struct{ name, bar, before, left, warns string }{
		{"under embargo", "<share-bar article=embargoed>The twin</share-bar>", "", all, ""},
		{"withdrawn", "<share-bar article=withdrawn></share-bar>", "", "", ""},
		{"never registered", "<share-bar article=no-such-story></share-bar>", "", all, ""},
		{"404 of a proxy", "<share-bar article=harbour></share-bar>", answer(404), all, ""},
		{"an unknown target", "<share-bar article=harbour targets=facebook,myspace,mail,link></share-bar>", "", "facebook mail link", "leaves out myspace"},
		{"an unknown target of any story", anyStory + `targets=mail,link,instagram></share-bar>`, "", "mail link", "leaves out instagram"},
		{"only unknown targets", anyStory + `targets=instagram,myspace></share-bar>`, "", all, "leaves out instagram, myspace"},
		{"pinterest without an image", anyStory + `targets=x,pinterest,facebook></share-bar>`, "", "twitter facebook", "leaves out pinterest"},
		{"pinterest with one", anyStory + `targets=pinterest,x image=https://news.example/a.jpg></share-bar>`, answer(500), "pinterest twitter", ""},
		{"pinterest of an article", "<share-bar article=harbour targets=pinterest,x></share-bar>", "", "pinterest twitter", ""},
		{"a mistake in another attribute", anyStory + `via="not a name"></share-bar>`, "", all, "via"},
		{"400 without JSON", "<share-bar article=harbour></share-bar>", answer(400), all, "400"},
		{"500", "<share-bar article=harbour></share-bar>", answer(500), all, ""},
		{"503", "<share-bar article=harbour></share-bar>", answer(503), all, ""},
		{"429", "<share-bar article=harbour></share-bar>", answer(429), all, ""},
		{"200 without JSON", "<share-bar article=harbour></share-bar>", answer(200), all, ""},
		{"no network", "<share-bar article=harbour></share-bar>", `window.fetch = () => Promise.reject(new TypeError('away'));`, all, ""},
		{"no answer, ever", "<share-bar article=harbour></share-bar>", `window.fetch = () => new Promise(() => {});`, all, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := newTab(t, w)
			p.before(watched + tt.before)
			p.open(w.articleAt("bar", tt.bar))
			p.until(`window.settled`)
			if got := eval[string](p, `[...`+bar+`.querySelectorAll('.cards-item')].filter((e) => e.checkVisibility()).map((e) => e.dataset.target).join(' ')`); got != tt.left {
				t.Errorf("left: %q, want %q", got, tt.left)
			}
			if got := eval[bool](p, bar+`.querySelector('.cards-bar') !== null`); got != (tt.left != "") {
				t.Errorf("a toolbar: %v", got)
			}
			if got := eval[string](p, `[...`+bar+`.querySelectorAll('a')].filter((e) => e.checkVisibility() && !/^(https?|mailto):/.test(e.href)).map((e) => e.outerHTML).join()`); got != "" {
				t.Errorf("links that lead nowhere: %s", got)
			}
			if got := eval[string](p, `window.warned.join('; ')`); (tt.warns == "") != (got == "") || !strings.Contains(got, tt.warns) {
				t.Errorf("the console says %q, want %q in it", got, tt.warns)
			}
		})
	}
	p := newTab(t, w)
	p.before(watched + answer(500))
	p.open(w.articleAt("bar", "<share-bar article=harbour></share-bar>"))
	p.until(`window.settled`)
	if got := eval[string](p, item("mail")+".href"); got != "mailto:?subject=Harbour%20lamps%20lit%20early%20as%20the%20storm%20turns&body=https%3A%2F%2Fnews.example%2Fharbour" {
		t.Errorf("mail: %s", got)
	}
}
