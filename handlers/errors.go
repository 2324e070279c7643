package handlers

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/handlers/answer"
	"newsroom.example/cards/internal/fault"
)

// Errors of /readyz.
var (
	errNotReady  = fault.Public(fault.Unavailable, "not ready", "not ready: the service is starting or stopping")
	errSlowParts = fault.Public(fault.Unavailable, "not ready: the parts do not answer",
		"not ready: the database or the disk does not answer")
)

// withKind adds a kind to errors of net/http and Echo; other errors are returned unchanged.
func withKind(err error) error {
	var tooLarge *http.MaxBytesError
	var routing *echo.HTTPError
	switch {
	case errors.As(err, &tooLarge):
		message := "the body is larger than " + strconv.FormatInt(tooLarge.Limit, 10) + " bytes"
		return &fault.Error{Kind: fault.TooLarge, Message: message, Err: err}
	case fault.KindOf(err) == fault.Internal && errors.As(err, &routing):
		return ofRouting(routing)
	}
	return err
}

// ofRouting adds a kind to Echo's own errors.
func ofRouting(err *echo.HTTPError) error {
	invalid := func(message string) error { return &fault.Error{Kind: fault.Invalid, Message: message, Err: err} }
	switch {
	case err.Code == http.StatusNotFound:
		return &fault.Error{Kind: fault.NotFound, Err: err}
	case err.Code == http.StatusRequestedRangeNotSatisfiable:
		return invalid("the range lies outside the picture")
	case err.Code == http.StatusPreconditionFailed:
		const message = "the picture has another ETag than the request demands"
		return &fault.Error{Kind: fault.Precondition, Message: message, Err: err}
	case err.Code == http.StatusMethodNotAllowed:
		return invalid("the method is not allowed here")
	case err.Code >= 400 && err.Code < 500:
		return invalid("the request is malformed")
	}
	return err
}

// isRouting reports whether Echo itself refused the request, such as one for an address that is no route.
func isRouting(err error) bool {
	_, ok := errors.AsType[*echo.HTTPError](err)
	return ok
}

// statusOf returns the status of an error: that of its kind, except for two routing errors, for which HTTP has specific
// statuses.
func statusOf(err error) int {
	if routing, ok := errors.AsType[*echo.HTTPError](err); ok {
		switch routing.Code {
		case http.StatusMethodNotAllowed, http.StatusRequestedRangeNotSatisfiable:
			return routing.Code
		}
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
	h.Del(echo.HeaderContentType) // of the response that was not sent
	switch status {
	case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		h.Set("Retry-After", "1")
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", access.Challenge)
	}
	if notice, ok := noticeOf(c, err, status); ok {
		_ = s.answerNotice(c, status, notice)
		return
	}
	_ = c.JSON(status, answer.Error(err, answer.RequestID(c))) // fails only if the client has disconnected
}

// logError logs the details that the request's log line lacks. If the client has disconnected, any error is
// logged at level debug, because it is not the service's.
func (s *server) logError(c echo.Context, err error) {
	ctx, kind := c.Request().Context(), fault.KindOf(err)
	row := kind.Answer()
	switch {
	case kind == fault.Canceled, errors.Is(ctx.Err(), context.Canceled):
		s.Log.DebugContext(ctx, "the client has gone", "request_id", answer.RequestID(c), "error", err.Error())
	case row.Sampled:
		s.sampled.Log(ctx, row.Level, "requests were refused", row.Code, err)
	case kind.OfPhoto():
		s.logRefused(c, err)
	case row.Level > slog.LevelDebug:
		s.Log.Log(ctx, row.Level, "request failed",
			"request_id", answer.RequestID(c), "status", row.Status, "error", err.Error())
	}
}

// logRefused logs why a photo or a page could not be used, because the response does not say it: the reason would
// tell which addresses of the network answer. It is the one place for requests that failed (strict=1, reading of
// pages) and for those that were answered all the same. Anyone can request a picture, so the lines of requests that
// are not an editor's are sampled.
func (s *server) logRefused(c echo.Context, err error) {
	const message = "a photo or page was refused"
	ctx, row, id := c.Request().Context(), fault.KindOf(err).Answer(), answer.RequestID(c)
	if _, ok := s.guard.Editor(c.Request()); ok {
		s.Log.Log(ctx, row.Level, message, "code", row.Code, "error", err.Error(), "request_id", id)
		return
	}
	s.sampled.Log(ctx, row.Level, message, row.Code, err, "request_id", id)
}
