package access

import (
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

const token = "the-token"

// withCookie is a request that carries a session.
func withCookie(name, value string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "https://cards.example/studio.json?headline=A", nil)
	r.AddCookie(&http.Cookie{Name: name, Value: value})
	return r
}

func TestSessionCookie(t *testing.T) {
	for public, want := range map[string]string{
		"https://cards.example":      "__Host-cards-session=V; Path=/; HttpOnly; Secure; SameSite=Strict",
		"https://cards.example:443":  "__Host-cards-session=V; Path=/; HttpOnly; Secure; SameSite=Strict",
		"https://cards.example:8443": "__Host-cards-session-8443=V; Path=/; HttpOnly; Secure; SameSite=Strict",
		"http://10.0.0.7":            "cards-session=V; Path=/; HttpOnly; SameSite=Strict",
		"http://10.0.0.7:80":         "cards-session=V; Path=/; HttpOnly; SameSite=Strict",
		"http://10.0.0.7:8080":       "cards-session-8080=V; Path=/; HttpOnly; SameSite=Strict",
		"http://[::1]:8081":          "cards-session-8081=V; Path=/; HttpOnly; SameSite=Strict",
	} {
		s := newSessions(token, public)
		c := s.begin(now)
		if strings.Contains(c.Value, token) || strings.Contains(c.Value, base64.RawURLEncoding.EncodeToString([]byte(token))) {
			t.Errorf("%s: the cookie holds the token: %s", public, c.Value)
		}
		if got := strings.Replace(c.String(), c.Value, "V", 1); got != want {
			t.Errorf("%s: %s", public, got)
		}
		if got := s.end().String(); !strings.HasPrefix(got, s.name+"=; ") || !strings.Contains(got, "Max-Age=0") {
			t.Errorf("%s: the end is %s", public, got)
		}
	}
}

// TestServicesOfOneHost: browsers send the cookies of a host to all of its ports, and keep one of each name. A
// session of one service does not replace that of another on another port, also if both have the same token.
func TestServicesOfOneHost(t *testing.T) {
	one, other := newSessions(token, "http://127.0.0.1:8080"), newSessions(token, "http://127.0.0.1:8081")
	jar := map[string]string{}
	for _, s := range []sessions{one, other} {
		c := s.begin(now)
		jar[c.Name] = c.Value
	}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	for name, value := range jar {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	if len(jar) != 2 || !one.valid(r, now) || !other.valid(r, now) {
		t.Errorf("cookies %v", jar)
	}
}

func TestSessionsEnd(t *testing.T) {
	s := newSessions(token, "https://cards.example")
	value := s.begin(now).Value
	for _, tt := range []struct {
		why   string
		s     sessions
		name  string
		value string
		after time.Duration
		valid bool
	}{
		{"at once", s, s.name, value, 0, true},
		{"after a restart, or on another replica", newSessions(token, "https://cards.example"), s.name, value, time.Hour, true},
		{"in its last second", s, s.name, value, sessionLife - time.Second, true},
		{"when it ends", s, s.name, value, sessionLife, false},
		{"under another token", newSessions(token+"x", "https://cards.example"), s.name, value, 0, false},
		{"without a token", newSessions("", "https://cards.example"), s.name, newSessions("", "https://cards.example").begin(now).Value, 0, false},
		{"under another name", s, "cards-session", value, 0, false},
		{"empty", s, s.name, "", 0, false},
		{"no base64", s, s.name, value[:len(value)-1] + "*", 0, false},
		{"cut", s, s.name, value[:len(value)-4], 0, false},
		{"longer", s, s.name, value + "AAAA", 0, false},
		{"padded", s, s.name, value + "==", 0, false},
	} {
		if got := tt.s.valid(withCookie(tt.name, tt.value), now.Add(tt.after)); got != tt.valid {
			t.Errorf("%s: %v", tt.why, got)
		}
	}
}

// TestSessionsAreNotForged changes each bit of a session.
func TestSessionsAreNotForged(t *testing.T) {
	s := newSessions(token, "https://cards.example")
	raw, err := base64.RawURLEncoding.DecodeString(s.begin(now).Value)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 8 * len(raw) {
		raw[i/8] ^= 1 << (i % 8)
		if s.valid(withCookie(s.name, base64.RawURLEncoding.EncodeToString(raw)), now) {
			t.Errorf("bit %d may be changed", i)
		}
		raw[i/8] ^= 1 << (i % 8)
	}
	if !s.valid(withCookie(s.name, base64.RawURLEncoding.EncodeToString(raw)), now) {
		t.Error("unchanged it is not valid")
	}
}
