package studio

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/web"
)

// boardStories is the number of stories on the board.
const boardStories = 10

// schemes are the values of the parameter scheme.
var schemes = []web.Option{{Value: "", Label: "As the system"}, {Value: "light", Label: "Light"},
	{Value: "dark", Label: "Dark"}}

// Board answers with the most read stories for a screen on the wall, which keeps itself up to date.
func (h *Handlers) Board(c echo.Context) error {
	q, err := request.OpenQuery(c, "window", "site", "scheme")
	if err != nil {
		return err
	}
	span, window, err := request.Window(q)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(schemes, func(o web.Option) bool { return o.Value == q.Get("scheme") }) {
		return fault.InField("scheme", "must be light or dark")
	}
	top, err := h.Leaders(c.Request().Context(), window, q.Get("site"), boardStories)
	if err != nil {
		return err
	}
	data := web.BoardData{Window: span, Site: q.Get("site"), Scheme: q.Get("scheme"), At: h.Now()}
	own := url.Values{"window": {span}, "limit": {strconv.Itoa(boardStories)}}
	if data.Site != "" {
		own.Set("site", data.Site)
	}
	data.Source = "/v1/top?" + own.Encode()
	for _, choice := range []struct {
		name string
		into *[]web.BoardLink
		all  []web.Option
	}{{"window", &data.Windows, []web.Option{{Value: "1h", Label: "1 hour"}, {Value: "24h", Label: "24 hours"},
		{Value: "7d", Label: "7 days"}}}, {"scheme", &data.Schemes, schemes}} {
		for _, option := range choice.all {
			to := url.Values{"window": {span}, "site": {data.Site}, "scheme": {data.Scheme}}
			to.Set(choice.name, option.Value)
			current := option.Value == span && choice.name == "window" || option.Value == data.Scheme && choice.name == "scheme"
			*choice.into = append(*choice.into, web.BoardLink{Label: option.Label, Current: current, URL: boardAddress(to)})
		}
	}
	for _, s := range top {
		data.Stories = append(data.Stories, web.BoardStory{ID: s.Id, Headline: s.Headline, Site: s.Site, Rank: s.Rank,
			Taps: s.Clicks + s.Shares})
	}
	c.Response().Header().Set("Cache-Control", answer.NoStore)
	return answer.Page(c, answer.PolicyPage, func(w http.ResponseWriter) error { return h.Pages.Board(w, data) })
}

// boardAddress returns the address of the board with the parameters that are not empty.
func boardAddress(q url.Values) string {
	for name, v := range q {
		if v[0] == "" {
			q.Del(name)
		}
	}
	return "/studio/top?" + q.Encode()
}
