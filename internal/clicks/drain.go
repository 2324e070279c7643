package clicks

import (
	"context"
	"errors"
	"fmt"
	"time"

	"newsroom.example/cards/internal/store"
)

// run counts the events of all sources. It alone reads the spools.
func (c *Counter) run() {
	defer close(c.done)
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	c.adopt()
	close(c.looked)
	nudge(c.wake)
	for {
		select {
		case <-c.wake:
		case <-look.C:
			c.adopt()
		}
		if last := c.drain(); last {
			return
		}
	}
}

// drain counts the waiting events, one batch of each source after the other, until none waits or the store cannot be
// written. last says that the counter is closed.
func (c *Counter) drain() (last bool) {
	for {
		c.mu.Lock()
		last := c.last
		sources := []source{&c.held}
		for _, s := range c.spools() {
			sources = append(sources, s)
		}
		c.mu.Unlock()
		more := false
		for _, s := range sources {
			b, err := s.next()
			if err != nil {
				more = c.putAside(s.(*spool), err) || more
				continue
			}
			if len(b.Events) == 0 {
				continue
			}
			more = true
			if err := c.count(s, b); err != nil {
				c.postpone(err)
				if !last {
					c.retry()
				}
				return last
			}
		}
		c.tidy(!more)
		if !more {
			return last
		}
	}
}

// retry makes run try again later.
func (c *Counter) retry() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.nudgeLater(retryAfter)
}

// count counts a batch. If the store refuses it for good, it is tried event by event, and the events that are refused
// are dropped. The error says that the store cannot be used now.
func (c *Counter) count(s source, b store.Batch) error {
	err := c.try(b)
	if err == nil {
		c.settle(s, b, nil)
		return nil
	}
	if isPassing(err) {
		return err
	}
	for i, e := range b.Events {
		one := store.Batch{Spool: b.Spool, First: b.First + int64(i), Events: []store.Event{e}}
		err := c.try(one)
		if err != nil && (isPassing(err) || c.try(store.Batch{Spool: b.Spool, First: one.First}) != nil) {
			return err // it is not the event: the store takes not even an empty batch
		}
		if err != nil {
			c.log.Error("a click that the store refuses is dropped", "error", err, "article", e.ArticleID,
				"target", e.Target, "spool", one.Spool, "number", one.First)
			err = fmt.Errorf("count clicks: %w", err)
		}
		c.settle(s, one, err)
	}
	return nil
}

// try sends a batch to the store.
func (c *Counter) try(b store.Batch) error {
	ctx, cancel := context.WithTimeout(c.open, countTime) // a caller who leaves ends nothing for others
	defer cancel()
	answered := c.releaseLater()
	defer answered()
	done, err := c.store.Count(ctx, b)
	for _, against := range done.Against { // none if there was an error
		c.watch(against)
	}
	return err
}

// errSlow says that the store may still count a batch.
var errSlow = fmt.Errorf("the database does not answer: %w", store.ErrUnavailable)

// releaseLater lets no caller wait for a store that does not answer for a while, from then on until answered is called.
func (c *Counter) releaseLater() (answered func()) {
	over := false // guarded by c.mu
	late := time.AfterFunc(stuckAfter, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if !over {
			c.slow = errSlow
			c.release(errSlow)
		}
	})
	return func() {
		late.Stop()
		c.mu.Lock()
		defer c.mu.Unlock()
		over, c.slow = true, nil
	}
}

// isPassing reports whether the same batch may be counted later.
func isPassing(err error) bool {
	return errors.Is(err, store.ErrUnavailable) ||
		errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}

// settle removes the first events of a source after they were counted, or refused with the error.
func (c *Counter) settle(s source, b store.Batch, result error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failed = nil
	s.drop(b, result)
}

// postpone remembers why the store cannot be written, and gives the callers that wait store.ErrDeferred.
func (c *Counter) postpone(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failed = err
	c.release(err)
}
