package laws

import (
	"image"
	"strings"

	"newsroom.example/cards/render"
)

// ThumbnailPx is the width of a card in a list of links, in pixels.
const ThumbnailPx = 120

// What a card needs so that it can be told from others in a list, where nobody reads it.
const (
	// LeastPhoto is the least share of the card that a photo covers, if there is one.
	LeastPhoto = 0.06
	// LeastWords is the least share of the card that the lines of a headline and of a figure cover, if there is no photo:
	// they are seen as a dark or light block.
	LeastWords = 0.01
)

// Thumbnail is what can be seen of a card in a list.
type Thumbnail struct {
	Photo  float64 // share of the card that its photo covers, from 0 to 1
	Words  float64 // share of the card that the lines of headline and figure cover
	CapsPx float64 // height of the headline's capitals, in pixels of the small card
	SignPx float64 // area of the largest of logo, name, badge, section, rule, play mark and sound, in its square pixels
}

// Seen returns what can be seen of a plan in a list.
func Seen(r *render.Renderer, p render.Plan) Thumbnail {
	t := small(p)
	scale := float64(ThumbnailPx) / float64(p.Width)
	for _, m := range r.Marks(p) {
		switch m.Role {
		case "logo", "site", "badge", "kicker", "rule", "play", "wave", "mark":
			t.SignPx = max(t.SignPx, float64(m.Ink.Dx()*m.Ink.Dy())*scale*scale)
		}
	}
	return t
}

// small returns what can be seen of photo and headline.
func small(p render.Plan) Thumbnail {
	t := Thumbnail{Photo: share(p)}
	if head, ok := p.Headline(); ok {
		t.CapsPx = head.Block.CapPx * ThumbnailPx / float64(p.Width)
	}
	for _, op := range p.Ops {
		if run, ok := op.(render.Run); ok && (run.Role == "headline" || strings.HasPrefix(run.Role, "fields.")) {
			for _, l := range run.Block.Lines {
				t.Words += l.WidthPx * run.Block.CapPx / float64(p.Width*p.Height)
			}
		}
	}
	return t
}

// share returns the share of the card that the photo covers.
func share(p render.Plan) (s float64) {
	card := image.Rect(0, 0, p.Width, p.Height)
	for _, op := range p.Ops {
		var rect image.Rectangle
		switch op := op.(type) {
		case render.Picture:
			rect = op.Rect
		case render.Field:
			rect = op.Rect
		}
		rect = rect.Intersect(card)
		s = max(s, float64(rect.Dx()*rect.Dy())/float64(p.Width*p.Height))
	}
	return s
}

func thumbnail(p render.Plan, law breaks) {
	t := small(p)
	switch {
	case t.Photo >= LeastPhoto:
	case t.Photo > 0:
		law("thumbnail", "make the photo's area larger", "the photo covers %.0f %% of the card, and a list of links shows too little of it: %.0f %% are needed",
			100*t.Photo, 100*LeastPhoto)
	case t.Words < LeastWords:
		law("thumbnail", "give the headline larger steps",
			"in a list of links, %d px wide, the headline covers %.1f %% of the card, and %.0f %% are needed", ThumbnailPx, 100*t.Words, 100*LeastWords)
	}
}
