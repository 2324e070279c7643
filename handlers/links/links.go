package links

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/tokens"
	"newsroom.example/cards/share"
)

// ShareLinks answers with the share links of any story.
func (h *Handlers) ShareLinks(c echo.Context) error {
	q, err := request.OpenQuery(c, "url", "title", "text", "image", "via", "hashtags", "lang", "targets", "utm",
		"utm_campaign", "text_format", "strict")
	if err != nil {
		return err
	}
	utm, err := request.Flag(q, "utm")
	if err != nil {
		return err
	}
	strict, err := request.Flag(q, "strict")
	if err != nil {
		return err
	}
	post, err := share.Post{
		URL: q.Get("url"), Title: q.Get("title"), Text: q.Get("text"), Image: q.Get("image"), Via: q.Get("via"),
		Hashtags: request.List(q.Get("hashtags")), Lang: q.Get("lang"), UTM: utm,
		Campaign: q.Get("utm_campaign"), TextFormat: share.TextFormat(q.Get("text_format")),
	}.Normalize(h.Present.Share)
	if err == nil && post.Title == "" { // none, or nothing that can be seen
		err = fault.InField("title", "is required")
	}
	if err != nil {
		return err
	}
	targets, left := present.Targets(post, request.List(q.Get("targets")), strict)
	canonical, links, err := share.Links(h.Present.Share, post, targets)
	if err != nil {
		return err
	}
	shown := present.Links(links)
	c.Response().Header().Set("Cache-Control", "public, max-age=300")
	c.Response().Header().Add("Vary", echo.HeaderAuthorization)
	for i := range shown {
		if shown[i].Target == "kakao" {
			if err := h.openKakao(c, canonical, &shown[i]); err != nil {
				return err
			}
		}
	}
	return c.JSON(http.StatusOK, api.ShareLinks{Url: canonical, Links: shown, LeftOut: left})
}

// openKakao completes the link to this service's Kakao page, which only opens for a registered story or with a
// signature: holders of the API token get one, others learn that the page refuses the story.
func (h *Handlers) openKakao(c echo.Context, canonical string, l *api.ShareLink) (err error) {
	ctx, cancel := context.WithTimeout(c.Request().Context(), findWait)
	defer cancel()
	_, found := h.Find.AtURL(ctx, canonical)
	switch {
	case h.maySign(c):
		answer.Private(c)
		if found != nil {
			l.Url, err = h.Guard.SignAddress(l.Url)
		}
	case errors.Is(found, store.ErrNotFound), errors.Is(found, store.ErrGone):
		l.Refused = true
	case found != nil: // the database fails: it is not known, and not for long
		answer.Private(c)
	}
	return err
}

// maySign reports whether the request has a token that may write stories, for which links are signed.
func (h *Handlers) maySign(c echo.Context) bool {
	_, _, err := h.Guard.Allowed(c.Request(), tokens.WriteArticles)
	return err == nil
}

// findWait is the maximum time that share links wait for the database.
const findWait = time.Second
