package handlers

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/internal/fault"
)

// Errors of the routes themselves. What packages below return has kinds of its own.
var (
	errUnauthorized = fault.New(fault.Unauthorized, "unauthorized")
	errSignIn       = fault.Public(fault.Unauthorized, "not signed in", "sign in to the studio, or send its API token: Authorization: Bearer TOKEN")
	errLimited      = fault.New(fault.RateLimited, "rate limited")
	errFormat       = fault.Public(fault.NotImplemented, "unknown format", "format must be json or xml")
	errCutShort     = fault.Public(fault.ImageInvalid, "upload cut short", "the photo is cut short: its file ends before the picture does")
	errListBusy     = fault.Public(fault.Unavailable, "the list is being counted", "the list is being counted; try again shortly")
	errNotReady     = fault.Public(fault.Unavailable, "not ready", "not ready: the service is starting or stopping")
)

// challenge names the authority that a 401 asks for, as RFC 9110, 11.6.1, wants; no browser asks
// its user for it.
const challenge = `Bearer realm="cards"`

// field makes the error of one field.
func field(name, problem string) error { return &fault.Field{Field: name, Problem: problem} }

// withKind gives the errors of net/http and Echo a kind; others have theirs.
func withKind(err error) error {
	var tooLarge *http.MaxBytesError
	var routing *echo.HTTPError
	switch {
	case errors.As(err, &tooLarge):
		return &fault.Error{Kind: fault.TooLarge, Message: "the body is larger than " + strconv.FormatInt(tooLarge.Limit, 10) + " bytes", Err: err}
	case fault.KindOf(err) == fault.Internal && errors.As(err, &routing):
		return ofRouting(routing)
	}
	return err
}

// ofRouting gives Echo's own errors a kind.
func ofRouting(err *echo.HTTPError) error {
	invalid := func(message string) error { return &fault.Error{Kind: fault.Invalid, Message: message, Err: err} }
	switch {
	case err.Code == http.StatusNotFound:
		return &fault.Error{Kind: fault.NotFound, Err: err}
	case err.Code == http.StatusRequestedRangeNotSatisfiable:
		return invalid("the range lies outside the picture")
	case err.Code == http.StatusMethodNotAllowed:
		return invalid("the method is not allowed here")
	case err.Code >= 400 && err.Code < 500:
		return invalid("the request is malformed")
	}
	return err
}

// statusOf is the status of an error: that of its kind, but for two of routing that HTTP has its own for.
func statusOf(err error) int {
	var routing *echo.HTTPError
	if errors.As(err, &routing) && (routing.Code == http.StatusMethodNotAllowed || routing.Code == http.StatusRequestedRangeNotSatisfiable) {
		return routing.Code
	}
	return fault.KindOf(err).Answer().Status
}

// answerError answers a request that failed.
func (s *server) answerError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	err = withKind(err)
	s.logError(c, err)
	h, status := c.Response().Header(), statusOf(err)
	h.Set("Cache-Control", "no-store")
	h.Del("ETag")
	h.Del(echo.HeaderContentType) // of what was not sent
	switch status {
	case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		h.Set("Retry-After", "1")
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", challenge)
	}
	_ = c.JSON(status, errorBody(err, requestID(c))) // an error here means that the client has gone
}

// logError logs what the line of the request does not say. An error of a request whose client has gone is
// no fault of the service, whatever it is.
func (s *server) logError(c echo.Context, err error) {
	ctx, kind := c.Request().Context(), fault.KindOf(err)
	answer := kind.Answer()
	switch {
	case kind == fault.Canceled, errors.Is(ctx.Err(), context.Canceled):
		s.Log.DebugContext(ctx, "the client has gone", "request_id", requestID(c), "error", err.Error())
	case answer.Sampled:
		s.failures.note(ctx, s.Log, kind, err, s.Now())
	case answer.Level > slog.LevelDebug:
		s.Log.Log(ctx, answer.Level, "request failed", "request_id", requestID(c), "status", answer.Status, "error", err.Error())
	}
}

// sampleInterval is how often a log line counts failures that come in numbers.
const sampleInterval = time.Minute
