package render

import (
	"image"
	"math"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/photo/focus"
)

// Cost is what a way to show a photo costs: the photo, and the people in it. The way with the least total is taken. All
// costs are on one scale, on which 180 is what it is worth to show the photo over the whole card instead of next to
// the text.
type Cost struct {
	Way   string `json:"way"`   // see Plan.Way
	Base  int    `json:"base"`  // of the way itself, and of a field's empty part
	Cut   int    `json:"cut"`   // of faces that the crop cuts or loses; up to about 1,700
	Cover int    `json:"cover"` // of text on faces; from 10,000 where it hides what must be seen
	Dim   int    `json:"dim"`   // of a scrim that changes the photo too much
	Grow  int    `json:"grow"`  // of a photo that would be enlarged too much
	Words int    `json:"words"` // of text that has no room, and of a small headline
}

// Total returns the sum of the costs.
func (c Cost) Total() int { return c.Base + c.Cut + c.Cover + c.Dim + c.Grow + c.Words }

// What things cost. Shares are in thousandths.
const (
	cutLeast = 40  // share of a face up to which a cut costs nothing: the boxes of faces are not exact
	cutMost  = 120 // share from which a cut costs in full
	cutCost  = 560 // of a cut face, at that share; more than any field costs
	lostCost = 760 // of a face that is not shown, with its hair and ears: less than half a face
	hairHigh = 400 // height of the hair above a face, of the face's
	hairSlim = 120 // share of the hair up to which a cut costs nothing
	hairMost = 320 // share from which a cut costs in full
	hairCost = 640 // of the hair above a face, at that share: more than any field costs
	neckCost = 100 // of the room below a chin: more than an area that takes the shape of the photo
	farFace  = 80  // length of a face, as a share of the photo's longer side, below which its cuts cost less

	hiddenLeast = 10     // share of a face up to which text on it costs nothing
	hiddenCost  = 5      // of each thousandth, twice on the mouth and the chin
	onHairMost  = 120    // of text on the hair above a face, by the thousandth of the face's size: less than a panel
	hiddenMost  = 200    // share of a face that text must not hide
	chinMost    = 60     // share of a face that text must not hide in the lowest third: the mouth and the chin
	spoilt      = 10_000 // of text that hides more
	emptyCost   = 200    // of a field without a photo
	blurCost    = 200    // of a field of the photo's own colours: more than hair, and than a photo that is a little coarse
	softCost    = 400    // of a photo that is enlarged as much as it may be
	growCost    = 20_000 // of one that is enlarged more

	dimLeast  = 240 // of a scrim that changes the photo too much: more than text beside the photo that loses one item
	asideCost = 40  // of a scrim for a caption alone: more than to have it beside the photo, less than to leave it out

	smallHeadline = 600 // of a headline, by how much it is smaller than it should be, as a share of that
	cutHeadline   = 300 // of a headline that is cut
	cutText       = 30  // of another text that is cut
	leftOutText   = 60  // of one that is left out
)

// faceCost returns the costs of a picture for the faces of a photo of the given size. Text lies on covered.
func faceCost(f focus.Focus, p Picture, size image.Point, covered []image.Rectangle) (cut, cover int) {
	weights, photo := f.Weights(), p.place(wholePhoto, size)
	sum, all, most := int64(0), int64(0), int64(0)
	for i, face := range f.Faces {
		box := p.place(face, size)
		sum += weights[i] * int64(cutFace(box, p.Rect, photo))
		all += weights[i]
		most = max(most, weights[i])
		cover = max(cover, coverFace(box, p.Rect, covered))
	}
	if all == 0 {
		return 0, 0
	}
	of := min(all, max(2*most, all-2*most)) // a third person is missed as much as the second of two; one of a crowd is not
	return int(sum/of) * min(farFace, longest(f.Faces[0], size)) / farFace, cover
}

// grow returns what it costs that a photo is enlarged by a factor.
func grow(factor float64) int {
	switch {
	case factor <= mostEnlarged:
		return 0
	case factor <= softEnlarged:
		return int(math.Round(softCost * float64((factor-mostEnlarged)/(softEnlarged-mostEnlarged))))
	}
	return growCost
}

// longest returns the longer side of a face as a share of the photo's longer side, in thousandths.
func longest(f focus.Face, size image.Point) int {
	w, h := float64((f.Max.X-f.Min.X)*float64(size.X)), float64((f.Max.Y-f.Min.Y)*float64(size.Y))
	return int(1000 * max(w, h) / float64(max(size.X, size.Y)))
}

