// Package render turns a card into pixels, in three steps:
//
//	layout*.go                        a card, a design and a photo become a Plan: data, in plan.go
//	shade*.go, contrast*.go, scrim/   the photo's scrim is found, and the contrast of text measured
//	paint.go, raster/                 the plan is painted; encode.go writes a JPEG or PNG
//
// Package text sets lines of type for the first step and paints them in the last. A Plan can be read and
// compared; painting follows it and decides nothing. Renderer, in render.go, takes the steps in turn, again
// where a photo cannot bear the text. The package uses no network, clock or disk, and the same card gives the
// same pixels on every machine.
package render

import (
	"context"
	"fmt"
	"image"
	"image/color"

	"newsroom.example/cards/card"
	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render/raster"
	"newsroom.example/cards/render/text"
)

// Version names the drawing code: part of every cache key and ETag. Raise it when pixels change.
const Version = "6"

// Renderer draws cards. It is safe for concurrent use.
type Renderer struct {
	setter  *text.Setter
	version string
	designs func() *design.Set
	pool    raster.Pool
}

// New makes a renderer that sets type with the fonts of set, in the designs that are current when
// a card is drawn.
func New(set *fonts.Set, designs func() *design.Set) *Renderer {
	return &Renderer{setter: text.NewSetter(set), version: Version + "/" + set.Version(), designs: designs}
}

// Version names all that shapes a card beside its own fields: the code, the fonts, its theme and
// its template as they are now.
func (r *Renderer) Version(c card.Card) string {
	look, err := r.look(c, c.Photo.URL != "")
	if err != nil {
		return r.version
	}
	return r.version + "/" + look.theme.Version + "/" + look.template.Version + "/" + look.otherwise.Version
}

// Design names a newsroom's own theme and template of the card as they are now: it changes when
// their files do. It is empty where both are built in, whatever release they come from.
func (r *Renderer) Design(c card.Card) string {
	look, err := r.look(c, c.Photo.URL != "")
	set := r.designs()
	if err != nil || !set.IsOwn(look.theme, look.template, look.otherwise) {
		return ""
	}
	return look.theme.Version + "/" + look.template.Version + "/" + look.otherwise.Version
}

// ShowsPhoto reports whether the card's template shows a photo where there is one.
func (r *Renderer) ShowsPhoto(c card.Card) bool {
	look, err := r.look(c, true)
	return err == nil && look.template.ShowsPhoto()
}

// Check says whether the card's theme and template are known: a *card.FieldError where not.
func (r *Renderer) Check(c card.Card) error {
	_, err := r.look(c, c.Photo.URL != "")
	return err
}

// Paper is the colour of the card's theme that lies under a photo which can be seen through.
func (r *Renderer) Paper(c card.Card) color.Color {
	if theme, ok := r.designs().Theme(c.Theme, c.Site, c.Lang); ok {
		return theme.Paper
	}
	return color.White
}

// Themes are the names of themes that cards may give, the newsroom's own first.
func (r *Renderer) Themes() []string { return r.designs().Themes() }

// Templates are the names of templates that cards may give.
func (r *Renderer) Templates() []string { return r.designs().Templates() }

// look is the theme and template that a card is drawn in.
type look struct {
	theme     *design.Theme
	template  *design.Template
	otherwise *design.Template // for a photo that cannot bear the template
}

func (r *Renderer) look(c card.Card, hasPhoto bool) (look, error) {
	set := r.designs()
	theme, ok := set.Theme(c.Theme, c.Site, c.Lang)
	if !ok {
		return look{}, &card.FieldError{Field: "theme", Problem: fmt.Sprintf("%q is not known here", c.Theme)}
	}
	template, ok := set.Template(c.TemplateName(hasPhoto))
	if !ok {
		return look{}, &card.FieldError{Field: "template", Problem: fmt.Sprintf("%q is not known here", c.Template)}
	}
	if other, ok := set.Template(template.WithoutPhoto); ok && !hasPhoto {
		template = other
	}
	otherwise, ok := set.Template(template.Otherwise)
	if !ok {
		otherwise = template
	}
	return look{theme, template, otherwise}, nil
}

// Drawing is a drawn card. Release returns its canvas for reuse; the image must not be used after.
type Drawing struct {
	Image  *image.RGBA // opaque; not to be changed
	Plan   Plan
	canvas *raster.Canvas
	pool   *raster.Pool
}

