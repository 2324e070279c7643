package articles

import (
	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

// condition returns the condition in the request's header, nil if there is none.
func (h *Handlers) condition(c echo.Context) (stories.Condition, error) {
	conditions, err := request.ReadConditions(c.Request())
	if err != nil || !conditions.Some() {
		return nil, err
	}
	return func(current store.Record, live bool) bool {
		if !live {
			return conditions.MayChange("")
		}
		_, tag, err := h.Present.Tagged(current)
		return err == nil && conditions.MayChange(tag) // what cannot be shown has no tag that a client could know
	}, nil
}
