package main

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"newsroom.example/cards/internal/app"
)

// assembled is the service of the settings, not yet serving.
func assembled(t *testing.T, args ...string) *app.App {
	t.Helper()
	return assembledWith(t, slog.New(slog.DiscardHandler), args...)
}

func assembledWith(t *testing.T, log *slog.Logger, args ...string) *app.App {
	t.Helper()
	var c serveCommand
	parser, err := kong.New(&c)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(append([]string{"--addr", "127.0.0.1:0", "--data", filepath.Join(t.TempDir(), "data")}, args...)); err != nil {
		t.Fatal(err)
	}
	s, err := c.app(t.Context(), log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// TestPublicStudioWantsASignIn: behind a public address nothing is signed for a stranger, not even
// from this machine; the sign-in form takes the token that the start prints, and its session signs.
func TestPublicStudioWantsASignIn(t *testing.T) {
	s := assembled(t, "--public-url", "https://cards.example")
	do := func(r *http.Request, headers ...string) *httptest.ResponseRecorder {
		r.RemoteAddr = "127.0.0.1:5000"
		for i := 0; i+1 < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, r)
		return w
	}
	const state = "/studio.json?headline=FAKE&url=https://evil.example/x"
	for _, target := range []string{state, "/?headline=FAKE", "http://127.0.0.1:8080" + state, "http://localhost:8080/?headline=FAKE"} {
		if w := do(httptest.NewRequest("GET", target, nil)); w.Code != 401 || strings.Contains(w.Body.String(), "sig=") {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
	form := strings.NewReader(url.Values{"token": {s.Token}}.Encode())
	w := do(httptest.NewRequest("POST", "/", form), "Content-Type", "application/x-www-form-urlencoded", "Origin", "https://cards.example")
	cookies := w.Result().Cookies()
	if w.Code != 303 || len(cookies) != 1 || !cookies[0].Secure {
		t.Fatalf("sign-in: %d %v", w.Code, w.Header())
	}
	w = do(httptest.NewRequest("GET", state, nil), "Cookie", cookies[0].Name+"="+cookies[0].Value)
	if w.Code != 200 || !strings.Contains(w.Body.String(), "https://cards.example/v1/card.png?") || !strings.Contains(w.Body.String(), "sig=") {
		t.Errorf("signed in: %d %s", w.Code, w.Body)
	}
}

// TestLoopbackStudioIsOpenedByItsURL: the URL that the start prints begins a session; being on this machine opens
// nothing, since a proxy here makes everybody that.
func TestLoopbackStudioIsOpenedByItsURL(t *testing.T) {
	s := assembled(t)
	get := func(target string, cookies ...*http.Cookie) *http.Response {
		r := httptest.NewRequest("GET", target, nil)
		r.RemoteAddr = "127.0.0.1:5000"
		for _, c := range cookies {
			r.AddCookie(c)
		}
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, r)
		return w.Result()
	}
	opened := get(s.StudioURL)
	if opened.StatusCode != 303 || opened.Header.Get("Location") != "/" || len(opened.Cookies()) != 1 {
		t.Fatalf("%s: %d %v", s.StudioURL, opened.StatusCode, opened.Header)
	}
	for target, closed := range map[string]int{"/?headline=A": 401, "/studio.json?headline=A": 401, "/v1/card.png?headline=A": 403} {
		if resp := get(s.URL + target); resp.StatusCode != closed {
			t.Errorf("%s: %d", target, resp.StatusCode)
		}
		if resp := get(s.URL+target, opened.Cookies()...); resp.StatusCode != 200 {
			t.Errorf("%s in the session: %d", target, resp.StatusCode)
		}
	}
	if again := assembled(t); again.StudioURL == s.StudioURL {
		t.Error("every start has the same key")
	}
}
