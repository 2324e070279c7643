package handlers

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

// form is a request with a form, as a page of the studio sends it.
func form(target string, values url.Values, headers ...string) *http.Request {
	r := request("POST", target, values.Encode(), append([]string{"Content-Type", "application/x-www-form-urlencoded", "Origin", "https://cards.example"}, headers...)...)
	r.AddCookie(sessionOf(token, noon))
	return r
}

// stormForm are the values of the form of the storm, with changes.
func stormForm(more ...string) url.Values {
	values := url.Values{"base": {"3-" + storm().Version}, "action": {"publish"}, "url": {"https://news.example/storm"}, "headline": {"Storm & “front”"},
		"caption": {"Waves"}, "site": {"The Harbor Post"}, "photo": {"https://pictures.example/a.jpg"}, "size": {"og"}, "badge": {""}}
	for i := 0; i+1 < len(more); i += 2 {
		values.Set(more[i], more[i+1])
	}
	return values
}

// TestPublish: what the editor has changed is stored under her name, and all else stays.
func TestPublish(t *testing.T) {
	full := storm()
	full.Article.Tags, full.Article.UpdatedAt = []string{"weather", "coast"}, noon.Add(-time.Hour)
	full.Article.Authors, full.Article.Byline = []article.Author{{Name: "Ann", X: "ann"}}, "Ann"
	full.Article.PublishedAt = noon.Add(30 * time.Second)
	full.Article.Fields = map[string]string{"number": "3:1"}
	same := []string{"tags", "weather, coast", "byline", "Ann", "published", "2026-11-23T12:00", "fields[number]", "3:1"}
	for _, tt := range []struct {
		why    string
		more   []string
		detail string
		change func(*article.Article)
	}{
		{"nothing", nil, "", nil},
		{"a headline", []string{"headline", "Storm over"}, "headline", func(a *article.Article) { a.Headline = "Storm over" }},
		{"line breaks as browsers send them", []string{"caption", "Waves\r\n"}, "", nil},
		{"look and focal point", []string{"badge", "breaking", "template", "text", "font_step", "-1", "focal", "0.2,0.75"}, "badge, focal, font_step, template", func(a *article.Article) {
			a.Badge, a.Template, a.FontStep, a.Photo.Focal = "breaking", "text", -1, &card.Focal{X: .2, Y: .75}
		}},
		{"tags, byline and times", []string{"tags", "coast", "byline", "Ben", "published", "2026-11-23T13:00", "embargo", "2026-12-01T00:00"}, "byline, embargo, published, tags", func(a *article.Article) {
			a.Tags, a.Authors, a.Byline = []string{"coast"}, nil, "Ben"
			a.PublishedAt, a.EmbargoUntil = noon.Add(time.Hour), time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
		}},
		{"no photo, no figure", []string{"photo", "", "fields[number]", ""}, "fields[number], photo", func(a *article.Article) { a.Photo.URL, a.Fields = "", nil }},
		{"a portrait", []string{"portrait", "https://pictures.example/b.jpg", "portrait_alt", "Ann", "portrait_focal", "0.5,0.5"}, "portrait, portrait_alt, portrait_focal", func(a *article.Article) {
			a.Portrait = article.Photo{URL: "https://pictures.example/b.jpg", Alt: "Ann", Focal: &card.Focal{X: .5, Y: .5}}
		}},
		{"rights", []string{"photo_social", "no", "photo_until", "2026-12-01T00:00", "photo_countries", "KR, JP"}, "photo_countries, photo_social, photo_until", func(a *article.Article) {
			a.Photo.Rights = article.Rights{NotSocial: true, Expires: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), Territories: []string{"KR", "JP"}}
		}},
		{"another page", []string{"url", "https://news.example/b", "kind", "opinion"}, "kind, url", func(a *article.Article) { a.URL, a.Kind = "https://news.example/b", "opinion" }},
	} {
		h := newHouse(t)
		h.articles.byID = func(string) (store.Record, error) { return full, nil }
		var put []article.Article
		h.articles.PutFn = func(a article.Article, o stories.PutOptions) (stories.Result, error) {
			put = append(put, a)
			return stories.Result{Record: store.Record{Article: a}}, nil
		}
		var entry journal.Entry
		h.articles.changing = func(ctx context.Context) { entry, _ = journal.Of(ctx, noon) }
		resp := h.do(t, form("/studio/stories/storm-1", stormForm(append(slices.Clone(same), tt.more...)...)))
		if resp.StatusCode != 303 || resp.Header.Get("Location") != "/?article=storm-1&done=published" {
			t.Fatalf("%s: %d to %q: %.300s", tt.why, resp.StatusCode, resp.Header.Get("Location"), text(t, resp))
		}
		if tt.change == nil {
			if len(put) > 0 {
				t.Errorf("%s: stored %+v", tt.why, put)
			}
			continue
		}
		want := full.Article
		tt.change(&want)
		if len(put) != 1 || put[0].Version("") != want.Version("") || put[0].Byline != want.Byline || !slices.Equal(put[0].Tags, want.Tags) || !put[0].UpdatedAt.Equal(want.UpdatedAt) || !put[0].EmbargoUntil.Equal(want.EmbargoUntil) {
			t.Errorf("%s: stored %+v, want %+v", tt.why, put, want)
		}
		if entry.Who != "API token" || entry.Action != journal.Patch || entry.Detail != tt.detail {
			t.Errorf("%s: the journal has %+v", tt.why, entry)
		}
	}
}

