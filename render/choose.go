package render

import (
	"cmp"
	"context"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render/raster"
	"newsroom.example/cards/render/text"
)

// candidate is a way to show the photo, as far as its cost is known.
type candidate struct {
	way
	plan            Plan
	composed, exact bool
}

// least returns the least that the candidate can cost.
func (c *candidate) least() int {
	if c.composed {
		return c.plan.cost.Total()
	}
	return c.base
}

// choice is the choice of a way to show the photo of a card. It looks at as few ways as the cost allows: a way is laid
// out only if its own cost is the least so far, and painted only if the cost of its layout is.
type choice struct {
	r     *Renderer
	set   *text.Setter // remembers the card's texts
	card  card.Card
	look  look
	photo Photo
	face  Photo // the portrait
	all   []*candidate

	places map[*design.Template]float64 // where the inner side of a template's photo was moved to
}

func (r *Renderer) choose(c card.Card, look look, photo Photo, portrait ...Photo) *choice {
	s := &choice{
		r: r, set: r.setter.Remembering(), card: withoutDoubles(c), look: look, photo: photo, face: first(portrait),
		places: map[*design.Template]float64{},
	}
	s.offer(look.ways(c)...)
	return s
}

func (s *choice) offer(ways ...way) {
	s.all = nil
	for _, w := range ways {
		s.all = append(s.all, &candidate{way: w})
	}
}

// cheapest returns the candidate that costs the least, the first of several. dim returns what the scrim of a planned
// card costs, and may change the plan.
func (s *choice) cheapest(ctx context.Context, dim func(*candidate) (int, error)) (*candidate, error) {
	for {
		best := s.all[0]
		for _, c := range s.all[1:] {
			if c.least() < best.least() {
				best = c
			}
		}
		switch {
		case best.exact:
			best.plan.Costs = s.costs()
			return best, nil
		case !best.composed:
			if err := s.compose(best); err != nil {
				return nil, err
			}
			if g := best.plan.graphic; g != nil && best.ground == nil {
				s.offer(s.look.graphic(*g))
			}
		default:
			cost, err := dim(best)
			if err != nil {
				return nil, err
			}
			best.plan.cost.Dim, best.exact = cost, true
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
}

func (s *choice) compose(c *candidate) error {
	l, err := s.layOut(c.way, nil)
	if err != nil {
		return err
	}
	c.plan = s.moved(c.way, l, s.larger(c.way, l))
	c.plan.Way, c.plan.cost.Way = c.name, c.name
	if l.photo == nil {
		c.plan.Way = ""
	}
	c.plan.cost.Base += c.base
	c.plan.cost.Words = wordsCost(c.plan)
	c.composed = true
	return nil
}

// layOut lays out the card in a way, as set says unless it is nil. The layout has the plan.
func (s *choice) layOut(w way, set func(*layout)) (l *layout, err error) {
	l = newLayout(s.set, s.card, s.look.theme, w.template, s.photo, s.face)
	l.way, l.home = w, cmp.Or(l.home, s.r.lang)
	if set != nil {
		set(l)
	}
	_, err = l.compose()
	return l, err
}

// costs returns the costs of the ways that were laid out; nil without a photo.
func (s *choice) costs() (all []Cost) {
	for _, c := range s.all {
		if c.composed && c.plan.Way != "" {
			all = append(all, c.plan.cost)
		}
	}
	return all
}

// unpainted is the cost of the scrims of cards that are not painted. known are those of another size.
func unpainted(known []Cost) func(*candidate) (int, error) {
	return func(c *candidate) (int, error) {
		for _, k := range known {
			if k.Way == c.name {
				return k.Dim, nil
			}
		}
		return 0, nil
	}
}

// painted returns the cheapest plan, with everything under its text painted on the canvas.
func (s *choice) painted(ctx context.Context, canvas *raster.Canvas) (Plan, error) {
	var on *candidate // that the canvas shows
	best, err := s.cheapest(ctx, func(c *candidate) (int, error) {
		on = c
		dim, err := paintGrounds(canvas, c.plan.Ops, s.photo, s.face, c.final)
		if dim > 0 {
			on = nil
		}
		return dim, err
	})
	if err != nil {
		return Plan{}, err
	}
	if on != best {
		if _, err := paintGrounds(canvas, best.plan.Ops, s.photo, s.face, true); err != nil {
			return Plan{}, err
		}
	}
	return best.plan, nil
}
