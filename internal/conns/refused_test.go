package conns

import (
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
)

// TestRefusals: every response that net/http sends by itself is replaced, and no other. If this fails with a new version of
// Go, net/http writes its responses differently.
func TestRefusals(t *testing.T) {
	inner, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	l := Listen(inner, Config{
		Most: 100, Each: 100, Client: func(netip.Addr) netip.Prefix { return netip.Prefix{} },
		Refusal: func(status int, reason string) []byte {
			return []byte("HTTP/1.1 " + http.StatusText(status) + "|" + reason)
		},
	})
	server := &http.Server{
		ConnState: l.Track, MaxHeaderBytes: 1 << 10,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Connection", "close")
			switch r.URL.Path {
			case "/sniffed": // as near to net/http's own as a handler can come
				w.WriteHeader(http.StatusBadRequest)
			case "/alike":
				w.Header().Set("Content-Type", "text/plain; charset=utf-8")
				w.WriteHeader(http.StatusBadRequest)
			}
			_, _ = io.WriteString(w, "400 Bad Request: "+string(own)+"handled")
		}),
	}
	go func() { _ = server.Serve(l) }()
	defer server.Close()

	const host = "Host: a\r\n"
	for _, tt := range []struct{ why, request, want string }{
		{"handled", "GET / HTTP/1.1\r\n" + host + "\r\n", "handled"},
		{"a handler's own 400", "GET /alike HTTP/1.1\r\n" + host + "\r\n", "handled"},
		{"a handler's own 400 without a type", "GET /sniffed HTTP/1.1\r\n" + host + "\r\n", "handled"},
		{"no request", "hello\r\n\r\n", "Bad Request|"},
		{"no header", "GET / HTTP/1.1\r\nno header\r\n\r\n", "Bad Request|"},
		{"no Host", "GET / HTTP/1.1\r\n\r\n", "Bad Request|missing required Host header"},
		{"a malformed Host", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "Bad Request|malformed Host header"},
		{"a transfer coding", "GET / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip\r\n\r\n", "Not Implemented|"},
		{"a version", "GET / HTTP/3.0\r\n" + host + "\r\n", "HTTP Version Not Supported|unsupported protocol version"},
		{"an expectation", "GET / HTTP/1.1\r\n" + host + "Expect: more\r\n\r\n", "Expectation Failed|"},
		{"an expectation of HTTP/1.0", "GET / HTTP/1.0\r\n" + host + "Expect: more\r\n\r\n", "Expectation Failed|"},
		{"a long header", "GET / HTTP/1.1\r\n" + host + "A: " + strings.Repeat("a", 8<<10) + "\r\n\r\n",
			"Request Header Fields Too Large|"},
		{"a second request", "GET / HTTP/1.0\r\n" + host + "Connection: keep-alive\r\n\r\nhello\r\n\r\n", "handled"},
	} {
		conn, err := net.Dial("tcp", inner.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, tt.request); err != nil {
			t.Error(err)
		}
		got, err := io.ReadAll(conn)
		if want := tt.want; err != nil || want != "handled" && string(got) != "HTTP/1.1 "+want ||
			want == "handled" && !strings.HasSuffix(string(got), want) {
			t.Errorf("%s: %q, %v", tt.why, got, err)
		}
		conn.Close()
	}
}

// TestRefusedOnAUsedConnection: a malformed request is refused in the same way if it comes after others.
func TestRefusedOnAUsedConnection(t *testing.T) {
	w := newWorld(t)
	w.listener.config.Refusal = func(int, string) []byte { return []byte("refused") }
	c := w.open(1)
	if err := c.ask(); err != nil {
		t.Fatal(err)
	}
	c.send("hello\r\n\r\n")
	if got, err := io.ReadAll(c.in); string(got) != "refused" {
		t.Errorf("%q, %v", got, err)
	}
}
