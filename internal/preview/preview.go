// Package preview shows the samples in a newsroom's designs on one page: as a file, or served to this machine. The
// served page loads itself again when a theme or template changes, and shows their errors.
package preview

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/internal/laws"
	"newsroom.example/cards/internal/sample"
	"newsroom.example/cards/render"
)

// Choice says what a page shows. An empty list stands for all; all themes are the newsroom's own, if it has any.
type Choice struct {
	Themes, Templates, Sizes, Stories []string
}

// group is the cards of a theme, template and size.
type group struct {
	Theme, Template, Size string
	Cards                 []shown
}

// shown is a card on a page.
type shown struct {
	ID, Label, Alt string
	Src            template.URL
	W, H           int // of the card, in pixels
}

// samples draws the samples. It is safe for concurrent use.
type samples struct {
	renderer *render.Renderer
	slots    chan struct{} // one for each card that is drawn at a time
}

func newSamples(r *render.Renderer, atOnce int) *samples {
	return &samples{renderer: r, slots: make(chan struct{}, atOnce)}
}

// draw returns a card as a JPEG, widthPx wide; 0 means its own width.
func (s *samples) draw(ctx context.Context, theme, layout, size, story string, widthPx int) ([]byte, error) {
	i := slices.IndexFunc(sample.Stories, func(t sample.Story) bool { return t.Name == story })
	if i < 0 {
		return nil, fmt.Errorf("there is no sample %q", story)
	}
	dims, err := card.ParseSize(size)
	if err != nil {
		return nil, err
	}
	c, err := sample.Stories[i].In(theme, layout, dims)
	if err != nil {
		return nil, err
	}
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	photo, portrait := laws.Pictures(sample.Stories[i])
	drawn, err := s.renderer.Draw(ctx, c, photo, portrait)
	if err != nil {
		return nil, err
	}
	defer drawn.Release()
	m := drawn.Image
	if widthPx > 0 {
		m = drawn.Scaled(widthPx)
	}
	var out bytes.Buffer
	err = render.Encode(&out, m, render.Encoding{Format: render.JPEG})
	return out.Bytes(), err
}

// source returns the address of a card's picture.
type source func(theme, layout, size, story string) (template.URL, error)

// groups returns the chosen cards, without those of designs that are not there.
func groups(set *design.Set, c Choice, src source) ([]group, error) {
	themes := set.Own()
	if len(themes) == 0 {
		themes = set.Themes()
	}
	var found []group
	for _, theme := range chosen(c.Themes, themes, set.Themes()) {
		for _, layout := range chosen(c.Templates, set.Templates(), set.Templates()) {
			for _, size := range orAll(c.Sizes, sizeNames()) {
				g, err := groupOf(theme, layout, size, c.Stories, src)
				if err != nil {
					return nil, err
				}
				if len(g.Cards) > 0 {
					found = append(found, g)
				}
			}
		}
	}
	return found, nil
}

func groupOf(theme, layout, size string, stories []string, src source) (group, error) {
	g := group{Theme: theme, Template: layout, Size: size}
	dims, err := card.ParseSize(size)
	if err != nil {
		return g, nil // there is no such card
	}
	for _, s := range sample.Stories {
		if len(stories) > 0 && !slices.Contains(stories, s.Name) {
			continue
		}
		url, err := src(theme, layout, size, s.Name)
		if err != nil {
			return g, err
		}
		id := strings.ReplaceAll(strings.Join([]string{theme, layout, size, s.Name}, "-"), " ", "-")
		g.Cards = append(g.Cards, shown{ID: id, Label: s.Name, Alt: s.Card.Headline, Src: url, W: dims.W, H: dims.H})
	}
	return g, nil
}

// chosen returns some of the names, as far as they are known, or all.
func chosen(some, all, known []string) []string {
	return slices.DeleteFunc(slices.Clone(orAll(some, all)), func(n string) bool { return !slices.Contains(known, n) })
}

func orAll(some, all []string) []string {
	if len(some) > 0 {
		return some
	}
	return all
}

func sizeNames() (all []string) {
	for _, s := range card.Sizes {
		all = append(all, s.Name)
	}
	return all
}

// Write writes a page with the chosen cards that needs no other file: the pictures are in it, widthPx wide.
func Write(ctx context.Context, w io.Writer, r *render.Renderer, set *design.Set, c Choice, widthPx int) error {
	s := newSamples(r, 1)
	all, err := groups(set, c, func(theme, layout, size, story string) (template.URL, error) {
		data, err := s.draw(ctx, theme, layout, size, story, widthPx)
		if err != nil {
			return "", fmt.Errorf("%s %s %s %s: %w", theme, layout, size, story, err)
		}
		return template.URL("data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(data)), nil
	})
	if err != nil {
		return err
	}
	return page.Execute(w, view{Groups: all, Style: style, Policy: policy("img-src data:", false)})
}
