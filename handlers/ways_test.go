package handlers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/openid"
)

// fakeProvider signs in whoever the code names.
type fakeProvider struct{ err error }

func (f fakeProvider) Host() string { return "accounts.example" }

func (f fakeProvider) Begin(context.Context) (string, openid.Flow, error) {
	return "https://accounts.example/auth?client_id=cards", openid.Flow{State: "the-state", Nonce: "n", Verifier: "v"}, f.err
}

func (f fakeProvider) Finish(_ context.Context, flow openid.Flow, q url.Values) (editors.Editor, error) {
	if f.err != nil {
		return editors.Editor{}, f.err
	}
	if flow.State == "" || flow.State != q.Get("state") {
		return editors.Editor{}, openid.ErrNotBegun
	}
	return editors.Editor{Name: q.Get("code"), Mark: "1f", Role: editors.Viewer}, nil
}

// withLink has the house know the sign-in link "the-link" of Ann.
func withLink(h *house) *fakeSessions {
	own := &fakeSessions{links: map[editors.Hash]editors.Editor{editors.HashOf("the-link"): {Name: "Ann <Lee>", Role: editors.Writer}}}
	h.deps.Sessions = own
	return own
}

// signingIn is a request that signs in, in a house that knows how.
func signingIn(h *house, method, address string) *http.Request {
	withLink(h)
	h.deps.Provider, h.deps.ProviderID = fakeProvider{}, "https://accounts.example"
	if method == http.MethodPost {
		return request(method, address, "link=the-link", "Content-Type", "application/x-www-form-urlencoded")
	}
	r := request(method, address, "")
	if strings.HasPrefix(address, "/sign-in/callback") {
		w := httptest.NewRecorder()
		handler, err := New(h.deps)
		if err != nil {
			panic(err) // the house is whole
		}
		handler.ServeHTTP(w, request("GET", "/sign-in/provider?headline=A", ""))
		r.AddCookie(w.Result().Cookies()[0])
	}
	return r
}

// TestLink: to open a link shows whose it is and uses nothing up; to use it signs in, once.
func TestLink(t *testing.T) {
	h := newHouse(t)
	own := withLink(h)
	for range 2 {
		resp := h.do(t, request("GET", "/sign-in?link=the-link", "", "Sec-Fetch-Site", "cross-site"))
		raw := text(t, resp)
		if resp.StatusCode != 200 || !strings.Contains(raw, "Ann &lt;Lee&gt;") || len(resp.Cookies()) > 0 || strings.Contains(raw, `id="token"`) ||
			resp.Header.Get("Referrer-Policy") != "strict-origin" || resp.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%d %v %s", resp.StatusCode, resp.Header, raw)
		}
	}
	use := func(body string, headers ...string) *http.Response {
		return h.do(t, request("POST", "/sign-in", body, append([]string{"Content-Type", "application/x-www-form-urlencoded"}, headers...)...))
	}
	for why, resp := range map[string]*http.Response{
		"another site's form": use("link=the-link", "Origin", "https://evil.example"), "another link": use("link=other"),
		"no link": use(""), "a long one": use("link=" + strings.Repeat("a", 99)),
	} {
		if (resp.StatusCode != 401 && resp.StatusCode != 403) || len(resp.Cookies()) > 0 {
			t.Errorf("%s: %d", why, resp.StatusCode)
		}
	}
	resp := use("link=the-link")
	if len(resp.Cookies()) != 1 || resp.StatusCode != 303 || resp.Header.Get("Location") != "/" {
		t.Fatalf("%d %v", resp.StatusCode, resp.Header)
	}
	c := resp.Cookies()[0]
	if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || !strings.HasPrefix(c.Name, "__Host-") || c.Expires.Before(noon) {
		t.Errorf("the cookie %v", c)
	}
	if own.all[editors.HashOf(c.Value)].Name != "Ann <Lee>" || own.all[editors.Hash(c.Value)].Name != "" {
		t.Errorf("sessions %+v", own.all)
	}
	studio := request("GET", "/?headline=A", "")
	studio.AddCookie(c)
	if raw := text(t, h.do(t, studio)); !strings.Contains(raw, "<bdi>Ann &lt;Lee&gt;</bdi>") || !strings.Contains(raw, "Sign out") {
		t.Errorf("the studio does not name her: %.900s", raw)
	}
	if resp := use("link=the-link"); resp.StatusCode != 401 || !strings.Contains(text(t, resp), "cards editor link") {
		t.Errorf("a second time: %d", resp.StatusCode)
	}
}

