package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestWhereAsked: the bar and the list stand where a block or a shortcode puts them, and the bar only once.
func TestWhereAsked(t *testing.T) {
	s := wordpress(t)
	id := s.post(t, map[string]any{"title": "Ferry timetable for the winter", "status": "publish", "content": "<!-- wp:cards/share-bar /-->" +
		"<!-- wp:paragraph --><p>The last boat leaves at nine.</p><!-- /wp:paragraph -->" +
		`<!-- wp:cards/top-stories {"limit":"5","heading":"Most read"} /-->` + "<!-- wp:shortcode -->[cards_top limit=3 window=7d]<!-- /wp:shortcode -->"})
	url, _ := s.registered(t, id)["url"].(string)
	page := s.page(t, url)
	for part, want := range map[string]int{
		"<share-bar ": 1, fmt.Sprintf(`article="wp-%d"`, id): 1, "<top-stories ": 2, `heading="Most read"`: 1, `limit="3" window="7d"`: 1,
		s.cards.url + "/embed/cards.js": 1,
	} {
		if n := strings.Count(page, part); n != want {
			t.Errorf("%d of %s", n, part)
		}
	}
	_, inside, _ := strings.Cut(page, "<share-bar ")
	inside, _, _ = strings.Cut(inside, "</share-bar>")
	if !strings.Contains(inside, "/s/") || !strings.Contains(inside, "Facebook") {
		t.Errorf("without script the bar has no links: %s", inside)
	}
	short, _ := s.registered(t, id)["short_url"].(string)
	if r := call(t, http.MethodGet, short, "", nil, "User-Agent", agent, "Accept", "text/html"); r.status != http.StatusFound {
		t.Errorf("the short link: %d", r.status)
	}
	if err := eventually(func() error {
		if r := call(t, http.MethodGet, s.cards.url+"/v1/top", "", nil); !strings.Contains(string(r.body), short) {
			return fmt.Errorf("the Top 10: %s", r.body)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	p := s.browse(t)
	p.open(url)
	p.until(`document.querySelector('top-stories')?.shadowRoot?.querySelector('li')`)
	p.picture("blocks")
}

// TestClassicEditor: the form has the same choices, and what is chosen there reaches the card.
func TestClassicEditor(t *testing.T) {
	s := wordpress(t)
	id := s.post(t, map[string]any{"title": "Harbour museum opens", "status": "publish"})
	s.registered(t, id)
	p := s.browse(t)
	p.open(fmt.Sprintf("%s/wp-admin/post.php?post=%d&action=edit&classic=1", s.url, id))
	p.until(`document.getElementById('cards-headline')`)
	p.run(`document.getElementById('cards').scrollIntoView()`)
	p.picture("classic")
	p.leaves(`document.getElementById('cards-headline').value = '50 % off & "free" on Sunday'; document.getElementById('cards-badge').value = 'live';
		HTMLFormElement.prototype.submit.call(document.getElementById('post'))`)
	err := eventually(func() error {
		if a, _ := s.article(t, id); a["headline"] != `50 % off & "free" on Sunday` || a["badge"] != "live" {
			return fmt.Errorf("the article: %v", a)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	p.open(fmt.Sprintf("%s/wp-admin/post.php?post=%d&action=edit&classic=1", s.url, id))
	if got := value[string](p, `document.getElementById('cards-headline').value`); got != `50 % off & "free" on Sunday` {
		t.Errorf("the form has %q", got)
	}
}

// TestOthersMayNot: who cannot edit a post gets nothing of it from the plugin, and the token from nowhere.
func TestOthersMayNot(t *testing.T) {
	s := wordpress(t)
	id := s.post(t, map[string]any{"title": "A draft", "status": "draft"})
	for _, path := range []string{"", "/card", "/check"} {
		r := call(t, http.MethodGet, fmt.Sprintf("%s/wp-json/cards/v1/posts/%d%s", s.url, id, path), "", nil)
		if r.status != http.StatusUnauthorized {
			t.Errorf("%s: %d %s", path, r.status, r.body)
		}
	}
	if r := call(t, http.MethodPost, s.url+"/wp-admin/admin-post.php?action=cards_test", "", nil); r.status < 300 {
		t.Errorf("the test of the settings: %d", r.status)
	}
}
