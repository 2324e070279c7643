package handlers

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"newsroom.example/cards/internal/fault"
)

// failures counts requests that were refused because too much was asked for or a part of the service failed,
// and logs the numbers once a minute: under overload a line for each would cost more than it says. The zero
// value is ready. It is safe for concurrent use.
type failures struct {
	mu   sync.Mutex
	seen map[fault.Kind]*failureCount
}

// failureCount is the count of one kind.
type failureCount struct {
	logged time.Time
	count  int // since then
}

// note counts the failure, and logs all since the last line when that is a minute old.
func (f *failures) note(ctx context.Context, log *slog.Logger, kind fault.Kind, err error, now time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := f.seen[kind]
	if s == nil {
		if f.seen == nil {
			f.seen = map[fault.Kind]*failureCount{}
		}
		s = &failureCount{}
		f.seen[kind] = s
	}
	s.count++
	if now.Sub(s.logged) < sampleInterval {
		return
	}
	log.Log(ctx, kind.Answer().Level, "requests were refused", "code", kind.Code(), "count", s.count, "error", err.Error())
	s.logged, s.count = now, 0
}
