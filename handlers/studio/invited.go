package studio

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/web"
)

// LinkPath is the path of sign-in links, and LinkParameter the parameter with the secret of one.
const (
	LinkPath      = "/sign-in"
	LinkParameter = "link"
)

// maxLink is the length of the longest secret of a link that is looked for, in bytes.
const maxLink = 64

// Invited answers the address of a sign-in link with a page that asks to use it. To open it is not to use it: programs
// that check the links of mails open them too.
func (h *Handlers) Invited(c echo.Context) error {
	secret := c.QueryParam(LinkParameter)
	if secret == "" {
		return h.signInPage(c, http.StatusUnauthorized, "")
	}
	e, err := h.linkOf(c, secret)
	if errors.Is(err, editors.ErrNoLink) {
		if !h.Guard.IsSameOrigin(c.Request()) { // a page of another site must not use up this network's tries
			return h.signInPage(c, http.StatusUnauthorized, badLink)
		}
		return h.refuse(c, wayLink, badLink)
	}
	if err != nil {
		return err
	}
	return h.signIn(c, http.StatusOK, web.SignInData{Name: e.Name, Link: secret})
}

const badLink = "This sign-in link was used before, was replaced, or is too old. Ask the operator for a new one: " +
	"cards editor link NAME."

// linkOf returns whose link it is.
func (h *Handlers) linkOf(c echo.Context, secret string) (editors.Editor, error) {
	if len(secret) > maxLink {
		return editors.Editor{}, editors.ErrNoLink
	}
	return h.Guard.Sessions.LinkOf(c.Request().Context(), editors.HashOf(secret), h.Now())
}

// UseLink begins the session of the editor whose link the form holds.
func (h *Handlers) UseLink(c echo.Context) error {
	if !h.Guard.IsSameOrigin(c.Request()) {
		return h.foreignForm(c)
	}
	secret, err := formField(c, LinkParameter)
	if err != nil {
		return err
	}
	if len(secret) > maxLink {
		return h.refuse(c, wayLink, badLink)
	}
	cookie, err := h.Guard.BeginByLink(c.Request(), secret)
	if errors.Is(err, editors.ErrNoLink) {
		return h.refuse(c, wayLink, badLink)
	}
	if err != nil {
		return err
	}
	c.SetCookie(cookie)
	return answer.Private(c).Redirect(http.StatusSeeOther, "/")
}
