// Package laws holds what every card has to keep, whatever its design: its headline is whole and large enough for a
// feed, its texts are inside the safe area, apart from each other and clear, and a list of links shows something of it.
// docs/design.md names them. They are looked at in plans: nothing is drawn.
package laws

import (
	"cmp"
	"fmt"
	"image"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render"
)

// Broken is a law that a card breaks.
type Broken struct {
	Law     string // its name: "headline-whole", "safe-area"
	Problem string // what is seen, in words for people
	Change  string // what to change in the template or theme
}

// Limits of the laws.
const (
	// UsualHeadline is the longest headline, in code points, that a design has to show whole.
	UsualHeadline = 120
	// UsualWord is the longest word in it, in code points.
	UsualWord = 30
	// LeastFeedPx is the least height of a headline's small letters on a card 500 pixels wide: see render.FeedPx.
	LeastFeedPx = 8.9
)

// Of returns the laws that the plan of a normalized card breaks. contrasts are those of render.Contrasts; without them,
// only what lies on one colour is known to be clear.
func Of(r *render.Renderer, c card.Card, p render.Plan, contrasts map[string]float64) (all []Broken) {
	law := func(name, change, format string, args ...any) {
		all = append(all, Broken{name, fmt.Sprintf(format, args...), change})
	}
	marks := r.Marks(p)
	headlines(c, p, law)
	places(marks, c.Size, law)
	readable(marks, contrasts, law)
	texts(p, law)
	thumbnail(p, law)
	return all
}

// breaks notes a broken law.
type breaks func(name, change, format string, args ...any)

// headlines looks at the headline itself.
func headlines(c card.Card, p render.Plan, law breaks) {
	head, ok := p.Headline()
	if !ok {
		return // the reading of templates tells which may do without
	}
	size := head.Block.SizePx
	if head.Block.Truncated && usual(c.Headline) {
		law("headline-whole", "give it a smaller step, a step with more lines, or a larger area",
			"the headline is cut: its last line is %q", head.Block.Lines[len(head.Block.Lines)-1].Text)
	}
	if feed := render.FeedPx(size, c.Size.W); feed < LeastFeedPx && usual(c.Headline) {
		law("headline-size", "let its smallest step be 44 or more, 35 where the card is not wide, and let other items be spare",
			"the headline is set in %.0f px: where a feed shows the card 500 px wide, small letters are %.1f px high, and 9 are needed",
			size, feed)
	}
	for _, op := range p.Ops {
		run, ok := op.(render.Run)
		if ok && run.Block.SizePx > size && run.Role != "mark" && !strings.HasPrefix(run.Role, "fields.") {
			law("headline-first", "make it smaller, or the headline larger", "the %s is set in %.0f px and the headline in %.0f px",
				nameOf(run.Role), run.Block.SizePx, size)
		}
	}
}

// usual reports whether every design has to show a headline whole, and large enough for a feed.
func usual(headline string) bool {
	long := func(w string) bool { // scripts without cases may have no spaces
		return utf8.RuneCountInString(w) > UsualWord && strings.ContainsFunc(w, unicode.IsLower)
	}
	return utf8.RuneCountInString(headline) <= UsualHeadline && !slices.ContainsFunc(strings.Fields(headline), long)
}

// interlock is by how much of its height a line may reach into the next one of the same text: its lowest letters stand
// between the tallest of that.
const interlock = 0.15

// places looks at where marks are.
func places(marks []render.Mark, size card.Size, law breaks) {
	for i, a := range marks {
		if safe := a.Free(size); !a.Ink.In(safe) {
			law("safe-area", "move it in, or give the area a larger pad", "%s leaves the safe area by %s", said(a), beyond(a.Ink, safe))
		}
		for _, b := range marks[:i] {
			allowed := 1
			if a.Run == b.Run {
				allowed = max(1, int(interlock*float64(a.Ink.Dy())))
			}
			if o := a.Ink.Intersect(b.Ink); !o.Empty() && o.Dy() > allowed {
				law("apart", "give one of them a larger gap, fewer lines, or another stack", "%s lies over %s by %d x %d px", said(a),
					said(b), o.Dx(), o.Dy())
			}
		}
	}
}

// beyond says how far ink leaves an area, and where the most.
func beyond(ink, safe image.Rectangle) string {
	sides := []struct {
		px   int
		name string
	}{{safe.Min.X - ink.Min.X, "left"}, {ink.Max.X - safe.Max.X, "right"}, {safe.Min.Y - ink.Min.Y, "top"},
		{ink.Max.Y - safe.Max.Y, "bottom"}}
	most := sides[0]
	for _, s := range sides {
		if s.px > most.px {
			most = s
		}
	}
	return fmt.Sprintf("%d px at the %s", most.px, most.name)
}

// readable looks at what is under each text, but for the quotation mark, which is an ornament.
func readable(marks []render.Mark, contrasts map[string]float64, law breaks) {
	lowest := map[string]float64{}
	for _, m := range marks {
		if m.Contrast > 0 {
			lowest[m.Role] = min(cmp.Or(lowest[m.Role], m.Contrast), m.Contrast)
		}
	}
	maps.Copy(lowest, contrasts)
	for _, role := range slices.Sorted(maps.Keys(lowest)) {
		if got := lowest[role]; role != "mark" && got < design.MinContrast {
			law("clear", "give it another ink, or another fill below it",
				"the %s has a contrast of %.1f:1 with what is under it, and %.1f:1 is needed", nameOf(role), got, design.MinContrast)
		}
	}
}

// texts looks at each text.
func texts(p render.Plan, law breaks) {
	photo := share(p) > 0
	for _, op := range p.Ops {
		run, ok := op.(render.Run)
		if !ok {
			continue
		}
		if run.Role == "caption" && !photo {
			law("caption-with-photo", `add when = "photo" to the item`, "the caption is shown without its photo")
		}
		if run.Role == "credit" && run.Block.Truncated {
			law("credit-whole", "give it a line of its own, or more room", "the credit is cut")
		}
		if len(run.Block.Missing) > 0 {
			law("glyphs", "add a font that has it to the theme's fonts", "no font has %q, in the %s", string(run.Block.Missing[0]),
				nameOf(run.Role))
		}
	}
}

// names are the names of roles where they differ from those of templates.
var names = map[string]string{
	"kicker": "kicker (section)", "mark": "quotation mark", "play": "play mark", "wave": "form of a sound",
}

func nameOf(role string) string { return cmp.Or(names[role], role) }

// said names a mark, with the beginning of its text.
func said(m render.Mark) string {
	text := []rune(m.Text)
	switch {
	case len(text) == 0:
		return "the " + nameOf(m.Role)
	case len(text) > 24:
		text = append(text[:23], '…')
	}
	return fmt.Sprintf("the %s %q", nameOf(m.Role), string(text))
}
