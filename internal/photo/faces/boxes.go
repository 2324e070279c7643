package faces

import "slices"

// anchors are the sizes of boxes from which the network says how much a face differs, in cells.
var anchors = [...][2]float64{
	{1.603231, 2.094468}, {6.041143, 7.080126}, {2.882459, 3.518061}, {4.266906, 5.178857}, {9.041765, 10.66308},
}

// boxes returns the boxes of the result with at least the given score, clipped to the picture.
func (s *scratch) boxes(n *net, p Picture, least float64) (found []Box) {
	for at := range s.w * s.h {
		cell := s.result[at*padded:][:outputs]
		for i, anchor := range anchors {
			var v [perBox]float64
			for k := range v {
				v[k] = float64(float64(cell[perBox*i+k]) * n.scale)
			}
			score := sigmoid(v[4])
			if score < least {
				continue
			}
			x, y := float64(at%s.w)+sigmoid(v[0]), float64(at/s.w)+sigmoid(v[1])
			w, h := float64(exp(v[2])*anchor[0]/2), float64(exp(v[3])*anchor[1]/2)
			b := Box{stride * (x - w), stride * (y - h), stride * (x + w), stride * (y + h), score}.face(p)
			if b.X1-b.X0 >= 1 && b.Y1-b.Y0 >= 1 {
				found = append(found, b)
			}
		}
	}
	return found
}

// The network's boxes are wider than faces and begin at the brows. In fractions of a box, this is how much of it lies
// outside of the face to the left and right, and how far the face is above it: the medians of 70 faces.
const (
	beside = 0.14
	above  = 0.10
	below  = 0.13
)

// face returns the face of a box, within the picture.
func (b Box) face(p Picture) Box {
	w, h := b.X1-b.X0, b.Y1-b.Y0
	return Box{
		max(0, b.X0+float64(beside*w)), max(0, b.Y0-float64(above*h)),
		min(float64(p.W), b.X1-float64(beside*w)), min(float64(p.H), b.Y1-float64(below*h)), b.Score,
	}
}

// mostBoxes is the maximum number of boxes that are compared with one another.
const mostBoxes = 500

// apart returns the boxes in the order of their scores without those that overlap one before them.
func apart(all []Box) (kept []Box) {
	slices.SortStableFunc(all, func(a, b Box) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return 0
	})
	for _, b := range all[:min(len(all), mostBoxes)] {
		if !slices.ContainsFunc(kept, b.Meets) {
			kept = append(kept, b)
		}
	}
	return kept
}

// Meets reports whether two boxes show the same face: they share two fifths of what they cover together, or two thirds
// of the smaller one.
func (b Box) Meets(o Box) bool {
	w, h := min(b.X1, o.X1)-max(b.X0, o.X0), min(b.Y1, o.Y1)-max(b.Y0, o.Y0)
	if w <= 0 || h <= 0 {
		return false
	}
	both := float64(w * h)
	return both > 0.4*(b.area()+o.area()-both) || both > 0.66*min(b.area(), o.area())
}

func (b Box) area() float64 { return float64((b.X1 - b.X0) * (b.Y1 - b.Y0)) }

// sigmoid returns 1/(1+exp(-v)).
func sigmoid(v float64) float64 { return 1 / (1 + exp(-v)) }

// exp returns the exponential of v, limited to the range from -20 to 20, with a relative error below 1e-9. Unlike
// math.Exp it has the same bits on every machine.
func exp(v float64) float64 {
	v = max(-20, min(v, 20)) / 256
	sum, term := 1.0, 1.0
	for i := 1; i <= 8; i++ {
		term = float64(term*v) / float64(i)
		sum = float64(sum + term)
	}
	for range 8 { // to the power of 256
		sum = float64(sum * sum)
	}
	return sum
}
