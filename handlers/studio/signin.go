package studio

import (
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/web"
)

// maxSignIn bounds the body of the sign-in form, in bytes.
const maxSignIn = 8 << 10

// SignInPage answers a request for a page of the studio with the sign-in page, when nobody has signed in.
func (h *Handlers) SignInPage(c echo.Context) error {
	return h.signInPage(c, http.StatusUnauthorized, "")
}

// signInPage answers with the ways to sign in. problem says why the last try failed; empty: there was none.
func (h *Handlers) signInPage(c echo.Context, status int, problem string) error {
	back := backOf(c.Request())
	return h.signIn(c, status, web.SignInData{Action: signInAddress("/", back), Problem: problem, Provider: h.host(),
		ProviderURL: signInAddress(ProviderPath, back), Proxy: h.Guard.Header != nil})
}

// signIn answers with the sign-in page.
func (h *Handlers) signIn(c echo.Context, status int, data web.SignInData) error {
	header := c.Response().Header()
	header.Set("Cache-Control", "no-store")
	// Its address may have the secret of a link. Without any referrer, forms would have the origin null.
	header.Set("Referrer-Policy", "strict-origin")
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
		return h.refuse(c, wayKey, "This URL does not open the studio any more. Use the one that the service printed at "+
			"its last start, or enter the API token.")
	}
	return h.begin(c, access.Holder, editors.ByKey)
}

// begin begins a session and redirects to where the editor was going.
func (h *Handlers) begin(c echo.Context, e access.Editor, way editors.Way) error {
	cookie, err := h.Guard.Begin(c.Request(), e, way)
	if err != nil {
		return err
	}
	c.SetCookie(cookie)
	return toStudio(c)
}

// toStudio redirects to where the editor was going.
func toStudio(c echo.Context) error {
	return answer.Private(c).Redirect(http.StatusSeeOther, backOf(c.Request()))
}

// SignIn begins a session if the form holds the API token, and redirects to the studio.
func (h *Handlers) SignIn(c echo.Context) error {
	if !h.Guard.IsSameOrigin(c.Request()) {
		return h.foreignForm(c)
	}
	given, err := formField(c, "token")
	if err != nil {
		return err
	}
	if given == "" {
		return h.signInPage(c, http.StatusUnauthorized, "Enter the API token.")
	}
	if !h.Guard.IsToken(given) {
		return h.refuse(c, wayToken, "That is not the API token of this service.")
	}
	return h.begin(c, access.Holder, editors.ByToken)
}

// foreignForm refuses a form that a page of another site has sent.
func (h *Handlers) foreignForm(c echo.Context) error {
	problem := "This form was not sent from the address of this service. Sign in at " + h.Present.Absolute("/") +
		", or ask the operator to set --public-url to the address that you opened."
	return h.signInPage(c, http.StatusForbidden, problem)
}

// refuse answers a wrong token or key; secret says which, as in Ways. Only wrong ones are counted against a network's
// limit, so someone who sends many cannot lock out the editors of that network.
func (h *Handlers) refuse(c echo.Context, secret, problem string) error {
	h.Failed(secret)
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

// formField reads the one field of a form, without surrounding spaces that copying may add.
func formField(c echo.Context, name string) (string, error) {
	kind, _, err := mime.ParseMediaType(c.Request().Header.Get(echo.HeaderContentType))
	if err != nil || kind != echo.MIMEApplicationForm {
		return "", fault.InField("body", "must be a form (application/x-www-form-urlencoded)")
	}
	raw, err := request.Body(c, maxSignIn)
	if err != nil {
		return "", err
	}
	form, err := url.ParseQuery(string(raw))
	if err != nil || len(form[name]) > 1 {
		return "", fault.InField("body", "must be a form with one "+name)
	}
	return strings.TrimSpace(form.Get(name)), nil
}

// SignOut ends the session, and redirects to the sign-in page.
func (h *Handlers) SignOut(c echo.Context) error {
	if !h.Guard.IsSameOrigin(c.Request()) {
		return access.ErrNotSignedIn
	}
	cookie, err := h.Guard.End(c.Request())
	if err != nil {
		return err
	}
	c.SetCookie(cookie)
	return answer.Private(c).Redirect(http.StatusSeeOther, "/")
}
