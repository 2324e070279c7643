package render

import (
	"encoding/json"
	"image"
	"image/color"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/photo/focus"
	"newsroom.example/cards/internal/sample"
	"newsroom.example/cards/render/raster"
)

// portrait is a photo with a face and without pixels.
type portrait struct {
	sized
	face focus.Rect
}

func (p portrait) Focus(image.Point) (focus.Focus, error) {
	return focus.Focus{Faces: []focus.Face{{Rect: p.face, Confidence: 1}}, Point: p.face.Center()}, nil
}

func faceAt(x, y, size float64) focus.Rect {
	return focus.Rect{Min: focus.Point{X: x - size/2, Y: y - size*.75}, Max: focus.Point{X: x + size/2, Y: y + size*.75}}
}

func composed(t *testing.T, r *Renderer, c card.Card, photo Photo) Plan {
	t.Helper()
	plan, err := r.Layout(c, photo, Plan{})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// pictureOf returns the picture of the plan. The part of the card that it covers depends on the template.
func pictureOf(t *testing.T, p Plan) Picture {
	t.Helper()
	for _, op := range p.Ops {
		if picture, ok := op.(Picture); ok {
			return picture
		}
	}
	t.Fatal("no picture")
	return Picture{}
}

func TestTextKeepsOffFaces(t *testing.T) {
	r := renderer(t)
	for name, tt := range map[string]struct {
		story    int
		face     focus.Rect
		size     card.Size
		focal    *card.Focal
		template string // expected template
	}{
		"above the text":             {0, faceAt(.5, .3, .12), card.OpenGraph, nil, "photo"},
		"moved above the text":       {0, faceAt(.5, .55, .10), card.OpenGraph, nil, "photo"},
		"too low to be moved":        {0, faceAt(.4, .85, .12), card.OpenGraph, nil, "split"},
		"too large for the sky":      {0, faceAt(.5, .5, .5), card.OpenGraph, nil, "split"},
		"beside a short headline":    {4, faceAt(.8, .8, .1), card.OpenGraph, nil, "photo"},
		"the editor's point decides": {0, faceAt(.4, .85, .12), card.OpenGraph, &card.Focal{X: .5, Y: .2}, "photo"},
		"large on a story":           {0, faceAt(.5, .4, .2), card.Story, nil, "photo"},
	} {
		c := sample.Stories[tt.story].Card
		c.Photo = card.Photo{URL: "https://pictures.example/a.jpg", Focal: tt.focal}
		c = normal(t, c, tt.size)
		photo := portrait{sized{2400, 1600}, tt.face}
		plan := composed(t, r, c, photo)
		picture := pictureOf(t, plan)
		if whole := picture.Rect.Size() == image.Pt(tt.size.W, tt.size.H); whole != (tt.template == "photo") {
			t.Errorf("%s: the picture fills %v, want the template %s", name, picture.Rect, tt.template)
		}
		covered := (&layout{plan: plan}).covered()
		if _, cover := faceCost(focus.Focus{Faces: []focus.Face{{Rect: tt.face}}}, picture, photo.Size(), covered); tt.focal == nil && cover > 200 {
			t.Errorf("%s: text lies on the face", name)
		}
	}
}

// TestPlanSaysWhatItLooksAt, in its JSON too. Without a photo it says nothing.
func TestPlanSaysWhatItLooksAt(t *testing.T) {
	r := renderer(t)
	story := card.Card{Headline: "Ferry line opens", Photo: card.Photo{URL: "https://pictures.example/a.jpg"}}
	given, none := story, story
	given.Photo.Focal, none.Photo = &card.Focal{X: .5, Y: .2}, card.Photo{}
	face := portrait{sized{2400, 1600}, faceAt(.5, .3, .12)}
	for name, tt := range map[string]struct {
		card  card.Card
		photo Photo
		want  string
	}{
		"a face":              {story, face, `"focus":"faces"`},
		"the editor's point":  {given, face, `"focus":"given"`},
		"small, on a field":   {story, sized{300, 200}, `"focus":"middle"`},
		"a picture of pixels": {story, Decoded(photos(1200, 800)["night"]), `"focus":"salience"`},
		"no photo":            {none, nil, `"crop":[0,0,0,0],"contrast"`},
	} {
		raw, err := json.Marshal(composed(t, r, normal(t, tt.card, card.OpenGraph), tt.photo))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(raw), tt.want) {
			t.Errorf("%s: no %s in %.200s", name, tt.want, raw)
		}
	}
}