// wholePhoto is a photo in fractions of it.
var wholePhoto = focus.Face{Rect: focus.Rect{Max: focus.Point{X: 1, Y: 1}}}

// cutFace returns what it costs that a picture cuts a face, whose box is in pixels of the card, as photo is: what the
// photo itself does not have of the hair and the neck is not missed.
func cutFace(face, picture, photo image.Rectangle) int {
	head := image.Rect(face.Min.X-face.Dx()/5, face.Min.Y-face.Dy()/3, face.Max.X+face.Dx()/5, face.Max.Y)
	if !head.Overlaps(picture) {
		return lostCost
	}
	hair := image.Rect(face.Min.X, face.Min.Y-hairHigh*face.Dy()/1000, face.Max.X, face.Min.Y).Intersect(photo)
	neck := image.Rect(face.Min.X, face.Max.Y, face.Max.X, face.Max.Y+face.Dy()/6).Intersect(photo)
	cost := neckCost * (1000 - share(neck, picture)) / 1000
	if cut := min(hairMost, 1000-share(hair, picture)); cut > hairSlim {
		cost += hairCost * (cut - hairSlim) / (hairMost - hairSlim)
	}
	switch cut := 1000 - share(face, picture); {
	case cut <= cutLeast:
		return cost
	case cut < cutMost:
		return cost + cutCost*(cut-cutLeast)/(cutMost-cutLeast)
	default:
		return cost + cutCost + 2*(cut-cutMost)/5
	}
}

// coverFace returns what it costs that text lies on the part of a face that a picture shows.
func coverFace(face, picture image.Rectangle, covered []image.Rectangle) int {
	shown := face.Intersect(picture)
	chin := image.Rect(face.Min.X, face.Max.Y-face.Dy()/3, face.Max.X, face.Max.Y).Intersect(picture)
	hidden, onChin := 0, 0
	for _, c := range covered {
		hidden += area(shown.Intersect(c))
		onChin += area(chin.Intersect(c))
	}
	whole := max(1, area(face))
	hidden, onChin = 1000*hidden/whole, 1000*onChin/whole
	hair, onHair := image.Rect(face.Min.X, face.Min.Y-face.Dy()/3, face.Max.X, face.Min.Y).Intersect(picture), 0
	for _, c := range covered {
		onHair += area(hair.Intersect(c))
	}
	cost := hiddenCost*max(0, hidden-hiddenLeast, 2*onChin-hiddenLeast) + min(onHairMost, 1000*onHair/whole)
	if hidden > hiddenMost || onChin > chinMost {
		cost += spoilt
	}
	return cost
}

// share returns how much of a rectangle lies in another, in thousandths; all of an empty one.
func share(r, in image.Rectangle) int {
	if r.Empty() {
		return 1000
	}
	return 1000 * area(r.Intersect(in)) / area(r)
}

// emptyBase returns what a field costs of which the photo covers only a part.
func emptyBase(photo, field image.Rectangle) int {
	return emptyCost * (1000 - share(field, photo)) / 1000
}

// wordsCost returns what it costs that texts of a plan are cut or left out.
func wordsCost(p Plan) int {
	cost := leftOutText * len(p.LeftOut)
	for _, op := range p.Ops {
		run, ok := op.(Run)
		if ok && run.Role == "headline" && len(run.Block.Lines) > 0 {
			cost += sizeCost(run.Block.SizePx, p)
		}
		switch {
		case !ok || !run.Block.Truncated:
		case run.Role == "headline":
			cost += cutHeadline
		default:
			cost += cutText
		}
	}
	return cost
}

// The sizes that a headline should have at least, in design pixels.
const (
	wideSize = 60
	elseSize = 54
)

// sizeCost returns what it costs that the headline of a plan is small.
func sizeCost(px float64, p Plan) int {
	want := float64(elseSize)
	if 10*p.Width > 13*p.Height {
		want = wideSize
	}
	want = float64(want * scaleOf(card.Size{W: p.Width, H: p.Height}))
	return max(0, int(smallHeadline*(want-px)/want))
}

// dimCost returns what a scrim costs that changes the photo more than it may, by the fraction of the limit, over 1.
func dimCost(times float64) int { return dimLeast + int(float64(40*min(times, 10))) }
