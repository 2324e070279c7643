package conns

import (
	"context"
	"time"
)

// Times of Finish.
const (
	patience = time.Second          // how long the first request of a connection is waited for
	look     = 2 * time.Millisecond // how often the connections are looked at
)

// Finish stops accepting connections, and returns when no accepted one waits for an answer, or when ctx ends. The
// server must have been told to keep no connections alive. A server that is shut down without this drops requests
// that it reads from then on (net/http since Go 1.26), also those of connections that it had accepted. A connection
// on which nothing comes is waited for a second. Connections of HTTP/2 are not waited for: the server tells their
// clients by itself which requests it answers.
func (l *Listener) Finish(ctx context.Context) error {
	err := l.Close()
	until := time.Now().Add(patience)
	for l.isAsked(time.Now().Before(until)) && ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-time.After(look):
		}
	}
	return err
}

// isAsked reports whether a connection is in use or, if new ones count, has sent nothing yet.
func (l *Listener) isAsked(countNew bool) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for c := range l.conns {
		if !c.multiplexed.Load() && (c.state.Load() == busy || countNew && !c.asked.Load()) {
			return true
		}
	}
	return false
}
