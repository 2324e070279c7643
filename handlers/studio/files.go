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
	measured := api.StudioFigures{Cards: []api.StudioMeasure{}, Unshown: []api.FieldProblem{}}
	var drawn []advice.Drawn
	for i, f := range figures {
		size := card.Sizes[i]
		drawn = append(drawn, advice.Drawn{Size: size.Size, Label: sizeNames[size.Name], Figures: f})
		measured.Cards = append(measured.Cards, api.StudioMeasure{
			Name: size.Name, HeadlinePx: f.HeadlinePx, Lines: f.Lines, HeadlineContrast: f.Headline, CaptionContrast: f.Caption,
			Truncated: cutRoles(f), Focus: api.StudioMeasureFocus(f.Focus), Crop: cropOf(f),
		})
		if f.LooksAt != nil && measured.LooksAt == nil {
			measured.LooksAt = []float64{f.LooksAt.X, f.LooksAt.Y}
		}
		measured.PhotoWidth, measured.PhotoHeight = f.Photo.X, f.Photo.Y
	}
	var checks []advice.Check
	if len(figures) > 0 && figures[0].Degraded != nil {
		problem := figures[0].Degraded
		checks = append(checks, advice.PhotoProblem(fault.KindOf(problem).Code(), fault.MessageOf(problem)))
		h.Refused(c, problem)
	}
	story := advice.Story{Article: h.storyOf(url.Values{}, asked)}
	measured.Checks = apiChecks(append(checks, advice.OfCards(story, drawn)...))
	for _, u := range advice.UnshownIn(story, drawn) {
		measured.Unshown = append(measured.Unshown, api.FieldProblem{Field: formName(u.Field), Message: u.Message})
	}
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

// cropOf returns the part of the photo that a card shows, in fractions of the photo: x, y, width, height. It is empty
// if there is none.
func cropOf(f pictures.Figures) []float64 {
	if f.Crop.Empty() || f.Photo.X == 0 {
		return []float64{}
	}
	w, h := float64(f.Photo.X), float64(f.Photo.Y)
	return []float64{float64(f.Crop.Min.X) / w, float64(f.Crop.Min.Y) / h, float64(f.Crop.Dx()) / w,
		float64(f.Crop.Dy()) / h}
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
