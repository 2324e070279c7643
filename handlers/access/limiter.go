package access

import (
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

// Limits for each client: how many requests it can make at once (burst), and the time after which it can make
// one more.
const (
	MissBurst   = 60 // lookups of unknown short codes
	missEvery   = time.Second
	SignInBurst = 10 // sign-ins with a wrong token
	SignInEvery = 6 * time.Second
)

// maxClients is the maximum number of clients that a limiter tracks.
const maxClients = 8192

// Limiter has a token bucket for each client. A client is an IPv4 /24 or an IPv6 /64, because one machine can
// easily use many addresses of such a network. It is safe for concurrent use.
type Limiter struct {
	burst int
	every time.Duration
	mu    sync.Mutex
	full  map[netip.Prefix]time.Time // when the client's bucket is full again

	refused atomic.Uint64
}

// NewLimiter returns a Limiter with buckets of burst tokens, which gain one token per every.
func NewLimiter(burst int, every time.Duration) *Limiter {
	return &Limiter{burst: burst, every: every, full: map[netip.Prefix]time.Time{}}
}

// Take takes a token from the client's bucket. It returns false if the bucket is empty.
func (l *Limiter) Take(client netip.Prefix, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	full := l.full[client]
	if full.Before(now) {
		full = now
	}
	full = full.Add(l.every)
	if full.Sub(now) > time.Duration(l.burst)*l.every {
		l.refused.Add(1)
		return false
	}
	if _, known := l.full[client]; !known && len(l.full) >= maxClients {
		l.evict()
	}
	l.full[client] = full
	return true
}

// Refused returns how often Take has returned false.
func (l *Limiter) Refused() uint64 { return l.refused.Load() }

// evictSample is how many clients evict compares.
const evictSample = 16

// evict removes, of a few random clients, the one with the fullest bucket: removing it changes the least, while
// a client over its limit has an empty bucket and stays.
func (l *Limiter) evict() {
	var fullest netip.Prefix
	var at time.Time
	seen := 0
	for client, full := range l.full { // in random order
		if seen == 0 || full.Before(at) {
			fullest, at = client, full
		}
		if seen++; seen == evictSample {
			break
		}
	}
	delete(l.full, fullest)
}

// Client returns the network of an IP address, which identifies the client in a Limiter. It returns the zero
// prefix if the address is invalid.
func Client(ip string) netip.Prefix {
	addr, err := netip.ParseAddr(ip)
	if err != nil {
		return netip.Prefix{}
	}
	bits := 64
	if addr = addr.Unmap(); addr.Is4() {
		bits = 24
	}
	client, _ := addr.Prefix(bits) // both lengths are valid
	return client
}
