package laws

import (
	"image"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"newsroom.example/cards/card"
	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/langid"
	"newsroom.example/cards/internal/photo/focus"
	"newsroom.example/cards/internal/sample/gallery"
	"newsroom.example/cards/render"
)

func renderer(t testing.TB, dir string) (*render.Renderer, *design.Set) {
	t.Helper()
	set, err := fonts.Load()
	if err != nil {
		t.Fatal(err)
	}
	designs, err := design.OpenFolder(dir, set.Families())
	if err != nil {
		t.Fatal(err)
	}
	return render.New(set, designs.Current), designs.Current()
}

// sized is a photo without pixels.
type sized image.Point

func (s sized) Size() image.Point { return image.Point(s) }

func (s sized) Focus(image.Point) (focus.Focus, error) {
	return focus.Focus{Point: focus.Point{X: .5, Y: .5}}, nil
}

func (s sized) Pixels(image.Rectangle, image.Point) (image.Image, image.Rectangle, error) {
	panic("a layout asks for no pixels")
}

// everyStory lays out the stories of the gallery in each theme and named size, without pixels.
func everyStory(t *testing.T, check func(name string, r *render.Renderer, c card.Card, p render.Plan)) {
	t.Helper()
	r, designs := renderer(t, "")
	themes := designs.Themes()
	if testing.Short() {
		themes = themes[:1]
	}
	for _, theme := range themes {
		for _, size := range card.Sizes {
			for _, s := range gallery.Stories() {
				c := s.Card
				c.Theme, c.Size = theme, size.Size
				c, err := c.Normalize()
				if err != nil {
					t.Fatal(err)
				}
				var photo render.Photo
				if s.Photo != "" {
					photo = sized(s.Size())
				}
				p, err := r.Layout(c, photo, render.Plan{})
				if err != nil {
					t.Fatal(err)
				}
				check(strings.Join([]string{s.ID, theme, size.Name}, " "), r, c, p)
			}
		}
	}
}

// TestGallery: every story keeps every law in each theme and size, and has a sign in a list of links.
func TestGallery(t *testing.T) {
	least := Thumbnail{1, 1, 100, 1e6}
	everyStory(t, func(name string, r *render.Renderer, c card.Card, p render.Plan) {
		for _, b := range Of(r, c, p, nil) {
			t.Errorf("%s: %s: %s", name, b.Law, b.Problem)
		}
		if len(p.Warnings) > 0 {
			t.Errorf("%s: %q", name, p.Warnings)
		}
		if lines := widow(p); lines != nil {
			t.Errorf("%s: %q is alone after %q", name, lines[1], lines[0])
		}
		seen := Seen(r, p)
		if seen.SignPx < leastSign || seen.CapsPx > 0 && seen.CapsPx < leastCaps {
			t.Errorf("%s: signs of %.1f square pixels and capitals of %.1f at %d", name, seen.SignPx, seen.CapsPx, ThumbnailPx)
		}
		least.SignPx = min(least.SignPx, seen.SignPx)
		if seen.Photo > 0 {
			least.Photo = min(least.Photo, seen.Photo)
		} else {
			least.Words, least.CapsPx = min(least.Words, seen.Words), min(least.CapsPx, seen.CapsPx)
		}
	})
	t.Logf("in a list of links, at least %+v", least)
}

// widow returns the last two lines of a headline that ends with a short word alone, although the line before has several.
func widow(p render.Plan) []string {
	head, ok := p.Headline()
	if !ok || len(head.Block.Lines) < 2 {
		return nil
	}
	lines := head.Block.Lines
	before, last := lines[len(lines)-2].Text, strings.TrimSpace(lines[len(lines)-1].Text)
	word := strings.TrimFunc(last, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if strings.ContainsRune(last, ' ') || utf8.RuneCountInString(word) > 4 || len(strings.Fields(before)) < 2 {
		return nil
	}
	return []string{before, last}
}

// TestGalleryLanguages: the language of a story is told right, or is unknown.
func TestGalleryLanguages(t *testing.T) {
	stories, unknown := gallery.Stories(), 0
	for _, s := range stories {
		g := langid.OfStory("", s.Card.Headline, s.Card.Caption)
		switch {
		case !g.Sure:
			unknown++
		case langid.Canonical(g.Tag) != langid.Canonical(s.Lang):
			t.Errorf("%s: %q is taken for %s", s.ID, s.Card.Headline, g.Tag)
		}
	}
	t.Logf("%d of %d are unknown", unknown, len(stories))
	if 10*unknown > len(stories) {
		t.Errorf("%d of %d are unknown", unknown, len(stories))
	}
}

// TestGalleryIsClear: every text of the stories with a photo is clear on its pixels, in the default theme.
func TestGalleryIsClear(t *testing.T) {
	r, _ := renderer(t, "")
	photos := map[string]render.Photo{}
	for i, s := range gallery.Stories() {
		if s.Photo == "" || testing.Short() && i%4 > 0 {
			continue
		}
		key := s.Photo + s.Shape
		if photos[key] == nil {
			photos[key] = render.Decoded(s.Draw())
		}
		c := s.Card
		c.Size = card.Sizes[i%len(card.Sizes)].Size
		c, err := c.Normalize()
		if err != nil {
			t.Fatal(err)
		}
		p, contrasts, err := r.Contrasts(t.Context(), c, photos[key])
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range Of(r, c, p, contrasts) {
			t.Errorf("%s %v: %s: %s", s.ID, c.Size, b.Law, b.Problem)
		}
	}
}
