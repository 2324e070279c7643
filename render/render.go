// Package render turns a card into pixels, in three steps:
//
//	layout*.go                        compute a Plan, in plan.go, from a card, a design and a photo
//	shade*.go, contrast*.go, scrim/   compute the photo's scrim, and measure the contrast of text
//	paint.go, raster/                 paint the plan; encode.go writes a JPEG or PNG
//
// Package text lays out the text in the first step and paints it in the last. A Plan is data that can be read
// and compared; painting makes no decisions. Renderer, in render.go, runs the steps, and repeats them with
// another template if a photo is not suited to carry the text. The package uses no network, clock or disk, and
// the same card gives the same pixels on every machine.
package render

import (
	"cmp"
	"context"
	"fmt"
	"image"
	"image/color"

	"golang.org/x/image/draw"

	"newsroom.example/cards/card"
	"newsroom.example/cards/fonts"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render/raster"
	"newsroom.example/cards/render/text"
)

// Version is the version of the rendering code. It is part of every cache key and ETag. Increase it when pixels
// change.
const Version = "15"

// Renderer renders cards. It is safe for concurrent use.
type Renderer struct {
	setter  *text.Setter
	version string
	designs func() *design.Set
	// kept has earlier designs; nil: none
	kept func(hash string) (*design.Set, bool)

	lang string // of words on cards, if neither the texts nor the theme tell theirs; it may be empty
	pool raster.Pool
}

// New returns a renderer with the fonts of set. It calls designs for each card.
func New(set *fonts.Set, designs func() *design.Set) *Renderer {
	return &Renderer{setter: text.NewSetter(set), version: Version + "/" + set.Version(), designs: designs}
}

// In sets the language (BCP 47) of the words that cards get, such as badges and dates, if the card has none, its texts
// do not tell it and its theme has no default. Without one, badges are in English and dates in the form of ISO 8601. It
// must be called before the renderer is used.
func (r *Renderer) In(lang string) *Renderer {
	r.lang = lang
	return r
}

// Keeping sets where cards with Designs find those: kept returns the set with the hash, if it is in memory. Without it,
// and without the set, they get the present ones. It must be called before the renderer is used.
func (r *Renderer) Keeping(kept func(hash string) (*design.Set, bool)) *Renderer {
	r.kept = kept
	return r
}

// set returns the designs of a card.
func (r *Renderer) set(c card.Card) *design.Set {
	if c.Designs != "" && r.kept != nil {
		if set, ok := r.kept(c.Designs); ok {
			return set
		}
	}
	return r.designs()
}

// Version identifies everything besides the card's fields that affects its pixels: the code, the fonts, and the
// current theme and template.
func (r *Renderer) Version(c card.Card) string {
	look, err := r.look(c, c.Photo.URL != "")
	if err != nil {
		return r.version
	}
	return r.version + r.home(c) + "/" + look.theme.Version + "/" + look.template.Version + "/" + look.otherwise.Version
}

// Design identifies the present versions of the card's theme and template, if they are a newsroom's own: mark changes
// when their files change, and set is the Designs of a card that is to keep them. Both are empty if theme and template
// are built in, in every release, and no language was set.
func (r *Renderer) Design(c card.Card) (mark, set string) {
	c.Designs = "" // the present ones
	look, err := r.look(c, c.Photo.URL != "")
	if err != nil || !look.set.IsOwn(look.theme, look.template, look.otherwise) {
		return r.home(c), ""
	}
	return r.home(c) + look.theme.Version + "/" + look.template.Version + "/" + look.otherwise.Version, look.set.Hash()
}

// home returns the part of a version that stands for the language of the words.
func (r *Renderer) home(c card.Card) string {
	if c.Lang != "" || r.lang == "" {
		return ""
	}
	return "/" + r.lang
}

// Home returns the language of the words that a card gets if it has no language and its texts do not tell it: the
// default of its theme, else that of In. It may be empty.
func (r *Renderer) Home(c card.Card) string {
	if t, ok := r.set(c).Theme(c.Theme, c.Site, c.Lang); ok {
		return cmp.Or(t.Lang, r.lang)
	}
	return r.lang
}

// ShowsPhoto reports whether the card's template has a place for a photo, beside the portrait of a card that has one.
func (r *Renderer) ShowsPhoto(c card.Card) bool {
	look, err := r.look(c, true)
	return err == nil && look.template.ShowsPhoto(c.Portrait.URL != "" && look.template.ShowsPortrait())
}

// ShowsPortrait reports whether the card's template has a place for a portrait.
func (r *Renderer) ShowsPortrait(c card.Card) bool {
	look, err := r.look(c, c.Photo.URL != "")
	return err == nil && look.template.ShowsPortrait()
}

// Look returns the names of the template and the theme that the card gets; empty if it names one that does not exist.
// A photo that does not suit the template may lead to another one.
func (r *Renderer) Look(c card.Card) (template, theme string) {
	look, err := r.look(c, c.Photo.URL != "")
	if err != nil {
		return "", ""
	}
	return look.template.Name, look.theme.Name
}

// Check checks that the card's theme and template exist. The error is of the fields.
func (r *Renderer) Check(c card.Card) error {
	_, err := r.look(c, c.Photo.URL != "")
	return err
}

// Paper is the colour under a photo with transparency.
type Paper struct {
	color.Color
	other color.Color
}

// Other returns the colour under a photo whose ink cannot be seen on the first one: dark for one that is light.
func (p Paper) Other() color.Color { return p.other }

