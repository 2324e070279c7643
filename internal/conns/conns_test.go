package conns

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
)

// Bounds of the server of the tests.
const (
	most = 8
	each = 3
)

// world is a server, and its clients by the last byte of their address: 127.0.0.N. Client 9 is a proxy.
type world struct {
	t        *testing.T
	listener *Listener
	address  string
	full     chan error    // reasons of Full
	begun    chan struct{} // receives a value when the handler begins with /wait or /one
	letGo    chan struct{} // closed to end /wait
	one      chan struct{} // closed to end /one
}

const proxy = 9

func newWorld(t *testing.T) *world {
	t.Helper()
	inner, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, address: inner.Addr().String(), full: make(chan error, 4*most), begun: make(chan struct{}, 4*most),
		letGo: make(chan struct{}), one: make(chan struct{})}
	l := Listen(inner, Config{
		Most: most, Each: each, Full: func(why error) { w.full <- why },
		Client: func(a netip.Addr) netip.Prefix {
			if a.As4()[3] == proxy {
				return netip.Prefix{}
			}
			return netip.PrefixFrom(a, a.BitLen())
		},
	})
	server := &http.Server{ConnState: l.Track, Handler: http.HandlerFunc(w.handle)}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { server.Close() })
	w.listener = l
	return w
}

func (w *world) handle(rw http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/wait":
		w.begun <- struct{}{}
		<-w.letGo
	case "/one":
		w.begun <- struct{}{}
		<-w.one
	}
	_, _ = fmt.Fprint(rw, r.URL.Path)
}

// settle waits until so many connections are in use: the server may learn of it later than the client.
func (w *world) settle(inUse int) {
	for {
		w.listener.mu.Lock()
		n := 0
		for c := range w.listener.conns {
			if c.state.Load() == busy {
				n++
			}
		}
		w.listener.mu.Unlock()
		if n == inUse {
			return
		}
		runtime.Gosched()
	}
}

// client is one connection of a client.
type client struct {
	net.Conn
	in *bufio.Reader
	t  *testing.T
}

// open connects as client n, and sends nothing.
func (w *world) open(n byte) *client {
	w.t.Helper()
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, n)}}
	conn, err := d.DialContext(w.t.Context(), "tcp", w.address)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { conn.Close() })
	return &client{Conn: conn, in: bufio.NewReader(conn), t: w.t}
}

func (c *client) send(text string) {
	c.t.Helper()
	if _, err := io.WriteString(c, text); err != nil {
		c.t.Errorf("send: %v", err)
	}
}

// answer returns the body of the next response, or an error if there is none.
func (c *client) answer() (string, error) {
	resp, err := http.ReadResponse(c.in, nil)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return string(body), err
}

// ask sends a request and waits for its answer.
func (c *client) ask() error {
	c.send("GET /now HTTP/1.1\r\nHost: a\r\n\r\n")
	body, err := c.answer()
	if err == nil && body != "/now" {
		err = fmt.Errorf("answered %q", body)
	}
	return err
}

// begin sends a request for /wait or /one and waits until it is handled.
func (w *world) begin(c *client, path string, headers ...string) {
	c.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n" + strings.Join(headers, "") + "\r\n")
	<-w.begun
}

// isClosed waits until the server has closed the connection, on which nothing has been sent since its last answer.
func (c *client) isClosed() bool {
	n, err := c.in.Read(make([]byte, 1))
	return n == 0 && err != nil
}

