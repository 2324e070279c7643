package focus

import "slices"

// Number of windows that must agree on a face. The profile cascade is less reliable.
const (
	frontalVotes = 4
	profileVotes = 7
)

// sure is the number of windows at which the confidence of a face is 0.5.
const sure = 6

// choose merges the windows that passed the cascades into faces, the largest first.
func (t *thumb) choose(frontal, profile []window) []Face {
	var kept []window
	for _, w := range append(voted(frontal, frontalVotes), voted(profile, profileVotes)...) {
		if !slices.ContainsFunc(kept, func(k window) bool { return k.meets(w) }) {
			kept = append(kept, w)
		}
	}
	slices.SortStableFunc(kept, func(a, b window) int { return b.w*b.h - a.w*a.h })
	var faces []Face
	for _, k := range kept {
		faces = append(faces, Face{Rect: t.rect(k), Confidence: float64(k.seen) / float64(k.seen+sure)})
	}
	return faces
}

// voted merges windows and returns those on which enough windows agree, the most certain first.
func voted(all []window, votes int) []window {
	kept := slices.DeleteFunc(merge(all), func(w window) bool { return w.seen < votes })
	slices.SortStableFunc(kept, func(a, b window) int { return b.seen - a.seen })
	return kept
}

// merge groups windows of similar position and size. Each window joins the first group whose mean is similar.
func merge(all []window) []window {
	var sums []window
	for _, w := range all {
		i := slices.IndexFunc(sums, func(s window) bool { return s.mean().like(w) })
		if i < 0 {
			sums = append(sums, w)
			continue
		}
		s := &sums[i]
		s.x, s.y, s.w, s.h = s.x+w.x, s.y+w.y, s.w+w.w, s.h+w.h
		s.seen, s.merged = s.seen+w.seen, s.merged+1
	}
	for i, s := range sums {
		sums[i] = s.mean()
	}
	return sums
}

// mean returns the mean of the windows that were merged into w.
func (w window) mean() window {
	n := w.merged
	return window{(w.x + n/2) / n, (w.y + n/2) / n, (w.w + n/2) / n, (w.h + n/2) / n, w.seen, 1}
}

// like reports whether two windows have a similar size, and are no farther apart than a quarter of it.
func (w window) like(o window) bool {
	far := min(w.w, o.w) / 4
	return abs(w.x+w.w/2-o.x-o.w/2) <= far && abs(w.y+w.h/2-o.y-o.h/2) <= far && 3*w.w <= 4*o.w && 3*o.w <= 4*w.w
}

// meets reports whether two windows overlap by at least a third of the smaller one, so that they show the same face.
func (w window) meets(o window) bool {
	dx := min(w.x+w.w, o.x+o.w) - max(w.x, o.x)
	dy := min(w.y+w.h, o.y+o.h) - max(w.y, o.y)
	return dx > 0 && dy > 0 && 3*dx*dy > min(w.w*w.h, o.w*o.h)
}

func abs(n int) int { return max(n, -n) }

func (t *thumb) rect(w window) Rect {
	at := func(x, y int) Point {
		return Point{float64(max(0, min(x, t.w))) / float64(t.w), float64(max(0, min(y, t.h))) / float64(t.h)}
	}
	return Rect{at(w.x, w.y), at(w.x+w.w, w.y+w.h)}
}
