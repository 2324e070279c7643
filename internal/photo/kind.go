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

import "newsroom.example/cards/internal/fault"

// The kinds of failure: every error of the package wraps one. The text of the wrapping error is for the log:
// it may name hosts, never a URL's query.
var (
	// ErrUnavailable is for a source that is blocked, refused, not found or redirected wrongly: one kind for all.
	ErrUnavailable = fault.New(fault.SourceUnavailable, "source_unavailable")
	ErrTimeout     = fault.New(fault.SourceTimeout, "source_timeout")
	ErrUnsupported = fault.New(fault.ImageUnsupported, "unsupported_image") // no JPEG, PNG, GIF or WebP by its first bytes
	ErrTooLarge    = fault.New(fault.ImageTooLarge, "image_too_large")      // bytes, pixels, scans or cost
	ErrInvalid     = fault.New(fault.ImageInvalid, "image_invalid")         // broken
	// ErrIncomplete is for a photo whose end is missing: the transfer broke off, or the file is cut short.
	ErrIncomplete = fault.New(fault.SourceIncomplete, "source_incomplete")
	ErrOverloaded = fault.New(fault.PhotoOverloaded, "overloaded") // too many photos are being fetched or decoded
)
