package articles

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/photos"
)

// Photo answers with the description of a stored photo.
func (h *Handlers) Photo(c echo.Context) error {
	id, err := photoID(c)
	if err != nil {
		return err
	}
	p, err := h.Articles.Photo(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return answer.Private(c).JSON(http.StatusOK, api.StoredPhoto{Id: p.ID, Width: p.Width, Height: p.Height, Type: p.Type,
		Bytes: p.Bytes, Articles: notNull(p.Uses.Articles), More: p.Uses.MoreArticles})
}

// DeletePhoto withdraws a photo, for good.
func (h *Handlers) DeletePhoto(c echo.Context) error {
	id, err := photoID(c)
	if err != nil {
		return err
	}
	w, err := h.Articles.WithdrawPhoto(journal.Doing(c.Request().Context(), journal.DeletePhoto), id)
	for _, article := range w.Changed {
		h.Changed(article)
	}
	if err != nil {
		return err
	}
	return answer.Private(c).JSON(http.StatusOK, api.WithdrawnPhoto{Id: id, Articles: notNull(w.Uses.Articles),
		More: w.Uses.MoreArticles, PicturesRemoved: w.Pictures, StillHeld: h.stillHeld(w.Uses)})
}

// photoID returns the ID of a photo in the path: "upload:<hash>", also with an encoded colon, or the hash alone.
func photoID(c echo.Context) (string, error) {
	if _, err := request.Query(c); err != nil {
		return "", err
	}
	text, err := url.PathUnescape(c.Param("id"))
	id, ok := photos.ParseID(text)
	if err != nil || !ok {
		return "", photos.ErrUnknown
	}
	return id, nil
}

// notNull returns the list, which is [] in JSON if it is empty.
func notNull(ids []string) []string { return append([]string{}, ids...) }
