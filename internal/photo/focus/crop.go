package focus

import (
	"image"
	"math"
	"slices"
)

// Crop is the part of a photo that fills the shape, in the photo's pixels: as large as the photo
// allows, so that it can move one way only. It keeps every face it can, the larger ones where it
// must choose; of those parts it takes one that shows them in the free part of the card, which no
// text covers; and of those the one with the point of attention nearest the middle of the free
// part. Sides of photo and shape are over 0. An empty free part means the whole card.
//
// Where no face was found and more than a third of the height is lost, the crop begins no lower than
// something is seen: heads are at the top, of standing figures and of crowds.
func Crop(photo, shape image.Point, f Focus, free Rect) image.Rectangle {
	if free.area() == 0 {
		free = Rect{Max: Point{1, 1}}
	}
	w, h := photo.X, int(math.Round(float64(photo.X)*float64(shape.Y)/float64(shape.X)))
	if h > photo.Y {
		w, h = int(math.Round(float64(photo.Y)*float64(shape.X)/float64(shape.Y))), photo.Y
	}
	w, h = max(1, min(w, photo.X)), max(1, min(h, photo.Y))
	x := axis{whole: photo.X, window: w, free: span{free.Min.X, free.Max.X}, point: f.Point.X}
	y := axis{whole: photo.Y, window: h, free: span{free.Min.Y, free.Max.Y}, point: f.Point.Y}
	for _, face := range f.Faces {
		x.add(face.Min.X, face.Max.X, face.area())
		y.add(face.Min.Y, face.Max.Y, face.area())
	}
	x0, y0 := x.start(), y.start()
	if f.Faceless && 3*h < 2*photo.Y {
		y0 = min(y0, int(float64(f.Headroom*float64(photo.Y))))
	}
	return image.Rect(x0, y0, x0+w, y0+h)
}

// span is from and to, as fractions.
type span struct{ from, to float64 }

// axis is the choice of where a window begins on one side of the photo.
type axis struct {
	whole, window int // pixels
	free          span
	point         float64
	faces         []stretch
}

// stretch is a face on the axis: the face itself, and with its hair and chin; pixels.
type stretch struct {
	bare, full [2]int
	weight     int64
}

// Around a detected face, hair, ears and chin add a fifth of its size on each side.
const around = 0.2

func (a *axis) add(from, to, area float64) {
	all, more := float64(a.whole), float64((to-from)*around)
	px := func(v float64) int { return int(math.Round(float64(max(0, min(v, 1)) * all))) }
	a.faces = append(a.faces, stretch{
		bare: [2]int{px(from), px(to)}, full: [2]int{px(from - more), px(to + more)},
		weight: 1<<20 + int64(float64(area*(1<<20))), // one more face is worth more than any size
	})
}

// start tries each place at which something begins or ends to fit, and the one that shows the
// point best.
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

// pixel is a fraction of the window as a distance from its start.
func (a *axis) pixel(fraction float64) int {
	return int(math.Round(float64(fraction * float64(a.window))))
}

// ideal is the start that shows the point in the middle of the free part, as far as it goes.
func (a *axis) ideal() int {
	middle := float64(a.free.from+a.free.to) / 2
	return a.clamp(int(math.Round(float64(a.point*float64(a.whole)) - float64(middle*float64(a.window)))))
}

func (a *axis) clamp(s int) int { return max(0, min(s, a.whole-a.window)) }

// compare ranks two starts: faces kept, then faces in the free part, then nearness to the ideal.
func (a *axis) compare(s, o, ideal int) int {
	for _, part := range [][2]int{{0, a.window}, {a.pixel(a.free.from), a.pixel(a.free.to)}} {
		if d := a.kept(s+part[0], s+part[1]) - a.kept(o+part[0], o+part[1]); d != 0 {
			return int(max(-1, min(d, 1)))
		}
	}
	return max(o-ideal, ideal-o) - max(s-ideal, ideal-s)
}

// kept weighs the faces that lie within a stretch of the photo: three parts in four for the face
// itself, the rest for hair and chin.
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