// TestActs: the other actions, each with its condition.
func TestActs(t *testing.T) {
	for name, tt := range map[string]struct {
		done   string
		action journal.Action
	}{
		"withdraw": {"withdrawn", journal.Withdraw}, "refresh": {"refreshed", journal.Refresh}, "lift": {"lifted", journal.Patch},
	} {
		h := newHouse(t)
		secret := storm()
		secret.Article.EmbargoUntil = noon.Add(time.Hour)
		h.articles.byID = func(string) (store.Record, error) { return secret, nil }
		h.articles.PutFn = func(a article.Article, _ stories.PutOptions) (stories.Result, error) {
			if !a.EmbargoUntil.IsZero() || a.Headline != secret.Article.Headline {
				t.Errorf("%s stores %+v", name, a)
			}
			return stories.Result{}, nil
		}
		var did journal.Action
		h.articles.changing = func(ctx context.Context) { e, _ := journal.Of(ctx, noon); did = e.Action }
		resp := h.do(t, form("/studio/stories/storm-1", stormForm("action", name, "headline", "Not yet", "embargo", "2026-11-23T13:00")))
		if resp.StatusCode != 303 || !strings.HasSuffix(resp.Header.Get("Location"), "done="+tt.done) || did != tt.action {
			t.Errorf("%s: %d to %q, %s", name, resp.StatusCode, resp.Header.Get("Location"), did)
		}
	}
}