// Paper returns the colours under a photo with transparency: the paper of the card's theme, and the theme's ink for
// what is as light as that paper. In a theme with dark paper it is white, because what is transparent is mostly a chart
// or a logo in dark ink, and the theme's paper for what is white.
func (r *Renderer) Paper(c card.Card) Paper {
	t, ok := r.set(c).Theme(c.Theme, c.Site, c.Lang)
	switch {
	case !ok:
		return Paper{color.White, color.Black}
	case design.Luminance(t.Paper.R, t.Paper.G, t.Paper.B) < darkPaper:
		return Paper{color.White, t.Paper}
	}
	return Paper{t.Paper, t.Ink}
}

// darkPaper is the relative luminance below which white is clearer on paper than black.
const darkPaper = 0.18

// Themes returns the names of the themes that cards can use, the newsroom's own first.
func (r *Renderer) Themes() []string { return r.designs().Themes() }

// Templates returns the names of the templates that cards can use.
func (r *Renderer) Templates() []string { return r.designs().Templates() }

// Fields returns the sorted names of the newsroom's own texts that templates show; see card.Card.
func (r *Renderer) Fields() []string { return r.designs().Fields() }

// look is the theme and template of a card.
type look struct {
	set       *design.Set
	theme     *design.Theme
	template  *design.Template
	otherwise *design.Template // for a photo that does not suit the template
}

func (r *Renderer) look(c card.Card, hasPhoto bool) (look, error) {
	set := r.set(c)
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
	if !ok || c.Portrait.URL != "" && template.ShowsPortrait() && !otherwise.ShowsPortrait() {
		otherwise = template // a photo that does not suit it is no reason to lose the portrait
	}
	return look{set, theme, template, otherwise}, nil
}

// Drawing is a rendered card. Release makes its canvas available for reuse; afterwards the image must not be
// used.
type Drawing struct {
	Image  *image.RGBA // opaque; must not be modified
	Plan   Plan
	canvas *raster.Canvas
	pool   *raster.Pool
}

// Scaled returns a copy of the picture that is widthPx wide.
func (d *Drawing) Scaled(widthPx int) *image.RGBA {
	from := d.Image.Rect
	to := image.NewRGBA(image.Rect(0, 0, widthPx, widthPx*from.Dy()/from.Dx()))
	draw.CatmullRom.Scale(to, to.Rect, d.Image, from, draw.Src, nil)
	return to
}

// Release puts the canvas back into a pool, for other cards.
func (d *Drawing) Release() {
	d.pool.Put(d.canvas)
	d.Image, d.canvas = nil, nil
}

// Draw renders the card, which must be normalized, with its photo and its portrait, which are upright; nil, or no
// portrait, means none. The error wraps card.ErrInvalid if theme or template is unknown; other errors are the context's
// or those of the photo and the portrait.
func (r *Renderer) Draw(ctx context.Context, c card.Card, photo Photo, portrait ...Photo) (*Drawing, error) {
	plan, canvas, err := r.ground(ctx, c, photo, portrait...)
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

// Plan returns what Draw would paint. It examines the photo's pixels, because the scrim depends on them.
func (r *Renderer) Plan(ctx context.Context, c card.Card, photo Photo, portrait ...Photo) (Plan, error) {
	plan, canvas, err := r.ground(ctx, c, photo, portrait...)
	if err == nil {
		r.pool.Put(canvas)
	}
	return plan, err
}

// Layout returns what Plan would return for the card in another size than like, as far as it is known without the
// photo's pixels: it takes the scrims of both sizes to cost the same, and computes none. The contrast is 0 where text
// lies on the photo. It decodes the photo only to find its focal point.
func (r *Renderer) Layout(c card.Card, photo Photo, like Plan, portrait ...Photo) (Plan, error) {
	c, photo, face := pictured(c, photo, portrait)
	look, err := r.look(c, photo != nil)
	if err != nil {
		return Plan{}, err
	}
	best, err := r.choose(c, look, photo, face).cheapest(context.Background(), unpainted(like.Costs))
	if err != nil {
		return Plan{}, err
	}
	plan := best.plan
	plan.Contrast, _ = flatContrast(image.Rect(0, 0, c.Size.W, c.Size.H), plan.Ops)
	return plan, nil
}

// ground computes the layout and paints everything under the text: paper, photo and scrim. The caller puts the
// canvas back into the pool.
func (r *Renderer) ground(
	ctx context.Context, c card.Card, photo Photo, portrait ...Photo,
) (Plan, *raster.Canvas, error) {
	c, photo, face := pictured(c, photo, portrait)
	look, err := r.look(c, photo != nil)
	if err != nil {
		return Plan{}, nil, err
	}
	canvas := r.pool.Get(c.Size.W, c.Size.H)
	plan, err := r.choose(c, look, photo, face).painted(ctx, canvas)
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

// paintGrounds paints everything under the text. If a scrim spoils the photo, it stops and returns what that
// costs; final means that no scrim does.
func paintGrounds(
	canvas *raster.Canvas, ops []Op, photo, portrait Photo, final bool,
) (dim int, err error) {
	for i, op := range ops {
		if shade, ok := op.(Shade); ok {
			if shade, dim = shade.solve(&canvas.RGBA, ops, final); dim > 0 {
				return dim, nil
			}
			ops[i], op = shade, shade
		}
		if err := paintGround(canvas, op, photo, portrait); err != nil {
			return 0, err
		}
	}
	return 0, nil
}
