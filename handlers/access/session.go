package access

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"net/http"
	"net/url"
	"time"
)

// sessionLife is how long a session of the studio is valid.
const sessionLife = 12 * time.Hour

// sessionKeyLabel separates the key of sessions from other uses of the API token.
const sessionKeyLabel = "cards studio session v1"

// sessions creates and checks the session cookies of editors. A cookie holds the time at which the session
// ends, and a MAC of it with a key derived from the API token. The service stores no sessions: a session
// survives a restart, is valid on every replica, and ends when the token changes. It is safe for concurrent
// use.
type sessions struct {
	key  []byte // nil without an API token: no session is valid
	name string
	tls  bool // the cookie is sent only over https
}

// newSessions takes the API token and the public URL. If the URL is https, the cookie is Secure and its name
// has the prefix __Host-, so that other hosts of the same domain cannot set it. Browsers send cookies to all ports
// of a host, so the name ends in the URL's port: services on one host do not end each other's sessions.
func newSessions(token, publicURL string) sessions {
	s := sessions{name: "cards-session"}
	if u, err := url.Parse(publicURL); err == nil {
		s.tls = u.Scheme == "https"
		if port := u.Port(); port != "" && port != defaultPorts[u.Scheme] {
			s.name += "-" + port
		}
	}
	if s.tls {
		s.name = "__Host-" + s.name
	}
	if token != "" {
		s.key = sessionMAC([]byte(token), []byte(sessionKeyLabel))
	}
	return s
}

var defaultPorts = map[string]string{"http": "80", "https": "443"}

func sessionMAC(key, data []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(data)
	return h.Sum(nil)
}

// begin returns the cookie of a new session. It has no Max-Age, so browsers delete it when they close. Its
// value ends the session after sessionLife.
func (s sessions) begin(now time.Time) *http.Cookie {
	ends := binary.BigEndian.AppendUint64(nil, uint64(now.Add(sessionLife).Unix()))
	return s.cookie(base64.RawURLEncoding.EncodeToString(append(ends, sessionMAC(s.key, ends)...)))
}

// end returns the cookie that makes the browser delete its session.
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

// valid reports whether the request has the cookie of a session that has not ended.
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
