package handlers

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/internal/api/document"
	"newsroom.example/cards/internal/page"
)

// registered are the routes of the whole service, and who may use each.
func registered(t *testing.T, h *house) map[string]authority {
	t.Helper()
	handler, err := New(h.deps)
	if err != nil {
		t.Fatal(err)
	}
	named := newRouter(&server{}, echo.New())
	named.routes(named)
	all := map[string]authority{}
	for _, r := range handler.(*echo.Echo).Routes() {
		who, known := named.table[r.Method+" "+r.Path]
		if !known || !slices.Contains([]authority{anyone, tokenHolder, editor, signature, kakaoKey}, who) {
			t.Errorf("%s %s: nothing says who may use it", r.Method, r.Path)
		}
		all[r.Method+" "+r.Path] = who
	}
	return all
}

// addressOf is an address of the route, with a query that asks for a signature.
func addressOf(path string) string {
	path = strings.NewReplacer(`\:`, ":", ":id", "storm-1", ":version", "v", ":file", "og.jpg", ":code", "abcdefg", ":target", "mail").Replace(path)
	switch {
	case path == "/" || path == "/studio.json":
		return path + "?headline=Seed&url=https://news.example/a"
	case strings.HasPrefix(path, "/v1/card."):
		return path + "?headline=Seed"
	case path == "/studio/photo":
		return path + "?photo=upload:0123456789abcdef"
	}
	return path
}

// guarded is a house in which everything that a stranger must not reach is counted.
func guarded(t *testing.T, loopback bool) (*house, *fakeStories) {
	h := newHouse(t)
	stories := &fakeStories{story: page.Story{URL: "https://news.example/a", Headline: "A"}}
	h.deps.Stories, h.deps.OpenStudio, h.deps.Kakao.AdminKey = stories, loopback, "kakao-admin-key"
	if loopback {
		h.deps.PublicURL = "http://127.0.0.1:8080"
	}
	return h, stories
}

// bodyOf is a body that the route would take.
func bodyOf(path string) string {
	if path == "/v1/articles/:id" {
		return `{"url":"https://news.example/a","headline":"A"}`
	}
	return `{"url":"https://news.example/a"}`
}

// stranger is a request without the authority that it needs.
type stranger struct {
	why    string
	change func(r *http.Request)
}

// header sets a header of the request.
func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

// refusesAll holds that the strangers get nothing from the routes of which suspect reports true.
func refusesAll(t *testing.T, loopback bool, suspect func(authority) bool, strangers []stranger) {
	t.Helper()
	h, stories := guarded(t, loopback)
	tried := 0
	for route, who := range registered(t, h) {
		if !suspect(who) {
			continue
		}
		method, path, _ := strings.Cut(route, " ")
		for _, s := range strangers {
			r := request(method, addressOf(path), bodyOf(path))
			if loopback {
				r.RemoteAddr, r.Host = "127.0.0.1:5000", "127.0.0.1:8080"
			}
			s.change(r)
			resp := h.do(t, r)
			if raw := text(t, resp); resp.StatusCode != 401 && resp.StatusCode != 403 || strings.Contains(raw, "sig=") {
				t.Errorf("%s, %s: %d %.200s", route, s.why, resp.StatusCode, raw)
			}
			tried++
		}
	}
	if tried == 0 || h.pictures.drawn > 0 || len(stories.asked) > 0 {
		t.Errorf("%d tries, %d pictures drawn, pages read: %v", tried, h.pictures.drawn, stories.asked)
	}
}

// sessionOf is the cookie of a session that began at a time, under a token.
func sessionOf(token string, began time.Time) *http.Cookie {
	return access.New(access.Config{Token: token, PublicURL: "https://cards.example", Now: func() time.Time { return began }}).BeginSession()
}

// TestNothingWithoutAuthority tries every route that is not public as a stranger would.
func TestNothingWithoutAuthority(t *testing.T) {
	session := sessionOf(token, noon)
	with := func(c *http.Cookie, headers ...string) func(*http.Request) {
		return func(r *http.Request) {
			r.AddCookie(c)
			for i := 0; i+1 < len(headers); i += 2 {
				r.Header.Set(headers[i], headers[i+1])
			}
		}
	}
	closed := func(who authority) bool { return who != anyone }
	refusesAll(t, false, closed, []stranger{
		{"nothing", func(*http.Request) {}},
		{"a wrong token", header("Authorization", "Bearer "+token+"2")},
		{"an empty token", header("Authorization", "Bearer ")},
		{"another scheme", header("Authorization", "Basic "+token)},
		{"the token as a cookie", with(&http.Cookie{Name: session.Name, Value: token})},
		{"another token's session", with(sessionOf(token+"2", noon))},
		{"a session that has ended", with(sessionOf(token, noon.Add(-12*time.Hour)))},
		{"a session of another site's page", with(session, "Sec-Fetch-Site", "cross-site")},
		{"a session of another host's page", with(session, "Sec-Fetch-Site", "same-site")},
		{"a foreign Origin", with(session, "Origin", "https://evil.example")},
		{"the Origin null", with(session, "Origin", "null")},
		{"the own Origin without TLS", with(session, "Origin", "http://cards.example")},
		{"from this machine", func(r *http.Request) { r.RemoteAddr, r.Host = "127.0.0.1:5000", "127.0.0.1:8080" }},
	})
	refusesAll(t, false, func(who authority) bool { return closed(who) && who != editor }, []stranger{{"a session", with(session)}})
}

