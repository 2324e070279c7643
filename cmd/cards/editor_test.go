package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// sent sends a form with cookies.
func sent(h http.Handler, method, target, body string, cookies ...*http.Cookie) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// TestEditors: the operator adds an editor, whose link opens the studio of the running service once; what she and the
// operator do is in the log; when she is removed, her session has ended.
func TestEditors(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	s := assembled(t, "--data", data, "--public-url", "https://cards.example")
	cards := func(want int, args ...string) (out, errs string) {
		t.Helper()
		out, errs, status := ran(t, append(args, "--data", data)...)
		if status != want {
			t.Fatalf("cards %q: %d %s%s", args, status, out, errs)
		}
		return out, errs
	}
	do := func(method, target, body string, cookies ...*http.Cookie) *httptest.ResponseRecorder {
		return sent(s.Handler(), method, target, body, cookies...)
	}
	out, said := cards(0, "editor", "add", "Jiwoo Han", "--role", "viewer", "--public-url", "https://cards.example/")
	link, err := url.Parse(strings.TrimSpace(out))
	if err != nil || !strings.HasPrefix(out, "https://cards.example/sign-in?link=") || !strings.Contains(said, "within the next 3 days") {
		t.Fatalf("%s%s", out, said)
	}
	secret := link.Query().Get("link")
	if w := do("GET", link.String(), ""); w.Code != 200 || !strings.Contains(w.Body.String(), "Jiwoo Han") {
		t.Fatalf("the link: %d %s", w.Code, w.Body)
	}
	in := do("POST", "/sign-in", "link="+secret)
	if in.Code != 303 || len(in.Result().Cookies()) != 1 {
		t.Fatalf("sign-in: %d %s", in.Code, in.Body)
	}
	session := in.Result().Cookies()[0]
	if w := do("GET", "/studio.json?headline=A", "", session); w.Code != 200 {
		t.Errorf("signed in: %d", w.Code)
	}
	if w := do("POST", "/studio/photos", "picture", session); w.Code != 403 {
		t.Errorf("a viewer uploads: %d", w.Code)
	}
	if w := do("POST", "/sign-in", "link="+secret); w.Code != 401 {
		t.Errorf("the link again: %d", w.Code)
	}
	var listed []struct {
		Name, Role string
		Sessions   int
		Seen       time.Time
	}
	out, _ = cards(0, "editor", "list", "--json")
	if err := json.Unmarshal([]byte(out), &listed); err != nil || len(listed) != 1 || listed[0].Name != "Jiwoo Han" || listed[0].Role != "viewer" || listed[0].Sessions != 1 || listed[0].Seen.IsZero() {
		t.Errorf("%v %s", err, out)
	}
	if out, _ = cards(0, "editor", "list"); strings.Contains(out, secret) || !strings.Contains(out, "Jiwoo Han  viewer") {
		t.Error(out)
	}
	out, _ = cards(0, "editor", "link", "Jiwoo Han")
	if !strings.HasPrefix(out, "http://127.0.0.1:8080/sign-in?link=") || strings.Contains(out, secret) {
		t.Error(out)
	}
	cards(0, "editor", "remove", "Jiwoo Han")
	if w := do("GET", "/studio.json?headline=A", "", session); w.Code != 401 {
		t.Errorf("after her removal: %d", w.Code)
	}
	out, _ = cards(0, "log")
	for _, want := range []string{"operator   editor.remove", "operator   editor.link", "Jiwoo Han  session.begin", "Jiwoo Han, viewer"} {
		if !strings.Contains(out, want) {
			t.Errorf("the log has no %q: %s", want, out)
		}
	}
	if strings.Contains(out, secret) || strings.Contains(out, session.Value) {
		t.Errorf("the log has a secret: %s", out)
	}
	out, _ = cards(0, "log", "--who", "Jiwoo Han", "--since", "1h", "--json")
	var entry struct{ Who, Action, Detail string }
	if err := json.Unmarshal([]byte(out), &entry); err != nil || entry.Action != "session.begin" || entry.Detail != "link" {
		t.Errorf("%v %s", err, out)
	}
}

