package pictures

import (
	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/respcache"
)

// answerCached answers 304 if the client has the picture, or else with the cached picture. done is false if
// there is none, or if a photo of it was withdrawn. It sets e.Photo to the IDs of the photos that the cached picture
// shows, and e.Tag to its entity tag. For a photo by URL, only the picture tells these; they are empty until it was
// read.
func (h *Handlers) answerCached(c echo.Context, e *respcache.Entry) (done bool, err error) {
	if h.Pictures.Withdrawn(e.Photo) {
		return false, nil
	}
	h.linkLatest(c, *e)
	if answer.HasTag(c.Request(), e.Tag) {
		answer.Quiet(c)
		return true, answer.NotModified(c, e.Tag, h.lifetime(*e, year))
	}
	img, cached := h.Pictures.Cached(c.Request().Context(), e.Key, e.Format, e.ByURL)
	if !cached {
		return false, nil
	}
	e.Photo, e.Tag = img.Photo, img.ETag
	answer.Quiet(c)
	if answer.HasTag(c.Request(), e.Tag) || answer.HasAny(c.Request()) {
		return true, answer.NotModified(c, e.Tag, h.lifetime(*e, year))
	}
	return true, h.sendPicture(c, img, *e)
}
