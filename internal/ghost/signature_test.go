package ghost

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"testing"
	"time"
)

func signature(secret, signed string, at time.Time) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(signed))
	return "sha256=" + hex.EncodeToString(mac.Sum(nil)) + ", t=" + strconv.FormatInt(at.UnixMilli(), 10)
}

func TestSigned(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	at := func(t time.Time) string { return signature("s3cret", "{}"+strconv.FormatInt(t.UnixMilli(), 10), t) }
	for name, c := range map[string]struct {
		header, body, secret string
		want                 bool
	}{
		"valid":            {at(now), "{}", "s3cret", true},
		"as old as may be": {at(now.Add(-MaxAge)), "{}", "s3cret", true},
		"replayed":         {at(now.Add(-MaxAge - time.Millisecond)), "{}", "s3cret", false},
		"of the future":    {at(now.Add(MaxAge + time.Millisecond)), "{}", "s3cret", false},
		"other body":       {at(now), "{} ", "s3cret", false},
		"other secret":     {at(now), "{}", "s3cre", false},
		"no secret":        {signature("", "{}"+strconv.FormatInt(now.UnixMilli(), 10), now), "{}", "", false},
		"time not signed":  {signature("s3cret", "{}", now), "{}", "s3cret", false},
		"no time":          {at(now)[:71], "{}", "s3cret", false},
		"none":             {"", "{}", "s3cret", false},
	} {
		if got := Signed(c.header, []byte(c.body), c.secret, now); got != c.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

// FuzzSigned: no header and body make it panic, and what was signed is valid with no other secret.
func FuzzSigned(f *testing.F) {
	f.Add("sha256=00, t=1", []byte("{}"), int64(1))
	f.Add(", t=", []byte(nil), int64(-1))
	f.Fuzz(func(t *testing.T, header string, body []byte, ms int64) {
		now := time.UnixMilli(ms)
		if Signed(header, body, "s3cret", now) {
			t.Errorf("%q is taken for a signature", header)
		}
		own := signature("s3cret", string(body)+strconv.FormatInt(ms, 10), now)
		if !Signed(own, body, "s3cret", now) || Signed(own, body, "another", now) {
			t.Errorf("%q of %q", own, body)
		}
	})
}
