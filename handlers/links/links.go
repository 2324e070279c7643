package links

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/share"
)

// ShareLinks answers with the share links of any story.
func (h *Handlers) ShareLinks(c echo.Context) error {
	q, err := request.OpenQuery(c, "url", "title", "text", "image", "via", "hashtags", "lang", "targets", "utm")
	if err != nil {
		return err
	}
	utm, err := request.Flag(q, "utm")
	if err != nil {
		return err
	}
	if !q.Has("title") {
		return fault.InField("title", "is required")
	}
	canonical, links, err := share.Links(h.Present.Share, share.Post{
		URL: q.Get("url"), Title: q.Get("title"), Text: q.Get("text"), Image: q.Get("image"), Via: q.Get("via"),
		Hashtags: request.List(q.Get("hashtags")), Lang: q.Get("lang"), UTM: utm,
	}, request.List(q.Get("targets")))
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "public, max-age=300")
	return c.JSON(http.StatusOK, api.ShareLinks{Url: canonical, Links: present.Links(links)})
}
