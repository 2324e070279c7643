package render

import (
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/photo/focus"
	"newsroom.example/cards/internal/sample"
	"newsroom.example/cards/internal/scene"
)

// shownIn returns the pictures of a plan, such as "round portrait".
func shownIn(p Plan) string {
	var all []string
	for _, op := range p.Ops {
		if picture, ok := op.(Picture); ok {
			kind, _, _ := strings.Cut(picture.String(), " (")
			all = append(all, kind)
		}
	}
	return strings.Join(all, ", ")
}

// TestPicturesOfCards: what a card shows of its photo and its portrait in each template that has a place for both, in
// every size, mirrored or not.
func TestPicturesOfCards(t *testing.T) {
	r := renderer(t)
	for _, tt := range []struct {
		template        string
		photo, portrait bool
		want            string
	}{
		{"opinion", true, true, "picture, round portrait"},
		{"opinion", true, false, "round picture"},
		{"opinion", false, true, "round portrait"},
		{"opinion", false, false, ""},
		{"quote", true, true, "portrait"},
		{"quote", true, false, "picture"},
		{"quote", false, true, "portrait"},
		{"photo", true, true, "picture"},
		{"text", true, true, ""},
	} {
		for _, size := range card.Sizes {
			for _, lang := range []string{"en", "he"} {
				c := card.Card{Headline: "The sea has a long memory", Byline: "Jo Kim", Kicker: "Opinion", Credit: "Coast News",
					Site: "The Harbor Post", Speaker: "The master", Template: tt.template}
				if lang == "he" {
					c.Headline = "לים יש זיכרון ארוך"
				}
				var photo, face Photo
				if tt.photo {
					photo = sizedOf(1500, 1000)
				}
				if tt.template == "opinion" && tt.photo && !tt.portrait { // only a face fills the circle
					photo = portrait{sizedOf(1500, 1000), faceAt(.5, .3, .3)}
				}
				if tt.portrait {
					face = portrait{sizedOf(900, 1200), faceAt(.5, .3, .3)}
				}
				plan, err := r.Layout(normal(t, c, size.Size), photo, Plan{}, face)
				if err != nil {
					t.Fatal(err)
				}
				want := tt.want
				if tt.template == "quote" && tt.portrait && size.Size.W <= size.Size.H { // a wide area would cut the chin
					want = "round portrait"
				}
				if got := shownIn(plan); got != want {
					t.Errorf("%s %s %s, photo %t, portrait %t: %q", tt.template, size.Name, lang, tt.photo, tt.portrait, got)
				}
				hasCredit := slices.ContainsFunc(plan.Ops, func(op Op) bool { run, ok := op.(Run); return ok && hasRole(run, "credit") })
				if photoShown := strings.HasSuffix(tt.want, "picture") || strings.HasPrefix(tt.want, "picture"); hasCredit && !photoShown {
					t.Errorf("%s %s: a credit without its photo", tt.template, size.Name)
				}
			}
		}
	}
}

func hasRole(run Run, role string) bool {
	return slices.ContainsFunc(run.texts(), func(t textJSON) bool { return t.Role == role })
}

// TestPortraitCrop: the crop shows the head in its middle, nearer than the photo is if the head is small in it, and is
// never enlarged much; a focal point of the editor is kept.
func TestPortraitCrop(t *testing.T) {
	r := renderer(t)
	for _, tt := range []struct {
		name  string
		size  image.Point
		face  focus.Rect
		focal *card.Focal
		near  bool
	}{
		{"a head", image.Pt(1200, 1600), faceAt(.5, .35, .45), nil, false},
		{"a figure", image.Pt(3000, 4000), faceAt(.3, .2, .1), nil, true},
		{"at the edge", image.Pt(3000, 2000), faceAt(.95, .3, .08), nil, true},
		{"a small picture", image.Pt(300, 400), faceAt(.5, .3, .1), nil, true},
		{"chosen by an editor", image.Pt(3000, 2000), faceAt(.95, .3, .08), &card.Focal{X: .1, Y: .5}, false},
	} {
		for _, size := range []card.Size{card.OpenGraph, card.Square, card.Story} {
			c := normal(t, card.Card{Headline: "The sea has a long memory", Template: "opinion"}, size)
			c.Portrait.Focal = tt.focal
			plan, err := r.Layout(c, nil, Plan{}, portrait{sized(tt.size), tt.face})
			if err != nil {
				t.Fatal(err)
			}
			p := pictureOf(t, plan)
			crop := p.Crop
			if !crop.In(image.Rectangle{Max: tt.size}) || crop.Empty() || crop != plan.PortraitCrop || crop.Dx() != crop.Dy() || !plan.Crop.Empty() {
				t.Fatalf("%s %v: crop %v of %v", tt.name, size, crop, tt.size)
			}
			least := min(tt.size.X, tt.size.Y)
			if near := crop.Dx() < least; near != tt.near {
				t.Errorf("%s %v: crop %v", tt.name, size, crop)
			}
			if tt.near && crop.Dx() < p.Rect.Dx()/2-1 {
				t.Errorf("%s %v: %d pixels fill %d", tt.name, size, crop.Dx(), p.Rect.Dx())
			}
			if tt.focal != nil {
				if crop.Min.X != 0 {
					t.Errorf("%s: crop %v", tt.name, crop)
				}
				continue
			}
			face := p.place(focus.Face{Rect: tt.face}, tt.size)
			if !face.In(p.Rect) {
				t.Errorf("%s %v: the face is at %v of %v", tt.name, size, face, p.Rect)
			}
		}
	}
}

