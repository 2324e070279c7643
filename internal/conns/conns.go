// Package conns bounds the connections of an HTTP server: those of all clients, and those of each client. When a
// bound is reached, it closes connections that no request is using, so that one client cannot keep the others out.
//
// It also replaces the error responses that net/http sends by itself; see Config.Refusal.
package conns

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
)

// Reasons why a new connection is not served at once.
var (
	ErrClientBound = errors.New("one client uses all connections that it may have") // it was closed
	ErrBound       = errors.New("all connections are in use")                       // it waits
)

// Config configures a Listener.
type Config struct {
	Most int // maximum number of connections at a time
	Each int // maximum number of connections of one client at a time
	// Client returns what identifies the client at an address. The zero prefix means that the address stands for many
	// clients, such as a proxy's: Each does not apply to it, and its idle connections are the last to be closed.
	Client func(netip.Addr) netip.Prefix
	// Full is called when a new connection is not served at once, with ErrClientBound or ErrBound. It must not block.
	// Nil: nothing is called.
	Full func(why error)
	// Refusal returns the complete response, including its header, to a request that net/http refuses before it calls
	// the handler. reason is net/http's explanation, or empty. Nil: net/http's own response is sent.
	Refusal func(status int, reason string) []byte
}

// Listener accepts connections within the bounds of its Config. It is safe for concurrent use.
type Listener struct {
	*net.TCPListener
	config Config

	mu    sync.Mutex
	conns map[*conn]struct{}   // without those that closeIdle has closed
	of    map[netip.Prefix]int // number of connections of each client that has any, without the zero prefix

	turns   atomic.Uint64 // how often a connection has become idle
	changed chan struct{} // holds a value if a connection has become idle or was closed since it was last empty
	closed  chan struct{}
	closing sync.Once
}

// Listen returns a Listener that accepts the connections of l. Track must be the ConnState hook of its server.
func Listen(l *net.TCPListener, c Config) *Listener {
	return &Listener{
		TCPListener: l, config: c, conns: map[*conn]struct{}{}, of: map[netip.Prefix]int{},
		changed: make(chan struct{}, 1), closed: make(chan struct{}),
	}
}

// Accept waits for the next connection that there is room for. It closes connections of clients that have too many in
// use.
func (l *Listener) Accept() (net.Conn, error) {
	for {
		tcp, err := l.AcceptTCP()
		if err != nil {
			return nil, err
		}
		c := l.newConn(tcp)
		if l.admit(c) {
			return c, nil
		}
		_ = tcp.Close() // nothing was sent
	}
}

// Close stops accepting connections.
func (l *Listener) Close() error {
	l.closing.Do(func() { close(l.closed) })
	return l.TCPListener.Close()
}

// admit waits until there is room for the connection. It returns false if there is none for its client, or when the
// listener is closed.
func (l *Listener) admit(c *conn) bool {
	for waited := false; ; waited = true {
		err := l.add(c)
		if err != nil && !waited && l.config.Full != nil {
			l.config.Full(err)
		}
		if !errors.Is(err, ErrBound) {
			return err == nil
		}
		select {
		case <-l.changed:
		case <-l.closed:
			return false
		}
	}
}

// add adds the connection, in place of an idle one where a bound is reached. It returns ErrClientBound or ErrBound if
// none is idle.
func (l *Listener) add(c *conn) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if c.client.IsValid() && l.of[c.client] >= l.config.Each && !l.closeIdle(c.client) {
		return ErrClientBound
	}
	if len(l.conns) >= l.config.Most && !l.closeIdle(netip.Prefix{}) {
		return ErrBound
	}
	l.conns[c] = struct{}{}
	if c.client.IsValid() {
		l.of[c.client]++
	}
	return nil
}

// closeIdle closes one idle connection: of the clients that have any, that of the client with the most connections, and
// of its idle ones that which has been idle the longest. If only is valid, it closes only connections of that client.
// It returns false if none is idle. l.mu must be held.
func (l *Listener) closeIdle(only netip.Prefix) bool {
	for {
		var found *conn
		var since uint64
		for c := range l.conns {
			idle := c.state.Load()
			if idle == busy || only.IsValid() && c.client != only {
				continue
			}
			if most := l.of[c.client]; found == nil || most > l.of[found.client] ||
				most == l.of[found.client] && idle < since {
				found, since = c, idle
			}
		}
		if found == nil {
			return false
		}
		if found.leave(since) {
			l.remove(found)
			return true
		}
	}
}

// remove removes the connection, unless it was removed before. l.mu must be held.
func (l *Listener) remove(c *conn) {
	if _, known := l.conns[c]; !known {
		return
	}
	delete(l.conns, c)
	if !c.client.IsValid() {
		return
	}
	if l.of[c.client]--; l.of[c.client] == 0 {
		delete(l.of, c.client)
	}
}

// notify lets a connection that waits in admit try again.
func (l *Listener) notify() {
	select {
	case l.changed <- struct{}{}:
	default:
	}
}

// Track is the ConnState hook of the server. A connection is idle if it is new or has answered its last request, and
// no byte of the next request has been read.
func (l *Listener) Track(served net.Conn, state http.ConnState) {
	over, secure := served.(*tls.Conn)
	if secure {
		served = over.NetConn()
	}
	c, ok := served.(*conn)
	if !ok {
		return
	}
	if secure && state == http.StateActive && over.ConnectionState().NegotiatedProtocol == "h2" {
		c.multiplexed.Store(true)
	}
	switch state {
	case http.StateActive: // a request that came together with the one before was not read from the connection
		c.begin()
	case http.StateIdle:
		c.end()
	}
}
