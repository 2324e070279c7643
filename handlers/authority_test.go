package handlers

import (
	"net/http"
	"net/http/httptest"
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
		if !known || !slices.Contains([]authority{anyone, articlesWrite, articlesRead, photosWrite, statsRead, viewer, editor, admin, signature, knownStory, kakaoKey}, who) {
			t.Errorf("%s %s: nothing says who may use it", r.Method, r.Path)
		}
		all[r.Method+" "+r.Path] = who
	}
	return all
}

// addressOf is an address of the route, with a query that asks for a signature.
func addressOf(path string) string {
	if path == "/v1/photos/:id" {
		return "/v1/photos/upload:0123456789abcdef0123456789abcdef"
	}
	path = strings.NewReplacer(`\:`, ":", ":id", "storm-1", ":version", "v", ":file", "og.jpg", ":code", "abcdefg", ":target", "mail").Replace(path)
	switch {
	case path == "/" || path == "/studio.json":
		return path + "?headline=Seed&url=https://news.example/a"
	case strings.HasPrefix(path, "/v1/card."):
		return path + "?headline=Seed"
	case path == "/kakao":
		return path + "?url=https://news.example/another&title=Seed"
	case path == "/look":
		return path + "?headline=Seed&expires=9999999999"
	case path == "/studio/card":
		return path + "?headline=Seed&width=320"
	case path == "/studio/photo":
		return path + "?photo=upload:0123456789abcdef"
	}
	return path
}

// guarded is a house in which everything that a stranger must not reach is counted.
func guarded(t testing.TB, loopback bool) (*house, *fakeStories) {
	h := newHouse(t)
	stories := &fakeStories{story: page.Story{URL: "https://news.example/a", Headline: "A"}}
	h.deps.PageReader, h.deps.Kakao.AdminKey = stories, "kakao-admin-key"
	if loopback {
		h.deps.StudioKey = studioKey
		h.deps.PublicURL = "http://127.0.0.1:8080"
	}
	return h, stories
}

// bodyOf is a body that the route would take.
func bodyOf(path string) string {
	switch path {
	case "/v1/articles/:id":
		return `{"url":"https://news.example/a","headline":"A"}`
	case "/studio/stories/:id":
		return "action=publish&headline=Seed"
	case "/studio/link":
		return "headline=Seed&days=7"
	case `/v1/articles\:batch`:
		return `{"articles":[{"id":"a","url":"https://news.example/a","headline":"A"}]}`
	}
	return `{"url":"https://news.example/a"}`
}

// stranger is a request without the authority that it needs.
type stranger struct {
	why    string
	change func(r *http.Request)
}

// authorization sets the header Authorization of the request.
func authorization(value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("Authorization", value) }
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
	return begunAt("https://cards.example", token, began)
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
		{"a wrong token", authorization("Bearer " + token + "2")},
		{"an empty token", authorization("Bearer ")},
		{"another scheme", authorization("Basic " + token)},
		{"the token as a cookie", with(&http.Cookie{Name: session.Name, Value: token})},
		{"another token's session", with(sessionOf(token+"2", noon))},
		{"a session that has ended", with(sessionOf(token, noon.Add(-4*time.Hour)))},
		{"a session of another site's page", with(session, "Sec-Fetch-Site", "cross-site")},
		{"a session of another host's page", with(session, "Sec-Fetch-Site", "same-site")},
		{"a foreign Origin", with(session, "Origin", "https://evil.example")},
		{"the Origin null", with(session, "Origin", "null")},
		{"the own Origin without TLS", with(session, "Origin", "http://cards.example")},
		{"from this machine", func(r *http.Request) { r.RemoteAddr, r.Host = "127.0.0.1:5000", "127.0.0.1:8080" }},
	})
	refusesAll(t, false, func(who authority) bool { return closed(who) && needs[who] == 0 }, []stranger{{"a session", with(session)}})
}

const studioKey = "the-key-of-the-studio"

// localSession is the cookie of a session that began at noon, on a service for one machine.
func localSession() *http.Cookie {
	return begunAt("http://127.0.0.1:8080", token, noon)
}

// localRequest is the request of a program or a page of this machine.
func localRequest(method, target, body string) *http.Request {
	r := request(method, target, body)
	r.RemoteAddr, r.Host = "127.0.0.1:5000", "127.0.0.1:8080"
	return r
}

