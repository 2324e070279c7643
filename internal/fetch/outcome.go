package fetch

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"newsroom.example/cards/internal/fault"
)

// Whats are what a Client fetches.
var Whats = []string{whatMedia, whatDocument}

const (
	whatMedia    = "media"
	whatDocument = "document"
)

// Outcomes are how fetches end. Clients of the service learn none of those that ErrUnavailable stands for.
var Outcomes = []string{
	fetched, notModified, incomplete, blocked, busy, timedOut, tooLarge, noMedia, redirected, noHost, noTLS, noConnection,
	refusedByStatus, failedByStatus,
}

const (
	fetched         = "fetched"
	notModified     = "not_modified"
	incomplete      = "incomplete"
	blocked         = "blocked"        // the address, or the port, is not allowed
	busy            = "busy"           // too much is fetched here at the moment
	timedOut        = "timeout"        // the source was too slow
	tooLarge        = "too_large"      // in bytes or pixels
	noMedia         = "wrong_type"     // not of a known type, or damaged
	redirected      = "redirect"       // too often, or to http
	noHost          = "dns"            // the name of the host is not known
	noTLS           = "tls"            // the certificate or the handshake
	noConnection    = "connection"     // refused or broken
	refusedByStatus = "status_refused" // another status: the source gives no such thing
	failedByStatus  = "status_failed"  // 408, 425, 429 or 5xx: the source is out of order
)

// blockedError says that a host, address or port must not be reached.
type blockedError string

// Error implements error.
func (e blockedError) Error() string { return string(e) }

func blockedf(format string, args ...any) error { return blockedError(fmt.Sprintf(format, args...)) }

// errRedirect is wrapped by the error of a redirect that is not followed.
var errRedirect = errors.New("redirect")

// watch tells Options.Watch how a fetch that began at a time has ended.
func (c *Client) watch(what string, began time.Time, a Answer, err error) {
	if c.opts.Watch != nil {
		c.opts.Watch(what, outcomeOf(a, err), time.Since(began))
	}
}

// outcomeOf returns which of Outcomes a fetch has ended with; empty: another one.
func outcomeOf(a Answer, err error) string {
	switch {
	case a.NotModified:
		return notModified
	case a.Incomplete:
		return incomplete
	case err == nil, a.Data != nil: // what it was fetched for may have failed
		return fetched
	}
	if _, ok := errors.AsType[blockedError](err); ok {
		return blocked
	}
	switch fault.KindOf(err) {
	case fault.SourceTimeout:
		return timedOut
	case fault.SourceIncomplete:
		return incomplete
	case fault.ImageTooLarge:
		return tooLarge
	case fault.ImageUnsupported, fault.ImageInvalid:
		return noMedia
	case fault.PhotoOverloaded:
		return busy
	}
	return unavailable(err)
}

// unavailable returns which of Outcomes ErrUnavailable stands for.
func unavailable(err error) string {
	if answer, ok := errors.AsType[*StatusError](err); ok {
		if isOutOfOrder(answer.Status) {
			return failedByStatus
		}
		return refusedByStatus
	}
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return noHost
	}
	_, certificate := errors.AsType[*tls.CertificateVerificationError](err)
	_, record := errors.AsType[tls.RecordHeaderError](err)
	_, alert := errors.AsType[tls.AlertError](err)
	_, unknown := errors.AsType[x509.UnknownAuthorityError](err)
	_, connection := errors.AsType[*net.OpError](err)
	switch {
	case errors.Is(err, errRedirect):
		return redirected
	case errors.Is(err, errType):
		return noMedia
	case certificate, record, alert, unknown:
		return noTLS
	case connection:
		return noConnection
	}
	return ""
}

// isOutOfOrder reports whether a status says nothing about what was asked for.
func isOutOfOrder(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	}
	return status >= http.StatusInternalServerError
}

// errType is wrapped by the error of a document of another type than was asked for.
var errType = errors.New("type")
