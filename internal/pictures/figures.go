package pictures

import (
	"context"
	"image"
	"slices"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/render"
)

// Figures are what an editor asks of a card beside its picture.
type Figures struct {
	HeadlinePx        float64 // type size, in pixels of the card
	Lines             int     // of the headline
	Truncated         []string
	Headline, Caption float64     // lowest WCAG contrast; 0 where the card shows no such text
	Photo             image.Point // pixels of the upright photo; zero without one
	Warnings          []string    // what could not be set as it is written
	Degraded          error       // why the photo or a part of it is missing, as Image has it
}

// Figures measures the card as Preview would draw it, in each of the sizes; the photo is decoded
// once. It takes a slot, and keeps nothing. Errors are those of Preview; a photo that fails is
// told, not returned.
func (s *Service) Figures(ctx context.Context, c card.Card, sizes []card.Size) ([]Figures, error) {
	if err := s.cfg.Renderer.Check(c); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, s.cfg.Timeout)
	defer cancel()
	photo, failed := s.photo(ctx, c, Options{})
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

// measure has figures beside an error where only a part of the photo is missing.
func (s *Service) measure(ctx context.Context, c card.Card, sizes []card.Size, photo string) (all []Figures,
	err error) {
	err = s.withPhoto(ctx, c, photo, func(photo render.Photo) error {
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
