package studio

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/fault"
)

// Widths of a small picture, in pixels: those of thumbnails, and those of cards.
const (
	minWidth = 80
	maxWidth = card.MaxSide
)

// widthOf returns the width that a query asks for; 0 if it asks for none.
func widthOf(q url.Values) (int, error) {
	if q.Get("width") == "" {
		return 0, nil
	}
	w, err := strconv.Atoi(q.Get("width"))
	if err != nil || w < minWidth || w > maxWidth {
		return 0, fault.InField("width", "must be a whole number from 80 to 2400")
	}
	return w, nil
}

// Card answers with a card, drawn in its size and shrunk to a width: on a screen that shows it small, the whole picture
// would take ten times as long to come. The query is that of a picture's URL, without a signature.
func (h *Handlers) Card(c echo.Context) error {
	r := c.Request()
	if strings.Contains(r.URL.RawQuery, ";") {
		return fault.InField("query", "holds a semicolon that is not encoded")
	}
	q := r.URL.Query()
	width, err := widthOf(q)
	switch {
	case err != nil:
		return err
	case width == 0:
		return fault.InField("width", "is required")
	}
	q.Del("width")
	asked, err := card.Parse(q)
	if err != nil {
		return err
	}
	img, err := h.Pictures.Small(r.Context(), asked, width)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "private, max-age=60") // the page shows it several times
	return c.Blob(http.StatusOK, img.Type, img.Bytes)
}

// Photo answers with the photo, so that an editor can choose its focal point: its file, whose media type is detected
// from its bytes, or with a width upright and small. The photo was checked like every other.
func (h *Handlers) Photo(c echo.Context) error {
	q, err := request.OpenQuery(c, "photo", "width")
	if err != nil {
		return err
	}
	if q.Get("photo") == "" {
		return fault.InField("photo", "is required")
	}
	width, err := widthOf(q)
	if err != nil {
		return err
	}
	if _, err := card.Parse(url.Values{"headline": {"-"}, "photo": {q.Get("photo")}}); err != nil {
		return err
	}
	show := func() ([]byte, string, error) { return h.Photos.Show(c.Request().Context(), q.Get("photo")) }
	if width > 0 {
		show = func() ([]byte, string, error) {
			return h.Photos.ShowSmall(c.Request().Context(), q.Get("photo"), width)
		}
	}
	data, kind, err := show()
	if err != nil {
		return err
	}
	return answer.Private(c).Blob(http.StatusOK, kind, data)
}
