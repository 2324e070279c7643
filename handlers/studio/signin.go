package studio

import (
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/web"
)

// maxSignIn bounds the body of the sign-in form, in bytes.
const maxSignIn = 8 << 10

// SignInPage answers a request for the studio that has no editor's authority with the form to sign in.
func (h *Handlers) SignInPage(c echo.Context) error {
	return h.signInPage(c, http.StatusUnauthorized, "")
}

// signInPage answers with the form that takes the API token. problem says what is wrong with the
// last try; empty: there was none.
func (h *Handlers) signInPage(c echo.Context, status int, problem string) error {
	r, header := c.Request(), c.Response().Header()
	data := web.SignInData{Action: studioAddress(r), Problem: problem}
	if r.Method != http.MethodPost && !h.Guard.IsSameOrigin(r) {
		// The browser keeps the session back on the way from another site; our own link brings it.
		data.Studio = data.Action
	}
	header.Set("Cache-Control", "no-store")
	if status == http.StatusUnauthorized {
		header.Set("WWW-Authenticate", access.Challenge)
	}
	return answer.PageWithStatus(c, status, answer.PolicyPage,
		func(w http.ResponseWriter) error { return h.Pages.SignIn(w, data) })
}

// SignIn begins a session for who sends the API token in the form, and leads to the studio.
func (h *Handlers) SignIn(c echo.Context) error {
	if !h.Guard.IsSameOrigin(c.Request()) {
		problem := "This form came from another address than the service's own. Sign in at " + h.Present.Absolute("/") +
			", or have --public-url set to the address that you opened."
		return h.signInPage(c, http.StatusForbidden, problem)
	}
	given, err := signInToken(c)
	if err != nil {
		return err
	}
	if given == "" {
		return h.signInPage(c, http.StatusUnauthorized, "Enter the API token.")
	}
	if !h.Guard.IsToken(given) {
		return h.wrongToken(c)
	}
	c.SetCookie(h.Guard.BeginSession())
	return answer.Private(c).Redirect(http.StatusSeeOther, studioAddress(c.Request()))
}

// wrongToken answers a token that is not the API'h. Only wrong tokens count against a network: whoever sends
// many cannot keep its editors out.
func (h *Handlers) wrongToken(c echo.Context) error {
	client := access.Client(c.RealIP())
	if !h.Guard.SignIns.Take(client, h.Now()) {
		wait := int(access.SignInEvery.Seconds())
		c.Response().Header().Set("Retry-After", strconv.Itoa(wait))
		message := fmt.Sprintf("Too many wrong tokens came from your network. Try again in %d seconds.", wait)
		return h.signInPage(c, http.StatusTooManyRequests, message)
	}
	h.Log.WarnContext(c.Request().Context(), "sign-in refused", "request_id", answer.RequestID(c), "network",
		client.String())
	return h.signInPage(c, http.StatusUnauthorized, "That is not the API token of this service.")
}

// signInToken reads the token from the form, without the blanks that copying may add.
func signInToken(c echo.Context) (string, error) {
	kind, _, err := mime.ParseMediaType(c.Request().Header.Get(echo.HeaderContentType))
	if err != nil || kind != echo.MIMEApplicationForm {
		return "", fault.InField("body", "must be a form (application/x-www-form-urlencoded)")
	}
	raw, err := request.Body(c, maxSignIn)
	if err != nil {
		return "", err
	}
	form, err := url.ParseQuery(string(raw))
	if err != nil || len(form["token"]) > 1 {
		return "", fault.InField("body", "must be a form with one token")
	}
	return strings.TrimSpace(form.Get("token")), nil
}

// SignOut has the browser drop its session, and leads to the sign-in page.
func (h *Handlers) SignOut(c echo.Context) error {
	if !h.Guard.IsSameOrigin(c.Request()) {
		return access.ErrNotSignedIn
	}
	c.SetCookie(h.Guard.EndSession())
	return answer.Private(c).Redirect(http.StatusSeeOther, "/")
}

// studioAddress is the studio with what the request's query says of its form, and never an
// address elsewhere.
func studioAddress(r *http.Request) string {
	given, kept := r.URL.Query(), url.Values{}
	for _, name := range studioFields {
		if v := given[name]; len(v) == 1 && v[0] != "" && utf8.ValidString(v[0]) {
			kept[name] = v
		}
	}
	if len(kept) == 0 {
		return "/"
	}
	return "/?" + kept.Encode()
}
