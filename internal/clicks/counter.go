// Package clicks counts the requests to short links in a store, in groups and each exactly once, without keeping
// readers waiting for the store. A request that was accepted is counted even if the process is killed: it is in a file,
// its spool, until the store has it.
package clicks

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"newsroom.example/cards/internal/store"
)

// Store counts batches; package store.
type Store interface {
	Count(ctx context.Context, b store.Batch) (store.Counted, error)
}

// Counter counts requests to short links. Those of a fifth of a second form one batch. While the store cannot be
// written, or takes more than a second for a batch, they wait in the spool. It is safe for concurrent use.
//
// Each request goes from the queue to the spool, by write, and from there to the store, by run. Its caller waits for
// the spool alone. If the spool cannot be written, the request waits in memory instead, and its caller for the store.
type Counter struct {
	store Store
	watch func(against store.Reason) // told of each event that the store has judged
	dir   string                     // of the spools; empty: none
	log   *slog.Logger
	limit int64 // bytes of all spools

	open context.Context // until Close gives up
	quit context.CancelFunc

	written chan struct{} // receives a value when write has something to do
	wake    chan struct{} // receives a value when run has something to do
	looked  chan struct{} // closed when run has looked for what other processes have left
	done    chan struct{} // closed when run has returned

	mu     sync.Mutex
	queue  []entry
	spare  []entry   // empty; for the next queue
	began  time.Time // when write took the entries that it writes; zero: it writes none
	taken  int       // how many
	held   held
	live   *spool    // to which events are appended; nil: none yet
	others []*spool  // of processes that have ended, and earlier ones of this process
	failed error     // of the last batch, if it could not be counted
	slow   error     // the store has not answered for a while; nil: it has, or is not asked
	full   error     // why events wait in memory
	due    time.Time // when a timer will wake run; zero: none will
	closed bool
	last   bool // write has returned

	tidied, untidy time.Time // when run tidied the spools last, and when that failed
}

// source is a row of events with numbers, in a file or in memory.
type source interface {
	// next returns the first events that are not counted, at most maxBatch. The counter is not locked.
	next() (store.Batch, error)
	// drop removes events of the last batch, the first ones, and gives the callers that wait for them the result. The
	// counter is locked.
	drop(b store.Batch, result error)
}

var errClosed = errors.New("the counter of clicks is closed")

const (
	maxBatch   = 2048                   // events in one transaction; PostgreSQL counts 34,000 a second so
	maxHeld    = 100_000                // events in memory, about 20 MB
	countAfter = 200 * time.Millisecond // for which events collect, unless there is a batch of them
	retryAfter = time.Second            // while the store cannot be written
	lookEvery  = time.Minute            // for spools that other processes have left
	tidyEvery  = time.Second            // what was counted leaves the files
	stuckAfter = time.Second            // from which on nobody waits for a write, nor for the store
	countTime  = 15 * time.Second
	closeTime  = 2 * time.Second
)

// Open returns a counter with its spool in the folder dir, which is created if its parent exists. It counts what
// processes that have ended have left there. If no spool can be created, requests wait in memory alone until one can,
// as with an empty dir. Close it before the store. A nil log discards. watch, if it is not nil, is told of each request
// that was counted, or why it was not; it must be fast.
func Open(dir string, s Store, log *slog.Logger, watch func(against store.Reason)) *Counter {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	if watch == nil {
		watch = func(store.Reason) {}
	}
	c := &Counter{
		store: s, watch: watch, dir: dir, log: log, limit: maxSpools,
		written: make(chan struct{}, 1), wake: make(chan struct{}, 1),
		looked: make(chan struct{}), done: make(chan struct{}),
	}
	c.open, c.quit = context.WithCancel(context.Background())
	c.held = newHeld(&c.mu)
	go c.write()
	go c.run()
	go c.sync()
	return c
}

