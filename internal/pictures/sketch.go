package pictures

import (
	"context"
	"log/slog"
	"sync"

	"newsroom.example/cards/card"
	"newsroom.example/cards/render"
)

// Sketch measures the card in all named sizes, in the order of card.Sizes, with less work than Figures: only the first
// size, og, is measured with the photo's pixels. In the others the layout is that of og, and the contrast of text on a
// photo, which its scrim ensures, is not known. A sketch that Preview has made is remembered. Errors are as in Figures.
func (s *Service) Sketch(ctx context.Context, c card.Card) ([]Figures, error) {
	c.Size = card.OpenGraph
	key := s.Key(c, "")
	if known, ok := s.sketches.get(key); ok {
		return known, nil
	}
	all, err := s.figures(ctx, c, Options{}, func(ctx context.Context, photo, portrait render.Photo) ([]Figures, error) {
		return Sketch(ctx, s.cfg.Renderer, c, photo, portrait)
	})
	if err == nil && all[0].Degraded == nil && s.Permanent(c) {
		s.sketches.put(key, all)
	}
	return all, err
}

// sketchCached returns the sketch of a card whose picture is cached.
func (s *Service) sketchCached(ctx context.Context, c card.Card) []Figures {
	all, err := s.Sketch(ctx, c)
	return s.orLog(ctx, all, err)
}

// sketched returns the sketch of a card that was drawn with the plan.
func (s *Service) sketched(ctx context.Context, c card.Card, og render.Plan, photo, portrait render.Photo) []Figures {
	all, err := sketch(s.cfg.Renderer, c, og, photo, portrait)
	return s.orLog(ctx, all, err)
}

// orLog returns the figures, or logs why there are none: the picture is there all the same.
func (s *Service) orLog(ctx context.Context, all []Figures, err error) []Figures {
	if err != nil {
		s.sampled.Log(ctx, slog.LevelWarn, "cards are not checked", "measure", err)
		return nil
	}
	return all
}

// Sketch is like Service.Sketch, for a photo that is open, and a portrait; nil, or no portrait, if the card has none.
func Sketch(
	ctx context.Context, r *render.Renderer, c card.Card, photo render.Photo, portrait ...render.Photo,
) ([]Figures, error) {
	c.Size = card.OpenGraph
	og, err := r.Plan(ctx, c, photo, portrait...)
	if err != nil {
		return nil, err
	}
	return sketch(r, c, og, photo, portrait...)
}

// sketch returns the figures of a card of which the plan in size og is known.
func sketch(
	r *render.Renderer, c card.Card, og render.Plan, photo render.Photo, portrait ...render.Photo,
) (all []Figures, err error) {
	photo = render.Focused(photo)
	for _, named := range card.Sizes {
		plan := og
		if c.Size = named.Size; c.Size != card.OpenGraph {
			if plan, err = r.Layout(c, photo, og, portrait...); err != nil {
				return nil, err
			}
		}
		f, err := Measure(plan, photo)
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
}

// maxSketches is how many sketches are remembered. Each takes about 1 KB, at most 10 KB.
const maxSketches = 1024

// sketches are the sketches of the cards that were drawn last. It is safe for concurrent use.
type sketches struct {
	mu    sync.Mutex
	known map[card.Key][]Figures
}

func (s *sketches) get(key card.Key) ([]Figures, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all, ok := s.known[key]
	return all, ok
}

func (s *sketches) put(key card.Key, all []Figures) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil {
		s.known = map[card.Key][]Figures{}
	}
	for old := range s.known { // any of them
		if len(s.known) < maxSketches {
			break
		}
		delete(s.known, old)
	}
	s.known[key] = all
}
