package handlers

import (
	"net/url"
	"strings"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
	"newsroom.example/cards/share"
)

// registered is a record as the API shows it.
func (s *server) registered(rec store.Record) (api.RegisteredArticle, error) {
	a := rec.Article
	links, err := s.articleLinks(rec)
	if err != nil {
		return api.RegisteredArticle{}, err
	}
	answer := api.RegisteredArticle{
		Id: a.ID, Version: rec.Version, Url: a.URL, Alt: a.Alt(), MetaHtml: s.meta(rec), Share: links,
		Images: api.Images{
			Og: s.image(rec, card.OpenGraph), Twitter: s.image(rec, card.Twitter),
			Kakao: s.image(rec, card.Kakao), Square: s.image(rec, card.Square),
		},
	}
	if rec.Code != "" {
		answer.ShortUrl = s.absolute("/s/" + rec.Code)
	}
	return answer, nil
}

func (s *server) picture(rec store.Record, size card.Size) article.Picture {
	format := stories.Format(rec)
	return article.Picture{
		URL:  s.absolute("/cards/" + rec.Article.ID + "/" + rec.Version + "/" + size.String() + "." + format),
		Type: mediaType(format), Width: size.W, Height: size.H,
	}
}

func (s *server) image(rec store.Record, size card.Size) api.Image {
	p := s.picture(rec, size)
	return api.Image{Url: p.URL, Width: p.Width, Height: p.Height, Type: api.ImageType(p.Type)}
}

func mediaType(format string) string {
	if format == "png" {
		return "image/png"
	}
	return "image/jpeg"
}

// meta is the tags of an article's page.
func (s *server) meta(rec store.Record) string {
	in := article.MetaInput{Article: rec.Article, Image: s.picture(rec, card.OpenGraph), Twitter: s.picture(rec, card.Twitter)}
	if rec.Code != "" {
		story := rec.Article.URL
		if strings.Contains(story, "#") {
			story = s.absolute("/s/" + rec.Code) // without its fragment the address is another story's
		}
		at := s.absolute("/oembed?url=" + url.QueryEscape(story))
		in.OEmbedJSON, in.OEmbedXML = at+"&format=json", at+"&format=xml"
	}
	if s.Share.TwitterVia != "" {
		in.TwitterSite = "@" + s.Share.TwitterVia
	}
	return article.Meta(in)
}

// post is the article as it is shared: with the picture made for KakaoTalk, since that alone is
// sent along.
func (s *server) post(rec store.Record) share.Post {
	a := rec.Article
	p := s.picture(rec, card.Kakao)
	return share.Post{
		URL: a.URL, Title: a.Headline, Text: a.Summary(), Image: p.URL, ImageWidth: p.Width, ImageHeight: p.Height,
		Lang: a.Language(), Code: rec.Code,
	}
}

// articleLinks are all of the article's links.
func (s *server) articleLinks(rec store.Record) ([]api.ShareLink, error) {
	_, links, err := share.Links(s.Share, s.post(rec), nil)
	return s.counted(rec, links), err
}

// counted shows links, each with the short one that counts.
func (s *server) counted(rec store.Record, links []share.Link) []api.ShareLink {
	shown := apiLinks(links)
	for i := range shown {
		if rec.Code != "" {
			shown[i].ShortUrl = s.absolute("/s/" + rec.Code + "/" + shown[i].Target)
		}
	}
	return shown
}

func apiLinks(links []share.Link) []api.ShareLink {
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