// editorsRequest is the request of an editor who has opened the studio by its key, whatever the public URL is.
func editorsRequest(method, target, body string) *http.Request {
	r := localRequest(method, target, body)
	r.AddCookie(localSession())
	r.AddCookie(sessionOf(token, noon))
	return r
}

// TestLoopbackIsClosedToOthers: a service for one machine gives nothing to a request that only comes from this
// machine, as everything that a proxy here passes on does, nor to a page of another site that knows no key.
func TestLoopbackIsClosedToOthers(t *testing.T) {
	signedIn := func(name, value string) func(*http.Request) {
		return func(r *http.Request) {
			r.AddCookie(localSession())
			r.Header.Set(name, value)
		}
	}
	refusesAll(t, true, func(who authority) bool { return needs[who] != 0 || who == signature }, []stranger{
		{"from this machine", func(*http.Request) {}},
		{"through a proxy of this machine", func(r *http.Request) { r.Host = "cards.example" }},
		{"a rebound page", func(r *http.Request) {
			r.Host = "evil.example:8080"
			r.Header.Set("Origin", "http://evil.example:8080")
			r.Header.Set("Sec-Fetch-Site", "same-origin")
		}},
		{"the key as a token", authorization("Bearer " + studioKey)},
		{"the key as a session", func(r *http.Request) {
			r.AddCookie(&http.Cookie{Name: localSession().Name, Value: studioKey})
		}},
		{"a foreign Origin", signedIn("Origin", "https://evil.example")},
		{"another port's Origin", signedIn("Origin", "http://127.0.0.1:3000")},
		{"the Origin null", signedIn("Origin", "null")},
		{"an empty Origin", signedIn("Origin", "")},
		{"no web Origin", signedIn("Origin", "chrome-extension://127.0.0.1:8080")},
		{"another site's page", signedIn("Sec-Fetch-Site", "cross-site")},
		{"another port's page", signedIn("Sec-Fetch-Site", "same-site")},
	})
}

// TestStudioKey: the URL that the start prints begins a session, and the key does not stay in the URL.
func TestStudioKey(t *testing.T) {
	for _, tt := range []struct {
		why, key, target string
		status           int
		location         string
	}{
		{"the key", studioKey, "/?key=" + studioKey, 303, "/"},
		{"the key and a story", studioKey, "/?headline=A&key=" + studioKey, 303, "/?headline=A"},
		{"another key", studioKey, "/?key=" + studioKey + "2", 401, ""},
		{"an empty key", studioKey, "/?key=", 401, ""},
		{"the API token", studioKey, "/?key=" + token, 401, ""},
		{"a service without a key", "", "/?key=", 401, ""},
		{"another path", studioKey, "/studio.json?headline=A&key=" + studioKey, 401, ""},
	} {
		h := newHouse(t)
		h.deps.StudioKey, h.deps.PublicURL = tt.key, "http://127.0.0.1:8080"
		resp := h.do(t, localRequest("GET", tt.target, ""))
		if resp.StatusCode != tt.status || resp.Header.Get("Location") != tt.location {
			t.Errorf("%s: %d to %q", tt.why, resp.StatusCode, resp.Header.Get("Location"))
		}
		if cookies := resp.Cookies(); (len(cookies) == 1) != (tt.status == 303) {
			t.Errorf("%s: cookies %v", tt.why, cookies)
		} else if tt.status == 303 {
			r := localRequest("GET", "/studio.json?headline=A", "")
			r.AddCookie(cookies[0])
			if resp := h.do(t, r); resp.StatusCode != 200 {
				t.Errorf("%s: the session gets %d", tt.why, resp.StatusCode)
			}
		}
	}
}

// TestAnOldKeyAndASession: an editor who opens the URL of an earlier start stays signed in.
func TestAnOldKeyAndASession(t *testing.T) {
	h := newHouse(t)
	h.deps.StudioKey, h.deps.PublicURL = studioKey, "http://127.0.0.1:8080"
	resp := h.do(t, editorsRequest("GET", "/?key=old&headline=A", ""))
	if resp.StatusCode != 303 || resp.Header.Get("Location") != "/?headline=A" {
		t.Errorf("%d to %q", resp.StatusCode, resp.Header.Get("Location"))
	}
}

