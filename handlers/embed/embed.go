package embed

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/web"
	"newsroom.example/cards/share"
)

// Kit serves the embed kit to pages of every origin. With lang, the script has the texts of that language.
func (h *Handlers) Kit(c echo.Context) error {
	q, err := request.OpenQuery(c, "lang")
	if err != nil {
		return err
	}
	file, ok, err := h.kit.File(c.Param("file"), q.Get("lang"))
	switch {
	case err != nil:
		return err
	case !ok:
		return store.ErrNotFound
	}
	data, tag := file.Data, file.ETag
	header := c.Response().Header()
	if takesGzip(c.Request()) {
		data, tag = file.Gzip, strings.TrimSuffix(tag, `"`)+`-gzip"` // other bytes need another ETag
		header.Set("Content-Encoding", "gzip")
	}
	header.Set("ETag", tag)
	header.Set("Cache-Control", "public, max-age=3600, stale-while-revalidate=86400")
	header.Add("Vary", "Accept-Encoding")
	if answer.HasTag(c.Request(), tag) || answer.HasAny(c.Request()) {
		return c.NoContent(http.StatusNotModified)
	}
	return c.Blob(http.StatusOK, file.Type, data)
}

// takesGzip reports whether Accept-Encoding allows gzip; "gzip;q=0" does not.
func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, quality, _ := strings.Cut(strings.ReplaceAll(part, " ", ""), ";")
		if strings.EqualFold(name, "gzip") {
			return strings.Trim(strings.TrimPrefix(quality, "q="), "0.") != "" || quality == ""
		}
	}
	return false
}

// Bar answers with the share bar of a public article: as HTML for a page without script, or as JSON for
// the embed kit.
func (h *Handlers) Bar(c echo.Context) error {
	q, err := request.OpenQuery(c, "format", "lang", "targets", "strict")
	if err != nil {
		return err
	}
	strict, err := request.Flag(q, "strict")
	if err != nil {
		return err
	}
	bar, err := h.barOf(c, q.Get("lang"), request.List(q.Get("targets")), strict)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "public, max-age=60")
	switch q.Get("format") {
	case "json":
		return c.JSON(http.StatusOK, bar)
	case "", "html":
		data := h.barData(bar)
		return answer.Page(c, answer.PolicyFragment, func(w http.ResponseWriter) error { return h.Pages.Bar(w, data) })
	}
	return fault.InField("format", "must be html or json")
}

// barOf returns the share bar of the article that the path names; store.ErrNotFound under embargo.
func (h *Handlers) barOf(c echo.Context, lang string, targets []string, strict bool) (api.ShareBar, error) {
	rec, err := h.Find.Public(c)
	if err != nil {
		return api.ShareBar{}, err
	}
	post := h.Present.Post(rec)
	if lang != "" {
		post.Lang = lang
	}
	if len(targets) == 0 {
		targets = share.Bar
	}
	targets, left := present.Targets(post, targets, strict)
	canonical, links, err := share.Links(h.Present.Share, post, targets)
	if err != nil {
		return api.ShareBar{}, err
	}
	return api.ShareBar{Url: canonical, Title: rec.Article.Headline, Lang: post.Lang, Code: rec.Code,
		Links: h.Present.Counted(rec, links), LeftOut: left}, nil
}

// barData routes share buttons through the short link, so that clicks are counted. The link to copy is the
// story's own URL, because opening it is not a share.
func (h *Handlers) barData(bar api.ShareBar) web.BarData {
	d := web.BarData{Lang: bar.Lang, Styles: h.Present.Absolute("/embed/cards.css")}
	for _, l := range bar.Links {
		href := l.ShortUrl
		if l.Target == "link" {
			href = l.Url
		}
		d.Links = append(d.Links, web.BarLink{Target: l.Target, Action: l.Action, Href: href})
	}
	return d
}
