package studio

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/web"
)

// Limits of the list.
const (
	listedStories = 30
	listedSites   = 100
	maxSought     = 200         // characters of the text to look for
	searchTime    = time.Second // after which a page is answered as far as it was found
)

// orders are the values of the parameter order: the window of the most read ones; 0: the newest.
var orders = []struct {
	name, label string
	window      time.Duration
}{
	{"", "Newest", 0}, {"24h", "Most read, 24 hours", 24 * time.Hour}, {"7d", "Most read, 7 days", 7 * 24 * time.Hour},
	{"30d", "Most read, 30 days", store.ClickLife},
}

// states are the values of the parameter state.
var states = []web.Option{{Value: "", Label: "Not withdrawn"}, {Value: string(store.Live), Label: "Live"},
	{Value: string(store.Embargoed), Label: "Embargoed"}, {Value: string(store.Withdrawn), Label: "Withdrawn"}}

// wanted is what the list is asked for.
type wanted struct {
	text, site, kind, state, order string
	window                         time.Duration
	after                          store.Cursor
}

// StoryList answers with the list of the stored stories.
func (h *Handlers) StoryList(c echo.Context) error {
	q, err := request.OpenQuery(c, "q", "site", "kind", "state", "order", "cursor")
	if err != nil {
		return err
	}
	w, err := readWanted(q)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	data := web.StoriesData{Visitor: h.visitor(c), Text: w.text, Site: w.site, Kind: w.kind,
		State: w.state, Order: w.order, States: states, Filtered: w.site+w.kind+w.state+w.text != ""}
	for _, o := range orders {
		data.Orders = append(data.Orders, web.Option{Value: o.name, Label: o.label})
	}
	data.Kinds = append([]web.Option{{Label: "All kinds"}, {Value: article.Kinds[0], Label: "News"}}, kindOptions()[1:]...)
	if data.Sites, err = h.siteOptions(ctx, w.site); err != nil {
		return err
	}
	if w.window > 0 {
		err = h.mostRead(ctx, w, &data)
	} else {
		err = h.newest(ctx, w, q, &data)
	}
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", answer.NoStore)
	return answer.Page(c, answer.PolicyPage, func(out http.ResponseWriter) error { return h.Pages.Stories(out, data) })
}

// readWanted reads the query.
func readWanted(q url.Values) (w wanted, err error) {
	w = wanted{text: strings.TrimSpace(q.Get("q")), site: q.Get("site"), kind: q.Get("kind"), state: q.Get("state"),
		order: q.Get("order")}
	var f fault.List
	if len([]rune(w.text)) > maxSought {
		f.Add("q", "has more than %d characters", maxSought)
	}
	if w.kind != "" && !slices.Contains(article.Kinds, w.kind) {
		f.Add("kind", "must be one of %s", strings.Join(article.Kinds, ", "))
	}
	if !slices.ContainsFunc(states, func(o web.Option) bool { return o.Value == w.state }) {
		f.Add("state", "must be live, embargoed or withdrawn")
	}
	known := false
	for _, o := range orders {
		if o.name == w.order {
			w.window, known = o.window, true
		}
	}
	if !known {
		f.Add("order", "must be 24h, 7d or 30d")
	}
	if w.after, known = store.ParseCursor(q.Get("cursor"), true); !known {
		f.Add("cursor", "is no cursor of this list")
	}
	return w, f.Err()
}

// siteOptions returns the sites to choose from, with the one that is chosen.
func (h *Handlers) siteOptions(ctx context.Context, chosen string) ([]web.Option, error) {
	all := []web.Option{{Label: "All sites"}}
	sites, err := h.Stories.Sites(ctx, listedSites)
	for _, site := range sites {
		all = append(all, web.Option{Value: site, Label: site})
	}
	if !slices.ContainsFunc(all, func(o web.Option) bool { return o.Value == chosen }) {
		all = append(all, web.Option{Value: chosen, Label: chosen})
	}
	return all, err
}

// newest adds a page of the newest stories. It looks further until the page is full, or for searchTime.
func (h *Handlers) newest(ctx context.Context, w wanted, q url.Values, data *web.StoriesData) error {
	query := store.ArticleQuery{Newest: true, Text: store.Fold(w.text), Site: w.site, Kind: w.kind,
		State: store.State(w.state), After: w.after, Limit: listedStories}
	for began := h.Now(); ; {
		page, next, err := h.Stories.Articles(ctx, query)
		if err != nil {
			return err
		}
		for _, rec := range page {
			data.Stories = append(data.Stories, h.row(rec, w.state == string(store.Withdrawn)))
		}
		query.After, query.Limit = next, listedStories-len(data.Stories)
		if next == (store.Cursor{}) || query.Limit <= 0 || h.Now().Sub(began) > searchTime {
			break
		}
	}
	data.First = w.after == (store.Cursor{})
	if query.After != (store.Cursor{}) {
		own := url.Values{"cursor": {query.After.String()}}
		for _, name := range []string{"q", "site", "kind", "state"} {
			if v := q.Get(name); v != "" {
				own.Set(name, v)
			}
		}
		data.Older, data.Until = "/studio/stories?"+own.Encode(), query.After.Changed
		data.Partial = query.Limit > 0
	}
	return nil
}

// mostRead adds the most read stories.
func (h *Handlers) mostRead(ctx context.Context, w wanted, data *web.StoriesData) error {
	now := h.Now()
	top, err := h.Clicks.Top(ctx, store.TopQuery{Since: now.Add(-w.window), Now: now, Site: w.site, Kind: w.kind,
		Text: store.Fold(w.text), State: store.State(w.state), Limit: listedStories})
	if err != nil {
		return err
	}
	for i, t := range top {
		row := h.row(t.Record, w.state == string(store.Withdrawn))
		row.Rank, row.Reads, row.Shares = i+1, t.Clicks, t.Shares
		data.Stories = append(data.Stories, row)
	}
	data.First, data.Counted = true, true
	return nil
}

// row returns a story of the list.
func (h *Handlers) row(rec store.Record, withdrawn bool) web.StoryRow {
	a := rec.Article
	row := web.StoryRow{ID: a.ID, Headline: a.Headline, Lang: a.Lang, Site: a.Site, Kind: a.Kind, Kicker: a.Kicker,
		Badge: a.Badge, URL: a.URL, State: h.stateOf(rec, withdrawn), Created: rec.Created, Until: a.EmbargoUntil,
		Link: "/?" + url.Values{"article": {a.ID}}.Encode()}
	if strings.EqualFold(a.Kind, a.Kicker) {
		row.Kind = ""
	}
	if rec.Changed.Sub(rec.Created) > time.Minute {
		row.Changed = rec.Changed
	}
	if !withdrawn {
		at := h.Present.Picture(rec, card.Size{W: 400, H: 210}).URL
		row.Picture = strings.TrimPrefix(at, h.Present.PublicURL)
	}
	return row
}
