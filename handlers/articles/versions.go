package articles

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
)

// Limits of a page of versions. Each is compared with the one before it.
const (
	defaultVersions = 10
	maxVersions     = 50
)

// Versions answers with the versions of an article, and when each was the current one.
func (h *Handlers) Versions(c echo.Context) error {
	q, err := request.Query(c, "cursor", "limit")
	if err != nil {
		return err
	}
	id := c.Param("id")
	if err := article.CheckID(id); err != nil {
		return err
	}
	limit, err := request.Number(q, "limit", defaultVersions, 1, maxVersions)
	if err != nil {
		return err
	}
	var before int64
	if given := q.Get("cursor"); given != "" {
		if before, err = strconv.ParseInt(given, 10, 64); err != nil || before == 0 {
			return fault.InField("cursor", "is no cursor of this list")
		}
	}
	periods, err := h.Articles.History(c.Request().Context(), id, before, limit+1)
	if err != nil {
		return err
	}
	found := api.Versions{Id: id, Versions: []api.VersionPeriod{}}
	for i, p := range periods {
		if i == limit {
			found.Next = strconv.FormatInt(periods[i-1].Number, 10)
			break
		}
		shown := api.VersionPeriod{Version: p.Version, Headline: p.Article.Headline, From: p.From, Until: p.Until,
			Withdrawn: p.Withdrawn, Images: h.Present.Images(p.Record), Changes: []api.Change{}}
		if i+1 < len(periods) {
			shown.Changes = append(shown.Changes, present.Changes(periods[i+1].Record, p.Record)...)
		}
		found.Versions = append(found.Versions, shown)
	}
	return answer.Private(c).JSON(http.StatusOK, found)
}
