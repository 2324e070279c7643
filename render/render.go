// Package render turns a card into pixels. Layout is decided first, as a Plan that can be read
// and compared; painting follows the plan and decides nothing. The package knows no network,
// clock or disk, and the same card gives the same pixels on every machine.
package render

import (
	"context"
	"fmt"
	"image"

	"cards/card"
	"cards/fonts"
	"cards/render/text"
)

// Version names the drawing code: part of every cache key and ETag. Raise it when pixels change.
const Version = "2"

// Renderer draws cards. It is safe for concurrent use.
type Renderer struct {
	setter  *text.Setter
	version string
	themes  map[string]Theme
	pool    canvases
}

// New makes a renderer that sets type with the fonts of set.
func New(set *fonts.Set) (*Renderer, error) {
	r := &Renderer{setter: text.NewSetter(set), version: Version + "/" + set.Version(), themes: map[string]Theme{"": builtin[0]}}
	for _, t := range builtin {
		r.themes[t.Name] = t
	}
	return r, nil
}

// Version names the code and the fonts that draw.
func (r *Renderer) Version() string { return r.version }

// HasTheme reports whether cards can be drawn in the theme; the empty name is the default.
func (r *Renderer) HasTheme(name string) bool {
	_, ok := r.themes[name]
	return ok
}

// Drawing is a drawn card. Release gives its canvas back; the image must not be used after.
type Drawing struct {
	Image *image.RGBA // opaque
	Plan  Plan
	pool  *canvases
}

// Release gives the canvas back for other cards.
func (d *Drawing) Release() {
	d.pool.give(d.Image)
	d.Image = nil
}

// Draw draws the card, which must be normalized. photo is upright; nil draws without one. The
// error wraps card.ErrInvalid where the theme is unknown, or is the context's.
func (r *Renderer) Draw(ctx context.Context, c card.Card, photo image.Image) (*Drawing, error) {
	plan, canvas, err := r.ground(ctx, c, photo)
	if err != nil {
		return nil, err
	}
	paintMarks(canvas, plan.Ops)
	for _, op := range plan.Ops {
		if run, ok := op.(Run); ok {
			r.paintRun(canvas, run)
		}
	}
	return &Drawing{Image: canvas, Plan: plan, pool: &r.pool}, nil
}

// Plan is what Draw would paint. It looks at the photo's pixels, since the scrim depends on them.
func (r *Renderer) Plan(ctx context.Context, c card.Card, photo image.Image) (Plan, error) {
	plan, canvas, err := r.ground(ctx, c, photo)
	if err == nil {
		r.pool.give(canvas)
	}
	return plan, err
}

// ground lays the card out and paints what lies under the text: paper, photo and scrim.
func (r *Renderer) ground(ctx context.Context, c card.Card, photo image.Image) (Plan, *image.RGBA, error) {
	theme, ok := r.themes[c.Theme]
	if !ok {
		return Plan{}, nil, &card.FieldError{Field: "theme", Problem: fmt.Sprintf("%q is not known here", c.Theme)}
	}
	if photo != nil && photo.Bounds().Empty() {
		photo = nil
	}
	l := newLayout(r.setter, c, theme, photo)
	plan := templateOf(c, photo != nil)(l)
	if err := ctx.Err(); err != nil {
		return Plan{}, nil, err
	}
	canvas := r.pool.take(c.Size.W, c.Size.H)
	for i, op := range plan.Ops {
		switch op := op.(type) {
		case Fill:
			fill(canvas, op)
		case Picture:
			scaleInto(canvas, op.Rect, photo, op.Crop)
		case Shade:
			op = op.solve(canvas, plan.Ops)
			op.paint(canvas)
			plan.Ops[i] = op
		}
	}
	plan.Contrast = measure(canvas, plan.Ops)
	return plan, canvas, nil
}

func (r *Renderer) paintRun(canvas *image.RGBA, run Run) {
	for i, line := range run.Block.Lines {
		x, baseline := run.line(i)
		r.setter.Draw(canvas, line, x, baseline, text.Inks{Body: run.Ink, Tail: run.TailInk})
	}
}
