package app

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"strings"
	"testing"
)

// TestLongHeaders: the headers of a request are bounded, and those that browsers and proxies send are far below.
func TestLongHeaders(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	a, err := New(ctx, config(t), discard())
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	done := make(chan error, 1)
	go func() { done <- a.Serve(ctx) }()
	for _, tt := range []struct {
		why, line, header string
		status            int
	}{
		{"16 KB of cookies", "/healthz", strings.Repeat("x", 16<<10), 200},
		{"40 KB of cookies", "/healthz", strings.Repeat("x", 40<<10), 431},
		{"a query of 40 KB", "/healthz?" + strings.Repeat("x", 40<<10), "", 431},
		{"a megabyte", "/healthz", strings.Repeat("x", 1<<20), 431},
	} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(a.URL, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		go func() { // the service answers before it has read all
			_, _ = conn.Write([]byte("GET " + tt.line + " HTTP/1.1\r\nHost: cards\r\nCookie: " + tt.header + "\r\nConnection: close\r\n\r\n"))
		}()
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil || resp.StatusCode != tt.status {
			t.Errorf("%s: %v, %v", tt.why, resp, err)
		}
		conn.Close()
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
