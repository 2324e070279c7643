package render

import (
	"cmp"
	"math"
	"slices"

	"newsroom.example/cards/internal/design"
)

// The inner side of a photo's area is where the template has it, or where the photo's shape wants it, as long as the
// headline is large there and no head is cut. Else other places are tried, as far as the template lets it move: a
// smaller photo gives the headline room, and a higher one gives a head its hair. A graphic keeps its own place: it is
// read too.
const (
	seamTries = 6  // places that are tried besides that of the photo's shape, from one end of the side's room to the other
	seamWorth = 20 // what another place must cost less
)

// moved returns the plan of the way with the inner side of the photo's area where that costs the least. l has the plan
// of the way's own place.
func (s *choice) moved(w way, l *layout, plan Plan) Plan {
	a, ok := l.yielding()
	if !ok || l.photo == nil || w.ground != nil || trouble(plan) < seamWorth {
		return plan
	}
	own := *a.Inner()
	if l.edge.from != l.edge.to {
		own = l.edge.to
	}
	best, least := plan, trouble(plan)-seamWorth
	for _, at := range seamsOf(a, own, l.seamOf(a).to) {
		other, err := s.layOut(w, func(l *layout) { l.seamAt = at })
		if err != nil || faces(other.plan) > faces(plan) {
			continue
		}
		if cost := trouble(other.plan); cost < least {
			best, least = other.plan, cost
		}
		if least < seamWorth {
			break
		}
	}
	return best
}

// faces returns what a plan costs the faces. No place that costs them more is taken for the words.
func faces(p Plan) int { return p.cost.Cut + p.cost.Cover }

// trouble returns what a plan costs besides its way.
func trouble(p Plan) int {
	c := p.cost
	return c.Base + faces(p) + c.Grow + wordsCost(p)
}

// seamsOf returns the places at which an area's inner side is tried, the nearest to its own first. shape is that of the
// photo's shape.
func seamsOf(a design.Area, own, shape float64) (all []float64) {
	step := (a.Room[1] - a.Room[0]) / (seamTries - 1)
	tries := []float64{shape}
	for i := range seamTries {
		tries = append(tries, a.Room[0]+float64(float64(i)*step))
	}
	for _, at := range tries {
		near := func(o float64) bool { return math.Abs(at-o) <= step/4 }
		if !near(own) && !slices.ContainsFunc(all, near) {
			all = append(all, at)
		}
	}
	slices.SortStableFunc(all, func(x, y float64) int { return cmp.Compare(math.Abs(x-own), math.Abs(y-own)) })
	return all
}
