package articles

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/stories"
)

// Patch changes some fields of an article. The result is checked and stored as that of a PUT.
func (h *Handlers) Patch(c echo.Context) error {
	o, err := h.putOptions(c)
	if err != nil {
		return err
	}
	id := c.Param("id")
	if err := article.CheckID(id); err != nil {
		return err
	}
	patch, err := request.ReadPatch(c, api.Article{})
	if err != nil {
		return err
	}
	result, err := h.update(journal.Doing(asRetraction(c.Request().Context(), o), journal.Patch), id, patch, o)
	if err != nil {
		return photoFault(err)
	}
	return h.registered(c, http.StatusOK, result, o)
}

// update applies the patch to an article. What is cached of it is dropped before the client can read the answer.
func (h *Handlers) update(
	ctx context.Context, id string, patch request.Patch, o stories.PutOptions,
) (stories.Result, error) {
	if !o.DryRun {
		defer h.Changed(id)
	}
	return h.Articles.Update(ctx, id, func(current article.Article) (article.Article, error) {
		before, in := present.Fields(current), api.Article{}
		if patch.Names("url") && !patch.Names("shared_url") {
			before.SharedUrl = "" // it is of the URL before
		}
		before.Format = "" // it says how the stored texts are written; the patch says how its own are
		if err := patch.Apply(before, &in); err != nil {
			return article.Article{}, withOtherFaults(err, id, in)
		}
		return fromAPI(id, in)
	}, o)
}
