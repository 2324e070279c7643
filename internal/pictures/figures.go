package pictures

import (
	"context"
	"image"
	"slices"

	"newsroom.example/cards/card"
	"newsroom.example/cards/render"
)

// Figures are measurements of a card in one size, for the checks of package advice.
type Figures struct {
	HeadlinePx        float64         // type size, in pixels of the card
	Lines             int             // of the headline
	Cuts              []Cut           // the texts that were shortened
	Headline, Caption float64         // lowest WCAG contrast ratio, 1 to 21; 0: no such text, or not known
	Photo             image.Point     // size of the upright photo in pixels; zero if there is none
	Focus             string          // what the crop of the photo looks at, as in render.Plan; empty if there is none
	Missing           []rune          // characters that no font has, each once; at most maxMissing
	OnFace            string          // role of the text that lies on a face, such as "headline"; empty if none does
	Degraded          error           // why the photo, the portrait or a part of it is missing, as in Image
	Portrait          error           // why the portrait or a part of it is missing, as in Image
	Shown             []string        // the card's fields whose texts show, as in render.Plan.Shown
	Crop              image.Rectangle // the part of the upright photo that shows, in its pixels; empty if there is none
	LooksAt           *card.Focal     // the focal point of the crop; nil without a crop
}

// maxMissing bounds Figures.Missing. Warnings name fewer.
const maxMissing = 64

// Figures measures the card as Preview would draw it, in each of the sizes. It decodes the photo once, takes one
// slot, and caches nothing. Errors are those of Preview, except that a photo that fails is reported in
// Figures.Degraded.
func (s *Service) Figures(ctx context.Context, c card.Card, sizes []card.Size) ([]Figures, error) {
	measure := func(ctx context.Context, photo, portrait render.Photo) (all []Figures, err error) {
		for _, c.Size = range sizes {
			p, err := s.cfg.Renderer.Plan(ctx, c, photo, portrait)
			if err != nil {
				return nil, err
			}
			f, err := Measure(p, photo)
			if err != nil {
				return nil, err
			}
			all = append(all, f)
		}
		return all, nil
	}
	return s.figures(ctx, c, Options{}, measure)
}

// figures calls measure with the card's photo and portrait or, if one fails, with nil. Of the options only Spare
// matters.
func (s *Service) figures(
	ctx context.Context, c card.Card, o Options,
	measure func(ctx context.Context, photo, portrait render.Photo) ([]Figures, error),
) ([]Figures, error) {
	if err := s.cfg.Renderer.Check(c); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, s.cfg.Timeout)
	defer cancel()
	shown, err := s.load(ctx, c, o)
	if err != nil {
		return nil, err
	}
	var all []Figures
	_, err = s.withUsable(ctx, c, &shown, o, func(photo, portrait render.Photo) (err error) {
		all, err = measure(ctx, photo, portrait)
		return err
	})
	for i := range all {
		all[i].Degraded, all[i].Portrait = shown.degraded(), shown.faceFailed
	}
	return all, err
}

// Measure returns the figures of a planned card. photo may be nil. Errors are those of the photo.
func Measure(p render.Plan, photo render.Photo) (f Figures, err error) {
	f = Figures{Headline: p.Contrast.Headline, Caption: p.Contrast.Caption, Focus: p.Focus, Shown: p.Shown(),
		Crop: p.Crop, LooksAt: p.LooksAt}
	for _, op := range p.Ops {
		run, ok := op.(render.Run)
		if !ok {
			continue
		}
		if run.Role == "headline" {
			f.HeadlinePx, f.Lines = run.Block.SizePx, len(run.Block.Lines)
		}
		if run.Block.Truncated && !slices.ContainsFunc(f.Cuts, func(c Cut) bool { return c.Role == run.Role }) {
			f.Cuts = append(f.Cuts, cutOf(run))
		}
		for _, r := range run.Block.Missing {
			if len(f.Missing) < maxMissing && !slices.Contains(f.Missing, r) {
				f.Missing = append(f.Missing, r)
			}
		}
	}
	for _, role := range p.LeftOut {
		f.Cuts = append(f.Cuts, Cut{Role: role, LeftOut: true})
	}
	if photo != nil {
		f.Photo = photo.Size()
		f.OnFace, err = p.OnFace(photo)
	}
	return f, err
}
