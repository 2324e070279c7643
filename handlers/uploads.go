package handlers

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/sync/semaphore"

	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/pictures"
)

// Uploads are held in memory while they come in: so many bytes of them, and others wait so long.
const (
	heldUploads = 32 << 20
	uploadWait  = 5 * time.Second
)

func newUploads() *semaphore.Weighted { return semaphore.NewWeighted(heldUploads) }

func (s *server) uploadPhoto(c echo.Context) error {
	if _, err := query(c); err != nil {
		return err
	}
	if strings.HasPrefix(c.Request().Header.Get(echo.HeaderContentType), "multipart/") {
		return field("body", "must be the picture itself, not a form")
	}
	kept, err := s.savePhoto(c)
	if err != nil {
		return err
	}
	return private(c).JSON(http.StatusCreated, api.KeptPhoto{Id: kept.ID, Width: kept.Width, Height: kept.Height, Type: kept.Type})
}

// savePhoto reads and keeps the photo in the body, when there is room for it.
func (s *server) savePhoto(c echo.Context) (photos.Photo, error) {
	size := c.Request().ContentLength
	switch {
	case size > maxPhoto:
		return photos.Photo{}, &http.MaxBytesError{Limit: maxPhoto}
	case size < 0:
		size = maxPhoto
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), uploadWait)
	defer cancel()
	if err := s.uploads.Acquire(ctx, size); err != nil {
		return photos.Photo{}, pictures.ErrOverloaded
	}
	defer s.uploads.Release(size)
	data, err := body(c, maxPhoto)
	if err != nil {
		return photos.Photo{}, err
	}
	kept, err := s.Photos.Upload(c.Request().Context(), data)
	if fault.KindOf(err) == fault.SourceIncomplete { // here the sender is the source
		err = errCutShort
	}
	return kept, err
}
