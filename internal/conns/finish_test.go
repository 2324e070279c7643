package conns

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/netip"
	"testing"
	"time"
)

// TestFinishAnswersWhatWasAccepted: connections that were accepted before the end have their request answered, also if
// it comes after it or takes a while. New ones are refused.
func TestFinishAnswersWhatWasAccepted(t *testing.T) {
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := Listen(inner.(*net.TCPListener), Config{Most: 10, Each: 10, Client: func(netip.Addr) netip.Prefix { return netip.Prefix{} }})
	release, arrived := make(chan struct{}), make(chan struct{}, 2)
	server := &http.Server{ConnState: l.Track, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		<-release
		_, _ = io.WriteString(w, "done")
	})}
	go func() { _ = server.Serve(l) }()
	defer server.Close()
	open := func() net.Conn {
		conn, err := net.Dial("tcp", inner.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		return conn
	}
	const request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
	inFlight, silent := open(), open()
	_, _ = io.WriteString(inFlight, request)
	<-arrived
	for l.count() < 2 {
		time.Sleep(time.Millisecond)
	}

	server.SetKeepAlivesEnabled(false)
	finished := make(chan error, 1)
	go func() {
		err := l.Finish(context.Background())
		_ = server.Shutdown(context.Background())
		finished <- err
	}()
	<-l.closed
	_, _ = io.WriteString(silent, request)
	<-arrived
	close(release)
	if err := <-finished; err != nil {
		t.Error(err)
	}
	for _, conn := range []net.Conn{inFlight, silent} {
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		if string(body) != "done" || err != nil || !resp.Close {
			t.Errorf("%q, %v", body, err)
		}
	}
	if conn, err := net.Dial("tcp", inner.Addr().String()); err == nil {
		_ = conn.Close()
		t.Error("a new connection is accepted")
	}
}

func (l *Listener) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.conns)
}
