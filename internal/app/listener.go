package app

import (
	"net"
	"sync"
)

// listener accepts as many connections at a time as it has room for, and makes theirs ours. Whoever
// comes beyond that waits in the system's queue.
type listener struct {
	net.Listener
	room   chan struct{}
	closed chan struct{}
	once   sync.Once
}

func newListener(l net.Listener, most int) *listener {
	return &listener{Listener: l, room: make(chan struct{}, most), closed: make(chan struct{})}
}

// Accept implements net.Listener. The connection is a *conn.
func (l *listener) Accept() (net.Conn, error) {
	select {
	case l.room <- struct{}{}:
	case <-l.closed:
		return nil, net.ErrClosed
	}
	c, err := l.Listener.Accept()
	if err != nil {
		<-l.room
		return nil, err
	}
	return &conn{lazyConn: newLazyConn(c), left: func() { <-l.room }}, nil
}

// Close implements net.Listener.
func (l *listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return l.Listener.Close()
}

// conn is a connection of the service. Its deadlines cost little, and a first part of an answer can
// be sent with what follows it.
type conn struct {
	*lazyConn
	left func() // gives its room back
	once sync.Once

	together bool
	held     []byte // written, but not sent
}

// mostHeld is the buffer of net/http: it writes the head of an answer with the beginning of its body
// in one such piece, and the rest of a long body in another.
const mostHeld = 4 << 10

// Together sends what write writes at once, where that is a short piece and a long one, in place of
// one after the other. It is for the goroutine that answers, and nobody else writes meanwhile.
func (c *conn) Together(write func()) {
	c.together = true
	defer func() {
		c.together = false
		if len(c.held) > 0 {
			_, _ = c.Write(nil) // a lost client is seen by the next reading
		}
	}()
	write()
}

// Write implements net.Conn.
func (c *conn) Write(p []byte) (int, error) {
	if c.together && len(c.held) == 0 && len(p) > 0 && len(p) <= mostHeld {
		c.held = append(c.held, p...)
		return len(p), nil
	}
	if len(c.held) == 0 {
		return c.lazyConn.Write(p)
	}
	held := len(c.held)
	n, err := c.writeAll(net.Buffers{c.held, p})
	c.held = c.held[:0]
	return max(0, n-held), err
}

// Close implements net.Conn.
func (c *conn) Close() error {
	c.once.Do(c.left)
	return c.lazyConn.Close()
}
