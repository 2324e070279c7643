package audience

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net/http"
	"sync"
	"time"
)

// Visitors computes anonymous IDs that distinguish readers for one day (UTC). An ID is a hash of the address and the
// browser under a random key, which is replaced every day and never stored. The zero value is ready to use. Visitors
// is safe for concurrent use.
type Visitors struct {
	mu  sync.Mutex
	key [32]byte
	day string
}

func (v *Visitors) keyOf(now time.Time) [32]byte {
	v.mu.Lock()
	defer v.mu.Unlock()
	if day := now.UTC().Format(time.DateOnly); day != v.day {
		v.day = day
		_, _ = rand.Read(v.key[:]) // never fails (crypto/rand)
	}
	return v.key
}

// ID returns the ID of the reader who sent the request from the address, on the day of now. If the request has Sec-GPC
// or DNT, the ID does not depend on the browser: such readers with the same address share an ID.
func (v *Visitors) ID(r *http.Request, address string, now time.Time) (id [16]byte) {
	key := v.keyOf(now)
	h := hmac.New(sha256.New, key[:])
	h.Write([]byte(address))
	if r.Header.Get("Sec-GPC") != "1" && r.Header.Get("DNT") != "1" {
		h.Write([]byte{0})
		h.Write([]byte(r.UserAgent()))
	}
	copy(id[:], h.Sum(nil))
	return id
}
