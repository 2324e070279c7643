package render

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"strings"
	"sync"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/golden"
	"newsroom.example/cards/internal/photo/focus"
)

func renderer(t testing.TB) *Renderer {
	t.Helper()
	set, err := fonts.Load()
	if err != nil {
		t.Fatal(err)
	}
	designs, err := design.Builtin(set.Families())
	if err != nil {
		t.Fatal(err)
	}
	return New(set, func() *design.Set { return designs })
}

// photos returns generated photos: difficult ones for the scrim, and one that looks like a photo.
func photos(w, h int) map[string]image.Image {
	paint := func(at func(x, y int) color.RGBA) *image.RGBA {
		m := image.NewRGBA(image.Rect(0, 0, w, h))
		for y := range h {
			for x := range w {
				m.SetRGBA(x, y, at(x, y))
			}
		}
		return m
	}
	grey := func(v uint8) color.RGBA { return color.RGBA{v, v, v, 255} }
	state := uint32(7)
	return map[string]image.Image{
		"snow":  paint(func(int, int) color.RGBA { return grey(255) }),
		"night": paint(func(int, int) color.RGBA { return grey(0) }),
		"noise": paint(func(int, int) color.RGBA { state = state*1664525 + 1013904223; return grey(uint8(state >> 24)) }),
		"stripes": paint(func(x, y int) color.RGBA {
			if (x/40+y/40)%2 == 0 {
				return grey(255)
			}
			return grey(10)
		}),
		"yellow": paint(func(int, int) color.RGBA { return color.RGBA{255, 240, 60, 255} }),
		"coast": paint(func(x, y int) color.RGBA {
			sky := 210 - 90*y/h
			if y > h*6/10 {
				sky = 70 + 20*int(math.Abs(float64((x+3*y)%60-30)))/30
			}
			return color.RGBA{uint8(sky - 30), uint8(sky - 10), uint8(min(255, sky+30)), 255}
		}),
	}
}

var stories = map[string]card.Card{
	"short":       {Headline: "Rates hold", Site: "The Harbor Post"},
	"long":        {Headline: "Regional governments agree on a shared flood barrier after eleven years of talks, two court rulings and a storm that put half of the lower town under water", Caption: "Engineers inspect the northern section of the barrier, which will be raised by four meters before the spring tides, while residents wait behind the fence to be let back in.", Credit: "Coast News", Kicker: "Region", Badge: "exclusive", Site: "The Harbor Post", Byline: "By the City Desk", Date: "2026-11-23"},
	"korean":      {Headline: "서해안 강풍 특보 확대… 여객선 전면 통제, 주민 3,200명 대피", Caption: "일요일 저녁 방파제 위로 파도가 솟구치고 있다.", Credit: "연안통신", Kicker: "사회", Badge: "breaking", Site: "한강일보", Byline: "사회부", Date: "2026-11-23", Lang: "ko"},
	"unbreakable": {Headline: strings.Repeat("Donaudampfschifffahrt", 4), Credit: "Coast News", Site: "The Harbor Post"},
	"hebrew":      {Headline: "הנמל נסגר לקראת הסערה", Caption: "גלים גבוהים", Credit: "Coast News", Kicker: "חדשות", Site: "The Harbor Post", Badge: "live"},
	"endless":     {Headline: strings.Repeat("harbor towns brace ", 50), Caption: strings.Repeat("waves break over the pier ", 70), Credit: "Coast News", Site: "The Harbor Post"},
}

