package handlers

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net/http"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/fault"
)

// protocolErrors are the errors of requests that net/http refuses before it calls a handler, by their status. A request
// that is refused with another status is malformed.
var protocolErrors = map[int]error{
	http.StatusExpectationFailed: fault.Public(fault.Invalid, "expectation", "the only known expectation is 100-continue"),
	http.StatusRequestHeaderFieldsTooLarge: fault.Public(fault.TooLarge, "header too large",
		"the header of the request is too large"),
	http.StatusNotImplemented: fault.Public(fault.NotImplemented, "transfer coding",
		"the only known transfer coding is chunked"),
	http.StatusHTTPVersionNotSupported: fault.Public(fault.NotImplemented, "HTTP version",
		"the HTTP version is not known; use HTTP/1.1"),
}

// Refusals returns the function that makes the complete response to a request that net/http refuses, in the form of
// all error responses. Without Cache-Control, a cache in front of the service might store it in place of a picture
// (cache-poisoned denial of service). reason is net/http's explanation, which holds nothing from the request, or empty.
func Refusals(log *slog.Logger) func(status int, reason string) []byte {
	return func(status int, reason string) []byte {
		err, known := protocolErrors[status]
		if !known {
			err = fault.Public(fault.Invalid, "malformed", malformed(reason))
		}
		id := newRequestID()
		log.LogAttrs(context.Background(), slog.LevelInfo, "request", slog.String("request_id", id),
			slog.Int("status", status), slog.String("refused", fault.MessageOf(err)))
		return refusal(status, answer.Error(err, id), id)
	}
}

func malformed(reason string) string {
	if reason == "" {
		return "the request is malformed"
	}
	return "the request is malformed: " + reason
}

// refusal returns the bytes of a complete response that closes the connection.
func refusal(status int, e api.Error, id string) []byte {
	body, _ := json.Marshal(e) // cannot fail: only strings
	body = append(body, '\n')
	header := maps.Clone(answer.Always)
	header.Set(answer.HeaderRequestID, id)
	header.Set("Cache-Control", "no-store")
	header.Set(echo.HeaderContentType, echo.MIMEApplicationJSON)
	var out bytes.Buffer
	resp := http.Response{
		StatusCode: status, ProtoMajor: 1, ProtoMinor: 1, Header: header, Close: true,
		Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)),
	}
	_ = resp.Write(&out) // cannot fail: it writes to memory
	return out.Bytes()
}
