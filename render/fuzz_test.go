package render

import (
	"fmt"
	"image"
	"strings"
	"testing"

	"newsroom.example/cards/card"
)

// manyLines is more lines than a card of the largest size has room for.
const manyLines = 200

// FuzzPlan lays out any texts in any size, template and theme, with and without a photo. Every text stays within the
// picture, no text is on another, and the work is bounded.
func FuzzPlan(f *testing.F) {
	for i, c := range stories {
		f.Add(c.Headline, c.Caption, c.Credit, c.Kicker+"|"+c.Site+"|"+c.Byline, c.Badge, uint16(len(i)*97), uint16(300), uint8(len(i)))
	}
	f.Add("z"+strings.Repeat("\u0301", 900), strings.Repeat("\U00012000", 300), "\u202ea\u2067b", "ผู้ที่|क्षत्रिय|﷽", "\u200d", uint16(0), uint16(0), uint8(3))
	f.Add(strings.Repeat("W", 1000), strings.Repeat("iiii ", 390), strings.Repeat("x", 300), strings.Repeat("M", 300)+"||", "live", uint16(2200), uint16(0), uint8(9))
	r := renderer(f)
	themes, templates := r.Themes(), r.Templates()
	f.Fuzz(func(t *testing.T, headline, caption, credit, small, badge string, w, h uint16, look uint8) {
		parts := append(strings.SplitN(small, "|", 3), "", "", "")
		c := card.Card{
			Headline: headline, Caption: caption, Credit: credit, Kicker: parts[0], Site: parts[1], Byline: parts[2], Badge: badge,
			Size:     card.Size{W: card.MinSide + int(w)%(card.MaxSide-card.MinSide+1), H: card.MinSide + int(h)%(card.MaxSide-card.MinSide+1)},
			Template: templates[int(look)%len(templates)], Theme: themes[int(look)/4%len(themes)], FontStep: int(look)%5 - 2,
		}
		c, err := c.Normalize()
		if err != nil {
			return
		}
		var photo Photo
		if look&1 != 0 {
			photo = sized(image.Pt(1+int(h)%3000, 1+int(w)%3000))
		}
		chosen, err := r.look(c, photo != nil)
		if err != nil {
			t.Fatal(err)
		}
		l := newLayout(r.setter, c, chosen.theme, chosen.template, photo)
		plan, err := l.compose()
		if err != nil {
			t.Fatal(err)
		}
		lines := 0
		for _, op := range plan.Ops {
			if run, ok := op.(Run); ok {
				lines += len(run.Block.Lines)
			}
		}
		if lines > manyLines || len(plan.Ops) > manyLines || len(plan.Warnings) > 16 {
			t.Errorf("%d lines, %d operations, %d warnings", lines, len(plan.Ops), len(plan.Warnings))
		}
		staysApart(t, r, c.Size.String(), l, plan)
	})
}

// staysApart checks that texts, rules and badges are within the margins and apart. Stacked marks may extend beyond
// their line by a quarter of its height: Draw cuts them off there.
func staysApart(t *testing.T, r *Renderer, name string, l *layout, p Plan) {
	t.Helper()
	reach := map[string]image.Rectangle{} // of a line, by the name of its mark
	slack := map[string]int{}
	for _, op := range p.Ops {
		run, ok := op.(Run)
		if !ok {
			continue
		}
		for i, line := range run.Block.Lines {
			_, baseline := run.line(i)
			size, key := run.Block.SizePx, fmt.Sprintf("%s %q", run.Role, line.Text)
			reach[key] = image.Rect(-1e6, int(baseline-1.2*size)-1, 1e6, int(baseline+.5*size)+1)
			slack[key] = int(.3*size) + 1
		}
	}
	marks := r.Marks(p)
	for i, a := range marks {
		if r, ok := reach[a.String()]; ok {
			a.Ink = a.Ink.Intersect(r)
			marks[i] = a
		}
		beyond := image.Pt(slack[a.String()], slack[a.String()])
		safe := a.Free(l.card.Size)
		if !a.Ink.In(image.Rectangle{Min: safe.Min.Sub(beyond), Max: safe.Max.Add(beyond)}) {
			t.Errorf("%s: %v at %v leaves %v", name, a, a.Ink, safe)
		}
		for _, b := range marks[:i] {
			if o := a.Ink.Intersect(b.Ink); !o.Empty() && o.Dy() > 1+slack[a.String()]+slack[b.String()] {
				t.Errorf("%s: %v lies over %v by %v", name, a, b, o.Size())
			}
		}
	}
}