// TestLoopbackIsClosedToOthers: a service for one machine gives nothing to pages of other sites,
// to other names (DNS rebinding) and to what comes through a proxy.
func TestLoopbackIsClosedToOthers(t *testing.T) {
	refusesAll(t, true, func(who authority) bool { return who == editor || who == signature }, []stranger{
		{"a foreign Host", func(r *http.Request) { r.Host = "evil.example" }},
		{"a foreign Host with our port", func(r *http.Request) { r.Host = "evil.example:8080" }},
		{"a Host that begins as ours", func(r *http.Request) { r.Host = "localhost.evil.example:8080" }},
		{"a rebound page", func(r *http.Request) {
			r.Host = "evil.example:8080"
			r.Header.Set("Origin", "http://evil.example:8080")
			r.Header.Set("Sec-Fetch-Site", "same-origin")
		}},
		{"no Host", func(r *http.Request) { r.Host = "" }},
		{"a foreign Origin", header("Origin", "https://evil.example")},
		{"another port's Origin", header("Origin", "http://127.0.0.1:3000")},
		{"the Origin null", header("Origin", "null")},
		{"an empty Origin", header("Origin", "")},
		{"no web Origin", header("Origin", "chrome-extension://127.0.0.1:8080")},
		{"another site's page", header("Sec-Fetch-Site", "cross-site")},
		{"another port's page", header("Sec-Fetch-Site", "same-site")},
		{"from afar", func(r *http.Request) { r.RemoteAddr = "198.51.100.7:5000" }},
		{"through a proxy", header("X-Forwarded-For", "127.0.0.1")},
		{"forwarded", header("Forwarded", "for=127.0.0.1")},
		{"via", header("Via", "1.1 edge")},
		{"for a real address", header("X-Real-IP", "127.0.0.1")},
	})
}

// TestAuthorityOpens is the other side: with its authority each route answers.
func TestAuthorityOpens(t *testing.T) {
	for _, tt := range []struct {
		why      string
		who      []authority
		loopback bool
		change   func(*http.Request)
	}{
		{"the token", []authority{editor, tokenHolder}, false, header("Authorization", "Bearer "+token)},
		{"a session", []authority{editor}, false, func(r *http.Request) { r.AddCookie(sessionOf(token, noon)) }},
		{"a session's own page", []authority{editor}, false, func(r *http.Request) {
			r.AddCookie(sessionOf(token, noon.Add(-12*time.Hour+1e9)))
			r.Header.Set("Origin", "https://cards.example")
			r.Header.Set("Sec-Fetch-Site", "same-origin")
		}},
		{"a session beside a stale one", []authority{editor}, false, func(r *http.Request) {
			r.AddCookie(sessionOf(token, noon.Add(-12*time.Hour)))
			r.AddCookie(sessionOf(token, noon))
		}},
		{"a program on the machine", []authority{editor, signature}, true, func(*http.Request) {}},
		{"a page on the machine", []authority{editor, signature}, true, func(r *http.Request) {
			r.Host = "localhost:8080"
			r.Header.Set("Origin", "http://localhost:8080")
			r.Header.Set("Sec-Fetch-Site", "same-origin")
		}},
		{"an address typed in", []authority{editor, signature}, true, func(r *http.Request) {
			r.RemoteAddr, r.Host = "[::1]:5000", "[::1]:8080"
			r.Header.Set("Sec-Fetch-Site", "none")
		}},
	} {
		h, _ := guarded(t, tt.loopback)
		for route, who := range registered(t, h) {
			method, path, _ := strings.Cut(route, " ")
			if !slices.Contains(tt.who, who) || path == "/studio/figures.json" || path == "/studio/cards.zip" { // these want a signed query too
				continue
			}
			r := request(method, addressOf(path), bodyOf(path))
			if tt.loopback {
				r.RemoteAddr, r.Host = "127.0.0.1:5000", "127.0.0.1:8080"
			}
			tt.change(r)
			if resp := h.do(t, r); resp.StatusCode >= 300 {
				t.Errorf("%s, %s: %d %s", tt.why, route, resp.StatusCode, text(t, resp))
			}
		}
	}
}

// TestAuthoritiesAreTheDocuments: the document names the authority that the route asks for.
func TestAuthoritiesAreTheDocuments(t *testing.T) {
	doc, err := document.Load()
	if err != nil {
		t.Fatal(err)
	}
	for route, who := range registered(t, newHouse(t)) {
		method, path, _ := strings.Cut(route, " ")
		if method == http.MethodHead {
			continue
		}
		var schemes []string
		if op := doc.Paths.Value(documented(path)).GetOperation(method); op.Security != nil {
			for _, one := range *op.Security {
				for name := range one {
					schemes = append(schemes, name)
				}
			}
		}
		want := map[authority]string{editor: "session token", tokenHolder: "token"}[who]
		if got := strings.Join(schemes, " "); got != want {
			t.Errorf("%s: the document asks for %q, the route for %q", route, got, want)
		}
	}
}
