package access

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/editors"
)

const token = "the-token"

// memory keeps sessions.
type memory struct {
	all  map[editors.Hash]editors.Session
	used int
}

func (m *memory) LinkOf(context.Context, editors.Hash, time.Time) (e editors.Editor, err error) {
	return editors.Editor{Name: "Ann", Role: RoleEditor}, nil
}

func (m *memory) UseLink(ctx context.Context, _ editors.Hash, s editors.Session) (editors.Session, error) {
	s.Editor, _ = m.LinkOf(ctx, "", now)
	return s, m.BeginSession(ctx, s)
}

func (m *memory) BeginSession(_ context.Context, s editors.Session) error {
	m.all[s.Hash] = s
	return nil
}

func (m *memory) Session(_ context.Context, session editors.Hash, now time.Time) (editors.Session, error) {
	s, ok := m.all[session]
	if !ok || !now.Before(s.Rests) || !now.Before(s.Ends) {
		return s, editors.ErrNoSession
	}
	return s, nil
}

func (m *memory) UseSession(_ context.Context, session editors.Hash, seen, rests time.Time) error {
	m.used++
	s := m.all[session]
	s.Seen, s.Rests = seen, rests
	m.all[session] = s
	return nil
}

func (m *memory) EndSession(_ context.Context, session editors.Hash, _ time.Time) error {
	delete(m.all, session)
	return nil
}

// guardAt is a guard of a service with the public URL, whose sessions are in memory. Its clock is what now points to.
func guardAt(public string, m *memory, now *time.Time, change func(*Config)) *Guard {
	c := Config{Token: token, PublicURL: public, Sessions: m, Now: func() time.Time { return *now }}
	if change != nil {
		change(&c)
	}
	return New(c)
}

func newMemory() *memory { return &memory{all: map[editors.Hash]editors.Session{}} }

// with is a request that carries a cookie.
func with(name, value string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "https://cards.example/studio.json?headline=A", nil)
	r.AddCookie(&http.Cookie{Name: name, Value: value})
	return r
}

