package render

import (
	"encoding/json"
	"fmt"
	"image"
	"math/rand/v2"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/photo/focus"
	"newsroom.example/cards/internal/sample"
)

// people is a photo of which the faces are known, and nothing else.
type people struct {
	sized
	faces []focus.Face
}

// Focus implements Photo.
func (p people) Focus(image.Point) (focus.Focus, error) {
	f := focus.Focus{Faces: p.faces, Point: focus.Point{X: .5, Y: .5}}
	if len(p.faces) > 0 {
		f.Point = p.faces[0].Center()
	}
	return f, nil
}

// placements returns photos of people in many places: close-ups, pairs, groups and crowds.
func placements(n int) map[string]people {
	r, all := rand.New(rand.NewPCG(18, 8)), map[string]people{}
	shapes := []sized{{2400, 1600}, {1600, 2400}, {2000, 2000}, {2560, 1440}, {1800, 2250}}
	kinds := []struct {
		name        string
		count       int
		least, most float64 // length of a face, as a share of the photo's height
	}{{"close-up", 1, .4, .85}, {"portrait", 1, .15, .4}, {"pair", 2, .15, .4}, {"group", 3, .12, .25}, {"crowd", 14, .04, .1}, {"far", 1, .03, .08}}
	for i := range n {
		k, size := kinds[i%len(kinds)], shapes[r.IntN(len(shapes))]
		p := people{sized: size}
		for range k.count {
			h := k.least + (k.most-k.least)*r.Float64()
			w := .75 * h * float64(size.Y) / float64(size.X)
			h, w = min(h, .98), min(w, .98)
			x, y := (1-w)*r.Float64(), (1-h)*r.Float64()
			f := face(x, y, w, h)
			f.Confidence = .5 + .5*r.Float64()
			p.faces = append(p.faces, f)
		}
		largest := 0
		for j, f := range p.faces {
			if f.Max.Y-f.Min.Y > p.faces[largest].Max.Y-p.faces[largest].Min.Y {
				largest = j
			}
		}
		p.faces[0], p.faces[largest] = p.faces[largest], p.faces[0]
		all[fmt.Sprintf("%s %d of %v", k.name, i, size)] = p
	}
	return all
}

// everyWay returns the plans of all ways, however much they cost, and the one that is taken.
func everyWay(t *testing.T, r *Renderer, c card.Card, photo Photo) (all []*candidate, taken Plan) {
	t.Helper()
	look, err := r.look(c, true)
	if err != nil {
		t.Fatal(err)
	}
	s := r.choose(c, look, photo)
	for _, w := range s.all {
		if err := s.compose(w); err != nil {
			t.Fatal(err)
		}
	}
	if taken, err = r.Layout(c, photo, Plan{}); err != nil {
		t.Fatal(err)
	}
	return s.all, taken
}

// spoils returns the largest shares of a face, and of its chin, that text hides on a card, and whether a face is cut.
func spoils(p Plan, photo people) (hidden, chin float64, cut bool) {
	covered := (&layout{plan: p}).covered()
	for _, op := range p.Ops {
		picture, ok := op.(Picture)
		if !ok {
			continue
		}
		for _, f := range photo.faces {
			box := picture.place(f, photo.Size())
			under := image.Rect(box.Min.X, box.Max.Y-box.Dy()/3, box.Max.X, box.Max.Y)
			on, onChin := 0, 0
			for _, c := range covered {
				c = c.Intersect(picture.Rect)
				on, onChin = on+area(box.Intersect(c)), onChin+area(under.Intersect(c))
			}
			hidden, chin = max(hidden, float64(on)/float64(area(box))), max(chin, float64(onChin)/float64(area(box)))
			cut = cut || 10*area(box.Intersect(picture.Rect)) < 9*area(box)
		}
	}
	return hidden, chin, cut
}

