package main

import (
	"context"
	"fmt"
	"image"
	"runtime"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/langid"
	"newsroom.example/cards/internal/laws"
	"newsroom.example/cards/internal/sample/gallery"
	"newsroom.example/cards/render"
)

// drawer draws the stories.
type drawer struct {
	settings
	renderer *render.Renderer
	photos   *photos
	rows     []string // of the index
}

// tile is a card on a sheet.
type tile struct {
	label, id    string
	card, little *image.RGBA // at the sheet's width, and 120 pixels wide
	row          string      // of the index
	err          error
}

// widthOf returns the width at which a card of a size can be judged and some twenty fit a sheet.
func (s settings) widthOf(size card.Size) int {
	switch {
	case s.width > 0:
		return s.width
	case 10*size.H > 11*size.W:
		return 260
	case 10*size.H > 8*size.W:
		return 320
	}
	return 400
}

// drawAll draws the stories in a theme and size on all processors.
func (d *drawer) drawAll(ctx context.Context, stories []gallery.Story, theme, sizeName string, size card.Size) []tile {
	tiles := make([]tile, len(stories))
	var all errgroup.Group
	all.SetLimit(runtime.GOMAXPROCS(0))
	for i, s := range stories {
		all.Go(func() error {
			tiles[i] = d.draw(ctx, s, theme, sizeName, size)
			return nil
		})
	}
	_ = all.Wait() // each tile has its own error
	return tiles
}

func (d *drawer) draw(ctx context.Context, s gallery.Story, theme, sizeName string, size card.Size) (t tile) {
	c := s.Card
	c.Theme, c.Size = theme, size
	if d.keepLang {
		c.Lang = s.Lang
	}
	c, t.err = c.Normalize()
	if t.err != nil {
		return t
	}
	t.id = s.ID
	t.err = d.photos.with(ctx, s, d.renderer.Paper(c), func(p render.Photo, name string) error {
		drawn, err := d.renderer.Draw(ctx, c, p)
		if err != nil {
			return err
		}
		defer drawn.Release()
		t.card = drawn.Scaled(d.widthOf(size))
		t.little = drawn.Scaled(laws.ThumbnailPx)
		t.label = strings.Join([]string{templateOf(c, drawn.Plan, p != nil), theme, sizeName, s.Lang, s.ID}, " ")
		t.row = d.row(s, c, drawn.Plan, theme, sizeName, name)
		return nil
	})
	if t.err != nil {
		t.err = fmt.Errorf("%s: %w", s.ID, t.err)
	}
	return t
}

// templateOf returns the card's template, and the way in which the photo is shown if that is not the template's own.
func templateOf(c card.Card, p render.Plan, hasPhoto bool) string {
	if p.Way == "" || p.Way == "own" {
		return c.TemplateName(hasPhoto)
	}
	return c.TemplateName(hasPhoto) + ">" + p.Way
}

// columns are those of the index.
var columns = []string{"id", "lang", "guess", "theme", "size", "template", "way", "photo", "headline_px", "lines",
	"breaks", "contrast", "photo_share", "sign_px_at_120", "left_out", "broken", "warnings"}

func (d *drawer) row(s gallery.Story, c card.Card, p render.Plan, theme, size, photoName string) string {
	head, _ := p.Headline()
	var lines []string
	for _, l := range head.Block.Lines {
		lines = append(lines, strings.TrimSpace(l.Text))
	}
	var broken []string
	for _, b := range laws.Of(d.renderer, c, p, nil) {
		broken = append(broken, b.Problem)
	}
	seen := laws.Seen(d.renderer, p)
	guess := langid.OfStory("", c.Headline, c.Caption)
	said := "?"
	if guess.Sure {
		said = guess.Tag
	}
	return strings.Join([]string{s.ID, s.Lang, said, theme, size, c.TemplateName(photoName != ""), p.Way, photoName,
		fmt.Sprintf("%.1f", head.Block.SizePx), strconv.Itoa(len(lines)), strings.Join(lines, " | "), fmt.Sprintf("%.1f", p.Contrast.Headline),
		fmt.Sprintf("%.2f", seen.Photo), fmt.Sprintf("%.0f", seen.SignPx), strings.Join(p.LeftOut, ","),
		strings.Join(broken, "; "), strings.Join(p.Warnings, "; ")}, "\t")
}