// begin begins a session.
func begin(t *testing.T, g *Guard, way editors.Way) *http.Cookie {
	t.Helper()
	var c *http.Cookie
	var err error
	if way == editors.ByLink {
		c, err = g.BeginByLink(httptest.NewRequest(http.MethodPost, "/", nil), "link")
	} else {
		c, err = g.Begin(httptest.NewRequest(http.MethodPost, "/", nil), Holder, way)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSessionCookie(t *testing.T) {
	at := now
	for public, want := range map[string]string{
		"https://cards.example":      "__Host-cards-session=V; Path=/; HttpOnly; Secure; SameSite=Lax",
		"https://cards.example:443":  "__Host-cards-session=V; Path=/; HttpOnly; Secure; SameSite=Lax",
		"https://cards.example:8443": "__Host-cards-session-8443=V; Path=/; HttpOnly; Secure; SameSite=Lax",
		"http://10.0.0.7":            "cards-session=V; Path=/; HttpOnly; SameSite=Lax",
		"http://10.0.0.7:80":         "cards-session=V; Path=/; HttpOnly; SameSite=Lax",
		"http://10.0.0.7:8080":       "cards-session-8080=V; Path=/; HttpOnly; SameSite=Lax",
		"http://[::1]:8081":          "cards-session-8081=V; Path=/; HttpOnly; SameSite=Lax",
	} {
		m := newMemory()
		g := guardAt(public, m, &at, nil)
		c := begin(t, g, editors.ByToken)
		if got := strings.Replace(c.String(), c.Value, "V", 1); got != want {
			t.Errorf("%s: %s", public, got)
		}
		if _, plain := m.all[editors.Hash(c.Value)]; plain || len(m.all) != 1 || len(c.Value) < 26 {
			t.Errorf("%s: sessions %v of %q", public, m.all, c.Value)
		}
		end, err := g.End(with(c.Name, c.Value))
		if err != nil || !strings.HasPrefix(end.String(), c.Name+"=; ") || !strings.Contains(end.String(), "Max-Age=0") || len(m.all) > 0 {
			t.Errorf("%s: the end is %s, %v", public, end, err)
		}
	}
	g := guardAt("https://cards.example", newMemory(), &at, nil)
	if c := begin(t, g, editors.ByLink); !c.Expires.Equal(now.Add(longLife.end)) {
		t.Errorf("an editor's own lasts until %s", c.Expires)
	}
}

// TestServicesOfOneHost: browsers send the cookies of a host to all of its ports, and keep one of each name. A
// session of one service does not replace that of another on another port, also if both have the same token.
func TestServicesOfOneHost(t *testing.T) {
	at := now
	one, other := guardAt("http://127.0.0.1:8080", newMemory(), &at, nil), guardAt("http://127.0.0.1:8081", newMemory(), &at, nil)
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	jar := map[string]string{}
	for _, g := range []*Guard{one, other} {
		c := begin(t, g, editors.ByKey)
		jar[c.Name] = c.Value
		r.AddCookie(c)
	}
	if len(jar) != 2 || !one.HasSession(r) || !other.HasSession(r) {
		t.Errorf("cookies %v", jar)
	}
}

// TestSessionsEnd: a session is valid while it is used, for its time, under the settings that it depends on.
func TestSessionsEnd(t *testing.T) {
	const public = "https://cards.example"
	otherToken := func(c *Config) { c.Token += "x" }
	provider := func(id string) func(*Config) { return func(c *Config) { c.Provider = id } }
	for _, tt := range []struct {
		why           string
		way           editors.Way
		before, after func(*Config)
		passes        time.Duration
		valid         bool
	}{
		{"at once", editors.ByToken, nil, nil, 0, true},
		{"in its last second", editors.ByToken, nil, nil, shiftLife.rest - time.Second, true},
		{"not used", editors.ByToken, nil, nil, shiftLife.rest, false},
		{"under another token", editors.ByToken, nil, otherToken, 0, false},
		{"of the key, under another token", editors.ByKey, nil, otherToken, 0, false},
		{"without a token", editors.ByToken, nil, func(c *Config) { c.Token = "" }, 0, false},
		{"an editor's own after six days", editors.ByLink, nil, otherToken, 6 * 24 * time.Hour, true},
		{"an editor's own after a week", editors.ByLink, nil, nil, longLife.rest, false},
		{"of the provider", editors.ByOIDC, provider("a"), provider("a"), time.Hour, true},
		{"of another provider", editors.ByOIDC, provider("a"), provider("b"), 0, false},
		{"of a provider that is no more", editors.ByOIDC, provider("a"), nil, 0, false},
		{"in a way that is none", "guess", nil, nil, 0, false},
	} {
		at, m := now, newMemory()
		c := begin(t, guardAt(public, m, &at, tt.before), tt.way)
		at = at.Add(tt.passes)
		if got := guardAt(public, m, &at, tt.after).HasSession(with(c.Name, c.Value)); got != tt.valid {
			t.Errorf("%s: %v", tt.why, got)
		}
	}
}

// TestUseKeepsASession: one that is in use lasts longer than its rest, but not longer than its end, and the store is not
// told of each request.
func TestUseKeepsASession(t *testing.T) {
	at, m := now, newMemory()
	g := guardAt("https://cards.example", m, &at, nil)
	c := begin(t, g, editors.ByToken)
	for at.Before(now.Add(shiftLife.end)) {
		if !g.HasSession(with(c.Name, c.Value)) {
			t.Fatalf("it has ended after %s", at.Sub(now))
		}
		at = at.Add(30 * time.Second)
	}
	if g.HasSession(with(c.Name, c.Value)) {
		t.Error("it lasts for ever")
	}
	if most := int(shiftLife.end / seenEvery); m.used > most || m.used < most/2 {
		t.Errorf("the store was told %d times", m.used)
	}
}

// TestWhatIsNoSession: other values of the cookie are none, and few of them are looked up.
func TestWhatIsNoSession(t *testing.T) {
	at := now
	g := guardAt("https://cards.example", newMemory(), &at, nil)
	c := begin(t, g, editors.ByToken)
	hash := string(editors.HashOf(c.Value))
	for why, r := range map[string]*http.Request{
		"another name": with("cards-session", c.Value), "nothing": with(c.Name, ""), "a part": with(c.Name, c.Value[1:]),
		"more": with(c.Name, c.Value+"A"), "the hash": with(c.Name, hash), "the token": with(c.Name, token),
		"much": with(c.Name, strings.Repeat("A", 4000)),
	} {
		if _, err := g.Who(r); !errors.Is(err, ErrNotSignedIn) {
			t.Errorf("%s: %v", why, err)
		}
	}
	many := httptest.NewRequest(http.MethodGet, "/", nil)
	for range 500 {
		many.AddCookie(&http.Cookie{Name: c.Name, Value: "x"})
	}
	if n := len(g.cookie.of(many)); n != maxCookies {
		t.Errorf("%d are looked up", n)
	}
}