// TestTheCheapestWayIsTaken: over many places of faces, no other way costs less than the one that is taken; text hides a
// fifth of a face or the mouth only where it does in every way; and a close-up is never cut where a way shows it whole.
func TestTheCheapestWayIsTaken(t *testing.T) {
	r, n, taken := renderer(t), 160, map[string]int{}
	if testing.Short() {
		n = 36
	}
	for name, photo := range placements(n) {
		for i, size := range []card.Size{card.OpenGraph, card.Square, card.Portrait, card.Story, card.Twitter, card.Kakao} {
			c := sample.Stories[(len(name)+i)%6].Card
			c.Photo = card.Photo{URL: "https://pictures.example/a.jpg"}
			c = normal(t, c, size)
			all, plan := everyWay(t, r, c, photo)
			taken[plan.Way]++
			hidden, chin, cut := spoils(plan, photo)
			for _, w := range all {
				if w.plan.cost.Total() < plan.cost.Total() {
					t.Errorf("%s, %v: %s costs %v, and %s is taken for %v", name, size, w.name, w.plan.cost, plan.Way, plan.cost)
				}
				h, ch, otherCut := spoils(w.plan, photo)
				if (hidden > .205 || chin > .065) && h <= .2 && ch <= .06 && w.plan.cost.Grow < growCost {
					t.Errorf("%s, %v: text hides %.2f and %.2f of a face in %s, and less in %s", name, size, hidden, chin, plan.Way, w.name)
				}
				if strings.HasPrefix(name, "close-up") && cut && !otherCut && ch <= .06 && h <= .2 && !w.cutsHeadline() {
					t.Errorf("%s, %v: the face is cut in %s, and whole in %s", name, size, plan.Way, w.name)
				}
			}
			if again, err := r.Layout(c, photo, Plan{}); err != nil || again.String() != plan.String() {
				t.Fatalf("%s, %v: another plan the second time, %v", name, size, err)
			}
		}
	}
	for _, w := range []string{wayOwn, wayOther, wayBeside, wayField} {
		if taken[w] == 0 {
			t.Errorf("%s is never taken: %v", w, taken)
		}
	}
	t.Log(taken)
}

func (c *candidate) cutsHeadline() bool { return c.plan.cost.Words >= cutHeadline }

func TestCutFace(t *testing.T) {
	picture := image.Rect(0, 0, 1000, 1000)
	for name, tt := range map[string]struct {
		face     image.Rectangle
		from, to int
	}{
		"whole":              {image.Rect(400, 400, 500, 550), 0, 0},
		"the hair is cut":    {image.Rect(400, 0, 500, 150), hairCost, hairCost},
		"a fifth of it":      {image.Rect(400, 48, 500, 198), 2*hairCost/5 - 2, 2*hairCost/5 + 2},
		"a tenth of it":      {image.Rect(400, 54, 500, 204), 0, 0},
		"half of the neck":   {image.Rect(400, 838, 500, 988), neckCost/2 - 5, neckCost/2 + 5},
		"a hundredth is cut": {image.Rect(400, 852, 500, 1002), neckCost, neckCost},
		"the chin is cut":    {image.Rect(400, 880, 500, 1030), cutCost + neckCost, cutCost + neckCost + 60},
		"an ear is left":     {image.Rect(990, 400, 1090, 550), lostCost + 1, lostCost + hairCost + neckCost + 160},
		"lost":               {image.Rect(1200, 400, 1300, 550), lostCost, lostCost},
	} {
		if got := cutFace(tt.face, picture, image.Rect(-4000, -4000, 4000, 4000)); got < tt.from || got > tt.to {
			t.Errorf("%s: %d, want %d to %d", name, got, tt.from, tt.to)
		}
	}
	if got := cutFace(image.Rect(400, 0, 500, 150), picture, picture); got != 0 {
		t.Errorf("%d for hair that the photo has not", got)
	}
}

// TestGroups: the third of three people is missed as much as the second of two, and one of a crowd is not; and so is a
// small face beside a large one.
func TestGroups(t *testing.T) {
	size, row := image.Pt(3000, 1000), func(n int, small float64) (all []focus.Face) {
		for i := range n {
			h := .3
			if i == n-1 {
				h *= small
			}
			all = append(all, face(.03+.065*float64(i), .4, h/3, h))
		}
		return all
	}
	for _, tt := range []struct {
		name     string
		faces    []focus.Face
		lost     int // of the last faces
		from, to int
	}{
		{"one", row(1, 1), 1, lostCost, lostCost},
		{"one of two", row(2, 1), 1, lostCost/2 - 1, lostCost / 2},
		{"one of three", row(3, 1), 1, lostCost/2 - 1, lostCost / 2},
		{"one of four", row(4, 1), 1, lostCost/2 - 1, lostCost / 2},
		{"one of six", row(6, 1), 1, lostCost/4 - 1, lostCost / 4},
		{"one of fourteen", row(14, 1), 1, 0, lostCost / 12},
		{"all of fourteen", row(14, 1), 14, lostCost, 2 * lostCost},
		{"a small one", row(2, .2), 1, 0, lostCost / 5},
		{"none", row(3, 1), 0, 0, 0},
	} {
		f := focus.Focus{Faces: tt.faces}
		for i := range tt.lost {
			f.Faces[len(f.Faces)-1-i].Min.X += 2
			f.Faces[len(f.Faces)-1-i].Max.X += 2
		}
		p := Picture{Rect: image.Rectangle{Max: size}, Crop: image.Rectangle{Max: size}}
		if cut, _ := faceCost(f, p, size, nil); cut < tt.from || cut > tt.to {
			t.Errorf("%s: %d, want %d to %d", tt.name, cut, tt.from, tt.to)
		}
	}
}

