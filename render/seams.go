package render

// The inner side of a photo's area is where the template has it, as long as the headline is large there and no head is
// cut. Else it is moved towards one of the ends of its room, as little as helps: a smaller photo gives the headline
// room, and a larger one gives a head its hair. A graphic keeps its own place, because it is read too, and mostly a
// band with a whole photo, which is small already.
const (
	wordsHalves = 1   // how often the way to the end is halved, for the words
	facesHalves = 2   // the same, for the faces
	seamWorth   = 20  // what another place must cost less
	bandWorth   = 150 // of words, from which a band with a whole photo is moved too
)

// moved returns the plan of the way with the inner side of the photo's area where that costs the least. l has the plan
// of the way's own place.
func (s *choice) moved(w way, l *layout, plan Plan) Plan {
	a, ok := l.yielding()
	if !ok || l.photo == nil || w.ground != nil {
		return plan
	}
	side, own := a.Inner(), l.edge.to
	if l.edge.from == l.edge.to {
		own = *side
	}
	smaller, larger := a.Room[0], a.Room[1]
	if side == &a.Left || side == &a.Top {
		smaller, larger = larger, smaller
	}
	m := mover{choice: s, way: w, own: plan, best: plan, least: trouble(plan) - seamWorth}
	if at := s.places[w.template]; at > 0 && !w.whole && trouble(plan) >= seamWorth {
		if _, ok := m.try(at); ok && trouble(m.best) < seamWorth { // another way of the template has found it
			return m.best
		}
	}
	worth := seamWorth
	if w.whole && (side == &a.Top || side == &a.Bottom) {
		worth = bandWorth
	}
	if wordsCost(plan) >= worth {
		m.towards(own, smaller, wordsHalves, wordsCost)
	}
	if faces(plan) >= seamWorth {
		m.towards(own, larger, facesHalves, faces)
	}
	if m.at > 0 && !w.whole {
		s.places[w.template] = m.at
	}
	return m.best
}

// mover looks for a better place.
type mover struct {
	*choice
	way       way
	own, best Plan
	least     int     // that another plan must cost at most
	at        float64 // of the best plan; 0: the way's own
}

// towards tries the end of the side's room and, if that lowers a cost, places between.
func (m *mover) towards(own, end float64, halves int, cost func(Plan) int) {
	far, ok := m.try(end)
	if !ok || own == end || cost(far) > cost(m.own)-seamWorth {
		return
	}
	for range halves {
		middle := (own + end) / 2
		if p, ok := m.try(middle); ok && cost(p) < cost(far)+seamWorth {
			end = middle
		} else {
			own = middle
		}
	}
}

// try lays out the card with the side at a place, and keeps the plan if it is the best. No place that costs the faces
// more is taken for the words.
func (m *mover) try(at float64) (Plan, bool) {
	l, err := m.layOut(m.way, func(l *layout) { l.seamAt = at })
	if err != nil {
		return Plan{}, false
	}
	if cost := trouble(l.plan); faces(l.plan) <= faces(m.own) && cost <= m.least {
		m.best, m.least, m.at = l.plan, cost, at
	}
	return l.plan, true
}

// faces returns what a plan costs the faces.
func faces(p Plan) int { return p.cost.Cut + p.cost.Cover }

// trouble returns what a plan costs besides its way.
func trouble(p Plan) int { return p.cost.Base + faces(p) + p.cost.Grow + wordsCost(p) }
