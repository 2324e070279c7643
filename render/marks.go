package render

import (
	"context"
	"fmt"
	"image"
	"math"

	"newsroom.example/cards/card"
)

// Mark is what a plan draws on the ground: a line of text, a rule, a badge, a play mark, the form of a sound or a logo.
type Mark struct {
	Role     string          // of a Run, or "rule", "badge", "play", "wave", "logo"
	Text     string          // of a line
	Run      int             // lines of one text have the same number, and no other mark has it
	Ink      image.Rectangle // what it covers, in pixels of the card
	Contrast float64         // of a line with the one colour under it; 0: it lies on a photo or on several colours
	Hangs    bool            // of a line: quotation marks hang before it
}

// String returns the role and the text.
func (m Mark) String() string {
	if m.Text == "" {
		return m.Role
	}
	return fmt.Sprintf("%s %q", m.Role, m.Text)
}

// Marks returns all marks of a plan, in the order of painting. A badge counts once, without its text.
func (r *Renderer) Marks(p Plan) (all []Mark) {
	card := image.Rect(0, 0, p.Width, p.Height)
	for n, op := range p.Ops {
		switch op := op.(type) {
		case Rule:
			all = append(all, Mark{Role: "rule", Run: n, Ink: op.Rect})
		case Badge:
			all = append(all, Mark{Role: "badge", Run: n, Ink: op.Rect})
		case Play:
			all = append(all, Mark{Role: "play", Run: n, Ink: op.Rect})
		case Wave:
			all = append(all, Mark{Role: "wave", Run: n, Ink: op.Rect})
		case Logo:
			all = append(all, Mark{Role: "logo", Run: n, Ink: op.Rect})
		case Run:
			if op.Role == "badge" && onBadge(p.Ops, op) {
				continue
			}
			contrast, ok := op.flatContrast(card, p.Ops)
			if !ok {
				contrast = 0
			}
			for i, line := range op.Block.Lines {
				x, baseline := op.line(i)
				ink := r.setter.Ink(line).Add(image.Pt(int(math.Floor(x)), int(baseline)))
				all = append(all, Mark{Role: op.Role, Text: line.Text, Run: n, Ink: ink, Contrast: contrast,
					Hangs: line.HangPx > 0})
			}
		}
	}
	return all
}

// Contrasts returns what Plan returns, and for each role the lowest contrast of its lines with the pixels under them.
// The words of badges are not among them: they lie on the badge.
func (r *Renderer) Contrasts(
	ctx context.Context, c card.Card, photo Photo, portrait ...Photo,
) (Plan, map[string]float64, error) {
	plan, canvas, err := r.ground(ctx, c, photo, portrait...)
	if err != nil {
		return Plan{}, nil, err
	}
	defer r.pool.Put(canvas)
	all := map[string]float64{}
	for _, op := range plan.Ops {
		if run, ok := op.(Run); ok && !(run.Role == "badge" && onBadge(plan.Ops, run)) {
			all[run.Role] = lower(all[run.Role], run.contrast(&canvas.RGBA))
		}
	}
	return plan, all, nil
}

// onBadge reports whether a run lies on a badge, which covers it.
func onBadge(ops []Op, run Run) bool {
	for _, op := range ops {
		if b, ok := op.(Badge); ok && len(run.Block.Lines) > 0 && run.box(0).Overlaps(b.Rect) {
			return true
		}
	}
	return false
}

// SafeArea returns the rectangle that all marks of a card must be in: within the smallest padding of any area, without
// the strip that X covers with text, and without the ends of a story that the apps' controls cover.
func SafeArea(size card.Size) image.Rectangle {
	safe := image.Rect(0, 0, size.W, size.H).Inset(int(math.Floor(24*scaleOf(size))) - 1)
	switch size {
	case card.Twitter:
		safe.Max.Y = size.H - xOverlay
	case card.Story:
		safe.Min.Y, safe.Max.Y = 240, size.H-240
	}
	return safe
}

// Free returns the rectangle that a mark of a card must be in: its safe area, wider for quotation marks that hang.
func (m Mark) Free(size card.Size) image.Rectangle {
	free := SafeArea(size)
	if m.Hangs {
		least := int(math.Floor(hangKeeps*scaleOf(size))) - 1
		free.Min.X, free.Max.X = least, size.W-least
	}
	return free
}

// FeedPx returns the height of small letters of type of a size when a card of a width is shown 500 pixels wide, as
// feeds do; they are about half as high as the type's size.
func FeedPx(sizePx float64, cardWidth int) float64 { return sizePx * 500 / float64(cardWidth) / 2 }
