package studio

import (
	"archive/zip"
	"bytes"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/advice"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/pictures"
)

// signedForm returns the card of a signed query. State signs these queries.
func (h *Handlers) signedForm(c echo.Context) (card.Card, error) {
	r := c.Request()
	if strings.Contains(r.URL.RawQuery, ";") {
		return card.Card{}, fault.InField("query", "holds a semicolon that is not encoded")
	}
	q := r.URL.Query()
	if err := h.Guard.Verify(r, q); err != nil {
		return card.Card{}, err
	}
	return card.Parse(q)
}

// Figures answers with the measurements of the card in all sizes.
func (h *Handlers) Figures(c echo.Context) error {
	asked, err := h.signedForm(c)
	if err != nil {
		return err
	}
	var sizes []card.Size
	for _, size := range card.Sizes {
		sizes = append(sizes, size.Size)
	}
	figures, err := h.Pictures.Figures(c.Request().Context(), asked, sizes)
	if err != nil {
		return err
	}
	measured := api.StudioFigures{Cards: []api.StudioMeasure{}}
	var drawn []advice.Drawn
	for i, f := range figures {
		size := card.Sizes[i]
		drawn = append(drawn, advice.Drawn{Size: size.Size, Label: sizeNames[size.Name], Figures: f})
		measured.Cards = append(measured.Cards, api.StudioMeasure{
			Name: size.Name, HeadlinePx: f.HeadlinePx, Lines: f.Lines, HeadlineContrast: f.Headline, CaptionContrast: f.Caption,
			Truncated: cutRoles(f), Focus: api.StudioMeasureFocus(f.Focus),
		})
		measured.PhotoWidth, measured.PhotoHeight = f.Photo.X, f.Photo.Y
	}
	var checks []advice.Check
	if len(figures) > 0 && figures[0].Degraded != nil {
		problem := figures[0].Degraded
		checks = append(checks, advice.PhotoProblem(fault.KindOf(problem).Code(), fault.MessageOf(problem)))
		h.Refused(c, problem)
	}
	story := advice.Story{Article: storyOf(url.Values{}, asked)}
	measured.Checks = apiChecks(append(checks, advice.OfCards(story, drawn)...))
	return answer.Private(c).JSON(http.StatusOK, measured)
}

// cutRoles returns the names of the texts that were shortened.
func cutRoles(f pictures.Figures) []string {
	roles := []string{}
	for _, c := range f.Cuts {
		roles = append(roles, c.Role)
	}
	return roles
}

// Zip answers with a ZIP file of the card in all sizes. The pictures are stored without compression,
// which would not make them smaller.
func (h *Handlers) Zip(c echo.Context) error {
	asked, err := h.signedForm(c)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	format := asked.Format()
	for _, size := range card.Sizes {
		asked.Size = size.Size
		img, err := h.Pictures.Preview(c.Request().Context(), asked, format, pictures.Options{Strict: true})
		if err != nil {
			return err
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: "card-" + size.Name + "." + format, Method: zip.Store})
		if err != nil {
			return err
		}
		if _, err := f.Write(img.Bytes); err != nil {
			return err
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="cards.zip"`)
	return answer.Private(c).Blob(http.StatusOK, "application/zip", out.Bytes())
}

// Photo answers with the photo itself, so that an editor can choose its focal point. The photo was
// checked like every other; its media type is detected from its bytes.
func (h *Handlers) Photo(c echo.Context) error {
	q, err := request.OpenQuery(c, "photo")
	if err != nil {
		return err
	}
	if q.Get("photo") == "" {
		return fault.InField("photo", "is required")
	}
	if _, err := card.Parse(url.Values{"headline": {"-"}, "photo": {q.Get("photo")}}); err != nil {
		return err
	}
	data, kind, err := h.Photos.Show(c.Request().Context(), q.Get("photo"))
	if err != nil {
		return err
	}
	return answer.Private(c).Blob(http.StatusOK, kind, data)
}
