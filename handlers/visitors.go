package handlers

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net/http"
	"sync"
	"time"
)

// visitors tells readers apart for a day without knowing who they are: a keyed hash of address
// and browser, whose key is made anew each day and never written down.
type visitors struct {
	mu  sync.Mutex
	key [32]byte
	day string
}

func newVisitors() *visitors { return &visitors{} }

func (v *visitors) salt(now time.Time) [32]byte {
	v.mu.Lock()
	defer v.mu.Unlock()
	if day := now.UTC().Format(time.DateOnly); day != v.day {
		v.day = day
		_, _ = rand.Read(v.key[:]) // never fails (crypto/rand)
	}
	return v.key
}

// id is the reader's mark for today. Who asks not to be tracked (Sec-GPC, DNT) is told apart no
// less, since the mark dies with the window, but by the address alone.
func (v *visitors) id(r *http.Request, ip string, now time.Time) (id [16]byte) {
	key := v.salt(now)
	h := hmac.New(sha256.New, key[:])
	h.Write([]byte(ip))
	if r.Header.Get("Sec-GPC") != "1" && r.Header.Get("DNT") != "1" {
		h.Write([]byte{0})
		h.Write([]byte(r.UserAgent()))
	}
	copy(id[:], h.Sum(nil))
	return id
}
