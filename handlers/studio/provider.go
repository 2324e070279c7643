package studio

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/openid"
)

// Paths of the sign-in at a provider: where it begins, and where the provider sends people back.
const (
	ProviderPath = "/sign-in/provider"
	CallbackPath = "/sign-in/callback"
)

// Provider signs people in elsewhere; package openid.
type Provider interface {
	Host() string
	Begin(ctx context.Context) (address string, f openid.Flow, err error)
	Finish(ctx context.Context, f openid.Flow, q url.Values) (editors.Editor, error)
}

// host returns the host by which people know the provider; empty: there is none.
func (h *Handlers) host() string {
	if h.Provider == nil {
		return ""
	}
	return h.Provider.Host()
}

// begun is a sign-in that was begun, as the browser keeps it.
type begun struct {
	openid.Flow

	Back string // the page to which it leads
}

// ToProvider sends the browser to the provider.
func (h *Handlers) ToProvider(c echo.Context) error {
	if h.Provider == nil {
		return echo.ErrNotFound
	}
	address, flow, err := h.Provider.Begin(c.Request().Context())
	if err != nil {
		return h.notSignedIn(c, err)
	}
	raw, err := json.Marshal(begun{flow, backOf(c.Request())})
	if err != nil {
		return err
	}
	c.SetCookie(h.Guard.FlowCookie(base64.RawURLEncoding.EncodeToString(raw)))
	return answer.Private(c).Redirect(http.StatusSeeOther, address)
}

// FromProvider begins a session of the editor whom the provider has sent back. Whatever the provider says, the browser
// forgets that the sign-in was begun.
func (h *Handlers) FromProvider(c echo.Context) error {
	if h.Provider == nil {
		return echo.ErrNotFound
	}
	r := c.Request()
	begun := h.begunIn(r)
	if begun.State != "" && !h.Guard.Returns.Take(access.Client(c.RealIP()), h.Now()) {
		return access.ErrLimited
	}
	e, err := h.Provider.Finish(r.Context(), begun.Flow, r.URL.Query())
	if !errors.Is(err, openid.ErrNotBegun) { // then it may be that of another page
		c.SetCookie(h.Guard.FlowCookie(""))
	}
	if err != nil {
		return h.notSignedIn(c, err)
	}
	cookie, err := h.Guard.Begin(r, e, editors.ByOIDC)
	if err != nil {
		return err
	}
	c.SetCookie(cookie)
	back, err := url.Parse(begun.Back)
	if err != nil {
		return err
	}
	return answer.Private(c).Redirect(http.StatusSeeOther, pageOf(back))
}

// begunIn returns the sign-in that was begun in the browser of a request; the zero value: none was.
func (h *Handlers) begunIn(r *http.Request) (b begun) {
	raw, err := base64.RawURLEncoding.DecodeString(h.Guard.Flow(r))
	if err != nil || json.Unmarshal(raw, &b) != nil {
		return begun{}
	}
	return b
}

// notSignedIn answers with the sign-in page, which says why the provider has signed nobody in. The log has the reason.
func (h *Handlers) notSignedIn(c echo.Context, err error) error {
	status, problem := http.StatusUnauthorized, h.host()+" has not signed you in. Try again."
	switch {
	case errors.Is(err, openid.ErrNotBegun):
		status, problem = http.StatusBadRequest, "This sign-in was not begun in this browser, took too long, or was "+
			"finished before. Try again."
	case errors.Is(err, openid.ErrDenied):
		status, problem = http.StatusForbidden, h.host()+" knows you, but you may not enter this studio. Ask the operator "+
			"to add you to --oidc-allow."
	case fault.KindOf(err) == fault.Unavailable:
		status, problem = http.StatusServiceUnavailable, h.host()+" cannot be reached, or refuses this service. Try again "+
			"shortly."
		c.Response().Header().Set("Retry-After", "5")
	case !errors.Is(err, openid.ErrRefused):
		return err
	}
	h.Failed(wayProvider)
	h.Sampled.Log(c.Request().Context(), slog.LevelWarn, "sign-in refused", "provider", err,
		"request_id", answer.RequestID(c))
	return h.signInPage(c, status, problem)
}
