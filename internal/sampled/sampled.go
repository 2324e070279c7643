// Package sampled logs what happens in numbers with one line a minute: under overload a line for each request
// would cost more than it says.
package sampled

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// Interval is the time between two lines of the same message and code.
const Interval = time.Minute

// Logger counts events and logs the counts. It is safe for concurrent use.
type Logger struct {
	log  *slog.Logger
	now  func() time.Time
	mu   sync.Mutex
	seen map[event]*count
}

// event is what is counted together. There must be few, so neither part may hold what clients send.
type event struct{ message, code string }

type count struct {
	logged time.Time
	n      int // since then
}

// New makes a Logger.
func New(log *slog.Logger, now func() time.Time) *Logger {
	return &Logger{log: log, now: now, seen: map[event]*count{}}
}

// Log counts an event. It writes a line, with the number of the events of the message and the code since the
// last one and with the latest error, where that line is Interval old.
func (l *Logger) Log(ctx context.Context, level slog.Level, message, code string, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.seen[event{message, code}]
	if c == nil {
		c = &count{}
		l.seen[event{message, code}] = c
	}
	c.n++
	now := l.now()
	if now.Sub(c.logged) < Interval {
		return
	}
	l.log.Log(ctx, level, message, "code", code, "count", c.n, "error", err.Error())
	c.logged, c.n = now, 0
}
