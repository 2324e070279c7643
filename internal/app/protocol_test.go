package app

import (
	"bufio"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/api"
)

const protocolToken = "k2Vw9qTzR4mXc7LbN1sYd8GeHp5Ju3Fa"

// started runs the service with a known token until the test ends. changes are made before its first request.
func started(t *testing.T, changes ...func(*App)) *App {
	t.Helper()
	c := config(t)
	c.Token = protocolToken
	return serve(t, c, changes...)
}

// line is a connection to the service on which any bytes can be sent.
type line struct {
	*net.TCPConn
	in *bufio.Reader
}

// dial connects from a loopback address, or from any if from is nil.
func dial(t *testing.T, a *App, from net.IP) line {
	t.Helper()
	d := net.Dialer{}
	if from != nil {
		d.LocalAddr = &net.TCPAddr{IP: from}
	}
	conn, err := d.DialContext(t.Context(), "tcp", a.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second)) // a failure ends, too
	return line{conn.(*net.TCPConn), bufio.NewReader(conn)}
}

// response returns the next response, whose body has been read.
func (l line) response() (resp *http.Response, body string, err error) {
	if resp, err = http.ReadResponse(l.in, nil); err != nil {
		return nil, "", err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	return resp, string(raw), err
}

// Pieces of requests.
const (
	crlf  = "\r\n"
	end   = "\r\n\r\n"
	host  = "Host: cards.example" + crlf
	next  = "GET /healthz HTTP/1.1" + crlf + host + crlf // what would be smuggled
	put   = "PUT /v1/articles/a HTTP/1.1" + crlf + host + "Authorization: Bearer " + protocolToken + crlf
	probe = "GET /healthz HTTP/1.1" + crlf + host
	story = `{"url":"https://news.example/a","headline":"A"}`
)

var (
	length  = "Content-Length: " + strconv.Itoa(len(story)) + crlf
	chunks  = strconv.FormatInt(int64(len(story)), 16) + crlf + story + crlf + "0" + end
	chunked = "Transfer-Encoding: chunked" + crlf
)

// TestProtocol sends bytes, and compares the statuses of all responses. If the last one is not marked with "open", the
// connection must be closed after it, so that nothing that follows is taken for another request.
func TestProtocol(t *testing.T) {
	a := started(t)
	for _, tt := range []struct{ why, send, want string }{
		{"two requests", probe + crlf + next, "200 200 open"},
		{"a length", put + length + crlf + story + next, "201 200 open"},
		{"the same length twice", put + length + length + crlf + story + next, "200 200 open"},
		{"a length on a folded line", put + "Content-Length:" + crlf + " " + strconv.Itoa(len(story)) + end + story + next, "200 200 open"},
		{"a folded header", probe + "A: b" + crlf + " c" + end + next, "200 200 open"},
		{"lines that end with LF", strings.ReplaceAll(probe+crlf+next, crlf, "\n"), "200 200 open"},
		{"a request for another host", "GET http://other.example/healthz HTTP/1.1" + crlf + host + crlf + next, "200 200 open"},
		{"a body where none is read", probe + "Content-Length: 3" + end + "abc" + next, "200 200 open"},
		{"100-continue", put + length + "Expect: 100-continue" + end + story + next, "100 200 200 open"},

		// Two parsers may see different ends of these.
		{"chunks", put + chunked + crlf + chunks + next, "200"},
		{"chunks with an extension", put + chunked + crlf + strings.Replace(chunks, crlf, `;a="b"`+crlf, 1) + next, "200"},
		{"chunks and a trailer", put + chunked + "Trailer: A" + end + strings.TrimSuffix(chunks, crlf) + "A: b" + end + next, "200"},
		{"a length, then chunks", put + "Content-Length: 0" + crlf + chunked + crlf + chunks + next, "200"},
		{"chunks, then a length", put + chunked + length + crlf + chunks + next, "200"},
		{"chunks and a length, smuggled", put + chunked + "Content-Length: 5" + end + "0" + end + next, "400"},
		{"chunks on a folded line", put + "Transfer-Encoding:" + crlf + " chunked" + end + chunks + next, "200"},
		{"HTTP/1.0", strings.Replace(probe, "1.1", "1.0", 1) + crlf + next, "200"},
		{"HTTP/1.0 that asks for more", strings.Replace(probe, "1.1", "1.0", 1) + "Connection: keep-alive" + end + next, "200"},
		{"HTTP/1.0 and chunks", strings.Replace(put, "1.1", "1.0", 1) + "Connection: keep-alive" + crlf + chunked + crlf + next, "400"},

		// These are refused.
		{"two lengths", put + length + "Content-Length: 1" + end + story + next, "400"},
		{"a list of lengths", put + "Content-Length: 5, 5" + end + "abcde" + next, "400"},
		{"a signed length", put + "Content-Length: +5" + end + "abcde" + next, "400"},
		{"a negative length", put + "Content-Length: -5" + end + next, "400"},
		{"an empty length", put + "Content-Length:" + end + next, "400"},
		{"a space before the colon", put + "Content-Length : 5" + end + "abcde" + next, "400"},
		{"chunks, spelt otherwise", put + "Transfer-Encoding: xchunked" + end + chunks + next, "501"},
		{"chunks, and nothing else", put + "Transfer-Encoding: chunked, identity" + end + chunks + next, "501"},
		{"chunks in quotes", put + `Transfer-Encoding: "chunked"` + end + chunks + next, "501"},
		{"chunks twice", put + chunked + chunked + crlf + chunks + next, "501"},
		{"gzip", put + "Transfer-Encoding: gzip, chunked" + end + chunks + next, "501"},
		{"a chunk that ends with LF", put + chunked + crlf + strings.Replace(chunks, crlf, "\n", 1) + next, "400"},
		{"a chunk without its end", put + chunked + crlf + "1" + crlf + "ab" + crlf + "0" + end + next, "400"},
		{"a chunk of unknown size", put + chunked + crlf + "0x1" + crlf + "a" + crlf + "0" + end + next, "400"},
		{"a chunk of a huge size", put + chunked + crlf + "fffffffffffffffff" + crlf + "a" + crlf + "0" + end + next, "400"},
		{"no Host", "GET /healthz HTTP/1.1" + end + next, "400"},
		{"two Hosts", probe + "Host: b" + end + next, "400"},
		{"the same Host twice", probe + host + crlf + next, "400"},
		{"a malformed Host", "GET /healthz HTTP/1.1" + crlf + "Host: a b" + end + next, "400"},
		{"a folded first line", "GET /healthz HTTP/1.1" + crlf + " " + host + crlf + next, "400"},
		{"a CR in a header", probe + "A: b\rc" + end + next, "400"},
		{"a NUL in a header", probe + "A: b\x00c" + end + next, "400"},
		{"a name that is none", probe + "A b: c" + end + next, "400"},
		{"no colon", probe + "A" + end + next, "400"},
		{"no version", "GET /healthz" + end + next, "400"},
		{"HTTP/1.9", "GET /healthz HTTP/1.9" + crlf + host + crlf, "200 open"},
		{"HTTP/2", "GET /healthz HTTP/2.0" + crlf + host + crlf + next, "505"},
		{"the preface of HTTP/2", "PRI * HTTP/2.0" + end + "SM" + end, "404"},
		{"another expectation", probe + "Expect: more" + end + next, "417"},
		{"a long header", probe + "A: " + strings.Repeat("a", 40<<10) + end, "431"},
		{"many headers", probe + strings.Repeat("A: b"+crlf, 10<<10) + crlf, "431"},
		{"a long address", "GET /" + strings.Repeat("a", 40<<10) + " HTTP/1.1" + crlf + host + crlf, "431"},
		{"options of everything", "OPTIONS * HTTP/1.1" + crlf + host + crlf + next, "404 200 open"},
		{"a tunnel", "CONNECT a.example:443 HTTP/1.1" + crlf + host + crlf + next, "404 200 open"},
		{"trace", strings.Replace(probe, "GET", "TRACE", 1) + crlf + next, "405 200 open"},
	} {
		l := dial(t, a, nil)
		_, _ = io.WriteString(l, tt.send) // may be refused before its end
		wanted, open := strings.CutSuffix(tt.want, " open")
		for i, want := range strings.Fields(wanted) {
			resp, body, err := l.response()
			if err != nil || strconv.Itoa(resp.StatusCode) != want {
				t.Errorf("%s: response %d: %v, %v %s", tt.why, i, err, resp, body)
				break
			}
			checkRefusal(t, tt.why, resp, body)
		}
		if open {
			_ = l.CloseWrite()
		}
		if rest, err := io.ReadAll(l.in); err != nil || len(rest) > 0 {
			t.Errorf("%s: then %q, %v", tt.why, rest, err)
		}
	}
}

// checkRefusal checks that a response with an error has the form of the API.
func checkRefusal(t *testing.T, why string, resp *http.Response, body string) {
	t.Helper()
	if resp.StatusCode < 400 {
		return
	}
	var e api.Error
	if err := json.Unmarshal([]byte(body), &e); err != nil || e.Error.Code == "" || e.Error.Message == "" ||
		e.Error.RequestId == "" || e.Error.RequestId != resp.Header.Get("X-Request-Id") {
		t.Errorf("%s: %q, %v", why, body, err)
	}
	for name, want := range map[string]string{
		"Content-Type": "application/json", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
		"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
	} {
		if got := resp.Header.Get(name); got != want {
			t.Errorf("%s: %s: %q", why, name, got)
		}
	}
}

// TestRefusalsExplain: what net/http says of a request is passed on, in a sentence.
func TestRefusalsExplain(t *testing.T) {
	a := started(t)
	for send, want := range map[string]string{
		"GET / HTTP/1.1" + end:                            "the request is malformed: missing required Host header",
		"hello" + end:                                     "the request is malformed",
		probe + "Expect: more" + end:                      "the only known expectation is 100-continue",
		put + "Transfer-Encoding: gzip" + end:             "the only known transfer coding is chunked",
		"GET / HTTP/2.0" + crlf + host + crlf:             "the HTTP version is not known; use HTTP/1.1",
		probe + "A: " + strings.Repeat("a", 40<<10) + end: "the header of the request is too large",
	} {
		l := dial(t, a, nil)
		_, _ = io.WriteString(l, send)
		_, body, err := l.response()
		var e api.Error
		if json.Unmarshal([]byte(body), &e) != nil || e.Error.Message != want {
			t.Errorf("%.40q: %q, %v", send, body, err)
		}
	}
}
