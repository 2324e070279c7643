package app

import (
	"errors"
	"net"
	"os"
	"sync"
	"time"
)

// armedFor is how far ahead a timer is set at most: as the shortest of the server's deadlines, so that
// none of them moves a timer that is set already.
const armedFor = readHeaderTimeout

// lazyConn keeps its deadlines as a net.Conn does, but moves the timer behind one only to earlier:
// where that goes off before the deadline, the call that it ended goes on. net/http moves six
// deadlines for each request, nearly always to later. Safe for concurrent use.
type lazyConn struct {
	net.Conn
	read, write lazyDeadline
}

func newLazyConn(c net.Conn) *lazyConn {
	return &lazyConn{Conn: c, read: lazyDeadline{arm: c.SetReadDeadline}, write: lazyDeadline{arm: c.SetWriteDeadline}}
}

// Read implements net.Conn.
func (c *lazyConn) Read(p []byte) (n int, err error) {
	for {
		n, err = c.Conn.Read(p)
		if n > 0 || !c.read.early(err) {
			return n, err
		}
	}
}

// Write implements net.Conn.
func (c *lazyConn) Write(p []byte) (n int, err error) {
	for {
		var some int
		some, err = c.Conn.Write(p[n:])
		n += some
		if !c.write.early(err) {
			return n, err
		}
	}
}

// writeAll writes one buffer after the other: at once, where the system can.
func (c *lazyConn) writeAll(all net.Buffers) (n int, err error) {
	for {
		some, err := all.WriteTo(c.Conn) // takes off all what it has written
		n += int(some)
		if !c.write.early(err) {
			return n, err
		}
	}
}

// SetReadDeadline implements net.Conn.
func (c *lazyConn) SetReadDeadline(t time.Time) error { return c.read.set(t) }

// SetWriteDeadline implements net.Conn.
func (c *lazyConn) SetWriteDeadline(t time.Time) error { return c.write.set(t) }

// SetDeadline implements net.Conn.
func (c *lazyConn) SetDeadline(t time.Time) error {
	if err := c.read.set(t); err != nil {
		return err
	}
	return c.write.set(t)
}

// lazyDeadline is when calls in one direction end. Safe for concurrent use.
type lazyDeadline struct {
	arm    func(time.Time) error // sets the timer
	mu     sync.Mutex
	wanted time.Time // zero: never
	armed  time.Time // never after wanted, unless that is zero; zero: no timer
}

// set wants another deadline. A timer that goes off before it is left as it is.
func (d *lazyDeadline) set(t time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.wanted = t
	if t.IsZero() || !d.armed.IsZero() && !t.Before(d.armed) {
		return nil
	}
	return d.rearm(time.Now())
}

// early reports whether err is of a timer that went off before the deadline, and sets it anew.
func (d *lazyDeadline) early(err error) bool {
	if err == nil || !errors.Is(err, os.ErrDeadlineExceeded) {
		return false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	now := time.Now()
	if !d.wanted.IsZero() && !now.Before(d.wanted) {
		return false
	}
	return d.rearm(now) == nil
}

// rearm sets the timer for what is wanted; the lock is held.
func (d *lazyDeadline) rearm(now time.Time) error {
	d.armed = d.wanted
	if soon := now.Add(armedFor); d.wanted.After(soon) {
		d.armed = soon
	}
	return d.arm(d.armed)
}