// TestEditorsWrongUse: names that are no names, and editors that are not there, or there already.
func TestEditorsWrongUse(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	assembled(t, "--data", data)
	cards := func(want int, args ...string) (errs string) {
		t.Helper()
		out, errs, status := ran(t, append(args, "--data", data)...)
		if status != want {
			t.Fatalf("cards %q: %d %s%s", args, status, out, errs)
		}
		return errs
	}
	for _, wrong := range [][]string{
		{"editor", "add", "ann@paper.example"}, {"editor", "add", "API token"}, {"editor", "add", " Ann"}, {"editor", "add", "Ann#1"}, {"editor", "add", ""},
		{"editor", "add", strings.Repeat("a", 65)}, {"editor", "add", "Ann", "--role", "root"}, {"editor", "add", "Ann", "--public-url", "cards.example"},
		{"log", "--limit", "0"}, {"log", "--since", "-1h"},
	} {
		cards(2, wrong...)
	}
	cards(1, "editor", "link", "Nobody")
	cards(1, "editor", "remove", "Nobody")
	cards(0, "editor", "add", "Ann")
	if errs := cards(1, "editor", "add", "Ann"); !strings.Contains(errs, "cards editor link") {
		t.Error(errs)
	}
}

// TestNoDatabase: the commands make no database where there is none.
func TestNoDatabase(t *testing.T) {
	data := filepath.Join(t.TempDir(), "none")
	for _, args := range [][]string{{"log"}, {"editor", "list"}, {"editor", "add", "Ann"}} {
		if out, errs, status := ran(t, append(args, "--data", data)...); status != 1 || !strings.Contains(errs, "no such file") {
			t.Errorf("%q: %d %s%s", args, status, out, errs)
		}
	}
}

// TestSignInSettings: settings that would let in whom nobody meant, or nobody, stop the start.
func TestSignInSettings(t *testing.T) {
	oidc := []string{"--oidc-issuer", "https://accounts.example", "--oidc-client-id", "cards", "--oidc-allow", "@paper.example"}
	for _, tt := range []struct {
		args []string
		says string
	}{
		{[]string{"--auth-header", "X-User"}, "--auth-header: needs --trusted-proxy"},
		{[]string{"--auth-header", "Cookie", "--trusted-proxy", "10.0.0.1"}, "--auth-header: "},
		{[]string{"--auth-header", "sec-fetch-site", "--trusted-proxy", "10.0.0.1"}, "--auth-header: "},
		{[]string{"--auth-header", "X User", "--trusted-proxy", "10.0.0.1"}, "--auth-header: "},
		{[]string{"--auth-role-header", "X-Role"}, "--auth-role-header: "},
		{[]string{"--auth-header", "X-User", "--auth-role-header", "x-user", "--trusted-proxy", "10.0.0.1"}, "--auth-role-header: "},
		{oidc[:4], "--oidc-allow: is required"},
		{oidc[:2], "--oidc-client-id: is required"},
		{oidc[2:4], "--oidc-client-id: is of no use"},
		{oidc[4:], "--oidc-allow: is of no use"},
		{append(oidc[2:6:6], "--oidc-issuer", "http://accounts.example"), "--oidc-issuer: "},
		{append(oidc[2:6:6], "--oidc-issuer", "accounts.example"), "--oidc-issuer: "},
		{append(oidc[2:6:6], "--oidc-issuer", "https://a:b@accounts.example"), "--oidc-issuer: "},
		{append(oidc[0:4:4], "--oidc-allow", "paper.example"), "--oidc-allow: "},
		{append(oidc[0:6:6], "--auth-role", "root"), "--auth-role"},
	} {
		out, errs, status := ran(t, append([]string{"serve", "--addr", "127.0.0.1:0", "--data", filepath.Join(t.TempDir(), "data")}, tt.args...)...)
		if status != 2 || !strings.Contains(errs, tt.says) || strings.Count(errs, "\n") != 1 {
			t.Errorf("%q: %d %s%s", tt.args, status, out, errs)
		}
	}
	assembled(t, append(oidc, "--auth-header", "X-User", "--auth-role-header", "X-Role", "--trusted-proxy", "10.0.0.1")...)
}
