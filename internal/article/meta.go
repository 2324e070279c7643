package article

import (
	"html"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Picture describes a picture of a card for the tags.
type Picture struct {
	URL, Type     string // absolute URL; media type
	Width, Height int    // pixels
}

// MetaInput is the input of Meta.
type MetaInput struct {
	Article               Article
	Image                 Picture // og:image
	Twitter               Picture // twitter:image
	OEmbedJSON, OEmbedXML string  // URLs for oEmbed discovery; empty omits the links
	TwitterSite           string  // "@site"; empty omits the tag
	FacebookPublisher     string  // URL of the newsroom's page on Facebook; empty omits the tag
	// Images are the pictures of JSON-LD, the main one first. Without any, there is no JSON-LD.
	Images []Picture
}

// maxTwitterDescription is the number of characters of twitter:description that X reads.
const maxTwitterDescription = 200

// Meta returns the tags for the head of the article's page, one per line: Open Graph (ogp.me), article, X cards,
// fediverse:creator (Mastodon), canonical link, oEmbed discovery and, if it has Images, JSON-LD. Every attribute is
// quoted, because WhatsApp ignores unquoted ones. The properties of an image follow its og:image. All values are
// escaped.
func Meta(in MetaInput) string {
	a := in.Article.Told("")
	var t tags
	t.property("og:title", a.Headline)
	t.property("og:type", "article")
	t.property("og:url", a.URL)
	t.property("og:site_name", a.Site)
	t.property("og:description", a.Summary())
	t.property("og:locale", a.locale())
	t.property("og:image", in.Image.URL)
	if strings.HasPrefix(in.Image.URL, "https://") {
		t.property("og:image:secure_url", in.Image.URL)
	}
	t.property("og:image:type", in.Image.Type)
	t.property("og:image:width", strconv.Itoa(in.Image.Width))
	t.property("og:image:height", strconv.Itoa(in.Image.Height))
	t.property("og:image:alt", a.Alt())
	t.article(a, in.FacebookPublisher)
	t.name("twitter:card", "summary_large_image")
	t.name("twitter:title", a.Headline)
	t.name("twitter:description", cut(a.Summary(), maxTwitterDescription))
	t.name("twitter:image", in.Twitter.URL)
	t.name("twitter:image:alt", a.Alt())
	t.name("twitter:site", in.TwitterSite)
	t.people(a)
	t.link(`rel="canonical"`, a.URL, "")
	t.link(`rel="alternate" type="application/json+oembed"`, in.OEmbedJSON, a.Headline)
	t.link(`rel="alternate" type="text/xml+oembed"`, in.OEmbedXML, a.Headline)
	if len(in.Images) > 0 {
		t.script(jsonLD(a, in.Images))
	}
	return t.String()
}

// Summary returns the description, else the caption, else the headline: WhatsApp shows no preview without a
// description.
func (a Article) Summary() string {
	for _, s := range []string{a.Description, a.Caption} {
		if s != "" {
			return s
		}
	}
	return a.Headline
}

type tags struct{ strings.Builder }

func (t *tags) article(a Article, publisher string) {
	t.property("article:published_time", stamp(a.PublishedAt))
	t.property("article:modified_time", stamp(a.UpdatedAt))
	for _, author := range a.By() {
		t.property("article:author", author.Name)
	}
	t.property("article:publisher", publisher)
	t.property("article:section", a.Kicker)
	for _, tag := range a.Tags {
		t.property("article:tag", tag)
	}
}

// people adds the accounts of the authors, and the byline for apps such as Slack that show labels with the link. X
// reads one creator, so it gets the first author who has an account. There is no default: whose account it is, only the
// author can say.
func (t *tags) people(a Article) {
	if i := slices.IndexFunc(a.Authors, func(by Author) bool { return by.X != "" }); i >= 0 {
		t.name("twitter:creator", "@"+a.Authors[i].X)
	}
	if a.Byline != "" {
		t.name("twitter:label1", writtenBy(a.language()))
		t.name("twitter:data1", a.withoutBy(a.Byline))
	}
	for _, by := range a.Authors {
		if by.Fediverse != "" {
			t.name("fediverse:creator", "@"+by.Fediverse)
		}
	}
}

// script adds a JSON-LD document, in which nothing can end the element: it has no <.
func (t *tags) script(document []byte) {
	t.WriteString(`<script type="application/ld+json">`)
	t.Write(document)
	t.WriteString("</script>\n")
}

func (t *tags) property(name, value string) { t.meta("property", name, value) }
func (t *tags) name(name, value string)     { t.meta("name", name, value) }

func (t *tags) meta(attr, name, value string) {
	if value == "" {
		return
	}
	t.WriteString(`<meta ` + attr + `="` + name + `" content="` + html.EscapeString(value) + "\">\n")
}

func (t *tags) link(attrs, href, title string) {
	if href == "" {
		return
	}
	t.WriteString(`<link ` + attrs + ` href="` + html.EscapeString(href) + `"`)
	if title != "" {
		t.WriteString(` title="` + html.EscapeString(title) + `"`)
	}
	t.WriteString(">\n")
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