// TestSignInRenewsTheSession: a sign-in gives the browser another session, and ends the one that it had.
func TestSignInRenewsTheSession(t *testing.T) {
	h := newHouse(t)
	own := withLink(h)
	first := h.do(t, signInForm("/", token)).Cookies()[0]
	again := signInForm("/", token)
	again.AddCookie(first)
	again.AddCookie(&http.Cookie{Name: first.Name, Value: "chosen-by-somebody-else"})
	second := h.do(t, again).Cookies()[0]
	if first.Value == second.Value || len(own.all) != 1 || own.all[editors.HashOf(second.Value)].Name != "API token" {
		t.Errorf("%q, then %q; sessions %+v", first.Value, second.Value, own.all)
	}
}

// TestProviderRoundTrip: the browser goes to the provider and comes back to the page where it was, signed in.
func TestProviderRoundTrip(t *testing.T) {
	for back, want := range map[string]string{
		"/?back=%2F%3Fheadline%3DA%2526B":            "/?headline=A%26B",
		"/?back=%2F%3Fheadline%3DA%26next%3Dhttp":    "/?headline=A",
		"/?back=%2Fstudio%2Fstories%3Fq%3Da":         "/studio/stories?q=a",
		"/?back=https%3A%2F%2Fevil.example%2Fstudio": "/",
		"/?back=%2F%2Fevil.example%2Fstudio%2Fa":     "/",
		"/?back=%2Fstudio%2F%2Fevil.example":         "/",
		"/?back=%2Fstudio%2F..%2F..%2Fevil":          "/",
		"/?back=%5C%5Cevil.example":                  "/",
		"/?back=%2Fv1%2Farticles":                    "/",
		"/?back=javascript%3Aalert(1)":               "/",
		"/?back=%2Fstudio%2F%0D%0ASet-Cookie%3Aa":    "/",
	} {
		h := newHouse(t)
		h.deps.Provider, h.deps.ProviderID = fakeProvider{}, "p"
		_, query, _ := strings.Cut(back, "?")
		to := h.do(t, request("GET", "/sign-in/provider?"+query, ""))
		if to.StatusCode != 303 || to.Header.Get("Location") != "https://accounts.example/auth?client_id=cards" || len(to.Cookies()) != 1 {
			t.Fatalf("%s: %d %v", back, to.StatusCode, to.Header)
		}
		flow := to.Cookies()[0]
		if !flow.HttpOnly || !flow.Secure || flow.SameSite != http.SameSiteLaxMode || flow.MaxAge != 600 {
			t.Errorf("the cookie %v", flow)
		}
		from := request("GET", "/sign-in/callback?state=the-state&code=Ann", "", "Sec-Fetch-Site", "cross-site")
		from.AddCookie(flow)
		resp := h.do(t, from)
		if resp.StatusCode != 303 || resp.Header.Get("Location") != want || len(resp.Cookies()) != 2 || resp.Cookies()[0].MaxAge >= 0 {
			t.Errorf("%s: %d to %q, %v", back, resp.StatusCode, resp.Header.Get("Location"), resp.Cookies())
		}
	}
}

