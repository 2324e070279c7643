// Package sampled logs frequent events with at most one line a minute for each kind. Under overload, one line for each
// request would be too expensive.
package sampled

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// Interval is the minimum time between two lines with the same message and code.
const Interval = time.Minute

// Logger counts events and logs the counts. It is safe for concurrent use.
type Logger struct {
	log  *slog.Logger
	now  func() time.Time
	mu   sync.Mutex
	seen map[event]*count
}

// event identifies the events that are counted together. Neither part should contain text from clients: every event
// would be a line.
type event struct{ message, code string }

// maxEvents is the maximum number of different events that are counted. Beyond it the counts begin anew.
const maxEvents = 256

type count struct {
	logged time.Time
	n      int    // events since then
	line   func() // writes the line of the last of them
	timed  bool   // a timer will write it
}

// New returns a Logger that writes to log. now returns the current time.
func New(log *slog.Logger, now func() time.Time) *Logger {
	return &Logger{log: log, now: now, seen: map[event]*count{}}
}

// Log counts an event. If there is no line with this message and code, or the last one is at least Interval old, it
// writes a line with the number of events since then, with err, which must not be nil, and with args, as in slog.
// Otherwise the line is written when the interval is over, so that the last events of a fault are counted too.
func (l *Logger) Log(ctx context.Context, level slog.Level, message, code string, err error, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	key := event{message, code}
	c := l.seen[key]
	if c == nil {
		if len(l.seen) >= maxEvents {
			clear(l.seen)
		}
		c = &count{}
		l.seen[key] = c
	}
	c.n++
	c.line = func() {
		l.log.Log(context.WithoutCancel(ctx), level, message,
			append([]any{"code", code, "count", c.n, "error", err.Error()}, args...)...)
		c.logged, c.n = l.now(), 0
	}
	if past := l.now().Sub(c.logged); past >= Interval {
		c.line()
	} else if !c.timed {
		c.timed = true
		time.AfterFunc(Interval-past, func() { l.flush(c) })
	}
}

// flush writes the line of the events since the last one, if there were any.
func (l *Logger) flush(c *count) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c.timed = false
	if c.n > 0 {
		c.line()
	}
}