// TestConflict: a story that others have changed is not overwritten. The page has both texts, and the form what is
// stored with the editor's changes.
func TestConflict(t *testing.T) {
	was, now := storm(), storm()
	now.Article.Headline, now.Article.Kicker, now.Revision = "Storm turns", "Weather", 4
	now.Version = now.Article.Version("")
	h := newHouse(t)
	h.articles.byID = func(string) (store.Record, error) { return now, nil }
	h.articles.past = []store.Period{{Record: now, Number: 4, From: noon}, {Record: was, Number: 3, From: noon.Add(-time.Hour), Until: noon}}
	h.articles.PutFn = func(article.Article, stories.PutOptions) (stories.Result, error) {
		t.Error("it was stored")
		return stories.Result{}, nil
	}
	h.journal.entries = []journal.Entry{{At: noon, Who: "Jane Roe", Action: journal.Patch, Article: "storm-1", Version: now.Version}}
	mine := stormForm("headline", "Storm over", "caption", "Calm")
	resp := h.do(t, form("/studio/stories/storm-1", mine))
	page := text(t, resp)
	if resp.StatusCode != 412 {
		t.Errorf("%d", resp.StatusCode)
	}
	for _, want := range []string{"Jane Roe has published this story", "Storm over</textarea>", "Calm</textarea>", `value="Weather"`, "<ins>turns</ins>", "Yours, in the form</small>Storm over", `name="base" value="4-` + now.Version, "Changed: Caption, Headline"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q on the page", want)
		}
	}
	again, err := url.ParseQuery(mine.Encode())
	if err != nil {
		t.Fatal(err)
	}
	again.Set("base", "4-"+now.Version)
	again.Set("kicker", "Weather")
	var put article.Article
	h.articles.PutFn = func(a article.Article, _ stories.PutOptions) (stories.Result, error) {
		put = a
		return stories.Result{}, nil
	}
	if resp := h.do(t, form("/studio/stories/storm-1", again)); resp.StatusCode != 303 || put.Headline != "Storm over" || put.Kicker != "Weather" || put.Caption != "Calm" {
		t.Errorf("published again: %d, %+v", resp.StatusCode, put)
	}
}

// TestChangedInBetween: a change between the reading and the storing is a conflict too.
func TestChangedInBetween(t *testing.T) {
	h := newHouse(t)
	h.articles.PutFn = func(article.Article, stories.PutOptions) (stories.Result, error) {
		return stories.Result{}, stories.ErrPrecondition
	}
	if resp := h.do(t, form("/studio/stories/storm-1", stormForm("headline", "Storm over"))); resp.StatusCode != 412 || !strings.Contains(text(t, resp), "Storm over</textarea>") {
		t.Errorf("%d", resp.StatusCode)
	}
}

// TestPublishIsRefused: errors stand at their fields, and requests that no page of the studio sends change nothing.
func TestPublishIsRefused(t *testing.T) {
	for _, tt := range []struct {
		why    string
		r      *http.Request
		status int
		want   string
	}{
		{"no headline", form("/studio/stories/storm-1", stormForm("headline", "")), 400, "Not published: Headline"},
		{"a bad focal point", form("/studio/stories/storm-1", stormForm("focal", "2,2")), 400, "Focal point must lie between 0 and 1"},
		{"a bad time", form("/studio/stories/storm-1", stormForm("embargo", "soon")), 400, "Embargo until must be a day and a time"},
		{"no action", form("/studio/stories/storm-1", stormForm("action", "")), 400, `"field":"action"`},
		{"an unknown field", form("/studio/stories/storm-1", stormForm("x", "y")), 400, `"field":"x"`},
		{"an unknown story", form("/studio/stories/none", stormForm()), 404, "not_found"},
		{"no form", authorized("POST", "/studio/stories/storm-1", "{}"), 400, "must be a form"},
		{"a long form", form("/studio/stories/storm-1", stormForm("caption", strings.Repeat("a", 128<<10))), 413, "too_large"},
		{"another site's page", form("/studio/stories/storm-1", stormForm(), "Origin", "https://evil.example"), 401, ""},
	} {
		h := newHouse(t)
		h.foreign = true
		known := h.articles.byID
		h.articles.byID = func(id string) (store.Record, error) {
			if id == "none" {
				return store.Record{}, store.ErrNotFound
			}
			return known(id)
		}
		h.articles.PutFn = func(a article.Article, _ stories.PutOptions) (stories.Result, error) {
			_, err := a.Normalize()
			if err == nil {
				t.Errorf("%s: stored", tt.why)
			}
			return stories.Result{}, err
		}
		resp := h.do(t, tt.r)
		if page := text(t, resp); resp.StatusCode != tt.status || !strings.Contains(page, tt.want) {
			t.Errorf("%s: %d, without %q: %.300s", tt.why, resp.StatusCode, tt.want, page)
		}
	}
}
