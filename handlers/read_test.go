package handlers

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/page"
)

type fakeStories struct {
	story page.Story
	err   error
	asked []string
}

func (f *fakeStories) Story(_ context.Context, url string) (page.Story, error) {
	f.asked = append(f.asked, url)
	return f.story, f.err
}

// TestPreviewOfAnEncodedAddress: the page behind an address that came as HTML is fetched by what it means.
func TestPreviewOfAnEncodedAddress(t *testing.T) {
	h := newHouse(t)
	stories := &fakeStories{story: page.Story{URL: "https://news.example/storm", Headline: "Storm"}}
	h.deps.PageReader = stories
	resp := h.do(t, authorized("POST", "/v1/articles:preview", `{"url":"https://news.example/?id=1&amp;p=2"}`))
	if resp.StatusCode != 200 || len(stories.asked) != 1 || stories.asked[0] != "https://news.example/?id=1&p=2" {
		t.Errorf("%d, fetched %q", resp.StatusCode, stories.asked)
	}
}

func TestPreviewArticle(t *testing.T) {
	full := page.Story{
		URL: "https://news.example/storm?utm_source=x", Headline: "Storm", Description: "Waves", Image: "https://pictures.example/a.jpg", ImageAlt: "A pier",
		Caption: "Waves break", Credit: "Jane Roe", Site: "The Harbor Post", Authors: []string{"Jane Roe", "Ann Doe"}, Section: "Weather", Lang: "en", Published: noon, Tags: []string{"storm"},
	}
	for _, tt := range []struct {
		why    string
		body   string
		story  page.Story
		err    error
		status int
		field  string
	}{
		{"a page", `{"url":"https://news.example/storm"}`, full, nil, 200, ""},
		{"a page without a photo", `{"url":"https://news.example/storm"}`, page.Story{URL: "https://news.example/storm", Headline: "Storm"}, nil, 200, ""},
		{"a page that encodes its words twice", `{"url":"https://news.example/storm"}`, page.Story{URL: "https://news.example/storm", Headline: "St&#111;rm"}, nil, 200, ""},
		{"a page without words", `{"url":"https://news.example/storm"}`, page.Story{URL: "https://news.example/storm"}, nil, 400, "url"},
		{"no address", `{}`, full, nil, 400, "url"},
		{"a script", `{"url":"javascript:alert(1)"}`, full, nil, 400, "url"},
		{"another field", `{"url":"https://news.example/storm","depth":2}`, full, nil, 400, "depth"},
		{"a blocked page", `{"url":"https://news.example/storm"}`, full, fetch.ErrUnavailable, 422, ""},
		{"a slow page", `{"url":"https://news.example/storm"}`, full, fetch.ErrTimeout, 504, ""},
	} {
		h := newHouse(t)
		stories := &fakeStories{story: tt.story, err: tt.err}
		h.deps.PageReader = stories
		resp := h.do(t, authorized("POST", "/v1/articles:preview", tt.body))
		raw := text(t, resp)
		if resp.StatusCode != tt.status {
			t.Errorf("%s: %d %s", tt.why, resp.StatusCode, raw)
			continue
		}
		if tt.status != 200 {
			var refused api.Error
			if err := json.Unmarshal([]byte(raw), &refused); err != nil || refused.Error.Field != tt.field {
				t.Errorf("%s: %s", tt.why, raw)
			}
			continue
		}
		// What it answers is the body of a PUT.
		if resp := h.do(t, authorized("PUT", "/v1/articles/storm-1?dry_run=1", raw)); resp.StatusCode != 200 {
			t.Errorf("%s: PUT says %d %s: %s", tt.why, resp.StatusCode, text(t, resp), raw)
		}
		var got api.Article
		if err := json.Unmarshal([]byte(raw), &got); err != nil || got.Headline != "Storm" || got.Url != "https://news.example/storm" {
			t.Errorf("%s: %s", tt.why, raw)
		}
	}
}

// TestPreviewSources: a header names the source of each field that the answer has.
func TestPreviewSources(t *testing.T) {
	story := page.Story{
		URL: "https://news.example/storm", Headline: "Storm", Caption: "Waves break", Credit: "Jane Roe", Authors: []string{"Jane Roe", "Ann Doe"}, Lang: "en",
		Image: "https://pictures.example/a.jpg", ImageAlt: "A pier",
		Sources: map[string]string{"url": "canonical", "headline": "og:title", "caption": "figcaption", "credit": "figcaption", "byline": "json-ld", "photo.url": "og:image", "photo.alt": "img", "lang": "lang"},
	}
	refused := story
	refused.Image = "https://pictures.example/" + strings.Repeat("a", 3000)
	for _, tt := range []struct {
		why     string
		story   page.Story
		sources string
		body    string
	}{
		{"a page", story, "byline=json-ld, caption=figcaption, credit=figcaption, headline=og:title, lang=lang, photo.alt=img, photo.url=og:image, url=canonical",
			`"byline":"Jane Roe and Ann Doe","caption":"Waves break","credit":"Jane Roe"`},
		{"a photo that PUT refuses, with its words", refused, "byline=json-ld, headline=og:title, lang=lang, url=canonical", `"byline":"Jane Roe and Ann Doe","headline"`},
	} {
		h := newHouse(t)
		h.deps.PageReader = &fakeStories{story: tt.story}
		resp := h.do(t, authorized("POST", "/v1/articles:preview", `{"url":"https://news.example/storm"}`))
		raw := text(t, resp)
		if got := resp.Header.Get("X-Card-Sources"); resp.StatusCode != 200 || got != tt.sources || !strings.Contains(raw, tt.body) {
			t.Errorf("%s: %d %q %s", tt.why, resp.StatusCode, got, raw)
		}
	}
}

// TestPreviewIsForTheHouse holds that strangers cannot make the service fetch.
func TestPreviewIsForTheHouse(t *testing.T) {
	for _, path := range []string{"/v1/articles:preview", "/studio/read"} {
		h := newHouse(t)
		stories := &fakeStories{}
		h.deps.PageReader, h.deps.StudioKey = stories, studioKey
		if resp := h.do(t, request(http.MethodPost, path, `{"url":"https://news.example/storm"}`)); resp.StatusCode != 401 || len(stories.asked) > 0 {
			t.Errorf("%s: %d, asked %v", path, resp.StatusCode, stories.asked)
		}
	}
	h := newHouse(t)
	h.deps.PageReader = &fakeStories{story: page.Story{URL: "https://news.example/storm", Headline: "Storm"}}
	editors := editorsRequest(http.MethodPost, "/studio/read", `{"url":"https://news.example/storm"}`)
	if resp := h.do(t, editors); resp.StatusCode != 200 {
		t.Errorf("an editor's: %d", resp.StatusCode)
	}
}
