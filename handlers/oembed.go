package handlers

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
	"newsroom.example/cards/share"
)

// oembed answers for a registered story (oEmbed 1.0). The type is rich: for "link" Mastodon
// shows a title alone, for "rich" it goes on to the page's own tags.
func (s *server) oembed(c echo.Context) error {
	q, err := openQuery(c, "url", "format", "maxwidth", "maxheight")
	if err != nil {
		return err
	}
	format := q.Get("format")
	if format != "" && format != "json" && format != "xml" {
		return fmt.Errorf("%w: %w", errFormat, field("format", "must be json or xml"))
	}
	width, err := number(q, "maxwidth", card.OpenGraph.W, 1, maxEmbed)
	if err != nil {
		return err
	}
	height, err := number(q, "maxheight", card.OpenGraph.H+embedWords, 1, maxEmbed)
	if err != nil {
		return err
	}
	canonical, err := share.Canonical(q.Get("url"))
	if err != nil {
		return err
	}
	rec, err := s.storyAt(c, canonical)
	if err != nil {
		return err
	}
	answer := s.embed(rec, width, height)
	c.Response().Header().Set("Cache-Control", "public, max-age=300")
	if format == "xml" {
		raw, err := xml.Marshal(xmlEmbed{OEmbed: answer})
		if err != nil {
			return err
		}
		return c.Blob(http.StatusOK, "text/xml; charset=utf-8", append([]byte(xml.Header), raw...))
	}
	return c.JSON(http.StatusOK, answer)
}

// storyAt is the story at a canonical address, else at a variant of it, or at one of our short ones. A
// story that waits for its embargo is not found, and neither is another in its place.
func (s *server) storyAt(c echo.Context, canonical string) (store.Record, error) {
	ctx := c.Request().Context()
	if code, ok := s.shortCode(canonical); ok {
		rec, err := s.Articles.ByCode(ctx, code)
		if errors.Is(err, store.ErrNotFound) {
			err = s.missed(c, err)
		}
		return rec, err
	}
	rec, err := s.Articles.ByURL(ctx, canonical)
	for _, variant := range share.Variants(canonical) {
		if !errors.Is(err, store.ErrNotFound) || errors.Is(err, stories.ErrEmbargoed) {
			break
		}
		rec, err = s.Articles.ByURL(ctx, variant)
	}
	return rec, err
}

// shortCode is the code in a short address of this service.
func (s *server) shortCode(canonical string) (string, bool) {
	ours, err := share.Canonical(s.absolute("/s/"))
	if err != nil {
		return "", false
	}
	rest, ok := strings.CutPrefix(canonical, ours)
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	return rest, ok && codeForm.MatchString(rest)
}

// maxEmbed is the greatest bound that a consumer may set, in CSS pixels; some set one only to set none.
const maxEmbed = 1_000_000

// embedWords is the room for the headline under the picture, in CSS pixels: two lines of 16 by
// 24 and a paragraph's margins. Where maxheight leaves no room, the picture stands alone: it
// says the headline too.
const embedWords = 80

// embed is a linked picture with the headline under it, within the bounds, as plain HTML without
// script or style. Whoever shows it is told by the specification to do so in a frame of another origin.
func (s *server) embed(rec store.Record, maxWidth, maxHeight int) api.OEmbed {
	a, p := rec.Article, s.picture(rec, card.OpenGraph)
	words := embedWords
	if maxHeight < card.MinSide+words {
		words = 0
	}
	width := min(maxWidth, p.Width, max(1, (maxHeight-words)*p.Width/p.Height))
	height := max(1, width*p.Height/p.Width)
	link := html.EscapeString(a.URL)
	markup := fmt.Sprintf(`<div><a href="%s" rel="noopener"><img src="%s" alt="%s" width="%d" height="%d"></a>`,
		link, html.EscapeString(p.URL), html.EscapeString(a.Alt()), width, height)
	if words > 0 {
		markup += fmt.Sprintf(`<p><a href="%s" rel="noopener">%s</a></p>`, link, html.EscapeString(a.Headline))
	}
	answer := api.OEmbed{
		Type: "rich", Version: "1.0", Title: a.Headline, AuthorName: a.Byline, ProviderName: a.Site, ProviderUrl: originOf(a.URL), CacheAge: 300,
		Width: width, Height: height + words, Html: markup + "</div>",
	}
	if size, ok := thumbnail(width, height, maxWidth, maxHeight); ok {
		t := s.picture(rec, size)
		answer.ThumbnailUrl, answer.ThumbnailWidth, answer.ThumbnailHeight = t.URL, t.Width, t.Height
	}
	return answer
}

// thumbnail is the picture's size where a card can be drawn that small, else a square that can;
// none within bounds that are smaller still.
func thumbnail(width, height, maxWidth, maxHeight int) (card.Size, bool) {
	if width >= card.MinSide && height >= card.MinSide {
		return card.Size{W: width, H: height}, true
	}
	return card.Size{W: card.MinSide, H: card.MinSide}, maxWidth >= card.MinSide && maxHeight >= card.MinSide
}

// originOf is the scheme and host of a canonical URL.
func originOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
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
		{"provider_name", x.ProviderName}, {"provider_url", x.ProviderUrl}, {"cache_age", x.CacheAge}, {"thumbnail_url", x.ThumbnailUrl},
		{"thumbnail_width", x.ThumbnailWidth}, {"thumbnail_height", x.ThumbnailHeight}, {"html", x.Html},
		{"width", x.Width}, {"height", x.Height},
	} {
		if f.value == "" || f.value == 0 {
			continue
		}
		if err := e.EncodeElement(f.value, xml.StartElement{Name: xml.Name{Local: f.name}}); err != nil {
			return err
		}
	}
	return e.EncodeToken(root.End())
}