func normal(t testing.TB, c card.Card, size card.Size) card.Card {
	t.Helper()
	c.Size = size
	c, err := c.Normalize()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func drawn(t testing.TB, r *Renderer, c card.Card, photo image.Image) *Drawing {
	t.Helper()
	d, err := r.Draw(context.Background(), c, decodedOnce(photo))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// lastPhoto is the photo that decodedOnce has returned last.
var lastPhoto struct {
	sync.Mutex
	image.Image
	photo Photo
}

// photograph is a photo that is no graphic, however simple a test has painted it.
type photograph struct{ Photo }

// Focus implements Photo.
func (p photograph) Focus(need image.Point) (focus.Focus, error) {
	f, err := p.Photo.Focus(need)
	if f.Graphic != nil {
		f = focus.Focus{Point: focus.Point{X: .5, Y: .5}, Faceless: true}
	}
	return f, err
}

// decodedOnce is Decoded for tests that ask for the same photo again and again: its focus is looked for once.
func decodedOnce(m image.Image) Photo {
	lastPhoto.Lock()
	defer lastPhoto.Unlock()
	if m != nil && lastPhoto.Image != m {
		lastPhoto.Image, lastPhoto.photo = m, photograph{Decoded(m)}
	} else if m == nil {
		return nil
	}
	return lastPhoto.photo
}

func TestPlans(t *testing.T) {
	r := renderer(t)
	coast := photos(900, 600)["coast"]
	for _, name := range []string{"short", "long", "korean", "unbreakable", "hebrew"} {
		for _, size := range card.Sizes[:4] {
			for kind, photo := range map[string]image.Image{"photo": coast, "text": nil} {
				plan, err := r.Plan(t.Context(), normal(t, stories[name], size.Size), decodedOnce(photo))
				if err != nil {
					t.Fatal(err)
				}
				golden.Text(t, "plans/"+kind+"-"+name+"-"+size.Name+".txt", plan.String())
			}
		}
	}
}

func TestPictures(t *testing.T) {
	r := renderer(t)
	coast := photos(900, 600)["coast"]
	for name, tt := range map[string]struct {
		story string
		size  card.Size
		photo image.Image
		theme string
	}{
		"photo-korean-og.png": {"korean", card.OpenGraph, coast, ""}, "text-long-og.png": {"long", card.OpenGraph, nil, "ledger"}, "photo-hebrew-kakao.png": {"hebrew", card.Kakao, coast, "signal"},
	} {
		c := stories[tt.story]
		c.Theme = tt.theme
		golden.Image(t, "pictures/"+name, drawn(t, r, normal(t, c, tt.size), tt.photo).Image)
	}
}

// TestContrastOnAnyPhoto measures the contrast of the drawn ground, before and after JPEG compression.
func TestContrastOnAnyPhoto(t *testing.T) {
	r := renderer(t)
	for name, photo := range photos(640, 400) {
		for _, story := range []string{"long", "korean", "hebrew"} {
			for _, size := range []card.Size{card.OpenGraph, card.Kakao} {
				c := normal(t, stories[story], size)
				plan, canvas, err := r.ground(t.Context(), c, decodedOnce(photo))
				if err != nil {
					t.Fatal(err)
				}
				for _, op := range plan.Ops {
					run, ok := op.(Run)
					if !ok || run.Role == "badge" {
						continue
					}
					if got := run.contrast(&canvas.RGBA); got < 4.5 {
						t.Errorf("%s on %s at %v: %s has %.2f:1", story, name, size, run.Role, got)
					}
				}
				if plan.Contrast.Headline < 4.5 || name == "night" && plan.Contrast.Headline < 20 {
					t.Errorf("%s on %s: %+v", story, name, plan.Contrast)
				}
			}
		}
	}
}

func TestScrimIsNoDarkerThanNeeded(t *testing.T) {
	r := renderer(t)
	all := photos(640, 400)
	for name, most := range map[string]uint8{"night": 0, "snow": 255} {
		d := drawn(t, r, normal(t, stories["korean"], card.OpenGraph), all[name])
		middle := d.Image.RGBAAt(1100, 185)
		if name == "snow" && middle.R < 200 || name == "night" && middle.R != most {
			t.Errorf("%s: the middle is %v", name, middle)
		}
	}
}

// TestTextStaysInside: in every size, no line leaves the margins of the card, and no two lines overlap.
func TestTextStaysInside(t *testing.T) {
	r := renderer(t)
	coast := photos(640, 400)["coast"]
	sizes := []card.Size{{W: 200, H: 200}, {W: 2400, H: 200}, {W: 200, H: 2400}, {W: 640, H: 360}, {W: 300, H: 600}}
	for _, s := range card.Sizes {
		sizes = append(sizes, s.Size)
	}
	if testing.Short() {
		sizes = sizes[3:7]
	}
	for story, c := range stories {
		for _, size := range sizes {
			for _, photo := range []image.Image{coast, nil} {
				steps := []int{0}
				if story == "long" {
					steps = []int{-2, 0, 2}
				}
				for _, step := range steps {
					c := normal(t, c, size)
					c.FontStep = step
					plan, err := r.Plan(t.Context(), c, decodedOnce(photo))
					if err != nil {
						t.Fatal(err)
					}
					checkInside(t, story, plan)
				}
			}
		}
	}
}

func checkInside(t *testing.T, story string, plan Plan) {
	t.Helper()
	margin := int(0.8 * marginX * scaleOf(card.Size{W: plan.Width, H: plan.Height}))
	inside := image.Rect(margin, margin/3, plan.Width-margin, plan.Height-margin/3)
	var before []image.Rectangle
	headline := false
	for _, op := range plan.Ops {
		run, ok := op.(Run)
		if !ok {
			continue
		}
		headline = headline || run.Role == "headline"
		for i := range run.Block.Lines {
			box := run.box(i)
			tight := box.Inset(int(math.Ceil(0.1 * run.Block.SizePx))) // ascent and descent of neighbours may touch
			if !box.Inset(1).In(inside) {
				t.Errorf("%s at %dx%d: %s line %d at %v leaves %v", story, plan.Width, plan.Height, run.Role, i, box, inside)
			}
			for _, other := range before {
				if !tight.Intersect(other).Empty() {
					t.Errorf("%s at %dx%d: %s line %d at %v overlaps %v", story, plan.Width, plan.Height, run.Role, i, box, other)
				}
			}
			before = append(before, tight)
		}
	}
	if !headline {
		t.Errorf("%s at %dx%d has no headline", story, plan.Width, plan.Height)
	}
}

func TestXKeepsItsStripFree(t *testing.T) {
	r := renderer(t)
	plan, err := r.Plan(t.Context(), normal(t, stories["long"], card.Twitter), Decoded(photos(640, 400)["coast"]))
	if err != nil {
		t.Fatal(err)
	}
	for _, op := range plan.Ops {
		if run, ok := op.(Run); ok {
			for i := range run.Block.Lines {
				if foot := run.box(i).Max.Y; foot > 600-xOverlay {
					t.Errorf("%s ends at %d", run.Role, foot)
				}
			}
		}
	}
}

func TestTheSameCardHasTheSamePixels(t *testing.T) {
	r, other := renderer(t), renderer(t)
	photo := photos(640, 400)["noise"]
	c := normal(t, stories["long"], card.OpenGraph)
	first := drawn(t, r, c, photo)
	for range 3 {
		again := drawn(t, other, c, photo)
		if !bytes.Equal(first.Image.Pix, again.Image.Pix) {
			t.Fatal("they differ")
		}
		again.Release() // the canvas with its old pixels is reused
	}
}

func TestUnknownDesigns(t *testing.T) {
	r := renderer(t)
	for field, c := range map[string]card.Card{"theme": {Headline: "A", Theme: "none"}, "template": {Headline: "A", Template: "none"}} {
		c.Size = card.OpenGraph
		_, err := r.Draw(t.Context(), c, nil)
		faults := card.FieldErrors(r.Check(c))
		if !errors.Is(err, card.ErrInvalid) || len(faults) != 1 || faults[0].Field != field {
			t.Errorf("unknown %s: %v, %v", field, err, faults)
		}
	}
	if err := r.Check(card.Card{Headline: "A", Theme: "press", Template: "quote"}); err != nil {
		t.Error(err)
	}
}

func meanOf(src image.Image, r image.Rectangle) (mean [3]float64) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			cr, cg, cb, _ := src.At(x, y).RGBA()
			for i, v := range []uint32{cr, cg, cb} {
				mean[i] += float64(v>>8) / float64(r.Dx()*r.Dy())
			}
		}
	}
	return mean
}

