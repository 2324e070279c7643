// Package present converts articles to the API's form: with their URLs, pictures, tags and share links. It does
// not depend on HTTP.
package present

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
	"newsroom.example/cards/share"
)

// Presenter holds the service's URL and the settings of share links. It is safe for concurrent use.
type Presenter struct {
	PublicURL         string // prefix of every absolute URL, without a trailing slash
	Share             share.Config
	FacebookPublisher string // URL of the newsroom's page on Facebook; empty: none
	// Home returns the language of a card that has none and whose texts do not tell it; it may be empty.
	Home func(card.Card) string
}

// Told returns the article with its language, if that is known.
func (p Presenter) Told(a article.Article) article.Article {
	if a.Lang != "" {
		return a
	}
	return a.Told(p.Home(a.Card(card.OpenGraph)))
}

// Absolute returns a path of the service as an absolute URL.
func (p Presenter) Absolute(path string) string { return p.PublicURL + path }

// Article converts a record to the API's form.
func (p Presenter) Article(rec store.Record) (api.RegisteredArticle, error) {
	return p.Some(rec, Picked{})
}

// Some is Article for an answer with the picked fields: it leaves out others that take time.
func (p Presenter) Some(rec store.Record, fields Picked) (answer api.RegisteredArticle, err error) {
	answer = api.RegisteredArticle{
		Id: rec.Article.ID, Version: rec.Version, Warnings: Warnings(rec.Warnings), Created: rec.Created,
		Updated: rec.Changed,
	}
	if rec.PhotoID != store.NoPhoto {
		answer.PhotoId = rec.PhotoID
	}
	if rec.Article.PortraitID != store.NoPhoto {
		answer.PortraitId = rec.Article.PortraitID
	}
	if rec.Code != "" {
		answer.ShortUrl = p.Absolute("/s/" + rec.Code)
	}
	if fields.has("alt") {
		answer.Alt = p.Told(rec.Shown()).Alt()
	}
	if fields.has("images") {
		answer.Images = p.Images(rec)
	}
	if fields.has("meta_html") {
		answer.MetaHtml = p.Meta(rec)
	}
	if fields.has("share") {
		answer.Share, err = p.articleLinks(rec)
	}
	return withFields(answer, rec.Article), err
}

// Tagged is Article with the strong entity tag of the answer: the article's revision, and a hash of the answer, which
// also depends on settings such as the public URL.
func (p Presenter) Tagged(rec store.Record) (answer api.RegisteredArticle, tag string, err error) {
	if answer, err = p.Article(rec); err != nil {
		return answer, "", err
	}
	raw, err := json.Marshal(answer)
	if err != nil {
		return answer, "", err
	}
	sum := sha256.Sum256(raw)
	return answer, `"` + strconv.FormatInt(rec.Revision, 10) + "-" + hex.EncodeToString(sum[:8]) + `"`, nil
}

// Picture returns the article's picture in one size.
func (p Presenter) Picture(rec store.Record, size card.Size) article.Picture {
	format := stories.Format(rec)
	return article.Picture{
		URL:  p.Absolute("/cards/" + rec.Article.ID + "/" + rec.Version + "/" + size.String() + "." + format),
		Type: card.MediaType(format), Width: size.W, Height: size.H,
	}
}

// Images returns the pictures of a version.
func (p Presenter) Images(rec store.Record) api.Images {
	return api.Images{
		Og: p.image(rec, card.OpenGraph), Twitter: p.image(rec, card.Twitter),
		Kakao: p.image(rec, card.Kakao), Square: p.image(rec, card.Square),
	}
}

func (p Presenter) image(rec store.Record, size card.Size) api.Image {
	shown := p.Picture(rec, size)
	return api.Image{Url: shown.URL, Width: shown.Width, Height: shown.Height, Type: api.ImageType(shown.Type)}
}

// Meta returns the meta tags of an article's page.
func (p Presenter) Meta(rec store.Record) string { return article.Meta(p.metaInput(rec)) }

// MetaWithLD returns the meta tags of an article's page with its JSON-LD, for a page that has none of its own.
func (p Presenter) MetaWithLD(rec store.Record) string {
	in := p.metaInput(rec)
	for _, named := range card.Sizes {
		in.Images = append(in.Images, p.Picture(rec, named.Size))
	}
	return article.Meta(in)
}

func (p Presenter) metaInput(rec store.Record) article.MetaInput {
	in := article.MetaInput{
		Article: p.Told(rec.Shown()), Image: p.Picture(rec, card.OpenGraph), Twitter: p.Picture(rec, card.Twitter),
		FacebookPublisher: p.FacebookPublisher,
	}
	if rec.Code != "" {
		story := rec.Article.URL
		if strings.Contains(story, "#") {
			story = p.Absolute("/s/" + rec.Code) // the fragment would be lost, and the URL would be another story's
		}
		at := p.Absolute("/oembed?url=" + url.QueryEscape(story))
		in.OEmbedJSON, in.OEmbedXML = at+"&format=json", at+"&format=xml"
	}
	if p.Share.TwitterVia != "" {
		in.TwitterSite = "@" + p.Share.TwitterVia
	}
	return in
}

// Post returns the article as it is shared. Its picture is the one for KakaoTalk, which the links of weibo and
// pinterest name too; other networks find theirs in the tags of the page.
func (p Presenter) Post(rec store.Record) share.Post {
	a := p.Told(rec.Article)
	shown := p.Picture(rec, card.Kakao)
	return share.Post{
		URL: a.SharedURL(), Title: a.Headline, Text: a.Summary(), Lang: a.Lang, Code: rec.Code,
		Image: shown.URL, ImageWidth: shown.Width, ImageHeight: shown.Height,
		TextFormat: share.PlainText, // it was decoded when the article was put
	}
}

// articleLinks returns all share links of the article.
func (p Presenter) articleLinks(rec store.Record) ([]api.ShareLink, error) {
	_, links, err := share.Links(p.Share, p.Post(rec), nil)
	return p.Counted(rec, links), err
}

// Counted converts links to the API's form, each with the short URL that counts it.
func (p Presenter) Counted(rec store.Record, links []share.Link) []api.ShareLink {
	shown := Links(links)
	for i := range shown {
		if rec.Code != "" {
			shown[i].ShortUrl = p.Absolute("/s/" + rec.Code + "/" + shown[i].Target)
		}
	}
	return shown
}

// Links converts links to the API's form.
func Links(links []share.Link) []api.ShareLink {
	all := make([]api.ShareLink, 0, len(links))
	for _, l := range links {
		shown := api.ShareLink{Target: l.Target, Label: l.Label, Action: l.Action, Url: l.URL}
		if l.SDK != nil {
			shown.Sdk = api.KakaoCall{Method: api.KakaoCallMethod(l.SDK.Method), Settings: l.SDK.Settings}
		}
		all = append(all, shown)
	}
	return all
}

// HostOf returns the host of a URL without its port, or "" if the URL is malformed.
func HostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