// TestRoundOverPhoto: a round portrait leaves what is under it around its circle, also a photo, and needs no operation
// after it.
func TestRoundOverPhoto(t *testing.T) {
	r := ownDesigns(t, "", `[[area]]
name = "face"
left = 0.5
top = 0.2
bottom = 0.8
[[picture]]
area = "card"
[[picture]]
area = "face"
show = "portrait"
shape = "round"
[[stack]]
area = "card"
at = "top"
items = [ { text = "headline", steps = [[31, 3]] } ]
`)
	plain := func(c color.RGBA) image.Image {
		m := image.NewRGBA(image.Rect(0, 0, 900, 600))
		for i := 0; i < len(m.Pix); i += 4 {
			m.Pix[i], m.Pix[i+1], m.Pix[i+2], m.Pix[i+3] = c.R, c.G, c.B, 255
		}
		return m
	}
	c := normal(t, card.Card{Headline: "Ferries", Theme: "a", Template: "a"}, card.OpenGraph)
	blue, red := plain(color.RGBA{B: 200}), plain(color.RGBA{R: 200})
	d, err := r.Draw(t.Context(), c, Decoded(blue), Decoded(red))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Release()
	without, err := r.Draw(t.Context(), c, Decoded(blue))
	if err != nil {
		t.Fatal(err)
	}
	defer without.Release()
	middle, radius := image.Pt(900, 315), 189
	for y := 130; y < 500; y += 3 {
		for x := 605; x < 1195; x += 3 {
			dx, dy := x-middle.X, y-middle.Y
			switch far, got := dx*dx+dy*dy, d.Image.RGBAAt(x, y); {
			case far < (radius-5)*(radius-5) && (got.R < 195 || got.B > 5):
				t.Fatalf("in the circle, %d,%d is %v", x, y, got)
			case far > (radius-2)*(radius-2) && far < (radius-1)*(radius-1) && got.R > 190:
				t.Fatalf("no ring at %d,%d, but %v", x, y, got)
			case far > (radius+2)*(radius+2) && got != without.Image.RGBAAt(x, y):
				t.Fatalf("around the circle, %d,%d is %v", x, y, got)
			}
		}
	}
}

// TestKeep: what is kept of a photo is as large to the layout, has the same focus, and the same pixels at another size.
func TestKeep(t *testing.T) {
	for _, size := range []image.Point{{640, 400}, {2600, 1300}, {300, 5200}} {
		whole := scene.Photo(size.X, size.Y, 0, 3)
		k, err := Keep(Decoded(whole))
		if err != nil || k.Size() != size {
			t.Fatalf("%v: %v, %v", size, k.Size(), err)
		}
		want, _ := Decoded(whole).Focus(image.Point{})
		got, _ := k.Focus(image.Point{})
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%v: focus %v, want %v", size, got, want)
		}
		crop := image.Rect(size.X/4, size.Y/4, size.X/2, size.Y/2)
		img, at, err := k.Pixels(crop, image.Point{})
		if err != nil || !at.In(img.Bounds()) || max(img.Bounds().Dx(), img.Bounds().Dy()) > MaxKept {
			t.Fatalf("%v: %v of %v, %v", size, at, img.Bounds(), err)
		}
		a, b := colourOf(whole, crop), colourOf(img, at)
		for i := range a {
			if d := a[i] - b[i]; d > 6 || d < -6 {
				t.Errorf("%v: colour %v, want %v", size, b, a)
			}
		}
	}
	if k, err := Keep(nil); k != nil || err != nil {
		t.Errorf("of none: %v, %v", k, err)
	}
}

func colourOf(m image.Image, r image.Rectangle) (mean [3]int) {
	n := 0
	for y := r.Min.Y; y < r.Max.Y; y += 3 {
		for x := r.Min.X; x < r.Max.X; x += 3 {
			red, green, blue, _ := m.At(x, y).RGBA()
			for i, v := range []uint32{red, green, blue} {
				mean[i] += int(v >> 8)
			}
			n++
		}
	}
	for i := range mean {
		mean[i] /= n
	}
	return mean
}

// TestPlanNamesThePortrait: the printed plan has the crop of the portrait, and none without one.
func TestPlanNamesThePortrait(t *testing.T) {
	r := renderer(t)
	c := normal(t, sample.Stories[0].Card, card.OpenGraph)
	c.Template = "opinion"
	for _, face := range []Photo{nil, Decoded(scene.Portrait())} {
		plan, err := r.Plan(t.Context(), c, nil, face)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := json.Marshal(plan)
		if err != nil || strings.Contains(string(raw), `"portrait":[`) != (face != nil) {
			t.Errorf("%s, %v", raw, err)
		}
	}
}
