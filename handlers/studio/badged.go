package studio

import (
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
)

// badged returns the card with the badge that it gets by rule once the story is stored. The form is of the stored story
// o, or of none.
func (h *Handlers) badged(asked card.Card, o *opened) card.Card {
	at, _ := time.ParseInLocation(time.DateOnly, asked.Date, h.Now().Location()) // zero without one
	a := article.Article{Badge: asked.Badge, Kind: asked.Kind, Kicker: asked.Kicker, PublishedAt: at}
	a.Clock = a.At(h.Now(), 0)
	if o != nil && o.Article.Badge == a.Badge {
		a.Clock.BreakingOver = o.Article.Clock.BreakingOver
	}
	asked.Badge, _ = a.Badged()
	return asked
}
