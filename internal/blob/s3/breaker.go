package s3

import (
	"context"
	"errors"
	"sync"
	"time"
)

// breaker keeps callers from waiting for a store that does not answer. It opens after a call that was too slow, or
// after maxFailures others that failed in a row. While it is open, calls fail at once, and probe is called at once and
// then at each interval, in the background, until it succeeds: no caller waits for that. It is safe for concurrent use.
type breaker struct {
	probe   func(ctx context.Context) error
	every   time.Duration
	changed func(err error, since time.Duration) // it opened because of err, or, if that is nil, closed after since
	open    context.Context                      // until close
	close   context.CancelFunc

	mu       sync.Mutex
	failures int   // in a row
	reason   error // why it is open; nil: it is closed
	probing  sync.WaitGroup
}

// maxFailures is the number of failures in a row that open a breaker.
const maxFailures = 3

// errSlow says that the store took longer than the limit.
var errSlow = errors.New("no answer in time")

// errOpen says that the store has just failed and is not asked.
var errOpen = errors.New("not asked: it has just failed")

func newBreaker(probe func(context.Context) error, every time.Duration, changed func(error, time.Duration)) *breaker {
	b := &breaker{probe: probe, every: every, changed: changed}
	b.open, b.close = context.WithCancel(context.Background())
	return b
}

// do calls the store within the limit. The error is that of ctx if that is done, errOpen, errSlow, or that of call. An
// error that is an answer says that the store works.
func (b *breaker) do(ctx context.Context, limit time.Duration, call func(ctx context.Context) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if b.isOpen() {
		return errOpen
	}
	limited, cancel := context.WithTimeoutCause(ctx, limit, errSlow)
	defer cancel()
	err := call(limited)
	if err != nil && ctx.Err() != nil { // the caller has left, which says nothing about the store
		return ctx.Err()
	}
	if err != nil && limited.Err() != nil {
		err = errSlow
	}
	b.note(err)
	return err
}

func (b *breaker) isOpen() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.reason != nil
}

// note counts the result of a call.
func (b *breaker) note(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case err == nil || isAnswer(err):
		b.failures = 0
		return
	case errors.Is(err, errSlow):
		b.failures = maxFailures
	default:
		b.failures++
	}
	if b.failures >= maxFailures {
		b.tripLocked(err)
	}
}

// trip opens the breaker.
func (b *breaker) trip(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tripLocked(err)
}

// tripLocked opens the breaker, unless it is open or its life has ended. The caller holds b.mu.
func (b *breaker) tripLocked(err error) {
	if b.reason != nil || b.open.Err() != nil {
		return
	}
	b.reason = err
	b.probing.Go(func() { b.recover(err) })
}

// recover probes until the store answers or the breaker's life ends.
func (b *breaker) recover(err error) {
	began := time.Now()
	b.changed(err, 0)
	for b.probe(b.open) != nil {
		select {
		case <-b.open.Done():
			return
		case <-time.After(b.every):
		}
	}
	b.mu.Lock()
	b.reason, b.failures = nil, 0
	b.mu.Unlock()
	b.changed(nil, time.Since(began))
}

// end stops probing.
func (b *breaker) end() {
	b.mu.Lock()
	b.close()
	b.mu.Unlock()
	b.probing.Wait()
}
