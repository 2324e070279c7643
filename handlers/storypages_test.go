package handlers

import (
	"encoding/json"
	"html"
	"net/url"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/store"
)

// looked is a link for a colleague to a draft, which works for a day.
func looked(draft url.Values) string {
	signer, err := card.NewSigner([]byte(strings.Repeat("k", card.MinKey)))
	if err != nil {
		panic(err)
	}
	return "/look?" + signer.Sign("/look", draft, noon.Add(24*time.Hour)).Encode()
}

// TestStoryList: the list asks the store for what its form says.
func TestStoryList(t *testing.T) {
	after := store.Cursor{Changed: noon, ID: "storm-1"}
	for query, want := range map[string]store.ArticleQuery{
		"":                          {},
		"?q=+Storm+Fr%C3%9CH+":      {Text: "storm früh"},
		"?site=A&kind=live":         {Site: "A", Kind: "live"},
		"?state=withdrawn":          {State: store.Withdrawn},
		"?cursor=" + after.String(): {After: after},
		"?utm_source=slack":         {},
	} {
		h := newHouse(t)
		h.articles.listed = []store.Record{storm()}
		resp := h.do(t, authorized("GET", "/studio/stories"+query, ""))
		page := text(t, resp)
		want.Newest, want.Limit = true, 30
		if resp.StatusCode != 200 || len(h.articles.queries) != 1 || h.articles.queries[0] != want {
			t.Errorf("%s: %d, asked %+v, want %+v", query, resp.StatusCode, h.articles.queries, want)
		}
		for _, part := range []string{`href="/?article=storm-1" dir="auto"`, "Storm &amp; “front”", `src="/cards/storm-1/`, "no-store"} {
			if !strings.Contains(page+resp.Header.Get("Cache-Control"), part) && query != "?state=withdrawn" {
				t.Errorf("%s: no %q", query, part)
			}
		}
		if strings.Contains(page, "src=\"/cards/") && query == "?state=withdrawn" {
			t.Error("a picture of a withdrawn story")
		}
	}
	for _, query := range []string{"?state=x", "?kind=x", "?order=x", "?cursor=x", "?q=" + strings.Repeat("a", 201), "?q=a&q=b"} {
		h := newHouse(t)
		h.foreign = true
		if resp := h.do(t, authorized("GET", "/studio/stories"+query, "")); resp.StatusCode != 400 {
			t.Errorf("%s: %d", query, resp.StatusCode)
		}
	}
}

func TestMostRead(t *testing.T) {
	h := newHouse(t)
	page := text(t, h.do(t, authorized("GET", "/studio/stories?order=7d&q=Storm&kind=news", "")))
	want := store.TopQuery{Since: noon.Add(-7 * 24 * time.Hour), Now: noon, Text: "storm", Kind: "news", Limit: 30}
	if len(h.clicks.asked) != 1 || h.clicks.asked[0] != want || !strings.Contains(page, "<b>2</b> reads") {
		t.Errorf("asked %+v", h.clicks.asked)
	}
}