// TestWhoIsClosed opens connections one after another, and compares who is closed for the last one. A step is a client,
// and what its connection does: "i" has answered a request and is idle, "n" is new and has sent nothing, "h" has sent
// half a header, and "w" waits for its answer.
func TestWhoIsClosed(t *testing.T) {
	for _, tt := range []struct {
		why, steps string
		closed     int   // the step whose connection is closed; -1: none
		full       error // why the last one is not served at once
	}{
		{"room for all", "1i 2i 3i 4i", -1, nil},
		{"as many as a client may have", "1i 1n 1i", -1, nil},
		{"one more of a client", "1i 1n 1i 1i", 0, nil},
		{"one more of a client whose oldest is in use", "1w 1n 1i 1i", 1, nil},
		{"half a header is in use", "1h 1i 1i 1i", 1, nil},
		{"one more of a client with all in use", "1w 1h 1w 1i", 3, ErrClientBound},
		{"other clients do not pay for it", "2i 1w 1h 1w 1i", 4, ErrClientBound},
		{"a proxy has no bound of its own", "9i 9i 9i 9i 9i 9i", -1, nil},
		{"all full: the oldest of the client with the most", "2i 3i 3i 1n 1i 1i 4i 5i 6i", 3, nil},
		{"all full: of two with the most, the older one", "2i 3i 3i 3i 1i 1i 1i 4i 5i", 1, nil},
		{"all full: the client with the most has none idle", "2i 1w 1w 1w 3i 3i 4i 5i 6i", 4, nil},
		{"all full: its own, if it has the most", "2i 3i 1i 1i 4i 5i 6i 7i 1i", 2, nil},
		{"all full: a proxy pays last", "9i 9i 9i 9i 9i 9i 9i 1i 2i", 7, nil},
		{"all full: a proxy pays if nobody else can", "9i 9i 9i 9i 9i 9i 9i 1w 2i", 0, nil},
	} {
		w := newWorld(t)
		var all []*client
		inUse := 0
		for step := range strings.FieldsSeq(tt.steps) {
			c := w.open(step[0] - '0')
			all = append(all, c)
			switch last := len(all) == len(strings.Fields(tt.steps)); {
			case last && tt.closed == len(all)-1: // it is refused
			case step[1] == 'i':
				if err := c.ask(); err != nil {
					t.Errorf("%s: connection %d: %v", tt.why, len(all)-1, err)
				}
			case step[1] == 'h':
				c.send("GET /now HTTP/1.1\r\nHost:")
				inUse++
			case step[1] == 'w':
				w.begin(c, "/wait")
				inUse++
			}
			w.settle(inUse)
		}
		if tt.closed >= 0 && !all[tt.closed].isClosed() {
			t.Errorf("%s: connection %d is open", tt.why, tt.closed)
		}
		if tt.full != nil {
			if got := <-w.full; !errors.Is(got, tt.full) {
				t.Errorf("%s: %v", tt.why, got)
			}
		}
		close(w.letGo)
		for i, c := range all {
			if i != tt.closed {
				w.goesOn(c, strings.Fields(tt.steps)[i][1], fmt.Sprintf("%s: connection %d", tt.why, i))
			}
		}
		if len(w.full) > 0 {
			t.Errorf("%s: %v", tt.why, <-w.full)
		}
	}
}

// goesOn checks that a connection in the state is open and gets its answers.
func (w *world) goesOn(c *client, state byte, why string) {
	w.t.Helper()
	var err error
	switch state {
	case 'h':
		c.send(" a\r\n\r\n")
		_, err = c.answer()
	case 'w':
		_, err = c.answer()
	}
	if err == nil {
		err = c.ask()
	}
	if err != nil {
		w.t.Errorf("%s: %v", why, err)
	}
}

