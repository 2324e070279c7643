package render

import (
	"image"
	"image/color"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/photo/focus"
)

// faced is a photo of which the faces are known.
type faced struct {
	Photo
	faces []focus.Face
	asked int
}

// Focus implements Photo.
func (f *faced) Focus(image.Point) (focus.Focus, error) {
	f.asked++
	return focus.Focus{Point: focus.Point{X: 0.5, Y: 0.5}, Faces: f.faces}, nil
}

func face(x, y, w, h float64) focus.Face {
	return focus.Face{Rect: focus.Rect{Min: focus.Point{X: x, Y: y}, Max: focus.Point{X: x + w, Y: y + h}}, Confidence: 1}
}

// TestOnFace: text over a face is found, also where the editor's focal point has put it.
func TestOnFace(t *testing.T) {
	r := renderer(t)
	c := normal(t, stories["short"], card.OpenGraph)
	c.Photo = card.Photo{URL: "upload:a", Focal: &card.Focal{X: 0.5, Y: 0.5}}
	for _, tt := range []struct {
		name, template, want string
		faces                []focus.Face
		asked                int
	}{
		{"none", "photo", "", nil, 1},
		{"under the headline", "photo", "headline", []focus.Face{face(0.05, 0.55, 0.3, 0.4)}, 1},
		{"in the middle", "photo", "", []focus.Face{face(0.6, 0.3, 0.1, 0.15)}, 1},
		{"one of two", "photo", "headline", []focus.Face{face(0.6, 0.3, 0.1, 0.15), face(0.05, 0.55, 0.3, 0.4)}, 1},
		{"next to the text", "split", "", []focus.Face{face(0.2, 0.2, 0.5, 0.5)}, 0},
		{"a card without its photo", "text", "", []focus.Face{face(0, 0, 1, 1)}, 0},
	} {
		c.Template = tt.template
		p := &faced{Photo: Decoded(image.NewRGBA(image.Rect(0, 0, 1200, 630))), faces: tt.faces}
		plan, err := r.Plan(t.Context(), c, p)
		if err != nil {
			t.Fatal(err)
		}
		got, err := plan.OnFace(p)
		if err != nil || got != tt.want || p.asked != tt.asked {
			t.Errorf("%s: %q, %v, asked %d times; want %q, %d", tt.name, got, err, p.asked, tt.want, tt.asked)
		}
	}
}

// TestFocused: the focus is looked for once, whatever the sizes.
func TestFocused(t *testing.T) {
	p := &faced{Photo: Decoded(image.NewRGBA(image.Rect(0, 0, 1200, 630))), faces: []focus.Face{face(0, 0, 1, 1)}}
	once := Focused(p)
	for _, need := range []image.Point{{1200, 630}, {1080, 1920}} {
		if f, err := once.Focus(need); err != nil || len(f.Faces) != 1 || p.asked != 1 || once.Size() != p.Size() {
			t.Errorf("%v: %v, %v, asked %d times", need, f, err, p.asked)
		}
	}
	if Focused(nil) != nil {
		t.Error("no photo became one")
	}
}

// TestHiddenFaces: text may hide a small part of a face. Of several texts the one that hides the most is named.
func TestHiddenFaces(t *testing.T) {
	face, photo := image.Rect(100, 100, 200, 200), image.Rect(0, 0, 400, 400)
	for _, tt := range []struct {
		boxes []textBox
		role  string
		most  int
	}{
		{nil, "", 0},
		{[]textBox{{image.Rect(0, 0, 400, 104), "site"}}, "", 0},
		{[]textBox{{image.Rect(0, 0, 400, 105), "site"}}, "site", 500},
		{[]textBox{{image.Rect(0, 0, 400, 103), "site"}, {image.Rect(0, 198, 400, 300), "headline"}}, "site", 300},
		{[]textBox{{image.Rect(0, 0, 400, 103), "site"}, {image.Rect(0, 190, 400, 195), "headline"}, {image.Rect(0, 195, 400, 300), "headline"}}, "headline", 1000},
		{[]textBox{{image.Rect(0, 0, 90, 400), "headline"}}, "", 0},
	} {
		if role, most := hides(tt.boxes, face, photo); role != tt.role || most != tt.most {
			t.Errorf("%v: %q, %d; want %q, %d", tt.boxes, role, most, tt.role, tt.most)
		}
	}
	if role, _ := hides([]textBox{{image.Rect(0, 0, 400, 400), "headline"}}, face, image.Rect(300, 300, 400, 400)); role != "" {
		t.Errorf("a face that the photo does not show: %q", role)
	}
}

// TestLayout: without the photo's pixels the layout is the one with them, in every size, once the plan of one size has
// told which template suits the photo.
func TestLayout(t *testing.T) {
	r := renderer(t)
	for name, photo := range photos(1200, 800) {
		for story := range stories {
			c := normal(t, stories[story], card.OpenGraph)
			c.Photo.URL = "upload:a"
			og, err := r.Plan(t.Context(), c, decodedOnce(photo))
			if err != nil {
				t.Fatal(err)
			}
			for _, size := range []card.Size{card.OpenGraph, card.Kakao} {
				c.Size = size
				whole, err := r.Plan(t.Context(), c, decodedOnce(photo))
				if err != nil {
					t.Fatal(err)
				}
				got, err := r.Layout(c, decodedOnce(photo), og)
				if err != nil {
					t.Fatal(err)
				}
				if a, b := runsOf(got), runsOf(whole); a != b && (size == card.OpenGraph || got.Way == whole.Way) {
					t.Errorf("%s on %s in %s:\n%s\nwith the pixels\n%s", story, name, size, a, b)
				}
			}
		}
	}
}

// runsOf returns the texts of a plan and their places.
func runsOf(p Plan) (s string) {
	for _, op := range p.Ops {
		if run, ok := op.(Run); ok {
			run.Ink, run.TailInk = color.NRGBA{}, color.NRGBA{} // the scrim chooses them
			s += run.String() + "\n"
		}
	}
	return s
}
