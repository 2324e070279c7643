package studio

import (
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/web"
)

// maxSignIn bounds the body of the sign-in form, in bytes.
const maxSignIn = 8 << 10

// maxAddress is the length of the longest URL that the sign-in page repeats, in bytes. The page may have it twice, and
// no refusal is larger than answer.MaxErrorBody.
const maxAddress = 2 << 10

// SignInPage answers a request for the studio with the sign-in form, when the request is not an editor's.
func (h *Handlers) SignInPage(c echo.Context) error {
	return h.signInPage(c, http.StatusUnauthorized, "")
}

// signInPage answers with the sign-in form, which asks for the API token. problem says why the last
// try failed; empty: there was none.
func (h *Handlers) signInPage(c echo.Context, status int, problem string) error {
	r, header := c.Request(), c.Response().Header()
	address := studioAddress(r)
	data := web.SignInData{Action: address, Problem: problem}
	if len(address) > maxAddress { // the browser sends the form to the page's own URL
		data.Action, address = "", "/"
	}
	if r.Method != http.MethodPost && !h.Guard.IsSameOrigin(r) {
		// The session cookie is SameSite: browsers do not send it with a link from another site. A link on
		// our own page sends it.
		data.Studio = address
	}
	header.Set("Cache-Control", "no-store")
	if status == http.StatusUnauthorized {
		header.Set("WWW-Authenticate", access.Challenge)
	}
	return answer.PageWithStatus(c, status, answer.PolicyPage,
		func(w http.ResponseWriter) error { return h.Pages.SignIn(w, data) })
}

// KeyParameter is the parameter of the studio's URL that holds the key of the studio.
const KeyParameter = "key"

// Enter begins a session if the URL holds the key that the service printed at its start, and redirects to the
// same URL without the key: it must not stay in the address bar.
func (h *Handlers) Enter(c echo.Context) error {
	r := c.Request()
	if !h.Guard.IsStudioKey(c.QueryParam(KeyParameter)) {
		if _, ok := h.Guard.Editor(r); ok { // the key is an old one, the session is not
			return toStudio(c)
		}
		if !h.Guard.IsSameOrigin(r) { // a page of another site must not use up this network's tries
			return h.signInPage(c, http.StatusUnauthorized, "")
		}
		return h.refuse(c, "key", "This URL does not open the studio any more. Use the one that the service printed at "+
			"its last start, or enter the API token.")
	}
	return h.begin(c, "studio key")
}

// begin begins a session and redirects to the studio. way says how the editor has shown who she is.
func (h *Handlers) begin(c echo.Context, way string) error {
	ctx := access.As(c.Request().Context(), access.Holder)
	if err := journal.Enter(ctx, h.Journal, journal.SignIn, way, h.Now()); err != nil {
		return err
	}
	c.SetCookie(h.Guard.BeginSession())
	return toStudio(c)
}

// toStudio redirects to the studio with the values of its form.
func toStudio(c echo.Context) error {
	return answer.Private(c).Redirect(http.StatusSeeOther, studioAddress(c.Request()))
}

// SignIn begins a session if the form holds the API token, and redirects to the studio.
func (h *Handlers) SignIn(c echo.Context) error {
	if !h.Guard.IsSameOrigin(c.Request()) {
		problem := "This form was not sent from the address of this service. Sign in at " + h.Present.Absolute("/") +
			", or ask the operator to set --public-url to the address that you opened."
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
		return h.refuse(c, "token", "That is not the API token of this service.")
	}
	return h.begin(c, "token")
}

// refuse answers a wrong token or key; secret says which. Only wrong ones are counted against a network's limit, so
// someone who sends many cannot lock out the editors of that network.
func (h *Handlers) refuse(c echo.Context, secret, problem string) error {
	client := access.Client(c.RealIP())
	if !h.Guard.SignIns.Take(client, h.Now()) {
		wait := int(access.SignInEvery.Seconds())
		c.Response().Header().Set("Retry-After", strconv.Itoa(wait))
		message := fmt.Sprintf("Your network sent too many wrong tokens. Try again in %d seconds.", wait)
		return h.signInPage(c, http.StatusTooManyRequests, message)
	}
	h.Log.WarnContext(c.Request().Context(), "sign-in refused",
		"request_id", answer.RequestID(c), "secret", secret, "network", client.String())
	return h.signInPage(c, http.StatusUnauthorized, problem)
}

// signInToken reads the token from the form, without surrounding spaces that copying may add.
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

// SignOut makes the browser delete its session, and redirects to the sign-in page.
func (h *Handlers) SignOut(c echo.Context) error {
	if !h.Guard.IsSameOrigin(c.Request()) {
		return access.ErrNotSignedIn
	}
	if e, ok := h.Guard.Editor(c.Request()); ok {
		ctx := access.As(c.Request().Context(), e)
		if err := journal.Enter(ctx, h.Journal, journal.SignOut, "", h.Now()); err != nil {
			return err
		}
	}
	c.SetCookie(h.Guard.EndSession())
	return answer.Private(c).Redirect(http.StatusSeeOther, "/")
}

// studioAddress returns the studio's address with the values of its form that the request's query
// holds. It never points to another site.
func studioAddress(r *http.Request) string {
	given, kept := r.URL.Query(), url.Values{}
	for name, v := range given {
		if isStudioField(name) && len(v) == 1 && v[0] != "" && utf8.ValidString(v[0]) {
			kept[name] = v
		}
	}
	if len(kept) == 0 {
		return "/"
	}
	return "/?" + kept.Encode()
}

// isStudioField reports whether the form has a field of the name.
func isStudioField(name string) bool {
	return slices.Contains(studioFields, name) || strings.HasPrefix(name, "fields[") && strings.HasSuffix(name, "]")
}
