package handlers

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"newsroom.example/cards/internal/store"
)

// uncounted logs the readers who were redirected although their clicks could not be stored: a line a minute,
// however many they are. The zero value is ready. It is safe for concurrent use.
type uncounted struct {
	mu       sync.Mutex
	logged   time.Time
	deferred int // clicks that the store will still take
	lost     int // clicks that it may not
}

// note counts the failure, and logs all since the last line when that is a minute old.
func (u *uncounted) note(log *slog.Logger, err error, now time.Time) {
	if errors.Is(err, context.Canceled) { // the reader left before the click was stored
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if errors.Is(err, store.ErrDeferred) {
		u.deferred++
	} else {
		u.lost++
	}
	if now.Sub(u.logged) < time.Minute {
		return
	}
	log.Error("clicks cannot be stored; readers are redirected all the same", "deferred", u.deferred, "lost", u.lost, "error", err.Error())
	u.logged, u.deferred, u.lost = now, 0, 0
}