// TestProviderFails: what fails at the provider is said on the sign-in page, and begins no session.
func TestProviderFails(t *testing.T) {
	for _, tt := range []struct {
		err    error
		status int
		says   string
	}{
		{openid.ErrNotBegun, 400, "was not begun in this browser"},
		{openid.ErrRefused, 401, "has not signed you in"},
		{openid.ErrDenied, 403, "may not enter"},
		{openid.ErrUnavailable, 503, "cannot be reached"},
	} {
		h := newHouse(t)
		r := signingIn(h, "GET", "/sign-in/callback?state=the-state&code=ann")
		h.deps.Provider = fakeProvider{fmt.Errorf("a secret reason: %w", tt.err)}
		resp := h.do(t, r)
		if raw := text(t, resp); resp.StatusCode != tt.status || !strings.Contains(raw, tt.says) || strings.Contains(raw, "secret reason") || (len(resp.Cookies()) == 1) != (tt.status != 400) ||
			!strings.Contains(raw, "Sign in with <bdi>accounts.example</bdi>") {
			t.Errorf("%v: %d %s", tt.err, resp.StatusCode, raw)
		}
	}
	h := newHouse(t)
	h.deps.Provider = fakeProvider{}
	for _, cookie := range []string{"", "{}", "!", "bnVsbA"} { // no base64 of JSON of a flow
		r := request("GET", "/sign-in/callback?state=&code=ann", "")
		r.AddCookie(&http.Cookie{Name: "__Host-cards-openid", Value: cookie})
		if resp := h.do(t, r); resp.StatusCode != 400 {
			t.Errorf("the cookie %q: %d", cookie, resp.StatusCode)
		}
	}
}

