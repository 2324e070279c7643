package articles

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/photos"
)

// errCutShort reports an incomplete upload.
var errCutShort = fault.Public(fault.ImageInvalid, "upload cut short",
	"the photo is cut short: its file ends before the picture does")

// errNoRoom reports that there are too many uploads at the same time.
var errNoRoom = fault.New(fault.Overloaded, "uploads: no room")

// Limits of uploads, which are held in memory: the bytes of one and of all, and how long others wait.
const (
	maxPhoto    = 10 << 20
	heldUploads = 32 << 20
	uploadWait  = 5 * time.Second
)

// UploadPhoto stores the photo in the body.
func (h *Handlers) UploadPhoto(c echo.Context) error {
	if _, err := request.Query(c); err != nil {
		return err
	}
	if strings.HasPrefix(c.Request().Header.Get(echo.HeaderContentType), "multipart/") {
		return fault.InField("body", "must be the picture itself, not a form")
	}
	kept, err := h.savePhoto(c)
	if err != nil {
		return err
	}
	return answer.Private(c).JSON(http.StatusCreated, api.KeptPhoto{Id: kept.ID, Width: kept.Width, Height: kept.Height,
		Type: kept.Type})
}

// savePhoto reads and stores the photo in the body, after waiting for memory.
func (h *Handlers) savePhoto(c echo.Context) (photos.Photo, error) {
	size := c.Request().ContentLength
	switch {
	case size > maxPhoto:
		return photos.Photo{}, &http.MaxBytesError{Limit: maxPhoto}
	case size < 0:
		size = maxPhoto
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), uploadWait)
	defer cancel()
	if err := h.uploads.Acquire(ctx, size); err != nil {
		return photos.Photo{}, errNoRoom
	}
	defer h.uploads.Release(size)
	data, err := request.Body(c, maxPhoto)
	if err != nil {
		return photos.Photo{}, err
	}
	kept, err := h.Photos.Upload(c.Request().Context(), data)
	if fault.KindOf(err) == fault.SourceIncomplete {
		err = errCutShort
	}
	return kept, err
}
