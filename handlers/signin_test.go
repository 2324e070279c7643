package handlers

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/handlers/answer"
)

// signInForm is the form as the sign-in page sends it.
func signInForm(target, given string, headers ...string) *http.Request {
	headers = append([]string{"Content-Type", "application/x-www-form-urlencoded"}, headers...)
	return request("POST", target, url.Values{"token": {given}}.Encode(), headers...)
}

func TestSignIn(t *testing.T) {
	long := url.Values{"headline": {"Storm & “front”"}, "url": {"https://news.example/a?b=c"}}.Encode()
	internal := signInForm("/", token, "Origin", "https://cards.internal")
	internal.Host = "cards.internal"
	for _, tt := range []struct {
		why    string
		req    *http.Request
		status int
		to     string // the Location
		says   string
	}{
		{"the token", signInForm("/", token), 303, "/", ""},
		{"copied with blanks", signInForm("/", " "+token+"\n"), 303, "/", ""},
		{"from its own page", signInForm("/", token, "Origin", "https://cards.example", "Sec-Fetch-Site", "same-origin"), 303, "/", ""},
		{"under another name of the service", internal, 303, "/", ""},
		{"with the studio's query", signInForm("/?"+long, token), 303, "/?" + long, ""},
		{"with a query of others", signInForm("/?next=https://evil.example&utm_source=a&headline=A&site=a&site=b&lang=%ff", token), 303, "/?headline=A", ""},
		{"to another host", signInForm("/?//evil.example", token), 303, "/", ""},
		{"a wrong token", signInForm("/?headline=A", token+"x"), 401, "", "not the API token"},
		{"half the token", signInForm("/", token[:4]), 401, "", "not the API token"},
		{"no token", signInForm("/", " "), 401, "", "Enter the API token."},
		{"no field", request("POST", "/", "password=a", "Content-Type", "application/x-www-form-urlencoded"), 401, "", "Enter the API token."},
		{"two tokens", request("POST", "/", "token=a&token="+token, "Content-Type", "application/x-www-form-urlencoded"), 400, "", `"field":"body"`},
		{"no form", request("POST", "/", "token=%zz", "Content-Type", "application/x-www-form-urlencoded"), 400, "", `"field":"body"`},
		{"text, as a page elsewhere could send", request("POST", "/", "token="+token, "Content-Type", "text/plain"), 400, "", `"field":"body"`},
		{"no type", request("POST", "/", "token="+token), 400, "", `"field":"body"`},
		{"a large body", signInForm("/", strings.Repeat("a", 8<<10)), 413, "", "too_large"},
		{"from another site", signInForm("/", token, "Sec-Fetch-Site", "cross-site"), 403, "", "was not sent from the address of this service"},
		{"from another host of the domain", signInForm("/", token, "Sec-Fetch-Site", "same-site"), 403, "", "was not sent from the address of this service"},
		{"from another Origin", signInForm("/", token, "Origin", "https://evil.example"), 403, "", "Sign in at https://cards.example/,"},
		{"from the Origin null", signInForm("/", token, "Origin", "null"), 403, "", "was not sent from the address of this service"},
		{"over http", signInForm("/", token, "Origin", "http://cards.example"), 403, "", "Sign in at https://cards.example/,"},
	} {
		h := newHouse(t)
		resp := h.do(t, tt.req)
		raw := text(t, resp)
		if resp.StatusCode != tt.status || resp.Header.Get("Location") != tt.to || !strings.Contains(raw, tt.says) || strings.Contains(raw, "sig=") {
			t.Errorf("%s: %d to %q: %s", tt.why, resp.StatusCode, resp.Header.Get("Location"), raw)
		}
		if got := len(resp.Cookies()) == 1; got != (tt.status == 303) || resp.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: session %v, %v", tt.why, got, resp.Header)
		}
		if strings.Contains(raw, token) {
			t.Errorf("%s: the page tells the token", tt.why)
		}
	}
}

