package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/share"
)

// shareLinks are the links of any story.
func (s *server) shareLinks(c echo.Context) error {
	q, err := openQuery(c, "url", "title", "text", "image", "via", "hashtags", "lang", "targets", "utm")
	if err != nil {
		return err
	}
	utm, err := flag(q, "utm")
	if err != nil {
		return err
	}
	if !q.Has("title") {
		return field("title", "is required")
	}
	canonical, links, err := share.Links(s.Share, share.Post{
		URL: q.Get("url"), Title: q.Get("title"), Text: q.Get("text"), Image: q.Get("image"), Via: q.Get("via"),
		Hashtags: list(q.Get("hashtags")), Lang: q.Get("lang"), UTM: utm,
	}, list(q.Get("targets")))
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "public, max-age=300")
	return c.JSON(http.StatusOK, api.ShareLinks{Url: canonical, Links: apiLinks(links)})
}

// list splits a parameter at its commas.
func list(s string) []string {
	var all []string
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}
