package conns

import (
	"bytes"
	"net/http"
	"strconv"
)

// own is what follows the status line of a response that net/http sends by itself, except for 417 (conn.serve in
// net/http/server.go). No handler can make net/http send exactly that: its responses have a Date.
var own = []byte("\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n")

// refused reports whether b, the first bytes of a response, is the whole response of net/http to a request that it does
// not pass to the handler, such as one with a malformed header. net/http has no hook for these. If a later version
// writes them differently, they are sent as they are.
func refused(b []byte) (status int, reason string, ok bool) {
	const version, code = len("HTTP/1.1 "), 3
	if len(b) < version+code || b[version] != '4' && b[version] != '5' { // most responses
		return 0, "", false
	}
	status, err := strconv.Atoi(string(b[version : version+code]))
	if err != nil {
		return 0, "", false
	}
	if status == http.StatusExpectationFailed { // without a body; no handler answers so
		return status, "", true
	}
	line, body, ok := bytes.Cut(b, own)
	if !ok || bytes.Contains(line, []byte("\r\n")) {
		return 0, "", false
	}
	// The body is "400 Bad Request: missing required Host header", or without a reason.
	_, explained, _ := bytes.Cut(body, []byte(": "))
	return status, string(explained), true
}
