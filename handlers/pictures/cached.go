package pictures

import (
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/respcache"
)

// answerCached answers 304 if the client has the picture, or else with the cached picture. done is false if
// there is none, or if its photo was withdrawn. It sets e.Photo to the ID of the photo that the picture shows.
func (h *Handlers) answerCached(c echo.Context, e *respcache.Entry) (done bool, err error) {
	if h.Pictures.Withdrawn(e.Photo) {
		return false, nil
	}
	known := answer.HasTag(c.Request(), e.Tag)
	if known && namesPhoto(e.Photo) {
		answer.Quiet(c)
		return true, answer.NotModified(c, e.Tag, h.lifetime(*e, year))
	}
	img, cached := h.Pictures.Cached(c.Request().Context(), e.Key, e.Format)
	if !cached {
		return false, nil
	}
	e.Photo = img.Photo
	answer.Quiet(c)
	if known || answer.HasAny(c.Request()) {
		return true, answer.NotModified(c, e.Tag, h.lifetime(*e, year))
	}
	return true, h.sendPicture(c, img, *e)
}

// namesPhoto reports whether the photo of an entry is the ID of a photo, or none. Otherwise it is the URL of a card's
// photo: only the cached picture tells which photo that was, and whether it was withdrawn.
func namesPhoto(photo string) bool { return photo == "" || strings.HasPrefix(photo, "upload:") }
