package clicks

import (
	"cmp"
	"errors"
	"runtime"
	"slices"
	"time"
)

// maxWrite is the number of events that are written with one call.
const maxWrite = 4096

// write moves events from the queue to the spool. It alone appends, so that a disk that hangs holds up nothing else.
//
// Before each group it lets other goroutines run: while many readers come, their clicks are in the group then.
func (c *Counter) write() {
	for range c.written {
		for {
			runtime.Gosched()
			group, closed := c.take()
			if len(group) > 0 {
				c.keep(group)
				continue
			}
			if closed {
				c.mu.Lock()
				c.last = true
				c.mu.Unlock()
				nudge(c.wake)
				return
			}
			break
		}
	}
}

// take removes the next events from the queue.
func (c *Counter) take() (group []entry, closed bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := min(len(c.queue), maxWrite)
	group, c.queue = c.queue[:n:n], c.queue[n:]
	if len(c.queue) == 0 {
		c.queue, c.spare = c.spare, nil
	}
	if c.taken = n; n > 0 {
		c.began = time.Now()
	}
	return group, c.closed
}

// keep appends events to the spool. Those that cannot be written are held in memory.
func (c *Counter) keep(group []entry) {
	written, err := c.append(group)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.began, c.taken = time.Time{}, 0
	c.held.entries = append(c.held.entries, group[written:]...)
	c.report(err)
	defer c.reuse(group)
	away := cmp.Or(c.failed, c.slow)
	c.accept(group[:written], away)
	switch {
	case away != nil: // run goes on by itself
		c.release(away)
	case slices.ContainsFunc(group[written:], entry.isAwaited) || c.ready() >= maxBatch:
		nudge(c.wake)
	default:
		c.nudgeLater(countAfter)
	}
}

// reuse keeps the array of a group for a later queue. c.mu must be held.
func (c *Counter) reuse(group []entry) {
	clear(group)
	c.spare = group[:0]
}

// ready returns the number of events of this process that can be counted. c.mu must be held.
func (c *Counter) ready() int64 {
	n := int64(len(c.held.entries))
	if c.live != nil {
		n += c.live.pending()
	}
	return n
}

// accept answers the callers of events that are in the spool. away is why the store cannot be written, nil if it can.
func (c *Counter) accept(written []entry, away error) {
	var result error
	if away != nil {
		result = deferredBy(away)
	}
	for _, e := range written {
		if e.isAwaited() {
			e.done <- result
		}
	}
}

// append appends events to the spool, to a new one if that is gone. It returns how many were written.
func (c *Counter) append(group []entry) (written int, err error) {
	if c.dir == "" {
		return 0, nil
	}
	c.mu.Lock()
	live := c.live
	c.mu.Unlock()
	if live != nil {
		if written, err = live.append(group); !errors.Is(err, errGone) {
			return written, err
		}
	}
	s, err := createSpool(c.dir, &c.mu)
	if err != nil {
		return 0, err
	}
	c.mu.Lock()
	if c.live != nil {
		c.others = append(c.others, c.live) // its file can still be read
	}
	c.live = s
	c.mu.Unlock()
	return s.append(group)
}

// report logs when events begin to wait in memory, and when they can be written again. c.mu must be held.
func (c *Counter) report(err error) {
	switch {
	case err != nil && c.full == nil:
		c.log.Error("clicks cannot be written to the disk: they wait in memory until they are counted", "error", err)
	case err == nil && c.full != nil:
		c.log.Warn("clicks are written to the disk again")
	}
	c.full = err
}

// release gives all callers that wait store.ErrDeferred. c.mu must be held.
func (c *Counter) release(err error) {
	err = deferredBy(err)
	c.held.release(err)
	for _, s := range c.spools() {
		s.release(err)
	}
}
