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

// TestRefusedBar: a story that readers may not see has no bar. After every other failure copying
// and mail are left, and a mistake of the page's own is named in the console.
func TestRefusedBar(t *testing.T) {
	w := here(t)
	harbour(w, t)
	w.put(t, "embargoed", map[string]any{"url": "https://news.example/embargoed", "headline": "Tomorrow's story", "embargo_until": time.Now().Add(time.Hour).Format(time.RFC3339)})
	w.put(t, "withdrawn", map[string]any{"url": "https://news.example/withdrawn", "headline": "Yesterday's story"})
	w.withdraw(t, "withdrawn")
	answer := func(status int) string {
		return fmt.Sprintf(`window.fetch = async () => new Response('<p>failed</p>', { status: %d });`, status)
	}
	for _, tt := range []struct{ name, bar, before, left, warns string }{
		{"under embargo", "<share-bar article=embargoed>The twin</share-bar>", "", "", ""},
		{"withdrawn", "<share-bar article=withdrawn></share-bar>", "", "", ""},
		{"never registered", "<share-bar article=no-such-story></share-bar>", "", "", ""},
		{"404 of a proxy", "<share-bar article=harbour></share-bar>", answer(404), "", ""},
		{"an unknown target", "<share-bar article=harbour targets=facebook,myspace,mail,link></share-bar>", "", "mail link", "myspace"},
		{"an unknown target of any story", `<share-bar url=https://news.example/a title=A targets=mail,link,myspace></share-bar>`, "", "mail link", "myspace"},
		{"400 without JSON", "<share-bar article=harbour></share-bar>", answer(400), "mail link", "400"},
		{"500", "<share-bar article=harbour></share-bar>", answer(500), "mail link", ""},
		{"503", "<share-bar article=harbour></share-bar>", answer(503), "mail link", ""},
		{"429", "<share-bar article=harbour></share-bar>", answer(429), "mail link", ""},
		{"200 without JSON", "<share-bar article=harbour></share-bar>", answer(200), "mail link", ""},
		{"no network", "<share-bar article=harbour></share-bar>", `window.fetch = () => Promise.reject(new TypeError('away'));`, "mail link", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := newTab(t, w)
			p.before(watched + tt.before)
			p.open(w.articleAt("bar", tt.bar))
			p.until(`window.settled`)
			if got := eval[string](p, `[...`+bar+`.querySelectorAll('.cards-item')].map((e) => e.dataset.target).join(' ')`); got != tt.left {
				t.Errorf("left: %q, want %q", got, tt.left)
			}
			if got := eval[bool](p, bar+`.querySelector('.cards-bar') !== null`); got != (tt.left != "") {
				t.Errorf("a toolbar: %v", got)
			}
			if tt.left != "" {
				if got := eval[string](p, item("mail")+".href"); !strings.HasPrefix(got, "mailto:?subject=") {
					t.Errorf("mail: %s", got)
				}
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
