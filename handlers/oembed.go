package handlers

import (
	"encoding/xml"
	"fmt"
	"html"
	"net/http"

	"github.com/labstack/echo/v4"

	"cards/api"
	"cards/card"
	"cards/share"
	"cards/store"
)

// oembed answers for a registered story (oEmbed 1.0). The type is rich: for "link" Mastodon
// shows a title alone, for "rich" it goes on to the page's own tags.
func (s *server) oembed(c echo.Context) error {
	q, err := query(c, "url", "format", "maxwidth", "maxheight")
	if err != nil {
		return err
	}
	format := q.Get("format")
	if format != "" && format != "json" && format != "xml" {
		return errFormat
	}
	width, err := number(q, "maxwidth", card.OpenGraph.W, 1, 10_000)
	if err != nil {
		return err
	}
	height, err := number(q, "maxheight", card.OpenGraph.H, 1, 10_000)
	if err != nil {
		return err
	}
	url, err := share.Canonical(q.Get("url"))
	if err != nil {
		return err
	}
	rec, err := s.Articles.ByURL(c.Request().Context(), url)
	if err != nil {
		return err
	}
	answer := s.embed(rec, width, height)
	c.Response().Header().Set("Cache-Control", "public, max-age=300")
	if format == "xml" {
		c.Response().Header().Set(echo.HeaderContentType, "text/xml; charset=utf-8")
		raw, err := xml.Marshal(xmlEmbed{OEmbed: answer})
		if err != nil {
			return err
		}
		return c.Blob(http.StatusOK, "text/xml; charset=utf-8", append([]byte(xml.Header), raw...))
	}
	return c.JSON(http.StatusOK, answer)
}

// embed is a picture with the headline under it, within the bounds, as plain HTML.
func (s *server) embed(rec store.Record, maxWidth, maxHeight int) api.OEmbed {
	a, p := rec.Article, s.picture(rec, card.OpenGraph)
	width := min(maxWidth, p.Width, max(1, maxHeight*p.Width/p.Height))
	height := max(1, width*p.Height/p.Width)
	return api.OEmbed{
		Type: "rich", Version: "1.0", Title: a.Headline, AuthorName: a.Byline, ProviderName: a.Site, CacheAge: 300,
		ThumbnailUrl: p.URL, ThumbnailWidth: width, ThumbnailHeight: height, Width: width, Height: height,
		Html: fmt.Sprintf(`<blockquote><a href="%s"><img src="%s" alt="%s" width="%d" height="%d"></a><p><a href="%s">%s</a></p></blockquote>`,
			html.EscapeString(a.URL), html.EscapeString(p.URL), html.EscapeString(a.Alt()), width, height,
			html.EscapeString(a.URL), html.EscapeString(a.Headline)),
	}
}

// xmlEmbed writes an embed as XML, the names as JSON has them.
type xmlEmbed struct{ api.OEmbed }

// MarshalXML writes the elements in the order of the JSON form; empty ones are left out.
func (x xmlEmbed) MarshalXML(e *xml.Encoder, _ xml.StartElement) error {
	root := xml.StartElement{Name: xml.Name{Local: "oembed"}}
	if err := e.EncodeToken(root); err != nil {
		return err
	}
	for _, f := range []struct {
		name  string
		value any
	}{
		{"type", string(x.Type)}, {"version", string(x.Version)}, {"title", x.Title}, {"author_name", x.AuthorName},
		{"provider_name", x.ProviderName}, {"cache_age", x.CacheAge}, {"thumbnail_url", x.ThumbnailUrl},
		{"thumbnail_width", x.ThumbnailWidth}, {"thumbnail_height", x.ThumbnailHeight}, {"html", x.Html},
		{"width", x.Width}, {"height", x.Height},
	} {
		if f.value == "" {
			continue
		}
		if err := e.EncodeElement(f.value, xml.StartElement{Name: xml.Name{Local: f.name}}); err != nil {
			return err
		}
	}
	return e.EncodeToken(root.End())
}