// TestOthersAreAnswered: however many connections one client opens, and whatever it does with them, another is answered.
func TestOthersAreAnswered(t *testing.T) {
	for name, use := range map[string]func(w *world, c *client){
		"nothing sent":  func(*world, *client) {},
		"idle":          func(_ *world, c *client) { _ = c.ask() },
		"half a header": func(_ *world, c *client) { _, _ = io.WriteString(c, "GET / HTTP/1.1\r\nHo") },
		"in use": func(_ *world, c *client) {
			_, _ = io.WriteString(c, "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
		},
		"gone": func(_ *world, c *client) { c.Close() },
	} {
		for _, n := range []int{each, most, 4 * most} {
			w := newWorld(t)
			for range n {
				use(w, w.open(1))
			}
			for _, other := range []byte{2, 3, proxy} {
				if err := w.open(other).ask(); err != nil {
					t.Errorf("%d connections, %s: client %d: %v", n, name, other, err)
				}
			}
			close(w.letGo)
		}
	}
}

// TestAllInUse: when all connections are in use, a new one waits until one is not, and nothing is cut.
func TestAllInUse(t *testing.T) {
	for name, header := range map[string]string{"one is answered": "", "one is closed": "Connection: close\r\n"} {
		w := newWorld(t)
		one := w.open(1)
		w.begin(one, "/one", header)
		var others []*client
		for i := range most - 1 {
			others = append(others, w.open(byte(2+i/2)))
			w.begin(others[i], "/wait")
		}
		late := w.open(7)
		if got := <-w.full; !errors.Is(got, ErrBound) {
			t.Errorf("%s: %v", name, got)
		}
		close(w.one)
		if err := late.ask(); err != nil {
			t.Errorf("%s: the one that waits: %v", name, err)
		}
		close(w.letGo)
		for _, c := range append(others, one) {
			if body, err := c.answer(); err != nil || body != "/wait" && body != "/one" {
				t.Errorf("%s: one in use: %q, %v", name, body, err)
			}
		}
	}
}

// TestClosedWhileOneWaits: a listener that is closed does not wait for room.
func TestClosedWhileOneWaits(t *testing.T) {
	inner, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	full := make(chan error, 1)
	l := Listen(inner, Config{Most: 0, Each: 1, Client: func(netip.Addr) netip.Prefix { return netip.Prefix{} },
		Full: func(why error) { full <- why }})
	done := make(chan error)
	go func() { _, err := l.Accept(); done <- err }()
	conn, err := net.Dial("tcp", inner.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	<-full
	l.Close()
	if err := <-done; !errors.Is(err, net.ErrClosed) {
		t.Errorf("Accept: %v", err)
	}
}

// TestTogether: a request that came together with the one before is in use, although nothing is read for it.
func TestTogether(t *testing.T) {
	w := newWorld(t)
	pair := w.open(1)
	pair.send("GET /now HTTP/1.1\r\nHost: a\r\n\r\nGET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
	<-w.begun
	for range 2 * each {
		if err := w.open(1).ask(); err != nil {
			t.Error(err)
		}
		w.settle(1)
	}
	close(w.letGo)
	for _, want := range []string{"/now", "/wait"} {
		if body, err := pair.answer(); body != want {
			t.Errorf("%s: %q, %v", want, body, err)
		}
	}
	if err := pair.ask(); err != nil {
		t.Error(err)
	}
}

// TestClosedJustBefore: a request that came together with the one before is answered even if its connection is closed in
// the moment between them.
func TestClosedJustBefore(t *testing.T) {
	w := newWorld(t)
	c := w.open(1)
	w.begin(c, "/wait")
	for served := range w.listener.conns {
		served.end()
		if !served.leave(served.state.Load()) {
			t.Error("it does not leave")
		}
	}
	close(w.letGo)
	if body, err := c.answer(); body != "/wait" || !c.isClosed() {
		t.Errorf("%q, %v", body, err)
	}
}

// TestNothingIsLeft: when all connections are closed, nothing is known of their clients any more.
func TestNothingIsLeft(t *testing.T) {
	inner, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	var open atomic.Int32
	none := make(chan struct{}, 1)
	l := Listen(inner, Config{Most: most, Each: each, Client: func(a netip.Addr) netip.Prefix {
		return netip.PrefixFrom(a, a.BitLen())
	}})
	server := &http.Server{
		Handler: http.NotFoundHandler(),
		ConnState: func(c net.Conn, s http.ConnState) {
			l.Track(c, s)
			if s == http.StateNew {
				open.Add(1)
			}
			if s == http.StateClosed && open.Add(-1) == 0 {
				none <- struct{}{}
			}
		},
	}
	go func() { _ = server.Serve(l) }()
	defer server.Close()
	conn, err := net.Dial("tcp", inner.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	conn.Close()
	<-none
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.conns) > 0 || len(l.of) > 0 {
		t.Errorf("%d connections of %d clients", len(l.conns), len(l.of))
	}
}