// TestOpenStory: the form has what is stored, and the page its versions, sums and journal.
func TestOpenStory(t *testing.T) {
	now, was := storm(), storm()
	now.Article.Tags, now.Article.Deck, now.PhotoID = []string{"weather"}, "A deck", "upload:0123456789abcdef0123456789abcdef"
	was.Article.Headline, was.Version = "Storm front", "v1"
	h := newHouse(t)
	h.articles.byID = func(string) (store.Record, error) { return now, nil }
	h.articles.past = []store.Period{{Record: now, Number: 3, From: noon.Add(-time.Hour)}, {Record: was, Number: 1, From: noon.Add(-2 * time.Hour), Until: noon.Add(-time.Hour)}}
	resp := h.do(t, authorized("GET", "/?article=storm-1&utm_source=x", ""))
	page := text(t, resp)
	for _, want := range []string{`data-article="storm-1"`, "A deck</textarea>", `name="tags" form="form" type="text" value="weather"`, `name="base" value="3-`, `src="/cards/storm-1/v1/600x315.jpg"`,
		"Storm <ins>&amp; “</ins>front<ins>”</ins>", `aria-label="Reads and shares by hour: 3 in all. Most at 12:00: 2."`, "No changes yet.", ">https://cards.example/s/abcdefg<", "photo=upload%3A0123456789abcdef0123456789abcdef"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q on the page", want)
		}
	}
	if resp := h.do(t, authorized("GET", "/?article=storm-1&audit=1", "")); !strings.Contains(text(t, resp), "The published story has no issues.") {
		t.Error("no audit")
	}
	h.articles.byID, h.articles.past = func(string) (store.Record, error) { return store.Record{}, store.ErrNotFound }, nil
	for _, id := range []string{"none", "..", "a%20b"} {
		if resp := h.do(t, authorized("GET", "/?article="+id, "")); resp.StatusCode != 404 || !strings.Contains(text(t, resp), "No such story") {
			t.Errorf("%s: %d", id, resp.StatusCode)
		}
	}
}

// TestStateOfAStory: the script hears which fields differ from what is stored.
func TestStateOfAStory(t *testing.T) {
	h := newHouse(t)
	for query, want := range map[string]string{
		"": "", "&headline=Storm+over": "headline", "&base=3-x&headline=Storm+over": "caption headline photo site url",
	} {
		var state api.StudioState
		resp := h.do(t, authorized("GET", "/studio.json?article=storm-1"+query, ""))
		if err := json.NewDecoder(resp.Body).Decode(&state); err != nil || strings.Join(state.Changed, " ") != want {
			t.Errorf("%s: %v, %v", query, state.Changed, err)
		}
	}
}

func TestVersions(t *testing.T) {
	now, was := storm(), storm()
	was.Article.Headline, was.Version = "Storm front", "v1"
	h := newHouse(t)
	h.articles.past = []store.Period{{Record: now, Number: 3, From: noon}, {Record: was, Number: 2, From: noon.Add(-time.Hour), Until: noon, Withdrawn: true}, {Record: was, Number: 1, From: noon.Add(-2 * time.Hour), Until: noon.Add(-time.Hour)}}
	var got api.Versions
	resp := h.do(t, authorized("GET", "/v1/articles/storm-1/versions?limit=2", ""))
	if err := json.NewDecoder(resp.Body).Decode(&got); err != nil || len(got.Versions) != 2 || got.Next != "2" {
		t.Fatalf("%+v, %v", got, err)
	}
	first, second := got.Versions[0], got.Versions[1]
	if !first.Until.IsZero() || !second.Withdrawn || !second.Until.Equal(noon) || len(second.Changes) != 0 || !strings.Contains(second.Images.Og.Url, "/v1/og.jpg") {
		t.Errorf("%+v", got)
	}
	if len(first.Changes) != 1 || first.Changes[0].Field != "headline" || first.Changes[0].Before != "Storm front" || len(first.Changes[0].Words) != 4 {
		t.Errorf("changes %+v", first.Changes)
	}
	h.foreign = true
	for _, query := range []string{"?limit=51", "?limit=0", "?cursor=x", "?cursor=0", "?x=1"} {
		if resp := h.do(t, authorized("GET", "/v1/articles/storm-1/versions"+query, "")); resp.StatusCode != 400 {
			t.Errorf("%s: %d", query, resp.StatusCode)
		}
	}
}

func TestSeries(t *testing.T) {
	var got api.Stats
	resp := newHouse(t).do(t, authorized("GET", "/v1/articles/storm-1/stats?step=1h", ""))
	if err := json.NewDecoder(resp.Body).Decode(&got); err != nil || len(got.Series) != 2 || got.Series[1].Clicks != 1 || got.Series[1].By["mail"] != 1 || len(got.Series[0].By) != 0 {
		t.Errorf("%+v, %v", got.Series, err)
	}
}

