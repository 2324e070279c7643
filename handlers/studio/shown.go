package studio

import (
	"net/url"
	"slices"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/share"
)

// studioDay is how long the studio's signed URLs are valid.
const studioDay = 24 * time.Hour

// studioCards adds the signed URLs of the pictures: in the requested size, and in every named size.
func (h *Handlers) studioCards(state *api.StudioState, asked card.Card) {
	format := asked.Format()
	signed := func(path string, c card.Card) string {
		return path + "?" + h.Guard.Sign(path, c.Values(), h.Now().Add(studioDay)).Encode()
	}
	state.CardUrl, state.SmallUrl = signed("/v1/card."+format, asked), smallURL(asked)
	state.Width, state.Height = asked.Size.W, asked.Size.H
	state.Template, state.Theme = h.Designs.Look(asked)
	for _, size := range card.Sizes {
		c := asked
		c.Size = size.Size
		state.Cards = append(state.Cards, api.StudioCard{
			Name: size.Name, Width: size.Size.W, Height: size.Size.H, Url: signed("/v1/card."+format, c),
			File: "card-" + size.Name + "." + format, SmallUrl: smallURL(c),
		})
	}
	asked.Size = card.OpenGraph
	state.FiguresUrl, state.ZipUrl = signed("/studio/figures.json", asked), signed("/studio/cards.zip", asked)
}

// smallURL returns the URL of a small picture of the card, to which its width is appended.
func smallURL(c card.Card) string {
	q := c.Values().Encode()
	return "/studio/card?" + q + "&width="
}

// studioStory returns the texts that networks show next to the picture.
func (h *Handlers) studioStory(q url.Values, asked card.Card) api.StudioStory {
	a := article.Article{Headline: asked.Headline, Lang: asked.Lang, Caption: asked.Caption,
		Description: q.Get("description")}
	new(card.Fields).Line("description", &a.Description, article.MaxDescription) // studioLinks reports its errors
	story := api.StudioStory{Headline: asked.Headline, Summary: a.Summary(), Site: asked.Site,
		Button: share.ReadMore(h.Present.Told(a).Lang)}
	if canonical, err := share.Canonical(q.Get("url")); err == nil {
		story.Host = present.HostOf(canonical)
	}
	return story
}

// signedPicture returns the card in one size with a signed URL that never expires, for the tags of a
// page whose story is not registered.
func (h *Handlers) signedPicture(asked card.Card, size card.Size) article.Picture {
	asked = h.badged(asked, nil)
	asked.Size = size
	format := asked.Format()
	at := "/v1/card." + format
	signed := h.Guard.Sign(at, asked.Values(), time.Time{})
	return article.Picture{URL: h.Present.Absolute(at + "?" + signed.Encode()), Type: card.MediaType(format),
		Width: size.W, Height: size.H}
}

// studioLinks adds what needs the story's URL: the links, the tags and the commands.
func (h *Handlers) studioLinks(state *api.StudioState, q url.Values, asked card.Card) {
	_, links, err := share.Links(h.Present.Share, share.Post{URL: q.Get("url"), Title: asked.Headline, Text: asked.Caption,
		Lang: h.Present.Told(article.Article{Headline: asked.Headline, Lang: q.Get("lang")}).Lang}, share.Bar)
	if err != nil {
		state.Problems = append(state.Problems, formProblems(err)...)
		return
	}
	state.Links = h.openKakao(present.Links(links))
	a, err := h.storyOf(q, asked).Normalize()
	if err != nil {
		for _, p := range formProblems(err) {
			// card.Parse reported the errors of the other fields
			if slices.Contains(storyFields, p.Field) {
				state.Problems = append(state.Problems, p)
			}
		}
		return
	}
	state.Meta = article.Meta(article.MetaInput{
		Article: a, Image: h.signedPicture(asked, card.OpenGraph), Twitter: h.signedPicture(asked, card.Twitter),
	})
	if whole, err := h.parse(q); err == nil { // with a photo that the card may not show
		a.Photo.URL, a.Photo.Focal = whole.Photo.URL, whole.Photo.Focal
	}
	state.Curl, state.Command = h.commands(a, asked)
}

// openKakao signs the link to the service's Kakao page, which otherwise only opens for a registered story.
func (h *Handlers) openKakao(links []api.ShareLink) []api.ShareLink {
	for i, l := range links {
		if l.Target != "kakao" {
			continue
		}
		if signed, err := h.Guard.SignAddress(l.Url); err == nil {
			links[i].Url = signed
		}
	}
	return links
}

// storedLinks adds what a stored story has: its counted links, the tags of what is published, and the commands. It also
// reports the errors of the fields that no card has.
func (h *Handlers) storedLinks(state *api.StudioState, o *opened) {
	rec := o.Record
	if _, links, err := share.Links(h.Present.Share, h.Present.Post(rec), share.Bar); err == nil {
		state.Links = h.Present.Counted(rec, links)
		for i, l := range state.Links {
			state.Links[i].Url = l.ShortUrl
		}
	}
	state.Meta = h.Present.Meta(rec)
	a, err := h.next(o)
	if err == nil {
		_, err = a.Normalize()
	}
	for _, p := range formProblems(err) {
		if !slices.ContainsFunc(state.Problems, func(known api.FieldProblem) bool { return known.Field == p.Field }) {
			state.Problems = append(state.Problems, p)
		}
	}
	if asked, err := h.parse(o.form); err == nil {
		state.Curl, state.Command = h.commands(a, asked)
	}
}
