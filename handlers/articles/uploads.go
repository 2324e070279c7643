package articles

import (
	"context"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/photos"
)

// errCutShort reports an incomplete upload.
var errCutShort = fault.Public(fault.ImageInvalid, "upload cut short",
	"the photo is cut short: its file ends before the picture does")

// UploadPhoto stores the photo in the body.
func (h *Handlers) UploadPhoto(c echo.Context) error {
	if _, err := request.Query(c); err != nil {
		return err
	}
	if strings.HasPrefix(c.Request().Header.Get(echo.HeaderContentType), "multipart/") {
		return fault.InField("body", "must be the picture itself, not a form")
	}
	var kept photos.Photo
	err := h.receive(c, maxPhoto, func(ctx context.Context, data []byte) (err error) {
		kept, err = h.Photos.Upload(ctx, data)
		return err
	})
	switch {
	case fault.KindOf(err) == fault.SourceIncomplete:
		return errCutShort
	case err != nil:
		return err
	}
	// The photo is stored already, and the client may send it again.
	if err := journal.Enter(c.Request().Context(), h.Journal, journal.UploadPhoto, kept.ID, h.Now()); err != nil {
		return err
	}
	return answer.Private(c).JSON(http.StatusCreated, api.KeptPhoto{Id: kept.ID, Width: kept.Width, Height: kept.Height,
		Type: kept.Type})
}