// TestTheThirdIsShown: of three people in a wide photo of 600 pixels nobody is an ear at the edge, in any size.
func TestTheThirdIsShown(t *testing.T) {
	r := renderer(t)
	three := people{sized{600, 346}, []focus.Face{face(.382, .373, .146, .326), face(.766, .153, .137, .316), face(.086, .222, .134, .313)}}
	for _, size := range card.Sizes {
		c := sample.Stories[0].Card
		c.Photo = card.Photo{URL: "https://pictures.example/a.jpg"}
		plan, err := r.Layout(normal(t, c, size.Size), three, Plan{})
		if err != nil {
			t.Fatal(err)
		}
		if hidden, chin, cut := spoils(plan, three); cut || hidden > .2 || chin > .06 {
			t.Errorf("%s: %s cuts a face %t, or text hides %.2f and %.2f of one", size.Name, plan.Way, cut, hidden, chin)
		}
	}
}

// TestForeheadsAreShown: a portrait whose hair does not fit over the text is shown beside it.
func TestForeheadsAreShown(t *testing.T) {
	r := renderer(t)
	c := sample.Stories[0].Card
	c.Photo = card.Photo{URL: "https://pictures.example/a.jpg"}
	for name, tt := range map[string]struct {
		face focus.Face
		want string
	}{
		"close":   {face(.35, .2, .26, .33), wayOther},
		"smaller": {face(.4, .2, .12, .16), wayOwn},
	} {
		photo := people{sized{800, 800}, []focus.Face{tt.face}}
		plan, err := r.Layout(normal(t, c, card.Kakao), photo, Plan{})
		if err != nil || plan.Way != tt.want {
			t.Errorf("%s: %s, %v; want %s", name, plan.Way, err, tt.want)
		}
	}
}

func TestGrow(t *testing.T) {
	for factor, want := range map[float64]int{.1: 0, 1: 0, 2: 0, 2.3: softCost / 2, 2.6: softCost, 2.61: growCost, 9: growCost} {
		if got := grow(factor); got != want {
			t.Errorf("%v: %d, want %d", factor, got, want)
		}
	}
}

func TestCoverFace(t *testing.T) {
	face, picture := image.Rect(100, 100, 200, 250), image.Rect(0, 0, 1000, 1000)
	for name, tt := range map[string]struct {
		covered  []image.Rectangle
		from, to int
	}{
		"nothing":             {nil, 0, 0},
		"beside":              {[]image.Rectangle{image.Rect(0, 0, 100, 900)}, 0, 0},
		"a hundredth":         {[]image.Rectangle{image.Rect(0, 100, 1000, 101)}, 0, 0},
		"the hair":            {[]image.Rectangle{image.Rect(0, 0, 1000, 101)}, onHairMost, onHairMost},
		"a part of the hair":  {[]image.Rectangle{image.Rect(0, 90, 150, 100)}, 20, 40},
		"the edge of a cheek": {[]image.Rectangle{image.Rect(0, 100, 105, 200)}, 80, otherBase},
		"the chin":            {[]image.Rectangle{image.Rect(0, 243, 1000, 300)}, otherBase + besideBase, 500},
		"the mouth":           {[]image.Rectangle{image.Rect(0, 238, 1000, 300)}, spoilt, spoilt + 800},
		"the forehead":        {[]image.Rectangle{image.Rect(0, 0, 1000, 120)}, fieldBase + otherBase, spoilt - 1},
		"a fifth and more":    {[]image.Rectangle{image.Rect(0, 0, 1000, 131)}, spoilt, spoilt + 1200},
		"outside the picture": {[]image.Rectangle{image.Rect(2000, 0, 3000, 1000)}, 0, 0},
	} {
		if got := coverFace(face, picture, tt.covered); got < tt.from || got > tt.to {
			t.Errorf("%s: %d, want %d to %d", name, got, tt.from, tt.to)
		}
	}
}

// TestPlanSaysWhatItCosts: the JSON of a plan names the way and the costs of those that were considered.
func TestPlanSaysWhatItCosts(t *testing.T) {
	r := renderer(t)
	c := normal(t, card.Card{Headline: "Ferry line opens", Photo: card.Photo{URL: "https://pictures.example/a.jpg"}}, card.OpenGraph)
	plan, err := r.Layout(c, people{sized{2400, 1600}, []focus.Face{face(.3, .1, .4, .85)}}, Plan{})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(plan)
	if err != nil {
		t.Fatal(err)
	}
	var out struct {
		Way   string
		Costs []struct {
			Way                                       string
			Base, Cut, Cover, Dim, Grow, Words, Total int
		}
	}
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	if len(out.Costs) < 2 || out.Costs[0].Way != wayOwn || out.Costs[0].Cover == 0 || out.Way == wayOwn {
		t.Errorf("%+v", out)
	}
	for _, c := range out.Costs {
		if c.Total != c.Base+c.Cut+c.Cover+c.Dim+c.Grow+c.Words {
			t.Errorf("%+v do not add up", c)
		}
	}
}
