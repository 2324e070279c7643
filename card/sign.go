package card

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// MinKey is the minimum length of a signing key, in bytes.
const MinKey = 32

// Signer signs and verifies URLs of pictures. It is safe for concurrent use.
type Signer struct{ keys atomic.Pointer[[][]byte] }

// NewSigner returns a Signer that signs with the first key and verifies with any key, so that a key can be replaced
// without an outage. Every key must have at least MinKey bytes.
func NewSigner(keys ...[]byte) (*Signer, error) {
	s := new(Signer)
	if err := s.SetKeys(keys...); err != nil {
		return nil, err
	}
	return s, nil
}

// SetKeys replaces the keys by others, as NewSigner takes them. If it returns an error, nothing has changed.
func (s *Signer) SetKeys(keys ...[]byte) error {
	if len(keys) == 0 {
		return errors.New("no signing key")
	}
	for i, k := range keys {
		if len(k) < MinKey {
			return fmt.Errorf("signing key %d has %d bytes; at least %d are needed", i+1, len(k), MinKey)
		}
	}
	s.keys.Store(&keys)
	return nil
}

// Sign returns a copy of q with "sig", and with "expires" (Unix seconds) unless expires is zero. path is the escaped
// path of the URL: "/v1/card.jpg" or "/v1/card.png" for a card that q describes (see Card.Values), or that of an
// article's picture in a size that is not public (see Size.Public), such as
// "/cards/storm-1/5fnay3p9jmkxqv0d/640x480.jpg", with a nil q.
func (s *Signer) Sign(path string, q url.Values, expires time.Time) url.Values {
	signed := make(url.Values, len(q)+2)
	maps.Copy(signed, q)
	delete(signed, "sig")
	if !expires.IsZero() {
		signed.Set("expires", strconv.FormatInt(expires.Unix(), 10))
	}
	signed.Set("sig", base64.RawURLEncoding.EncodeToString(mac((*s.keys.Load())[0], path, signed)))
	return signed
}

// Verify checks the signature in constant time, then the expiry. Errors: ErrSignature, and those of CheckExpiry.
func (s *Signer) Verify(path string, q url.Values, now time.Time) error {
	sig := q.Get("sig")
	given, err := base64.RawURLEncoding.Strict().DecodeString(sig)
	if err != nil || len(q["sig"]) != 1 || strings.ContainsAny(sig, "\r\n") { // the decoder skips line breaks
		return ErrSignature
	}
	valid := false
	for _, key := range *s.keys.Load() {
		valid = hmac.Equal(given, mac(key, path, q)) || valid
	}
	if !valid {
		return ErrSignature
	}
	return CheckExpiry(q, now)
}

// CheckExpiry checks the parameter "expires". It returns nil if there is none, a *FieldError if it is invalid, and
// ErrExpired if the time has passed.
func CheckExpiry(q url.Values, now time.Time) error {
	raw, ok := q["expires"]
	if !ok {
		return nil
	}
	unix, err := strconv.ParseInt(raw[0], 10, 64)
	switch {
	case err != nil:
		return &FieldError{Field: "expires", Problem: "must be a time in unix seconds"}
	case now.Unix() >= unix:
		return ErrExpired
	}
	return nil
}

// mac returns the HMAC-SHA256 of the path and all parameters except "sig" and "strict". Anyone may add "strict" to a
// URL, to see errors.
func mac(key []byte, path string, q url.Values) []byte {
	covered := make(url.Values, len(q))
	for k, v := range q {
		if k != "sig" && k != "strict" {
			covered[k] = v
		}
	}
	h := hmac.New(sha256.New, key)
	h.Write(canonical("cards-url-v1", []string{path}, covered))
	return h.Sum(nil)
}
