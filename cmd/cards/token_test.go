package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"newsroom.example/cards/internal/api/document"
	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/store/postgres/pgtest"
	"newsroom.example/cards/internal/tokens"
)

// desk is a service whose tokens the tests make.
type desk struct {
	t       *testing.T
	args    []string // of the database
	handler http.Handler
	log     lines
	secrets []string
}

// lines is a log that is read while the service writes it.
type lines struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}

// desks runs the test with each database.
func desks(t *testing.T, test func(d *desk)) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			d := &desk{t: t, args: []string{"--data", filepath.Join(t.TempDir(), "data")}}
			serving := d.args
			if engine == "postgres" {
				d.args = []string{"--database", pgtest.Shared(t).Database(t)}
				serving = append(serving, d.args...)
			}
			log := slog.New(slog.NewJSONHandler(&d.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
			d.handler = assembledWith(t, log, append(serving, "--public-url", "https://cards.example")...).Handler()
			test(d)
		})
	}
}

// cards runs a command that must end with the status.
func (d *desk) cards(want int, args ...string) string {
	d.t.Helper()
	out, errs, status := ran(d.t, append(args, d.args...)...)
	if status != want {
		d.t.Fatalf("cards %q: %d %s%s", args, status, out, errs)
	}
	return out + errs
}

// token makes a token and returns its secret.
func (d *desk) token(name, scopes string, more ...string) string {
	d.t.Helper()
	secret, _, _ := strings.Cut(d.cards(0, append([]string{"token", "create", "--name", name, "--scope", scopes}, more...)...), "\n")
	if !tokens.IsForm(secret) {
		d.t.Fatal("no token was printed")
	}
	d.secrets = append(d.secrets, secret)
	return secret
}

// send sends a request with a token, and returns the status and the body of the answer.
func (d *desk) send(secret, method, target, body string) (int, string) {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+secret)
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// wants sends a request whose answer must have the status and the text.
func (d *desk) wants(status int, text, secret, method, target, body string) {
	d.t.Helper()
	if got, answer := d.send(secret, method, target, body); got != status || !strings.Contains(answer, text) {
		d.t.Errorf("%s %s: %d %.400s; want %d with %q", method, target, got, answer, status, text)
	}
}

// silent holds that no token and no hash of one is in a text.
func (d *desk) silent(where, text string) {
	d.t.Helper()
	for _, secret := range d.secrets {
		if strings.Contains(text, secret[len(tokens.Prefix):]) || strings.Contains(text, string(editors.HashOf(secret))) {
			d.t.Errorf("%s: a token or its hash is in %.300s", where, text)
		}
	}
}

const storm = `{"url":"https://news.example/%s","headline":"Storm","site":"%s"}`

// apiRoutes are the routes of the API with the scope that each needs.
var apiRoutes = []struct{ scope, method, target, body string }{
	{"articles:read", "GET", "/v1/articles", ""},
	{"articles:write", "PUT", "/v1/articles/a", `{"url":"https://news.example/a","headline":"A"}`},
	{"articles:write", "PATCH", "/v1/articles/a", `{"headline":"B"}`},
	{"articles:write", "POST", "/v1/articles:batch", `{"articles":[]}`},
	{"articles:write", "POST", "/v1/articles:preview", `{}`},
	{"articles:read", "GET", "/v1/articles/a", ""},
	{"articles:write", "DELETE", "/v1/articles/none", ""},
	{"articles:write", "POST", "/v1/articles/a:refresh", ""},
	{"articles:write", "POST", "/v1/articles/a:retract", ""},
	{"articles:write", "POST", "/v1/articles/a:audit", ""},
	{"articles:read", "GET", "/v1/articles/a/meta", ""},
	{"stats:read", "GET", "/v1/articles/a/stats", ""},
	{"articles:read", "GET", "/v1/articles/a/versions", ""},
	{"photos:write", "POST", "/v1/photos", "x"},
	{"photos:write", "GET", "/v1/photos/upload:0123456789abcdef0123456789abcdef", ""},
	{"photos:write", "DELETE", "/v1/photos/upload:0123456789abcdef0123456789abcdef", ""},
	{"admin", "GET", "/studio.json?headline=A", ""},
	{"admin", "POST", "/studio/read", `{}`},
}