// TestOnlyWaysThatAreThere: the sign-in page names no provider and no proxy that is not set.
func TestOnlyWaysThatAreThere(t *testing.T) {
	h := newHouse(t)
	if raw := text(t, h.do(t, request("GET", "/", ""))); strings.Contains(raw, "provider") || strings.Contains(raw, "proxy") {
		t.Error(raw)
	}
	for _, path := range []string{"/sign-in/provider", "/sign-in/callback"} {
		if resp := h.do(t, request("GET", path, "")); resp.StatusCode != 404 {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
	h.deps.Header = &access.Header{Name: "X-User"}
	if raw := text(t, h.do(t, request("GET", "/", ""))); !strings.Contains(raw, "sign in at its proxy") {
		t.Error(raw)
	}
}

// TestProxyHeader: a proxy's header counts if the proxy itself has sent the request, once, with a known role, for a page
// of this service. Of others it is ignored and logged.
func TestProxyHeader(t *testing.T) {
	const proxy, stranger = "10.0.0.7:4711", "198.51.100.7:4711"
	for _, tt := range []struct {
		why     string
		from    string
		headers []string
		status  int
		logged  bool
	}{
		{"the proxy", proxy, []string{"X-User", "ann@paper.example"}, 200, false},
		{"over IPv6", "[::ffff:10.0.0.7]:1", []string{"X-User", "Ann"}, 200, false},
		{"its role", proxy, []string{"X-User", "Ann", "X-Role", "Admin"}, 200, false},
		{"an unknown role", proxy, []string{"X-User", "Ann", "X-Role", "root"}, 401, false},
		{"an empty role", proxy, []string{"X-User", "Ann", "X-Role", ""}, 401, false},
		{"an empty name", proxy, []string{"X-User", " "}, 401, false},
		{"no name", proxy, []string{"X-Role", "admin"}, 401, false},
		{"somebody else", stranger, []string{"X-User", "Ann"}, 401, true},
		{"somebody else who names the proxy", stranger, []string{"X-User", "Ann", "X-Forwarded-For", "10.0.0.7", "X-Real-IP", "10.0.0.7"}, 401, true},
		{"no address", "@", []string{"X-User", "Ann"}, 401, true},
		{"another site's page", proxy, []string{"X-User", "Ann", "Sec-Fetch-Site", "cross-site"}, 401, false},
		{"another site's form", proxy, []string{"X-User", "Ann", "Origin", "https://evil.example"}, 401, false},
	} {
		h := newHouse(t)
		var log strings.Builder
		h.deps.Log = slog.New(slog.NewTextHandler(&log, nil))
		h.deps.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/24")}
		h.deps.Header = &access.Header{Name: "X-User", Role: "X-Role", Default: access.RoleViewer, Proxies: h.deps.TrustedProxies}
		r := request("GET", "/studio.json?headline=A", "", tt.headers...)
		r.RemoteAddr = tt.from
		if resp := h.do(t, r); resp.StatusCode != tt.status || strings.Contains(log.String(), "sign-in header ignored") != tt.logged {
			t.Errorf("%s: %d, log %s", tt.why, resp.StatusCode, log.String())
		}
	}
	h := newHouse(t)
	h.deps.Header = &access.Header{Name: "X-User", Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/24")}, Default: access.RoleViewer}
	twice := request("GET", "/studio.json?headline=A", "")
	twice.RemoteAddr = proxy
	twice.Header["X-User"] = []string{"Ann", "Ben"}
	if resp := h.do(t, twice); resp.StatusCode != 401 {
		t.Errorf("two names: %d", resp.StatusCode)
	}
}

// TestRoles tries every route of the studio as each role: all that the role may not do is 403, and what it may is not.
func TestRoles(t *testing.T) {
	h, _ := guarded(t, false)
	routes := registered(t, h)
	guard := access.New(access.Config{Token: token, PublicURL: h.deps.PublicURL, Sessions: &seated, Now: h.deps.Now})
	for _, role := range []access.Role{access.RoleViewer, access.RoleEditor, access.RoleAdmin} {
		cookie := begunBy(guard, access.Editor{Name: "Ann", Role: role}, editors.ByToken)
		for route, who := range routes {
			need, ofStudio := needs[who]
			method, path, _ := strings.Cut(route, " ")
			if !ofStudio || path == "/studio/figures.json" || path == "/studio/cards.zip" { // these want a signed query too
				continue
			}
			r := request(method, addressOf(path), bodyOf(path), "Content-Type", "application/json")
			r.AddCookie(cookie)
			resp := h.do(t, r)
			raw, refused := text(t, resp), resp.StatusCode == 401 || resp.StatusCode == 403
			if role >= need == refused || role < need && (resp.StatusCode != 403 || method != "HEAD" && !strings.Contains(raw, `"forbidden"`)) {
				t.Errorf("%s as %s: %d %.200s", route, role, resp.StatusCode, raw)
			}
		}
	}
	if routes["POST /studio/photos"] != editor || routes["GET /"] != viewer {
		t.Error("a viewer may change photos, or may not look")
	}
}

// TestStoreAway: while it cannot be told who has signed in, the answer says that, and not that nobody has.
func TestStoreAway(t *testing.T) {
	h := newHouse(t)
	h.deps.Sessions = &fakeSessions{err: errors.New("the database is away")}
	r := request("GET", "/studio.json?headline=A", "")
	r.AddCookie(sessionOf(token, noon))
	if resp := h.do(t, r); resp.StatusCode < 500 {
		t.Errorf("%d", resp.StatusCode)
	}
	if resp := h.do(t, request("GET", "/studio.json?headline=A", "")); resp.StatusCode != 401 {
		t.Errorf("without a session: %d", resp.StatusCode)
	}
}

// TestBackToAPage: a sign-in leads back to the page of the studio that was asked for.
func TestBackToAPage(t *testing.T) {
	h := newHouse(t)
	in := h.do(t, signInForm("/?back=%2Fstudio%2Fstories%3Fa%3Db", token))
	if in.Header.Get("Location") != "/studio/stories?a=b" {
		t.Errorf("to %q", in.Header.Get("Location"))
	}
}

// TestLinksFromOtherSites: a link on another site opens the studio of an editor who is signed in. Nothing else that
// another site causes is hers.
func TestLinksFromOtherSites(t *testing.T) {
	h := newHouse(t)
	visit := []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}
	for _, tt := range []struct {
		why, method, target string
		headers             []string
		status              int
	}{
		{"a link", "GET", "/?headline=A", visit, 200},
		{"a frame", "GET", "/?headline=A", append(visit[:4:4], "Sec-Fetch-Dest", "iframe"), 401},
		{"a picture", "GET", "/studio/card?headline=A&width=320", append(visit[:2:2], "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "image"), 401},
		{"a script", "GET", "/studio.json?headline=A", append(visit[:2:2], "Sec-Fetch-Mode", "cors", "Sec-Fetch-Dest", "empty"), 401},
		{"a form", "POST", "/studio/photos", append(visit[:6:6], "Origin", "https://evil.example"), 401},
		{"a form without an origin", "POST", "/studio/photos", visit, 401},
	} {
		r := request(tt.method, tt.target, "", tt.headers...)
		r.AddCookie(sessionOf(token, noon))
		if resp := h.do(t, r); resp.StatusCode != tt.status {
			t.Errorf("%s: %d", tt.why, resp.StatusCode)
		}
	}
}