// TestOtherSitesUseNoTries: wrong keys in pictures of a page elsewhere do not keep an editor out.
func TestOtherSitesUseNoTries(t *testing.T) {
	h := newHouse(t)
	h.deps.StudioKey = studioKey
	handler, err := newService(t, h.deps)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 * access.SignInBurst {
		r := localRequest("GET", "/?key=guess", "")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		w := httptest.NewRecorder()
		if handler.ServeHTTP(w, r); w.Code != 401 {
			t.Fatalf("from another site: %d", w.Code)
		}
	}
	w := httptest.NewRecorder()
	if handler.ServeHTTP(w, localRequest("GET", "/?key=typo", "")); w.Code != 401 {
		t.Errorf("an editor's own: %d", w.Code)
	}
}

// TestStudioKeysAreNotGuessed: wrong keys are limited as wrong tokens are.
func TestStudioKeysAreNotGuessed(t *testing.T) {
	h := newHouse(t)
	h.deps.StudioKey = studioKey
	handler, err := newService(t, h.deps)
	if err != nil {
		t.Fatal(err)
	}
	for i := range access.SignInBurst + 1 {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, localRequest("GET", "/?key=guess", ""))
		if want := map[bool]int{true: 401, false: 429}[i < access.SignInBurst]; w.Code != want {
			t.Errorf("guess %d: %d", i, w.Code)
		}
	}
	w := httptest.NewRecorder()
	if handler.ServeHTTP(w, localRequest("GET", "/?key="+studioKey, "")); w.Code != 303 {
		t.Errorf("the right key: %d", w.Code)
	}
}

// TestAuthorityOpens is the other side: with its authority each route answers.
func TestAuthorityOpens(t *testing.T) {
	for _, tt := range []struct {
		why      string
		who      []authority
		loopback bool
		change   func(*http.Request)
	}{
		{"the token", []authority{viewer, editor, admin, articlesWrite, articlesRead, photosWrite, statsRead}, false, authorization("Bearer " + token)},
		{"a session", []authority{viewer, editor, admin}, false, func(r *http.Request) { r.AddCookie(sessionOf(token, noon)) }},
		{"a session's own page", []authority{viewer, editor, admin}, false, func(r *http.Request) {
			r.AddCookie(sessionOf(token, noon.Add(-4*time.Hour+1e9)))
			r.Header.Set("Origin", "https://cards.example")
			r.Header.Set("Sec-Fetch-Site", "same-origin")
		}},
		{"a session beside a stale one", []authority{viewer, editor, admin}, false, func(r *http.Request) {
			r.AddCookie(sessionOf(token, noon.Add(-4*time.Hour)))
			r.AddCookie(sessionOf(token, noon))
		}},
		{"a session on this machine", []authority{viewer, editor, admin, signature}, true, func(r *http.Request) {
			r.AddCookie(localSession())
			r.Header.Set("Origin", "http://127.0.0.1:8080")
			r.Header.Set("Sec-Fetch-Site", "same-origin")
		}},
		{"the token on this machine", []authority{viewer, editor, admin, signature}, true, authorization("Bearer " + token)},
	} {
		h, _ := guarded(t, tt.loopback)
		for route, who := range registered(t, h) {
			method, path, _ := strings.Cut(route, " ")
			if !slices.Contains(tt.who, who) || path == "/studio/figures.json" || path == "/studio/cards.zip" || path == "/look" { // these want a signed query too
				continue
			}
			kind := "application/json"
			if !strings.HasPrefix(bodyOf(path), "{") {
				kind = "application/x-www-form-urlencoded"
			}
			r := request(method, addressOf(path), bodyOf(path), "Content-Type", kind)
			if tt.loopback {
				r.RemoteAddr, r.Host = "127.0.0.1:5000", "127.0.0.1:8080"
			}
			tt.change(r)
			if resp := h.do(t, r); resp.StatusCode >= 400 {
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
		want := map[authority]string{viewer: "session token", editor: "session token", admin: "session token", articlesWrite: "token", articlesRead: "token", photosWrite: "token", statsRead: "token", kakaoKey: "kakao"}[who]
		if route == "GET /v1/share-links" || strings.HasPrefix(route, "GET /cards/") {
			want = "token" // which is not required
		}
		if scope, ok := who.scope(); ok {
			op := doc.Paths.Value(documented(path)).GetOperation(method)
			if !strings.HasPrefix(op.Description, "Scope: "+string(scope)+". ") || op.Responses.Value("403") == nil {
				t.Errorf("%s: the document does not say that it needs the scope %s: %.80s", route, scope, op.Description)
			}
		}
		if got := strings.Join(schemes, " "); got != want {
			t.Errorf("%s: the document asks for %q, the route for %q", route, got, want)
		}
	}
}
