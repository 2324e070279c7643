package pictures

import (
	"context"
	"errors"
	"image"
	"slices"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/render"
)

// Figures are measurements of a card in one size, for editors.
type Figures struct {
	HeadlinePx        float64     // type size, in pixels of the card
	Lines             int         // of the headline
	Truncated         []string    // roles of the texts that were shortened, such as "headline"
	Headline, Caption float64     // lowest WCAG contrast ratio, 1 to 21; 0 if the card shows no such text
	Photo             image.Point // size of the upright photo in pixels; zero if there is none
	Warnings          []string    // what could not be drawn as written
	Degraded          error       // why the photo or a part of it is missing, as in Image
}

// Figures measures the card as Preview would draw it, in each of the sizes. It decodes the photo once, takes one
// slot, and caches nothing. Errors are those of Preview, except that a photo that fails is reported in
// Figures.Degraded.
func (s *Service) Figures(ctx context.Context, c card.Card, sizes []card.Size) ([]Figures, error) {
	if err := s.cfg.Renderer.Check(c); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, s.cfg.Timeout)
	defer cancel()
	photo, failed := s.photo(ctx, c, Options{})
	if errors.Is(failed, ErrOverloaded) {
		return nil, failed
	}
	all, err := s.measure(ctx, c, sizes, photo)
	if err != nil && photo != "" && fault.KindOf(err).OfPhoto() {
		failed = err
		if err = nil; all == nil {
			all, err = s.measure(ctx, c, sizes, "")
		}
	}
	for i := range all {
		all[i].Degraded = failed
	}
	return all, err
}

// measure returns both figures and an error if only a part of the photo is missing.
func (s *Service) measure(ctx context.Context, c card.Card, sizes []card.Size, photo string) (all []Figures,
	err error) {
	_, err = s.withPhoto(ctx, c, photo, func(photo render.Photo) error {
		var measured []Figures
		for _, c.Size = range sizes {
			p, err := s.cfg.Renderer.Plan(ctx, c, photo)
			if err != nil {
				return err
			}
			f := figuresOf(p)
			if photo != nil {
				f.Photo = photo.Size()
			}
			measured = append(measured, f)
		}
		all = measured
		return nil
	})
	return all, err
}

func figuresOf(p render.Plan) Figures {
	f := Figures{Headline: p.Contrast.Headline, Caption: p.Contrast.Caption, Warnings: p.Warnings}
	for _, op := range p.Ops {
		run, ok := op.(render.Run)
		if !ok {
			continue
		}
		if run.Role == "headline" {
			f.HeadlinePx, f.Lines = run.Block.SizePx, len(run.Block.Lines)
		}
		if run.Block.Truncated && !slices.Contains(f.Truncated, run.Role) {
			f.Truncated = append(f.Truncated, run.Role)
		}
	}
	return f
}
