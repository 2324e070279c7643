// Package photo turns bytes from the outside world into a safe, upright image. It is the only
// package that reaches the network, and the only one that decodes foreign pictures.
//
// # Security considerations
//
// Attacks: addresses that lead into the operator's own network, by name, by number, by DNS that
// changes its mind or by redirect; sources that drip, stall or never end; small files that unpack
// to gigabytes or to seconds of work; broken files. Layers: a URL's form is checked; every address
// is checked when it is dialled, after DNS, on every redirect; bytes, time and speed are bounded;
// magic bytes and the header decide before a pixel is decoded; decoding is admitted by estimated
// bytes and runs under recover. What remains: a public host that serves any legal picture.
package photo

// Kind is a kind of failure; its text is the API's error code. Every error of the package wraps
// one. The text of the wrapping error is for the log: it may name hosts, never a URL's query.
type Kind string

// The kinds of failure.
const (
	ErrUnavailable Kind = "source_unavailable" // blocked, refused, not found, redirected wrongly: one kind for all
	ErrTimeout     Kind = "source_timeout"
	ErrUnsupported Kind = "unsupported_image" // no JPEG, PNG, GIF or WebP by its first bytes
	ErrTooLarge    Kind = "image_too_large"   // bytes, pixels, scans or cost
	ErrInvalid     Kind = "image_invalid"     // broken
	ErrIncomplete  Kind = "source_incomplete" // its end is missing: the transfer broke off, or the file is cut short
	ErrOverloaded  Kind = "overloaded"        // too many photos are being fetched or decoded
)

func (k Kind) Error() string { return string(k) }

// Code is the API's error code.
func (k Kind) Code() string { return string(k) }
