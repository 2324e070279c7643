package focus

import (
	"image"
	"math"
	"slices"
)

// Crop returns the part of a photo, in pixels, that fills a card of the given shape. It is as large as possible, so
// that it can move in one direction only. Of all positions it prefers those that show the most faces with their hair
// and chin, where sure and large faces count more; of these, those that show them in the free part of the card, which
// text does not cover; and of these, the one with the focal point nearest to the centre of the free part. The sides of
// photo and shape must be positive. An empty free part means the whole card.
//
// If no face was found and the crop loses more than a third of the height, the crop begins at the top of the visible
// detail or above it: in photos of standing people and crowds, the heads are at the top. If it loses less, it begins
// above the first skin, and so it does in any photo that is full of skin.
func Crop(photo, shape image.Point, f Focus, free Rect) image.Rectangle {
	x, y := axes(photo, shape, f, free)
	return windowAt(x, y, x.start(), cropTop(f, y))
}

// Crops returns the crop that Crop returns, and after it others of the same size, at which a face begins to be whole or
// is just outside with its hair and ears.
func Crops(photo, shape image.Point, f Focus, free Rect) []image.Rectangle {
	x, y := axes(photo, shape, f, free)
	x0, y0 := x.start(), cropTop(f, y)
	all := []image.Rectangle{windowAt(x, y, x0, y0)}
	for _, s := range x.turns() {
		all = append(all, windowAt(x, y, s, y0))
	}
	for _, s := range y.turns() {
		all = append(all, windowAt(x, y, x0, s))
	}
	return all
}

func windowAt(x, y axis, x0, y0 int) image.Rectangle {
	return image.Rect(x0, y0, x0+x.window, y0+y.window)
}

// cropTop returns the top of the crop.
func cropTop(f Focus, y axis) int {
	if f.Faceless {
		return headsAt(f, y.start(), y.window, y.whole)
	}
	return y.start()
}

// axes returns the choices of the crop's position along the two sides of the photo.
func axes(photo, shape image.Point, f Focus, free Rect) (x, y axis) {
	if free.area() == 0 {
		free = Rect{Max: Point{1, 1}}
	}
	w, h := photo.X, int(math.Round(float64(photo.X)*float64(shape.Y)/float64(shape.X)))
	if h > photo.Y {
		w, h = int(math.Round(float64(photo.Y)*float64(shape.X)/float64(shape.Y))), photo.Y
	}
	w, h = max(1, min(w, photo.X)), max(1, min(h, photo.Y))
	x = axis{whole: photo.X, window: w, free: span{free.Min.X, free.Max.X}, point: f.Point.X}
	y = axis{whole: photo.Y, window: h, free: span{free.Min.Y, free.Max.Y}, point: f.Point.Y}
	for i, weight := range f.Weights() {
		face := f.Faces[i]
		x.add(face.Min.X, face.Max.X, besideFace, besideFace, weight)
		y.add(face.Min.Y, face.Max.Y, overFace, underFace, weight)
	}
	return x, y
}

// Shares of a photo's pixels that have the colour of skin: of a photo that shows somebody, and of one that shows
// somebody so near that skin begins at the head.
const (
	someSkin = 0.02
	nearSkin = 0.15
)

// overSkin is the space for hair above the first skin, as a share of the photo's height.
const overSkin = 0.1

// headsAt returns the top of a crop, h of a photo's height in pixels, for a photo without a known face. attention is
// the top of the crop that shows what draws attention.
func headsAt(f Focus, attention, h, height int) int {
	skin := max(0, min(int(math.Round(float64((f.SkinTop-overSkin)*float64(height)))), height-h))
	switch {
	case f.Skin >= nearSkin:
		return skin
	case 3*h < 2*height:
		return min(attention, int(float64(f.Headroom*float64(height))))
	case f.Skin >= someSkin:
		return min(attention, skin)
	}
	return attention
}

// span is an interval, in fractions.
type span struct{ from, to float64 }

// axis is the choice of the position of a window along one side of the photo.
type axis struct {
	whole, window int // pixels
	free          span
	point         float64
	faces         []stretch
}

