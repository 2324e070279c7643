package main

import (
	"context"
	"fmt"
	"image"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/image/draw"

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

// littleWidth is the width of a card in a list of links, in pixels.
const littleWidth = 120

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
	tiles, next := make([]tile, len(stories)), make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := range next {
				tiles[i] = d.draw(ctx, stories[i], theme, sizeName, size)
			}
		})
	}
	for i := range stories {
		next <- i
	}
	close(next)
	workers.Wait()
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
		t.card = scaled(drawn.Image, d.widthOf(size))
		t.little = scaled(drawn.Image, littleWidth)
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

func scaled(from *image.RGBA, width int) *image.RGBA {
	to := image.NewRGBA(image.Rect(0, 0, width, width*from.Rect.Dy()/from.Rect.Dx()))
	draw.CatmullRom.Scale(to, to.Rect, from, from.Rect, draw.Src, nil)
	return to
}

// columns are those of the index.
var columns = []string{"id", "lang", "guess", "theme", "size", "template", "way", "photo", "headline_px", "lines",
	"breaks", "contrast", "photo_share", "sign_px_at_120", "left_out", "broken", "warnings"}

func (d *drawer) row(s gallery.Story, c card.Card, p render.Plan, theme, size, photoName string) string {
	px, lines, breaks := 0.0, 0, ""
	for _, op := range p.Ops {
		run, ok := op.(render.Run)
		if !ok || run.Role != "headline" {
			continue
		}
		px, lines = run.Block.SizePx, len(run.Block.Lines)
		for i, l := range run.Block.Lines {
			if i > 0 {
				breaks += " | "
			}
			breaks += strings.TrimSpace(l.Text)
		}
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
		fmt.Sprintf("%.1f", px), strconv.Itoa(lines), breaks, fmt.Sprintf("%.1f", p.Contrast.Headline),
		fmt.Sprintf("%.2f", seen.Photo), fmt.Sprintf("%.0f", seen.SignPx), strings.Join(p.LeftOut, ","),
		strings.Join(broken, "; "), strings.Join(p.Warnings, "; ")}, "\t")
}