// TestTokenRoutesAreAll: apiRoutes has every operation of the API's document that needs a scope.
func TestTokenRoutesAreAll(t *testing.T) {
	doc, err := document.Load()
	if err != nil {
		t.Fatal(err)
	}
	want, got := map[string]int{}, map[string]int{}
	for _, path := range doc.Paths.Map() {
		for method, op := range path.Operations() {
			if rest, ok := strings.CutPrefix(op.Description, "Scope: "); ok {
				scope, _, _ := strings.Cut(rest, ". ")
				want[method+" "+scope]++
			}
		}
	}
	for _, route := range apiRoutes {
		if route.scope != "admin" {
			got[route.method+" "+route.scope]++
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestTokenScopes: on every route, a token of each scope is let in or refused as the scope says.
func TestTokenScopes(t *testing.T) {
	desks(t, func(d *desk) {
		for _, scope := range tokens.Scopes {
			secret := d.token(string("of "+scope), string(scope))
			for _, route := range apiRoutes {
				status, body := d.send(secret, route.method, route.target, route.body)
				may := (tokens.Token{Scopes: []tokens.Scope{scope}}).Has(tokens.Scope(route.scope))
				if may == (status == 403 || status == 401) {
					d.t.Errorf("%s, %s %s: %d %.200s", scope, route.method, route.target, status, body)
				}
				if !may && (!strings.Contains(body, `"forbidden"`) || !strings.Contains(body, route.scope)) {
					d.t.Errorf("%s, %s %s: %.200s", scope, route.method, route.target, body)
				}
				d.silent("an answer", body)
			}
		}
		d.silent("the log", d.log.String())
	})
}

// TestTokenSite: for a token of one site there are no stories of others, and it writes none.
func TestTokenSite(t *testing.T) {
	desks(t, func(d *desk) {
		all, daily := d.token("all", "admin"), d.token("daily", "articles:write,photos:write,stats:read", "--site", "Daily")
		put := func(secret, id, site string, status int, text string) {
			d.t.Helper()
			d.wants(status, text, secret, "PUT", "/v1/articles/"+id, fmt.Sprintf(storm, id, site))
		}
		put(all, "theirs", "Weekly", 201, "")
		put(all, "gone", "Weekly", 201, "")
		d.wants(204, "", all, "DELETE", "/v1/articles/gone", "")
		put(daily, "own", "Daily", 201, "")
		put(daily, "own", "Weekly", 403, `"field":"site"`)
		put(daily, "own", "", 403, "Daily")
		for _, taken := range []string{"theirs", "gone"} {
			put(daily, taken, "Daily", 403, "another site")
			d.wants(404, "", daily, "GET", "/v1/articles/"+taken+"/versions", "")
		}
		d.wants(403, "", daily, "PATCH", "/v1/articles/own", `{"site":"Weekly"}`)
		d.wants(200, "", daily, "PATCH", "/v1/articles/own", `{"headline":"Calm"}`)
		for _, route := range []string{"GET ", "GET /meta", "GET /stats", "GET /versions", "POST :refresh", "POST :retract", "POST :audit", "PATCH ", "DELETE "} {
			method, rest, _ := strings.Cut(route, " ")
			d.wants(404, "", daily, method, "/v1/articles/theirs"+rest, `{}`)
			if method == "GET" {
				d.wants(200, "", daily, method, "/v1/articles/own"+rest, "")
			}
		}
		d.wants(200, `{"articles":[{"id":"own"}]}`, daily, "GET", "/v1/articles?fields=id", "")
		d.wants(200, `{"articles":[]}`, daily, "GET", "/v1/articles?fields=id&site=Weekly", "")
		batch := `{"articles":[{"id":"b","url":"https://news.example/b","headline":"B","site":"Daily"},` +
			`{"id":"theirs","url":"https://news.example/c","headline":"C","site":"Daily"},{"id":"d","url":"https://news.example/d","headline":"D","site":"Weekly"}]}`
		_, answer := d.send(daily, "POST", "/v1/articles:batch", batch)
		if strings.Count(answer, `"status":403`) != 2 || strings.Count(answer, `"status":201`) != 1 {
			d.t.Errorf("batch: %.600s", answer)
		}
		d.wants(200, "Weekly", all, "GET", "/v1/articles/theirs", "")
		d.wants(403, "one site", daily, "DELETE", "/v1/photos/upload:0123456789abcdef0123456789abcdef", "")
		d.wants(204, "", daily, "DELETE", "/v1/articles/own", "")
		put(daily, "own", "Daily", 201, "")
	})
}

// TestTokenLife: what the operator makes and revokes, and what programs do with it, is in the journal by name; a
// revoked token is refused from the next request on; the list never has a secret.
func TestTokenLife(t *testing.T) {
	desks(t, func(d *desk) {
		secret := d.token("cms", "articles:write", "--expires", "90d")
		d.wants(201, "", secret, "PUT", "/v1/articles/own", fmt.Sprintf(storm, "own", "Daily"))
		if said := d.cards(1, "token", "create", "--name", "cms", "--scope", "admin"); !strings.Contains(said, "already") {
			d.t.Error(said)
		}
		d.cards(0, "token", "revoke", "cms")
		d.wants(401, "revoked", secret, "GET", "/v1/articles", "")
		d.cards(1, "token", "revoke", "cms")
		_ = d.token("cms", "stats:read", "--site", "Daily")

		var listed []map[string]any
		if err := json.Unmarshal([]byte(d.cards(0, "token", "list", "--json")), &listed); err != nil || len(listed) != 2 {
			d.t.Fatalf("%v, %v", listed, err)
		}
		if one := listed[0]; one["revoked"] == nil || one["expires"] == nil || one["name"] != "cms" || listed[1]["revoked"] != nil {
			d.t.Errorf("%v", listed)
		}
		table, said := d.cards(0, "token", "list"), d.cards(0, "log")
		for _, line := range []string{"API token #cms", "article.put", "token.create", "token.revoke", "cms, articles:write", "operator"} {
			if !strings.Contains(said, line) {
				d.t.Errorf("the journal has no %q: %s", line, said)
			}
		}
		for where, text := range map[string]string{"the list": table + fmt.Sprint(listed), "the journal": said + d.cards(0, "log", "--json"), "the log": d.log.String()} {
			d.silent(where, text)
		}
	})
}

// TestTokenFlags: what cannot be a token is refused by the name of its flag.
func TestTokenFlags(t *testing.T) {
	good := []string{"token", "create", "--name", "cms", "--scope", "admin", "--data", t.TempDir()}
	for flag, value := range map[string][]string{
		"--name": {"", "a@b", "API token", " x"}, "--scope": {"write", "articles:write,all"}, "--site": {"Daily", " "},
		"--expires": {"0d", "-1d", "soon", "1s", "9999d", "d"},
	} {
		for _, v := range value {
			_, errs, status := ran(t, append(slices.Clone(good), flag+"="+v)...)
			if status != 2 || !strings.Contains(errs, flag) {
				t.Errorf("%s=%q: %d %s", flag, v, status, errs)
			}
		}
	}
}
