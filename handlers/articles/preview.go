package articles

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/page"
	"newsroom.example/cards/internal/weburl"
	"newsroom.example/cards/share"
)

// Preview reads a story from its page, and answers with the body of a PUT that registers it.
func (h *Handlers) Preview(c echo.Context) error {
	if _, err := request.Query(c); err != nil {
		return err
	}
	var in api.PageAddress
	if err := request.JSON(c, &in); err != nil {
		return err
	}
	found, err := h.readStory(c.Request().Context(), in.Url)
	if err != nil {
		return err
	}
	return answer.Private(c).JSON(http.StatusOK, found)
}

func (h *Handlers) readStory(ctx context.Context, address string) (api.Article, error) {
	if address = weburl.Clean(address); address == "" {
		return api.Article{}, fault.InField("url", "is required")
	}
	if _, err := share.Canonical(address); err != nil {
		return api.Article{}, err
	}
	story, err := h.Reader.Story(ctx, address)
	if err != nil {
		return api.Article{}, err
	}
	if story.Headline == "" {
		return api.Article{}, fault.InField("url", "leads to a page without a headline")
	}
	a, err := acceptable(story)
	if err != nil {
		return api.Article{}, err
	}
	return api.Article{
		Url: a.URL, Headline: a.Headline, Caption: a.Caption, Credit: a.Credit, Byline: a.Byline,
		Kicker: a.Kicker, Site: a.Site, Lang: a.Lang,
		Description: a.Description,
		Photo:       api.ArticlePhoto{Url: a.Photo.URL, Alt: a.Photo.Alt},
		PublishedAt: a.PublishedAt.UTC(), UpdatedAt: a.UpdatedAt.UTC(), Tags: a.Tags,
	}, nil
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
