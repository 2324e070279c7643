package links

import (
	"cmp"
	"context"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/feed"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/web"
)

// The parameters of a list, and of its labels.
var (
	topParameters   = []string{"window", "limit", "by", "site"}
	labelParameters = []string{"lang", "heading"}
)

// Top answers with the stories that were opened or shared most.
func (h *Handlers) Top(c echo.Context) error {
	top, _, err := h.topOf(c)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, top)
}

// TopFragment answers with the same list as HTML, for a page without script.
func (h *Handlers) TopFragment(c echo.Context) error {
	top, q, err := h.topOf(c, labelParameters...)
	if err != nil {
		return err
	}
	heading, err := headingIn(q)
	if err != nil {
		return err
	}
	d := web.TopData{Lang: q.Get("lang"), Heading: heading, Styles: h.Present.Absolute("/embed/cards.css")}
	for _, s := range top.Stories {
		short := template.URL(s.ShortUrl) // made by the service
		d.Stories = append(d.Stories, web.TopStory{Headline: s.Headline, URL: short})
	}
	return answer.Page(c, answer.PolicyFragment, func(w http.ResponseWriter) error { return h.Pages.Top(w, d) })
}

// TopFeed answers with the same list as RSS 2.0. The order of its items is that of the list.
func (h *Handlers) TopFeed(c echo.Context) error {
	top, q, err := h.topOf(c, labelParameters...)
	if err != nil {
		return err
	}
	heading, err := headingIn(q)
	if err != nil {
		return err
	}
	f := feed.Feed{
		Lang: web.Spoken(q.Get("lang")), Title: cmp.Or(heading, web.TopHeading(q.Get("lang"))), Home: h.homeOf(top.Stories),
		URL: h.Present.Absolute("/v1/top.rss"),
	}
	own := url.Values{} // without what others have added to the address
	for _, name := range slices.Concat(topParameters, labelParameters) {
		if q.Has(name) {
			own.Set(name, q.Get(name))
		}
	}
	if len(own) > 0 {
		f.URL += "?" + own.Encode()
	}
	for _, s := range top.Stories {
		f.Items = append(f.Items, feed.Item{ID: s.Id, Title: s.Headline, URL: s.ShortUrl, Published: s.PublishedAt,
			Picture: s.Image, Width: card.OpenGraph.W, Height: card.OpenGraph.H})
	}
	raw, err := f.RSS()
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, "application/rss+xml; charset=utf-8", raw)
}

// maxHeading is the maximum length of the heading that a request gives a list, in characters.
const maxHeading = 100

// headingIn returns the heading in the query; empty: none.
func headingIn(q url.Values) (string, error) {
	heading, err := clean.Text.Line(q.Get("heading"), maxHeading)
	if err != nil {
		return "", fault.InField("heading", err.Error())
	}
	return heading.String(), nil
}

// homeOf returns the URL of the home page of the site to which the first story belongs, or of the service.
func (h *Handlers) homeOf(stories []api.TopStory) string {
	if len(stories) > 0 {
		if u, err := url.Parse(stories[0].Url); err == nil {
			return u.Scheme + "://" + u.Host + "/"
		}
	}
	return h.Present.Absolute("/")
}

// topOf returns the list that the request asks for, and the request's query, which may have also the parameters more.
func (h *Handlers) topOf(c echo.Context, more ...string) (api.Top, url.Values, error) {
	q, err := request.OpenQuery(c, slices.Concat(topParameters, more)...)
	if err != nil {
		return api.Top{}, nil, err
	}
	span, back, err := request.Window(q)
	if err != nil {
		return api.Top{}, nil, err
	}
	limit, err := request.Number(q, "limit", 10, 1, maxTop)
	if err != nil {
		return api.Top{}, nil, err
	}
	if !slices.Contains([]string{"", "clicks", "shares"}, q.Get("by")) {
		return api.Top{}, nil, fault.InField("by", "must be clicks or shares")
	}
	stories, err := h.top.get(c.Request().Context(), newListKey(back, q.Get("by"), q.Get("site")))
	if err != nil {
		return api.Top{}, nil, err
	}
	c.Response().Header().Set("Cache-Control", "public, max-age=5")
	return api.Top{Window: span, Stories: stories[:min(limit, len(stories))]}, q, nil
}

// Leaders returns the first stories of the list of the window, which is rounded up as for other lists.
func (h *Handlers) Leaders(ctx context.Context, window time.Duration, site string, limit int) ([]api.TopStory, error) {
	stories, err := h.top.get(ctx, newListKey(window, "", site))
	return stories[:min(limit, len(stories))], err
}

// countTop gets a list from the store and converts it to the API's form.
func (h *Handlers) countTop(ctx context.Context, q store.TopQuery) ([]api.TopStory, error) {
	top, err := h.Clicks.Top(ctx, q)
	if err != nil {
		return nil, err
	}
	stories := make([]api.TopStory, 0, len(top))
	for i, t := range top {
		a := t.Record.Article
		if !article.Writable(a.PublishedAt) { // stored by an earlier version
			a.PublishedAt = time.Time{}
		}
		stories = append(stories, api.TopStory{
			Rank: i + 1, Id: a.ID, Headline: a.Headline, Url: a.URL, ShortUrl: h.Present.Absolute("/s/" + t.Record.Code),
			Site:  a.Site,
			Image: h.Present.Picture(t.Record, card.OpenGraph).URL, Clicks: t.Clicks, Shares: t.Shares,
			PublishedAt: a.PublishedAt.UTC(),
		})
	}
	return stories, nil
}
