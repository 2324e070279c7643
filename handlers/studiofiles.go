package handlers

import (
	"archive/zip"
	"bytes"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/advice"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/pictures"
)

// signedForm is the card of a signed query, at the path that the studio's state named.
func (s *server) signedForm(c echo.Context) (card.Card, error) {
	r := c.Request()
	if strings.Contains(r.URL.RawQuery, ";") {
		return card.Card{}, field("query", "holds a semicolon that is not encoded")
	}
	q := r.URL.Query()
	if err := s.Signer.Verify(r.URL.EscapedPath(), q, s.Now()); err != nil {
		return card.Card{}, err
	}
	return card.Parse(q)
}

// studioFigures measures the card in all sizes.
func (s *server) studioFigures(c echo.Context) error {
	asked, err := s.signedForm(c)
	if err != nil {
		return err
	}
	var sizes []card.Size
	for _, size := range card.Sizes {
		sizes = append(sizes, size.Size)
	}
	figures, err := s.Pictures.Figures(c.Request().Context(), asked, sizes)
	if err != nil {
		return err
	}
	answer := api.StudioFigures{Cards: []api.StudioMeasure{}}
	var drawn []advice.Drawn
	for i, f := range figures {
		size := card.Sizes[i]
		drawn = append(drawn, advice.Drawn{Size: size.Size, Label: sizeNames[size.Name], Figures: f})
		answer.Cards = append(answer.Cards, api.StudioMeasure{
			Name: size.Name, HeadlinePx: f.HeadlinePx, Lines: f.Lines, HeadlineContrast: f.Headline, CaptionContrast: f.Caption,
			Truncated: append([]string{}, f.Truncated...),
		})
		answer.PhotoWidth, answer.PhotoHeight = f.Photo.X, f.Photo.Y
	}
	problem := ""
	if len(figures) > 0 && figures[0].Degraded != nil {
		problem = fault.MessageOf(figures[0].Degraded)
	}
	answer.Checks = apiChecks(advice.OfFigures(drawn, problem))
	return private(c).JSON(http.StatusOK, answer)
}

// studioZip is the card in all sizes, in one file. Pictures are stored as they are: they do not
// get smaller.
func (s *server) studioZip(c echo.Context) error {
	asked, err := s.signedForm(c)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	format := asked.Format()
	for _, size := range card.Sizes {
		asked.Size = size.Size
		img, err := s.Pictures.Preview(c.Request().Context(), asked, format, pictures.Options{Strict: true})
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
	return private(c).Blob(http.StatusOK, "application/zip", out.Bytes())
}

// studioPhotoView shows the photo itself, so that an editor can point at what must stay in
// sight. It passed the gate that all photos pass; its type is told by its bytes.
func (s *server) studioPhotoView(c echo.Context) error {
	q, err := openQuery(c, "photo")
	if err != nil {
		return err
	}
	if q.Get("photo") == "" {
		return field("photo", "is required")
	}
	if _, err := card.Parse(url.Values{"headline": {"-"}, "photo": {q.Get("photo")}}); err != nil {
		return err
	}
	data, kind, err := s.Photos.Show(c.Request().Context(), q.Get("photo"))
	if err != nil {
		return err
	}
	return private(c).Blob(http.StatusOK, kind, data)
}
