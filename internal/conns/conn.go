package conns

import (
	"io"
	"math"
	"net"
	"net/netip"
	"sync/atomic"
)

// States of a connection. Every other value means that it is idle, and is its turn: of two idle connections, the one
// with the smaller value has been idle for longer.
const (
	busy    = 0
	leaving = math.MaxUint64 // it is being closed because it was idle
)

// conn is a connection of a Listener. The embedded TCPConn has the methods that net/http looks for, such as CloseWrite.
type conn struct {
	*net.TCPConn
	listener *Listener
	client   netip.Prefix
	state    atomic.Uint64
	silent   atomic.Bool // nothing has been sent since it was opened or became idle
	asked    atomic.Bool // something has come since it was opened

	multiplexed atomic.Bool // it carries HTTP/2
}

func (l *Listener) newConn(tcp *net.TCPConn) *conn {
	c := &conn{TCPConn: tcp, listener: l}
	if from, ok := tcp.RemoteAddr().(*net.TCPAddr); ok {
		c.client = l.config.Client(from.AddrPort().Addr().Unmap())
	}
	c.end()
	return c
}

// end marks the connection as idle.
func (c *conn) end() {
	c.silent.Store(true)
	if c.state.CompareAndSwap(busy, c.listener.turns.Add(1)) {
		c.listener.notify()
	}
}

// begin marks the connection as busy. It returns false if it is being closed.
func (c *conn) begin() bool {
	for {
		switch state := c.state.Load(); {
		case state == busy:
			return true
		case state == leaving:
			return false
		case c.state.CompareAndSwap(state, busy):
			return true
		}
	}
}

// leave closes the connection if it has been idle since the turn. It closes only the reading side, at which net/http
// closes the rest: if two requests came together, it may be about to handle the second one, which must be answered.
func (c *conn) leave(turn uint64) bool {
	if !c.state.CompareAndSwap(turn, leaving) {
		return false
	}
	_ = c.CloseRead() // fails only if the client has closed the connection
	return true
}

// Read implements net.Conn. A request whose first bytes come while the connection is being closed is not read, like
// one that comes after: clients send it again on another connection.
func (c *conn) Read(b []byte) (int, error) {
	n, err := c.TCPConn.Read(b)
	if n > 0 {
		if !c.begin() {
			return 0, io.EOF
		}
		c.asked.Store(true) // after begin: Finish looks at both
	}
	return n, err
}

// Write implements net.Conn.
func (c *conn) Write(b []byte) (int, error) {
	if c.silent.CompareAndSwap(true, false) && c.listener.config.Refusal != nil {
		if status, reason, ok := refused(b); ok {
			if _, err := c.TCPConn.Write(c.listener.config.Refusal(status, reason)); err != nil {
				return 0, err
			}
			return len(b), nil
		}
	}
	return c.TCPConn.Write(b)
}

// Close implements net.Conn.
func (c *conn) Close() error {
	c.listener.mu.Lock()
	c.listener.remove(c)
	c.listener.mu.Unlock()
	c.listener.notify()
	return c.TCPConn.Close()
}
