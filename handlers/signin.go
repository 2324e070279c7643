package handlers

import (
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/internal/web"
)

// maxSignIn bounds the body of the sign-in form, in bytes.
const maxSignIn = 8 << 10

// Limits of wrong tokens from one network: at once, and the time after which it may try once more.
const (
	signInBurst = 10
	signInEvery = 6 * time.Second
)

// signInPage answers with the form that takes the API token. problem says what is wrong with the
// last try; empty: there was none.
func (s *server) signInPage(c echo.Context, status int, problem string) error {
	r, h := c.Request(), c.Response().Header()
	data := web.SignInData{Action: studioAddress(r), Problem: problem}
	if r.Method != http.MethodPost && !s.isSameOrigin(r) {
		// The browser keeps the session back on the way from another site; our own link brings it.
		data.Studio = data.Action
	}
	h.Set("Cache-Control", "no-store")
	if status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", challenge)
	}
	return s.pageWithStatus(c, status, policyPage, func(w http.ResponseWriter) error { return s.Pages.SignIn(w, data) })
}

// signIn begins a session for who sends the API token in the form, and leads to the studio.
func (s *server) signIn(c echo.Context) error {
	if !s.isSameOrigin(c.Request()) {
		problem := "This form came from another address than the service's own. Sign in at " + s.absolute("/") +
			", or have --public-url set to the address that you opened."
		return s.signInPage(c, http.StatusForbidden, problem)
	}
	given, err := signInToken(c)
	if err != nil {
		return err
	}
	if given == "" {
		return s.signInPage(c, http.StatusUnauthorized, "Enter the API token.")
	}
	if !s.isToken(given) {
		return s.wrongToken(c)
	}
	c.SetCookie(s.sessions.begin(s.Now()))
	return private(c).Redirect(http.StatusSeeOther, studioAddress(c.Request()))
}

// wrongToken answers a token that is not the API's. Only wrong tokens count against a network: whoever sends
// many cannot keep its editors out.
func (s *server) wrongToken(c echo.Context) error {
	client := clientOf(c)
	if !s.signIns.take(client, s.Now()) {
		wait := int(signInEvery.Seconds())
		c.Response().Header().Set("Retry-After", strconv.Itoa(wait))
		message := fmt.Sprintf("Too many wrong tokens came from your network. Try again in %d seconds.", wait)
		return s.signInPage(c, http.StatusTooManyRequests, message)
	}
	s.Log.WarnContext(c.Request().Context(), "sign-in refused", "request_id", requestID(c), "network", client.String())
	return s.signInPage(c, http.StatusUnauthorized, "That is not the API token of this service.")
}

// signInToken reads the token from the form, without the blanks that copying may add.
func signInToken(c echo.Context) (string, error) {
	kind, _, err := mime.ParseMediaType(c.Request().Header.Get(echo.HeaderContentType))
	if err != nil || kind != echo.MIMEApplicationForm {
		return "", field("body", "must be a form (application/x-www-form-urlencoded)")
	}
	raw, err := body(c, maxSignIn)
	if err != nil {
		return "", err
	}
	form, err := url.ParseQuery(string(raw))
	if err != nil || len(form["token"]) > 1 {
		return "", field("body", "must be a form with one token")
	}
	return strings.TrimSpace(form.Get("token")), nil
}

// signOut has the browser drop its session, and leads to the sign-in page.
func (s *server) signOut(c echo.Context) error {
	if !s.isSameOrigin(c.Request()) {
		return errSignIn
	}
	c.SetCookie(s.sessions.end())
	return private(c).Redirect(http.StatusSeeOther, "/")
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
