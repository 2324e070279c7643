package pictures

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

// Current redirects to the picture of the current version. For a size that needs a signature, the URL that the response
// redirects to is signed too, and expires at the same time.
func (h *Handlers) Current(c echo.Context) error {
	size, format, err := fileName(c.Param("file"))
	if err != nil || article.CheckID(c.Param("id")) != nil {
		return cmp.Or(err, store.ErrNotFound)
	}
	var q url.Values
	if !size.Public() {
		if q, err = articleQuery(c, size); err != nil {
			return err
		}
		if err := h.maySize(c, q); err != nil {
			return err
		}
	}
	lifetime := "no-cache"
	rec, err := h.Articles.Current(c.Request().Context(), c.Param("id"))
	if errors.Is(err, stories.ErrEmbargoed) {
		lifetime = unshared
		rec, err = h.embargoed(c, err)
	}
	if err != nil {
		return err
	}
	to := "/cards/" + rec.Article.ID + "/" + rec.Version + "/" + size.String() + "." + format
	if q.Has("sig") {
		expires, _ := h.signedUntil(q)
		to += "?" + h.Guard.Sign(to, nil, expires).Encode()
	}
	c.Response().Header().Set("Cache-Control", lifetime)
	return c.Redirect(http.StatusFound, h.Present.Absolute(to))
}

// embargoed returns the record of an article under embargo, if the request may see it. Otherwise it returns refused.
func (h *Handlers) embargoed(c echo.Context, refused error) (store.Record, error) {
	site, ok := h.Guard.MayUnveil(c.Request())
	if !ok {
		return store.Record{}, refused
	}
	rec, err := h.Articles.Article(c.Request().Context(), c.Param("id"))
	if err == nil && site != "" && rec.Article.Site != site {
		return store.Record{}, refused
	}
	return rec, err
}
