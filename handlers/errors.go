package handlers

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/photos"
	"newsroom.example/cards/internal/pictures"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/share"
)

// refusal is how the API says no.
type refusal struct {
	status  int
	code    string
	message string
}

// byCode is the public face of the errors that carry a code of the API: those of package photo
// and of an overloaded service. One sentence for every unreachable source: it tells nobody
// which addresses answer.
var byCode = map[string]refusal{
	"source_unavailable": {http.StatusUnprocessableEntity, "source_unavailable", "the address could not be fetched"},
	"source_timeout":     {http.StatusGatewayTimeout, "source_timeout", "the address took too long to answer"},
	"unsupported_image":  {http.StatusUnsupportedMediaType, "unsupported_image", "the photo is no JPEG, PNG, GIF or WebP"},
	"image_too_large":    {http.StatusUnprocessableEntity, "image_too_large", "the photo is too large to take in"},
	"image_invalid":      {http.StatusUnprocessableEntity, "image_invalid", "the photo is damaged"},
	"source_incomplete":  {http.StatusUnprocessableEntity, "source_incomplete", "only a part of the photo came from its address"},
	"overloaded":         {http.StatusServiceUnavailable, "overloaded", "too much is being drawn; try again shortly"},
}

// byKind is the one table from kinds of error to answers, first match first.
var byKind = []struct {
	kind error
	refusal
}{
	{card.ErrSignature, refusal{http.StatusForbidden, "bad_signature", "the signature is missing or wrong"}},
	{card.ErrExpired, refusal{http.StatusGone, "expired", "the address has expired"}},
	{store.ErrGone, refusal{http.StatusGone, "expired", "the story was withdrawn"}},
	{store.ErrNotFound, refusal{http.StatusNotFound, "not_found", "nothing is here"}},
	{errUnauthorized, refusal{http.StatusUnauthorized, "unauthorized", "a valid token is needed: Authorization: Bearer TOKEN"}},
	{errSignIn, refusal{http.StatusUnauthorized, "unauthorized", "sign in to the studio, or send its API token: Authorization: Bearer TOKEN"}},
	{errFormat, refusal{http.StatusNotImplemented, "invalid_request", "format must be json or xml"}},
	{errLimited, refusal{http.StatusTooManyRequests, "rate_limited", "too many requests; try again shortly"}},
	{errNotReady, refusal{http.StatusServiceUnavailable, "overloaded", "not ready: the service is starting or stopping"}},
	{store.ErrUnavailable, refusal{http.StatusServiceUnavailable, "overloaded", "the database cannot be used now; try again shortly"}},
	{photos.ErrNotStored, refusal{http.StatusServiceUnavailable, "overloaded", "the photo cannot be stored now; try again shortly"}},
	{errCutShort, refusal{http.StatusUnprocessableEntity, "image_invalid", "the photo is cut short: its file ends before the picture does"}},
	{errListBusy, refusal{http.StatusServiceUnavailable, "overloaded", "the list is being counted; try again shortly"}},
	{pictures.ErrOverloaded, byCode["overloaded"]},
	{context.DeadlineExceeded, byCode["overloaded"]},
	{context.Canceled, byCode["overloaded"]},
	{card.ErrInvalid, refusal{http.StatusBadRequest, "invalid_request", ""}},
	{share.ErrInvalidPost, refusal{http.StatusBadRequest, "invalid_request", ""}},
}

var (
	errUnauthorized = errors.New("unauthorized")
	errSignIn       = errors.New("not signed in")
	errLimited      = errors.New("rate limited")
	errFormat       = errors.New("unknown format")
	errCutShort     = errors.New("upload cut short")
	errInternal     = refusal{http.StatusInternalServerError, "internal", "something went wrong here; it has been logged"}
)

// challenge names the authority that a 401 asks for, as RFC 9110, 11.6.1, wants; no browser asks
// its user for it.
const challenge = `Bearer realm="cards"`

// field makes the error of one field.
func field(name, problem string) error { return &card.FieldError{Field: name, Problem: problem} }

// refusalOf finds the answer to an error.
func refusalOf(err error) refusal {
	var tooLarge *http.MaxBytesError
	var coded interface{ Code() string }
	var he *echo.HTTPError
	var unready *notReady
	switch {
	case errors.As(err, &unready):
		return refusal{http.StatusServiceUnavailable, "overloaded", unready.message()}
	case errors.As(err, &tooLarge):
		return refusal{http.StatusRequestEntityTooLarge, "too_large", "the body is larger than " + strconv.FormatInt(tooLarge.Limit, 10) + " bytes"}
	case errors.As(err, &coded):
		if r, ok := byCode[coded.Code()]; ok {
			return r
		}
	}
	for _, k := range byKind {
		if errors.Is(err, k.kind) {
			return k.refusal
		}
	}
	if errors.As(err, &he) {
		return httpRefusal(he)
	}
	return errInternal
}

// httpRefusal turns Echo's own errors, of routing, into ours.
func httpRefusal(he *echo.HTTPError) refusal {
	switch he.Code {
	case http.StatusNotFound:
		return refusal{http.StatusNotFound, "not_found", "nothing is here"}
	case http.StatusRequestedRangeNotSatisfiable:
		return refusal{he.Code, "invalid_request", "the range lies outside the picture"}
	case http.StatusMethodNotAllowed:
		return refusal{http.StatusMethodNotAllowed, "invalid_request", "the method is not allowed here"}
	}
	if he.Code >= 400 && he.Code < 500 {
		return refusal{http.StatusBadRequest, "invalid_request", "the request is malformed"}
	}
	return errInternal
}

// refuse answers an error, and logs it when the fault is ours.
func (s *server) refuse(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	r := refusalOf(err)
	switch {
	case r.status == http.StatusNotImplemented: // oEmbed's word for a format that is not spoken
	case r.status >= http.StatusInternalServerError:
		s.Log.ErrorContext(c.Request().Context(), "request failed", "request_id", requestID(c), "status", r.status, "error", err.Error())
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "no-store")
	h.Del("ETag")
	h.Del(echo.HeaderContentType) // of what was not sent
	switch r.status {
	case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		h.Set("Retry-After", "1")
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", challenge)
	}
	_ = c.JSON(r.status, errorBody(err, r, requestID(c))) // the client is gone: nobody is left to tell
}
