package app

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// TestLazyDeadlinesAreDeadlines: whatever is set, and while a call waits or before it, reads and writes
// end as those of the connection itself do, at the same instant.
func TestLazyDeadlinesAreDeadlines(t *testing.T) {
	for seed := range uint64(300) {
		var plain, lazy []string
		synctest.Test(t, func(*testing.T) { plain = fates(seed, func(c net.Conn) net.Conn { return c }) })
		synctest.Test(t, func(*testing.T) { lazy = fates(seed, func(c net.Conn) net.Conn { return newLazyConn(c) }) })
		if !slices.Equal(plain, lazy) {
			t.Fatalf("seed %d: the connection itself\n%q\nwith lazy deadlines\n%q", seed, plain, lazy)
		}
	}
}

// fates are what becomes of calls on one end of a pipe, whose deadlines change before and during each.
func fates(seed uint64, wrap func(net.Conn) net.Conn) (told []string) {
	near, far := net.Pipe()
	c, r, began := wrap(near), rand.New(rand.NewPCG(seed, 0)), time.Now()
	defer c.Close()
	defer far.Close()
	for range 20 {
		change := []func(time.Time) error{c.SetReadDeadline, c.SetWriteDeadline, c.SetDeadline}
		_ = change[r.IntN(3)](someDeadline(r))
		time.Sleep(time.Duration(r.Int64N(int64(8 * time.Second))))
		ended := make(chan string)
		reads := r.IntN(2) == 0
		go func() { ended <- call(c, reads, began) }()
		time.Sleep(time.Duration(r.Int64N(int64(8 * time.Second))))
		_ = change[r.IntN(3)](someDeadline(r))
		time.Sleep(time.Duration(r.Int64N(int64(40 * time.Second))))
		_ = far.SetDeadline(time.Now().Add(time.Second))
		buf := make([]byte, 1+r.IntN(3))
		if reads {
			_, _ = far.Write(buf)
		} else {
			_, _ = far.Read(buf)
		}
		_ = c.SetDeadline(time.Now().Add(time.Second))
		told = append(told, <-ended)
	}
	return told
}

// someDeadline is none, one that has passed, or one of the next minute.
func someDeadline(r *rand.Rand) time.Time {
	switch r.IntN(4) {
	case 0:
		return time.Time{}
	case 1:
		return time.Unix(1, 0)
	default:
		return time.Now().Add(time.Duration(r.Int64N(int64(time.Minute))))
	}
}

// call reads or writes once, and tells how much, why it ended and when.
func call(c net.Conn, reads bool, began time.Time) string {
	var n int
	var err error
	if reads {
		n, err = c.Read(make([]byte, 4))
	} else {
		n, err = c.Write(make([]byte, 4))
	}
	return fmt.Sprintf("reads %t: %d, %v at %v", reads, n, err, time.Since(began))
}

// timerConn counts how often its timers are set. Reads end at once, as after a passed deadline.
type timerConn struct {
	net.Conn
	reads, writes int
}

func (c *timerConn) SetReadDeadline(time.Time) error  { c.reads++; return nil }
func (c *timerConn) SetWriteDeadline(time.Time) error { c.writes++; return nil }
func (c *timerConn) Read([]byte) (int, error)         { return 0, os.ErrDeadlineExceeded }

// TestATimerIsSeldomMoved: of what net/http sets for each request, the abort of its waiting read alone
// moves a timer, and the next read sets it again.
func TestATimerIsSeldomMoved(t *testing.T) {
	inner := &timerConn{}
	c := newLazyConn(inner)
	in := func(d time.Duration) time.Time { return time.Now().Add(d) }
	const requests = 10
	for range requests {
		_ = c.SetReadDeadline(in(readHeaderTimeout))
		_ = c.SetReadDeadline(in(readTimeout))
		_ = c.SetWriteDeadline(in(writeTimeout))
		_ = c.SetReadDeadline(time.Time{})
		_ = c.SetReadDeadline(time.Unix(1, 0))
		if _, err := c.Read(nil); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Fatal(err)
		}
		_ = c.SetReadDeadline(time.Time{})
		_ = c.SetWriteDeadline(time.Time{})
		_ = c.SetReadDeadline(in(idleTimeout))
		c.read.early(os.ErrDeadlineExceeded) // as the read of the next request finds it
	}
	if inner.reads != 2*requests+1 || inner.writes != 1 {
		t.Errorf("%d requests set the timer of reads %d times, that of writes %d times", requests, inner.reads, inner.writes)
	}
}

// TestOtherErrorsPass, and end the call.
func TestOtherErrorsPass(t *testing.T) {
	near, far := net.Pipe()
	c := newLazyConn(near)
	far.Close()
	if _, err := c.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("read: %v", err)
	}
	if _, err := c.Write(make([]byte, 1)); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("write: %v", err)
	}
}
