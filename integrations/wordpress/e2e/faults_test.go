package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestServiceIsAway: while the service is stopped, saves and pages work as before, and what was saved meanwhile is
// registered when it is back.
func TestServiceIsAway(t *testing.T) {
	s := wordpress(t)
	old := s.post(t, map[string]any{"title": "Council votes on the tram", "status": "publish"})
	s.registered(t, old)
	url, _ := s.registered(t, old)["url"].(string)

	s.cards.stop()
	t.Cleanup(func() {
		if err := s.cards.start(); err != nil {
			t.Error(err)
		}
	})
	began := time.Now()
	fresh := s.post(t, map[string]any{"title": "Bridge closed after a barge hit it", "status": "publish"})
	s.api(t, http.MethodPost, fmt.Sprintf("posts/%d", old), map[string]any{"title": "Council votes for the tram"})
	t.Logf("two saves took %s while the service was away", time.Since(began).Round(time.Millisecond))
	if page := s.page(t, url); content(t, page, `property="og:title"`) != "Council votes on the tram" {
		t.Error("the tags of the last registration are gone")
	}
	err := eventually(func() error {
		state := s.becomes(t, fresh, "waiting")
		if !strings.Contains(fmt.Sprint(state["label"]), "cannot be reached") {
			return fmt.Errorf("the state: %v", state)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}

	if err := s.cards.start(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.php("<?php require 'wp-load.php'; CardsPlugin\\Registration::catchUp();"); err != nil {
		t.Fatal(err)
	}
	s.isRight(t, url, "Council votes for the tram")
	if a := s.registered(t, fresh); a["headline"] != "Bridge closed after a barge hit it" {
		t.Errorf("the article: %v", a)
	}
}

// post writes a post without the browser.
func (s *site) post(t *testing.T, fields map[string]any) (id int) {
	t.Helper()
	n, _ := s.api(t, http.MethodPost, "posts", fields)["id"].(float64)
	return int(n)
}

// TestScheduled: a post that is published later is under embargo until then.
func TestScheduled(t *testing.T) {
	s := wordpress(t)
	at := time.Now().Add(time.Hour).UTC().Format("2006-01-02T15:04:05")
	id := s.post(t, map[string]any{"title": "Budget of the city", "status": "future", "date_gmt": at})
	a := s.registered(t, id)
	if a["embargo_until"] != at+"Z" || a["url"] != s.url+"/budget-of-the-city" && a["url"] != s.url+"/budget-of-the-city/" {
		t.Errorf("the article: %v", a)
	}
	short, _ := a["short_url"].(string)
	if r := call(t, http.MethodGet, short, "", nil); r.status != http.StatusNotFound {
		t.Errorf("its short link: %d", r.status)
	}
	s.api(t, http.MethodPost, fmt.Sprintf("posts/%d", id), map[string]any{"status": "publish", "date_gmt": time.Now().Add(-time.Minute).UTC().Format("2006-01-02T15:04:05")})
	err := eventually(func() error { // by the API: short links refuse whoever asks for unknown ones too often
		if a, _ := s.article(t, id); a["embargo_until"] != nil {
			return fmt.Errorf("published: %v", a)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if r := call(t, http.MethodGet, short, "", nil); r.status != http.StatusFound {
		t.Errorf("its short link when it is published: %d", r.status)
	}
}

// TestSettings: the page has no token, and the test says what is wrong.
func TestSettings(t *testing.T) {
	s := wordpress(t)
	p := s.browse(t)
	p.open(s.url + "/wp-admin/options-general.php?page=cards")
	p.until(`document.getElementById('cards-service')`)
	p.picture("settings")
	if strings.Contains(value[string](p, `document.documentElement.outerHTML`), s.cards.token) {
		t.Error("the page has the token")
	}
	save := func(token string) {
		p.leaves(`const token = document.getElementById('cards-token'); token.value = '` + token + `'; HTMLFormElement.prototype.submit.call(token.form)`)
		p.until(`document.getElementById('setting-error-settings_updated')`)
	}
	for _, tt := range []struct{ why, token, want string }{
		{"right settings", "", "takes the token"}, {"a wrong token", "a-wrong-token-of-the-tests", "does not take this API token"},
		{"the right token again", s.cards.token, "takes the token"},
	} {
		if tt.token != "" {
			save(tt.token)
		}
		p.leaves(`HTMLFormElement.prototype.submit.call(document.querySelector('form[action*="admin-post"]'))`)
		p.until(`document.querySelector('.notice[role=status]')`)
		if got := value[string](p, `document.querySelector('.notice[role=status]').textContent`); !strings.Contains(got, tt.want) {
			t.Errorf("%s: %q", tt.why, got)
		}
		p.picture("settings-" + strings.ReplaceAll(tt.why, " ", "-"))
	}
}