// TestBoard: the page has the list, and asks for the same one.
func TestBoard(t *testing.T) {
	page := text(t, newHouse(t).do(t, authorized("GET", "/studio/top?window=7d&site=The+Harbor+Post&scheme=dark", "")))
	for _, want := range []string{`class="dark"`, `data-source="/v1/top?limit=10&amp;site=The&#43;Harbor&#43;Post&amp;window=7d"`, `data-id="storm-1"`, "Storm &amp; “front”"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q: %.600s", want, page)
		}
	}
}

// TestLook: a link shows the draft and its pictures without sign-in, until it ends, and nothing else.
func TestLook(t *testing.T) {
	h := newHouse(t)
	made := text(t, h.do(t, form("/studio/link", url.Values{"headline": {"Storm <over>"}, "caption": {"Waves"}, "days": {"1"}, "tags": {"secret"}})))
	_, rest, _ := strings.Cut(made, `id="look-url" type="text" readonly value="https://cards.example`)
	link, _, _ := strings.Cut(rest, `"`)
	link = html.UnescapeString(link)
	if !strings.HasPrefix(link, "/look?") || strings.Contains(link, "secret") || h.journal.said() != "API token draft.link for 1 days" {
		t.Fatalf("%q, %s", link, h.journal.said())
	}
	resp := h.do(t, request("GET", link+"&fbclid=x", ""))
	page := text(t, resp)
	if resp.StatusCode != 200 || !strings.Contains(page, "Storm &lt;over&gt;</h1>") || !strings.Contains(page, "until <time") || strings.Count(page, `src="/v1/card.`) < 7 || strings.Contains(page, "/studio/") {
		t.Errorf("%d: %.500s", resp.StatusCode, page)
	}
	if resp.Header.Get("Cache-Control") != "no-store" || !strings.Contains(resp.Header.Get("X-Robots-Tag"), "noindex") || resp.Header.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("headers %v", resp.Header)
	}
	_, picture, _ := strings.Cut(page, `class="large" src="`)
	picture, _, _ = strings.Cut(picture, `"`)
	picture = html.UnescapeString(picture)
	h.pictures.kept = []byte("picture")
	if resp := h.do(t, request("GET", picture, "")); resp.StatusCode != 200 {
		t.Errorf("the picture: %d", resp.StatusCode)
	}
	for why, at := range map[string]string{
		"another headline": strings.Replace(link, "Storm", "Storn", 1), "later": strings.Replace(link, "expires=1", "expires=2", 1), "unsigned": "/look?headline=A",
		"another picture": strings.Replace(picture, "Storm", "Storn", 1),
	} {
		if resp := h.do(t, request("GET", at, "")); resp.StatusCode != 403 {
			t.Errorf("%s: %d", why, resp.StatusCode)
		}
	}
	h.deps.Now = func() time.Time { return noon.Add(24 * time.Hour) }
	for _, at := range []string{link, picture} {
		if resp := h.do(t, request("GET", at, "")); resp.StatusCode != 410 {
			t.Errorf("after a day: %d", resp.StatusCode)
		}
	}
}

func TestLinksAreBounded(t *testing.T) {
	for why, tt := range map[string]struct {
		q    url.Values
		want string
	}{
		"too long": {url.Values{"headline": {"A"}, "caption": {strings.Repeat("가", 1000)}}, "too long for a link"},
		"errors":   {url.Values{"headline": {""}}, "The form has errors"},
	} {
		h := newHouse(t)
		if page := text(t, h.do(t, form("/studio/link", tt.q))); !strings.Contains(page, tt.want) || len(h.journal.entries) > 0 {
			t.Errorf("%s: no %q", why, tt.want)
		}
	}
	h := newHouse(t)
	h.foreign = true
	if resp := h.do(t, form("/studio/link", url.Values{"headline": {"A"}, "days": {"400"}})); resp.StatusCode != 400 {
		t.Errorf("400 days: %d", resp.StatusCode)
	}
}
