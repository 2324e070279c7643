package handlers

import (
	"net/netip"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
)

// Limits a client: what it may do at once, and the time after which it may do one more.
const (
	missBurst = 60 // short codes that lead nowhere
	missEvery = time.Second
	drawBurst = 20 // articles' pictures in sizes without a name, that are not kept
	drawEvery = time.Second
)

// maxClients bounds the clients that a limiter remembers.
const maxClients = 8192

// limiter is a token bucket a client, which is an IPv4 /24 or an IPv6 /64: what one machine can
// easily have of addresses. Safe for concurrent use.
type limiter struct {
	burst int
	every time.Duration
	mu    sync.Mutex
	full  map[netip.Prefix]time.Time // when the client's bucket is full again
}

func newLimiter(burst int, every time.Duration) *limiter {
	return &limiter{burst: burst, every: every, full: map[netip.Prefix]time.Time{}}
}

// take takes a token from the client's bucket; false where there is none.
func (l *limiter) take(client netip.Prefix, now time.Time) bool {
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
func (l *limiter) evict() {
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

// clientOf is the network that a request comes from; the zero prefix where that is not known.
func clientOf(c echo.Context) netip.Prefix {
	addr, err := netip.ParseAddr(c.RealIP())
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

// missed charges a code that leads nowhere. Codes that lead somewhere are never refused: readers
// behind the address of somebody who guesses still reach their stories.
func (s *server) missed(c echo.Context, err error) error {
	if !s.misses.take(clientOf(c), s.Now()) {
		return errLimited
	}
	return err
}

// mayDraw charges the drawing of an article's picture in a size without a name, of which anyone
// could ask for millions. Signed pictures have none that their signer did not name.
func (s *server) mayDraw(c echo.Context, size card.Size) error {
	if c.Param("version") == "" || size.Named() || s.isLocal(c) || s.draws.take(clientOf(c), s.Now()) {
		return nil
	}
	return errLimited
}
