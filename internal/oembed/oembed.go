// Package oembed builds oEmbed 1.0 responses for articles.
package oembed

import (
	"encoding/xml"
	"fmt"
	"html"
	"net/url"
	"slices"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
)

// room is the height of the headline under the picture, in CSS pixels: two lines of 24 pixels and a paragraph's
// margins. If maxheight is too small for it, the headline is left out, because the picture also shows it.
const room = 80

// The size of a response to a request without maxwidth and maxheight, in CSS pixels.
var (
	Width  = card.OpenGraph.W
	Height = card.OpenGraph.H + room
)

// Links are the URLs of a response.
type Links struct {
	Story string // to which the response leads
	Frame string // of the story as a page for frames; empty: there is none
}

// Of returns the response for an article: HTML with a linked picture and the headline under it, without script, that
// fits into any width. maxWidth and maxHeight limit its size, in CSS pixels. The specification recommends that sites
// show such HTML in a frame of another origin. picture returns the article's picture of a size.
//
// Sites that do not know the publication allow less. WordPress requires a frame, keeps only the address and the size of
// it, and shows it in place of the quotation, from which it removes the picture, once the page in the frame has posted
// its height (wp_filter_oembed_result, wp-embed.js). So the HTML has a frame too, which is hidden by what WordPress
// removes. Nothing loads it while it is hidden.
func Of(a article.Article, to Links, picture func(card.Size) article.Picture, maxWidth, maxHeight int) api.OEmbed {
	p, words := picture(card.OpenGraph), room
	if maxHeight < card.MinSide+words {
		words = 0
	}
	width := min(maxWidth, p.Width, max(1, (maxHeight-words)*p.Width/p.Height))
	height := max(1, width*p.Height/p.Width)
	link := html.EscapeString(to.Story)
	markup := fmt.Sprintf(`<blockquote style="margin:0"><a href="%s" rel="noopener">`+
		`<img src="%s" alt="%s" width="%d" height="%d" style="max-width:100%%;height:auto"></a>`,
		link, html.EscapeString(p.URL), html.EscapeString(a.Alt()), width, height)
	if words > 0 {
		markup += fmt.Sprintf(`<p><a href="%s" rel="noopener">%s</a></p>`, link, html.EscapeString(a.Headline))
	}
	markup += "</blockquote>"
	if to.Frame != "" {
		markup += fmt.Sprintf(`<iframe hidden style="display:none" src="%s" width="%d" height="%d" title="%s" `+
			`frameborder="0" scrolling="no" loading="lazy" sandbox="allow-scripts allow-popups"></iframe>`,
			html.EscapeString(to.Frame), width, height+words, html.EscapeString(a.Headline))
	}
	answer := api.OEmbed{
		Type: "rich", Version: "1.0", Title: a.Headline, AuthorName: a.Byline, ProviderName: a.Site,
		ProviderUrl: originOf(a.URL), CacheAge: 300,
		Width: width, Height: height + words, Html: markup,
	}
	if size, ok := thumbnail(width, height, maxWidth, maxHeight); ok {
		t := picture(size)
		answer.ThumbnailUrl, answer.ThumbnailWidth, answer.ThumbnailHeight = t.URL, t.Width, t.Height
	}
	return answer
}

// thumbnail returns the largest public size that is no larger than width by height, or the smallest one if all are
// larger. ok is false if that exceeds the maximum width or height.
func thumbnail(width, height, maxWidth, maxHeight int) (size card.Size, ok bool) {
	size = card.Thumbnails[0]
	for _, t := range append(slices.Clone(card.Thumbnails), card.OpenGraph) {
		if t.W <= width && t.H <= height {
			size = t
		}
	}
	return size, size.W <= maxWidth && size.H <= maxHeight
}

// originOf returns the scheme and host of a URL, and the empty string if it cannot be parsed.
func originOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// xmlEmbed encodes a response as XML, with the names of the JSON form.
type xmlEmbed struct{ api.OEmbed }

// MarshalXML writes one element per field and leaves out empty fields.
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
		{"provider_name", x.ProviderName}, {"provider_url", x.ProviderUrl}, {"cache_age", x.CacheAge},
		{"thumbnail_url", x.ThumbnailUrl},
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

// XML returns the response as an XML document.
func XML(o api.OEmbed) ([]byte, error) {
	raw, err := xml.Marshal(xmlEmbed{OEmbed: o})
	return append([]byte(xml.Header), raw...), err
}
