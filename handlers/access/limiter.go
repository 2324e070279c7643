package access

import (
	"net/netip"
	"sync"
	"time"
)

// Limits a client: what it may do at once, and the time after which it may do one more.
const (
	MissBurst   = 60 // short codes that lead nowhere
	missEvery   = time.Second
	DrawBurst   = 20 // articles' pictures in sizes without a name, that are not cached
	drawEvery   = time.Second
	SignInBurst = 10 // wrong tokens
	SignInEvery = 6 * time.Second
)

// maxClients bounds the clients that a limiter remembers.
const maxClients = 8192

// Limiter is a token bucket a client, which is an IPv4 /24 or an IPv6 /64: what one machine can
// easily have of addresses. Safe for concurrent use.
type Limiter struct {
	burst int
	every time.Duration
	mu    sync.Mutex
	full  map[netip.Prefix]time.Time // when the client's bucket is full again
}

// NewLimiter makes a Limiter of buckets that hold burst tokens and gain one in every.
func NewLimiter(burst int, every time.Duration) *Limiter {
	return &Limiter{burst: burst, every: every, full: map[netip.Prefix]time.Time{}}
}

// Take takes a token from the client's bucket; false where there is none.
func (l *Limiter) Take(client netip.Prefix, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	full := l.full[client]
	if full.Before(now) {
		full = now
	}
	full = full.Add(l.every)
	if full.Sub(now) > time.Duration(l.burst)*l.every {
		return false
	}
	if _, known := l.full[client]; !known && len(l.full) >= maxClients {
		l.evict()
	}
	l.full[client] = full
	return true
}

// evictSample is how many clients are looked at for one to evict.
const evictSample = 16

// evict removes the client with the fullest bucket of a few, taken at random: it loses the least by being
// forgotten, and a client that is being refused has the emptiest.
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

// Client is the network of an IP address, as Limiter knows clients; the zero prefix where the address is none.
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
