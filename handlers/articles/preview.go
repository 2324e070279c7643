package articles

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/page"
	"newsroom.example/cards/internal/weburl"
	"newsroom.example/cards/share"
)

// headerSources says which part of the page each field of a preview comes from, as a dictionary of tokens (RFC 9651).
// It is a header so that the body stays one that PUT accepts.
const headerSources = "X-Card-Sources"

// Preview reads a story from its page, and answers with the body of a PUT that registers it.
func (h *Handlers) Preview(c echo.Context) error {
	if _, err := request.Query(c); err != nil {
		return err
	}
	var in api.PageAddress
	if err := request.JSON(c, &in); err != nil {
		return err
	}
	story, err := h.readStory(c.Request().Context(), in.Url)
	if err != nil {
		return err
	}
	a, err := acceptable(story)
	if err != nil {
		return err
	}
	if sources := sourcesOf(a, story.Sources); sources != "" {
		c.Response().Header().Set(headerSources, sources)
	}
	return answer.Private(c).JSON(http.StatusOK, api.Article{
		Url: a.URL, Headline: a.Headline, Caption: a.Caption, Credit: a.Credit, Byline: present.Byline(a),
		Kicker: a.Kicker, Site: a.Site, Lang: a.Lang, Description: a.Description,
		Photo:       api.ArticlePhoto{Url: a.Photo.URL, Alt: a.Photo.Alt},
		PublishedAt: a.PublishedAt.UTC(), UpdatedAt: a.UpdatedAt.UTC(), Tags: a.Tags,
	})
}

func (h *Handlers) readStory(ctx context.Context, address string) (page.Story, error) {
	if address = weburl.Clean(address); address == "" {
		return page.Story{}, fault.InField("url", "is required")
	}
	if _, err := share.Canonical(address); err != nil {
		return page.Story{}, err
	}
	story, err := h.Reader.Story(ctx, address)
	if err == nil && story.Headline == "" {
		err = fault.InField("url", "leads to a page without a headline")
	}
	return story, err
}

// sourcesOf returns the value of headerSources for the fields that the article has, in alphabetical order.
func sourcesOf(a article.Article, sources map[string]string) string {
	empty := map[string]bool{
		"byline": a.Byline == "", "caption": a.Caption == "", "credit": a.Credit == "", "kicker": a.Kicker == "",
		"lang": a.Lang == "", "photo.alt": a.Photo.Alt == "", "photo.url": a.Photo.URL == "",
		"published_at": a.PublishedAt.IsZero(), "site": a.Site == "", "updated_at": a.UpdatedAt.IsZero(),
	}
	var all []string
	for _, field := range slices.Sorted(maps.Keys(sources)) {
		if !empty[field] {
			all = append(all, field+"="+sources[field])
		}
	}
	return strings.Join(all, ", ")
}

// acceptable makes an article that PUT accepts from the data of a page; it omits values that PUT would reject.
func acceptable(s page.Story) (article.Article, error) {
	a := article.Article{
		ID: "preview", URL: s.URL, Headline: s.Headline, Byline: s.Byline(), Kicker: s.Section, Site: s.Site, Lang: s.Lang,
		Caption: s.Caption, Credit: s.Credit, Description: s.Description, Photo: article.Photo{URL: s.Image, Alt: s.ImageAlt},
		PublishedAt: s.Published, UpdatedAt: s.Updated, Tags: s.Tags,
	}
	clean, err := a.Normalize()
	for _, fault := range card.FieldErrors(err) {
		switch fault.Field {
		case "lang":
			a.Lang = ""
		case "photo.url":
			a.Photo, a.Caption, a.Credit = article.Photo{}, "", ""
		case "photo.alt":
			a.Photo.Alt = ""
		case "published_at":
			a.PublishedAt = time.Time{}
		case "updated_at":
			a.UpdatedAt = time.Time{}
		}
	}
	if err == nil {
		return clean, nil
	}
	return a.Normalize()
}
