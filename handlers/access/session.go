package access

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"net/http"
	"strings"
	"time"
)

// sessionLife is how long a sign-in to the studio lasts.
const sessionLife = 12 * time.Hour

// sessionKeyLabel keeps the key of sessions apart from any other use of the API token.
const sessionKeyLabel = "cards studio session v1"

// sessions makes and checks the cookie of signed-in editors: the time at which the session ends,
// and a MAC of it under a key derived from the API token. The service stores nothing: a session
// outlives a restart, holds on every replica, and ends when the token changes. Safe for
// concurrent use.
type sessions struct {
	key  []byte // nil without an API token: no session is valid
	name string
	tls  bool // the cookie travels over https alone
}

// newSessions takes the API token and the public URL, whose scheme decides about the cookie: the
// prefix __Host- keeps other hosts of the same domain from setting one.
func newSessions(token, publicURL string) sessions {
	s := sessions{name: "cards-session", tls: strings.HasPrefix(publicURL, "https:")}
	if s.tls {
		s.name = "__Host-cards-session"
	}
	if token != "" {
		s.key = sessionMAC([]byte(token), []byte(sessionKeyLabel))
	}
	return s
}

func sessionMAC(key, data []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(data)
	return h.Sum(nil)
}

// begin is the cookie of a session that begins now. It has no Max-Age, so that the browser drops
// it when it closes; what it says itself ends it after sessionLife.
func (s sessions) begin(now time.Time) *http.Cookie {
	ends := binary.BigEndian.AppendUint64(nil, uint64(now.Add(sessionLife).Unix()))
	return s.cookie(base64.RawURLEncoding.EncodeToString(append(ends, sessionMAC(s.key, ends)...)))
}

// end is the cookie that has the browser drop its session.
func (s sessions) end() *http.Cookie {
	c := s.cookie("")
	c.MaxAge = -1
	return c
}

func (s sessions) cookie(value string) *http.Cookie {
	return &http.Cookie{
		Name: s.name, Value: value, Path: "/", HttpOnly: true, Secure: s.tls, SameSite: http.SameSiteStrictMode,
	}
}

// valid reports a request with the cookie of a session that has not ended.
func (s sessions) valid(r *http.Request, now time.Time) bool {
	if s.key == nil {
		return false
	}
	for _, c := range r.CookiesNamed(s.name) {
		raw, err := base64.RawURLEncoding.Strict().DecodeString(c.Value)
		if err != nil || len(raw) != 8+sha256.Size {
			continue
		}
		ends, mac := raw[:8], raw[8:]
		if hmac.Equal(mac, sessionMAC(s.key, ends)) && now.Unix() < int64(binary.BigEndian.Uint64(ends)) {
			return true
		}
	}
	return false
}