// AddClick adds a click, and returns when it is in the spool: it survives the process then, and is counted within about
// countAfter. The error is store.ErrDeferred if the store could not be written lately or hangs, and
// store.ErrUnavailable if too many clicks wait already. If the spool cannot be written, AddClick returns when the store
// has counted the click or found that it is not to be counted. If ctx ends first, the click is counted all the same.
func (c *Counter) AddClick(ctx context.Context, click store.Click) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	e := entry{event: store.Event{Click: click}, done: make(chan error, 1)}
	if err := c.add(e); err != nil {
		return err
	}
	select {
	case err := <-e.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// AddUncounted adds a request that is not counted to its sum. It does not wait. Error: store.ErrUnavailable if too many
// wait; u is dropped then.
func (c *Counter) AddUncounted(u store.Uncounted) error {
	return c.add(entry{event: store.Event{Click: store.Click{ArticleID: u.ArticleID, At: u.At}, Reason: u.Reason}})
}

func (c *Counter) add(e entry) error {
	if sizeOf(e.event) > recordHead+maxPayload {
		return errTooLong
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return errClosed
	}
	if err := c.hasRoom(); err != nil {
		return err
	}
	defer nudge(c.written)
	if !c.began.IsZero() && time.Since(c.began) > stuckAfter {
		c.queue = append(c.queue, entry{event: e.event})
		return fmt.Errorf("count clicks: %w: the disk hangs", store.ErrDeferred)
	}
	c.queue = append(c.queue, e)
	return nil
}

// hasRoom returns an error if no more event may wait. c.mu must be held.
func (c *Counter) hasRoom() error {
	inMemory := len(c.queue) + c.taken + len(c.held.entries)
	onDisk := int64(len(c.queue)+c.taken+1) * (recordHead + maxPayload) // at most
	for _, s := range c.others {
		onDisk += s.end
	}
	if c.live != nil {
		onDisk += c.live.end
	}
	if inMemory >= maxHeld || onDisk > c.limit {
		return fmt.Errorf("count clicks: %d wait in memory, and %d bytes on the disk: %w", inMemory, onDisk, store.ErrUnavailable)
	}
	return nil
}

// spools returns all spools, in a list that the caller may keep. c.mu must be held.
func (c *Counter) spools() []*spool {
	all := slices.Clone(c.others)
	if c.live != nil {
		all = append(all, c.live)
	}
	return all
}

// nudge wakes the goroutine that waits for the channel. It does not block.
func nudge(wake chan<- struct{}) {
	select {
	case wake <- struct{}{}:
	default:
	}
}

// nudgeLater wakes run after a time, unless a timer will do so before. c.mu must be held.
func (c *Counter) nudgeLater(after time.Duration) {
	due := time.Now().Add(after)
	if !c.due.IsZero() && !due.Before(c.due) {
		return
	}
	c.due = due
	time.AfterFunc(after, func() {
		c.mu.Lock()
		if c.due.Equal(due) { // otherwise another timer is set for an earlier time
			c.due = time.Time{}
		}
		c.mu.Unlock()
		nudge(c.wake)
	})
}

// Ping returns the error of the last batch while events are deferred, otherwise nil.
func (c *Counter) Ping(context.Context) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.failed != nil {
		return fmt.Errorf("%d clicks wait to be stored: %w", c.pending(), c.failed)
	}
	return nil
}

// Backlog is what waits to be counted.
type Backlog struct {
	Events   int64 // of this process and of ended ones
	Bytes    int64 // of the spools
	Deferred bool  // the last batch could not be counted
}

// Backlog returns what waits to be counted now.
func (c *Counter) Backlog() Backlog {
	c.mu.Lock()
	defer c.mu.Unlock()
	b := Backlog{Events: c.pending(), Deferred: c.failed != nil}
	for _, s := range c.spools() {
		b.Bytes += s.end
	}
	return b
}

// pending returns the number of events of this process that are not counted. c.mu must be held.
func (c *Counter) pending() int64 {
	n := int64(len(c.queue) + c.taken + len(c.held.entries))
	for _, s := range c.spools() {
		n += s.pending()
	}
	return n
}

// Close counts the waiting events and rejects later ones. It takes two seconds at most: what is still in the spool
// then is counted after the next start. If events are lost, its error says how many.
func (c *Counter) Close() error {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	nudge(c.written)
	inTime := true
	select {
	case <-c.done:
	case <-time.After(closeTime):
		inTime = false
	}
	c.quit() // a batch that is being counted; it is counted after the next start if it was not
	c.mu.Lock()
	lost := len(c.queue) + c.taken + len(c.held.entries)
	waiting, spools, failed := c.pending()-int64(lost), c.spools(), c.failed
	c.mu.Unlock()
	var errs []error
	if inTime { // otherwise run may still read them
		for _, s := range spools {
			errs = append(errs, s.close())
		}
	}
	if waiting > 0 {
		c.log.Warn("clicks wait on the disk and will be counted after the next start", "clicks", waiting, "error", failed)
	}
	if lost > 0 {
		errs = append(errs, fmt.Errorf("%d clicks are lost: %w", lost, errors.Join(failed, store.ErrUnavailable)))
	}
	return errors.Join(errs...)
}