func TestEncode(t *testing.T) {
	noise := photos(1200, 630)["noise"].(*image.RGBA)
	for name, m := range map[string]*image.RGBA{"noise": noise, "coast": photos(1200, 630)["coast"].(*image.RGBA)} {
		var out bytes.Buffer
		if err := Encode(&out, m, Encoding{Format: JPEG, MaxBytes: MaxPhotoBytes}); err != nil || out.Len() > MaxPhotoBytes {
			t.Errorf("%s: %d bytes, %v", name, out.Len(), err)
		}
	}
	for name, m := range map[string]*image.RGBA{"noise": noise, "text": drawn(t, renderer(t), normal(t, stories["short"], card.OpenGraph), nil).Image} {
		var out bytes.Buffer
		if err := Encode(&out, m, Encoding{Format: PNG}); err != nil {
			t.Fatal(err)
		}
		back, err := png.Decode(&out)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range []image.Point{{0, 0}, {100, 300}, {1199, 629}, {70, 330}} {
			if r, g, b, _ := back.At(p.X, p.Y).RGBA(); (color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 255}) != m.RGBAAt(p.X, p.Y) {
				t.Errorf("%s: the pixel at %v has changed", name, p)
			}
		}
	}
}

func TestPlanAsJSON(t *testing.T) {
	plan, err := renderer(t).Plan(t.Context(), normal(t, stories["korean"], card.OpenGraph), Decoded(photos(640, 400)["coast"]))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(plan)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"width", "height", "crop", "contrast", "texts"} {
		if got[key] == nil {
			t.Errorf("no %s in %s", key, raw)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	r := renderer(b)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, photos(2400, 1600)["coast"], nil); err != nil {
		b.Fatal(err)
	}
	photo, err := jpeg.Decode(&out)
	if err != nil {
		b.Fatal(err)
	}
	for name, m := range map[string]image.Image{"photo": photo, "text": nil} {
		c := normal(b, stories["korean"], card.OpenGraph)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				drawn(b, r, c, m).Release()
			}
		})
	}
}
