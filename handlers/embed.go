package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/web"
	"newsroom.example/cards/share"
)

// policyBar lets the bar's own styles through where it is shown in a frame.
const policyBar = "default-src 'none'; style-src 'self'"

// embedKit serves the embed kit to pages of any origin.
func (s *server) embedKit(c echo.Context) error {
	file, ok := s.kit[c.Param("file")]
	if !ok {
		return store.ErrNotFound
	}
	data, tag := file.Data, file.ETag
	h := c.Response().Header()
	if takesGzip(c.Request()) {
		data, tag = file.Gzip, strings.TrimSuffix(tag, `"`)+`-gzip"` // other bytes, another tag
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("ETag", tag)
	h.Set("Cache-Control", "public, max-age=3600, stale-while-revalidate=86400")
	h.Add("Vary", "Accept-Encoding")
	if matches(c.Request().Header.Get("If-None-Match"), tag) {
		return c.NoContent(http.StatusNotModified)
	}
	return c.Blob(http.StatusOK, file.Type, data)
}

// takesGzip reads Accept-Encoding; "gzip;q=0" is a refusal.
func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, quality, _ := strings.Cut(strings.ReplaceAll(part, " ", ""), ";")
		if strings.EqualFold(name, "gzip") {
			return strings.Trim(strings.TrimPrefix(quality, "q="), "0.") != "" || quality == ""
		}
	}
	return false
}

// shareBar is the bar of a public article: HTML for a page without script, or what the embed
// kit makes its own from.
func (s *server) shareBar(c echo.Context) error {
	q, err := openQuery(c, "format", "lang", "targets")
	if err != nil {
		return err
	}
	bar, err := s.barOf(c, q.Get("lang"), list(q.Get("targets")))
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "public, max-age=60")
	switch q.Get("format") {
	case "json":
		return c.JSON(http.StatusOK, bar)
	case "", "html":
		return s.page(c, policyBar, func(w http.ResponseWriter) error { return s.Pages.Bar(w, s.barData(bar)) })
	}
	return field("format", "must be html or json")
}

// barOf is the bar of the article that the path names: store.ErrNotFound under embargo.
func (s *server) barOf(c echo.Context, lang string, targets []string) (api.ShareBar, error) {
	rec, err := s.publicRecord(c)
	if err != nil {
		return api.ShareBar{}, err
	}
	post := s.post(rec)
	if lang != "" {
		post.Lang = lang
	}
	if len(targets) == 0 {
		targets = share.Bar
	}
	canonical, links, err := share.Links(s.Share, post, targets)
	if err != nil {
		return api.ShareBar{}, err
	}
	return api.ShareBar{Url: canonical, Title: rec.Article.Headline, Lang: post.Lang, Code: rec.Code, Links: s.counted(rec, links)}, nil
}

// barData leads every tap through the short link, which counts it; the link to copy is the story's
// own, which is not shared by being opened.
func (s *server) barData(bar api.ShareBar) web.BarData {
	d := web.BarData{Lang: bar.Lang, Styles: s.absolute("/embed/cards.css")}
	for _, l := range bar.Links {
		href := l.ShortUrl
		if l.Target == "link" {
			href = l.Url
		}
		d.Links = append(d.Links, web.BarLink{Target: l.Target, Action: l.Action, Href: href})
	}
	return d
}

// actions are what the controls of the bar say, by language and target.
func actions() map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, lang := range share.Langs {
		all[lang] = map[string]string{}
		for _, name := range share.Bar {
			t, _ := share.Lookup(name) // the bar's targets are in the table
			all[lang][name] = t.Action(lang)
		}
	}
	return all
}