// Release returns the canvas for other cards.
func (d *Drawing) Release() {
	d.pool.Put(d.canvas)
	d.Image, d.canvas = nil, nil
}

// Draw draws the card, which must be normalized. photo is upright; nil draws without one. The
// error wraps card.ErrInvalid where theme or template is unknown, or is the context's or the photo's.
func (r *Renderer) Draw(ctx context.Context, c card.Card, photo Photo) (*Drawing, error) {
	plan, canvas, err := r.ground(ctx, c, photo)
	if err != nil {
		return nil, err
	}
	paintMarks(canvas, plan.Ops)
	for _, op := range plan.Ops {
		if run, ok := op.(Run); ok {
			paintRun(canvas, r.setter, run)
		}
	}
	return &Drawing{Image: &canvas.RGBA, Plan: plan, canvas: canvas, pool: &r.pool}, nil
}

// Plan returns what Draw would paint. It examines the photo's pixels, since the scrim depends on them.
func (r *Renderer) Plan(ctx context.Context, c card.Card, photo Photo) (Plan, error) {
	plan, canvas, err := r.ground(ctx, c, photo)
	if err == nil {
		r.pool.Put(canvas)
	}
	return plan, err
}

// ground lays the card out and paints what lies under the text: paper, photo and scrim. The caller
// returns the canvas to the pool.
func (r *Renderer) ground(ctx context.Context, c card.Card, photo Photo) (Plan, *raster.Canvas, error) {
	if photo != nil && (photo.Size().X <= 0 || photo.Size().Y <= 0) {
		photo = nil
	}
	look, err := r.look(c, photo != nil)
	if err != nil {
		return Plan{}, nil, err
	}
	canvas := r.pool.Get(c.Size.W, c.Size.H)
	plan, err := r.set(ctx, c, look, photo, canvas)
	if err != nil {
		r.pool.Put(canvas)
		return Plan{}, nil, err
	}
	var flat bool
	if plan.Contrast, flat = flatContrast(canvas.Rect, plan.Ops); !flat {
		plan.Contrast = measure(&canvas.RGBA, plan.Ops)
	}
	plan.warnOfContrast()
	return plan, canvas, nil
}

// set plans a card and paints its ground. Where a scrim would take too much of the photo, the
// card goes on to the next attempt, but not to another template than the one that it names.
func (r *Renderer) set(ctx context.Context, c card.Card, look look, photo Photo, canvas *raster.Canvas) (Plan, error) {
	tries := look.attempts()
	for {
		plan, left, err := r.compose(c, look.theme, tries, photo)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return Plan{}, err
		}
		used := tries[len(tries)-len(left)-1]
		final := len(left) == 0 || c.Template != "" && left[0].template != used.template
		heavy, err := paintGrounds(canvas, plan.Ops, photo, final)
		if !heavy || err != nil {
			return plan, err
		}
		tries = left
	}
}

// paintGrounds paints what lies under the text, until a photo is found to be too bright for it:
// heavy is true then.
func paintGrounds(canvas *raster.Canvas, ops []Op, photo Photo, final bool) (heavy bool, err error) {
	for i, op := range ops {
		if shade, ok := op.(Shade); ok {
			if shade, heavy = shade.solve(&canvas.RGBA, ops, final); heavy {
				return true, nil
			}
			ops[i], op = shade, shade
		}
		if err := paintGround(canvas, op, photo); err != nil {
			return false, err
		}
	}
	return false, nil
}

// attempt is a template, and whether it is to keep text off its photo as far as it can.
type attempt struct {
	template *design.Template
	bare     bool
}

// attempts are how a card may be set, the best first: in its template, in the one for photos that
// cannot bear that, and in this with the text beside the photo.
func (l look) attempts() []attempt {
	if l.template == l.otherwise {
		return []attempt{{l.template, false}, {l.template, true}}
	}
	return []attempt{{l.template, false}, {l.otherwise, false}, {l.otherwise, true}}
}

// compose plans a card in the first attempt whose photo can bear the text, or in the last one. left
// is what could be tried after it.
func (r *Renderer) compose(
	c card.Card, theme *design.Theme, all []attempt, photo Photo,
) (plan Plan, left []attempt, err error) {
	for i, try := range all {
		l := newLayout(r.setter, c, theme, try.template, photo)
		l.bare = try.bare
		var fits bool
		if plan, fits, err = l.compose(); fits || err != nil {
			return plan, all[i+1:], err
		}
	}
	return plan, nil, err
}
