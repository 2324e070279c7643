package articles

import (
	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/store"
)

// jsonLD is the parameter that adds JSON-LD to the meta tags. Without it they have none, because most pages have their
// own, and search engines should not find two.
const jsonLD = "jsonld"

// checkLD checks the query of a route whose only parameter is jsonLD.
func checkLD(c echo.Context) error {
	q, err := request.Query(c, jsonLD)
	if err != nil {
		return err
	}
	_, err = request.Flag(q, jsonLD)
	return err
}

// asksLD reports whether the query, which has been checked, asks for JSON-LD.
func asksLD(c echo.Context) bool {
	asked, _ := request.Flag(c.QueryParams(), jsonLD)
	return asked
}

// ldQuery returns the query of a GET that has JSON-LD if this request asks for it, and else "".
func ldQuery(c echo.Context) string {
	if asksLD(c) {
		return "?" + jsonLD + "=1"
	}
	return ""
}

// meta returns the meta tags of an article's page as the query asks for them.
func (h *Handlers) meta(c echo.Context, rec store.Record) string {
	if asksLD(c) {
		return h.Present.MetaWithLD(rec)
	}
	return h.Present.Meta(rec)
}

// addLD adds JSON-LD to the meta tags of an answer if the query asks for it.
func (h *Handlers) addLD(c echo.Context, rec store.Record, shown *api.RegisteredArticle) {
	if asksLD(c) {
		shown.MetaHtml = h.Present.MetaWithLD(rec)
	}
}