// TestSignedInAndOut walks from the sign-in page through the studio and out again.
func TestSignedInAndOut(t *testing.T) {
	h := newHouse(t)
	page := h.do(t, request("GET", "/?headline=A&utm_source=slack", ""))
	raw := text(t, page)
	for _, want := range []string{`<form method="post" action="/?headline=A">`, `<label for="token">`, `autocomplete="current-password"`, "data/api-token", "--api-token"} {
		if !strings.Contains(raw, want) {
			t.Errorf("the sign-in page has no %s: %s", want, raw)
		}
	}
	if page.StatusCode != 401 || page.Header.Get("WWW-Authenticate") != access.Challenge || page.Header.Get("Content-Security-Policy") != answer.PolicyPage ||
		page.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %v: %s", page.StatusCode, page.Header, raw)
	}
	session := h.do(t, signInForm("/?headline=A", token)).Cookies()[0]
	asEditor := func(method, target string) *http.Request {
		r := request(method, target, "", "Origin", "https://cards.example", "Sec-Fetch-Site", "same-origin")
		r.AddCookie(session)
		return r
	}
	if raw := text(t, h.do(t, asEditor("GET", "/?headline=A"))); !strings.Contains(raw, `action="/studio/sign-out"`) || !strings.Contains(raw, "sig=") {
		t.Errorf("the studio: %s", raw)
	}
	if resp := h.do(t, asEditor("POST", "/studio/photos")); resp.StatusCode != 201 {
		t.Errorf("an upload: %d", resp.StatusCode)
	}
	foreign := asEditor("POST", "/studio/sign-out")
	foreign.Header.Set("Sec-Fetch-Site", "cross-site")
	if resp := h.do(t, foreign); resp.StatusCode != 401 || len(resp.Cookies()) > 0 {
		t.Errorf("another site signs out: %d", resp.StatusCode)
	}
	out := h.do(t, asEditor("POST", "/studio/sign-out"))
	if c := out.Cookies(); out.StatusCode != 303 || out.Header.Get("Location") != "/" || len(c) != 1 || c[0].Name != session.Name || c[0].MaxAge >= 0 {
		t.Errorf("sign-out: %d %v", out.StatusCode, out.Header)
	}
}

// TestWrongTokensAreLimited by network; right ones are neither counted nor refused.
func TestWrongTokensAreLimited(t *testing.T) {
	h := newHouse(t)
	now, _ := clocked(t, h)
	handler, err := newService(t, h.deps)
	if err != nil {
		t.Fatal(err)
	}
	try := func(from, given string) *http.Response {
		r := signInForm("/", given)
		r.RemoteAddr = from
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w.Result()
	}
	const here, neighbour, afar = "198.51.100.7:1", "198.51.100.8:1", "203.0.113.7:1"
	for range 3 * access.SignInBurst {
		if resp := try(here, token); resp.StatusCode != 303 {
			t.Fatalf("the token: %d", resp.StatusCode)
		}
	}
	for i := range access.SignInBurst {
		if resp := try(here, "a wrong token"); resp.StatusCode != 401 {
			t.Fatalf("wrong token %d: %d", i, resp.StatusCode)
		}
	}
	resp := try(neighbour, "a wrong token")
	if raw := text(t, resp); resp.StatusCode != 429 || resp.Header.Get("Retry-After") != "6" || !strings.Contains(raw, "Try again in 6 seconds.") {
		t.Errorf("a wrong token after the limit: %d %v %s", resp.StatusCode, resp.Header, raw)
	}
	if resp := try(neighbour, token); resp.StatusCode != 303 {
		t.Errorf("the token after the limit: %d; whoever sends wrong ones locks its network out", resp.StatusCode)
	}
	if resp := try(afar, "a wrong token"); resp.StatusCode != 401 {
		t.Errorf("another network: %d", resp.StatusCode)
	}
	*now = now.Add(access.SignInEvery)
	if one, two := try(here, "wrong").StatusCode, try(here, "wrong").StatusCode; one != 401 || two != 429 {
		t.Errorf("six seconds later: %d, then %d", one, two)
	}
}