// stretch is the extent of a face along the axis: of the face itself, and with hair and chin, in pixels.
type stretch struct {
	bare, full [2]int
	weight     int64
}

// The space for hair, ears and chin around a detected face, as a fraction of its width or height.
const (
	overFace   = 0.4
	underFace  = 0.15
	besideFace = 0.2
)

// Weights returns what each face counts in the choice between faces, from 1 to 1<<20 + 1.
func (f Focus) Weights() []int64 {
	largest := 0.0
	for _, face := range f.Faces {
		largest = max(largest, face.area())
	}
	all := make([]int64, len(f.Faces))
	for i, face := range f.Faces {
		all[i] = importance(face, largest)
	}
	return all
}

// importance is what a face counts in the choice between faces: as much as it is sure, and as it is long in comparison
// with the largest.
func importance(f Face, largest float64) int64 {
	if largest == 0 {
		return 1
	}
	return 1 + int64(float64(f.Confidence*math.Sqrt(f.area()/largest))*(1<<20))
}

func (a *axis) add(from, to, before, after float64, weight int64) {
	all, size := float64(a.whole), to-from
	px := func(v float64) int { return int(math.Round(float64(max(0, min(v, 1)) * all))) }
	a.faces = append(a.faces, stretch{
		bare: [2]int{px(from), px(to)}, full: [2]int{px(from - float64(before*size)), px(to + float64(after*size))},
		weight: weight,
	})
}

// start returns the best start of the window. It tries every position at which a face begins or ends to fit, and the
// ideal position for the focal point.
func (a *axis) start() int {
	ideal := a.ideal()
	tries := []int{ideal}
	head, foot := a.pixel(a.free.from), a.pixel(a.free.to)
	for _, f := range a.faces {
		for _, s := range [][2]int{f.bare, f.full} {
			tries = append(tries, s[0], s[1]-a.window, s[0]-head, s[1]-foot)
		}
	}
	best := slices.MaxFunc(tries, func(s, o int) int { return a.compare(a.clamp(s), a.clamp(o), ideal) })
	return a.clamp(best)
}

// turns returns the starts at which a face begins to be whole in the window, or to be outside; nil if there is only
// one.
func (a *axis) turns() (all []int) {
	if a.window == a.whole {
		return nil
	}
	for _, f := range a.faces {
		for _, s := range [][2]int{f.bare, f.full} {
			all = append(all, a.clamp(s[0]), a.clamp(s[1]-a.window))
		}
		all = append(all, a.clamp(f.full[1]), a.clamp(f.full[0]-a.window))
	}
	return all
}

// pixel converts a fraction of the window to a distance from its start, in pixels.
func (a *axis) pixel(fraction float64) int {
	return int(math.Round(float64(fraction * float64(a.window))))
}

// ideal returns the start with which the focal point is nearest to the centre of the free part.
func (a *axis) ideal() int {
	middle := float64(a.free.from+a.free.to) / 2
	return a.clamp(int(math.Round(float64(a.point*float64(a.whole)) - float64(middle*float64(a.window)))))
}

func (a *axis) clamp(s int) int { return max(0, min(s, a.whole-a.window)) }

// compare compares two starts by the faces in the window, then by those in the free part, then by the distance to
// ideal.
func (a *axis) compare(s, o, ideal int) int {
	for _, part := range [][2]int{{0, a.window}, {a.pixel(a.free.from), a.pixel(a.free.to)}} {
		if d := a.kept(s+part[0], s+part[1]) - a.kept(o+part[0], o+part[1]); d != 0 {
			return int(max(-1, min(d, 1)))
		}
	}
	return max(o-ideal, ideal-o) - max(s-ideal, ideal-s)
}

// kept returns the weight of the faces within an interval of the photo: three quarters for the face itself, the rest
// for hair and chin.
func (a *axis) kept(from, to int) (sum int64) {
	for _, f := range a.faces {
		if f.bare[0] >= from && f.bare[1] <= to {
			sum += 3 * f.weight
		}
		if f.full[0] >= from && f.full[1] <= to {
			sum += f.weight
		}
	}
	return sum
}