// asked is a photo that counts the calls of Focus.
type asked struct {
	sized
	times *int
}

func (a asked) Focus(need image.Point) (focus.Focus, error) {
	*a.times++
	return a.sized.Focus(need)
}

// TestFocusOnlyIfNeeded: the focus is computed only if the crop can move or text may cover a face, and if the editor
// has not set a focal point.
func TestFocusOnlyIfNeeded(t *testing.T) {
	r := renderer(t)
	story := card.Card{Headline: "Ferry line opens", Photo: card.Photo{URL: "https://pictures.example/a.jpg"}}
	split := story
	split.Template = "split"
	beside := pictureOf(t, composed(t, r, normal(t, split, card.OpenGraph), sized{2400, 1600})).Rect.Size()
	pointed := story
	pointed.Photo.Focal = &card.Focal{X: .5, Y: .2}
	for name, tt := range map[string]struct {
		card card.Card
		size image.Point
		want bool
	}{
		"text on the photo":             {story, image.Pt(2400, 1260), true},
		"text beside a photo that fits": {split, beside.Mul(2), false},
		"beside one that is wider":      {split, beside.Mul(2).Add(image.Pt(9, 0)), true},
		"the editor has said":           {pointed, image.Pt(2400, 1600), false},
	} {
		times := 0
		plan := composed(t, r, normal(t, tt.card, card.OpenGraph), asked{sized(tt.size), &times})
		if crop := pictureOf(t, plan).Crop; crop.Empty() || times > 0 != tt.want {
			t.Errorf("%s: asked %d times, want %t; the crop is %v", name, times, tt.want, crop)
		}
	}
}

func TestSmallPhotosAreNotBlownUp(t *testing.T) {
	r := renderer(t)
	for name, tt := range map[string]struct {
		w, h int
		size card.Size
		most float64
	}{
		"stamp": {120, 90, card.OpenGraph, 2}, "small": {400, 300, card.OpenGraph, 2.6}, "tall": {200, 900, card.OpenGraph, 2.6},
		"wide strip": {590, 60, card.Square, 2}, "small on a story": {500, 400, card.Story, 2.6}, "a pixel": {1, 1, card.Kakao, 2},
		"large enough": {640, 400, card.OpenGraph, 2}, "more than enough": {2400, 1600, card.OpenGraph, 1},
	} {
		c := sample.Stories[0].Card
		photo := image.NewRGBA(image.Rect(0, 0, tt.w, tt.h))
		raster.Fill(photo, photo.Rect, color.NRGBA{200, 90, 40, 255})
		d := drawn(t, r, normal(t, c, tt.size), photo)
		picture := pictureOf(t, d.Plan)
		k := float64(picture.Rect.Dx()) / float64(picture.Crop.Dx())
		if k > tt.most+.01 || picture.Rect.Empty() {
			t.Errorf("%s: shown at %.2f times its size, in %v", name, k, picture.Rect)
		}
		fields := d.Plan.Way == wayField
		if small := tt.w < 200 || tt.h < 100; fields != small {
			t.Errorf("%s: on a field %t, want %t", name, fields, small)
		}
		d.Release()
	}
}

func TestFreeBand(t *testing.T) {
	r := image.Rect(0, 0, 100, 100)
	for name, tt := range map[string]struct {
		covered []image.Rectangle
		want    image.Rectangle
	}{
		"nothing":        {nil, r},
		"foot":           {[]image.Rectangle{image.Rect(5, 60, 50, 70), image.Rect(5, 72, 90, 95)}, image.Rect(0, 0, 100, 60)},
		"head and foot":  {[]image.Rectangle{image.Rect(5, 72, 90, 95), image.Rect(5, 5, 30, 12)}, image.Rect(0, 12, 100, 72)},
		"outside":        {[]image.Rectangle{image.Rect(150, 0, 200, 100)}, r},
		"one in another": {[]image.Rectangle{image.Rect(0, 40, 90, 90), image.Rect(0, 50, 20, 60)}, image.Rect(0, 0, 100, 40)},
		"all":            {[]image.Rectangle{r}, image.Rectangle{}},
	} {
		if got := freeBand(r, tt.covered); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}
