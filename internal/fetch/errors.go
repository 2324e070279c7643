package fetch

import (
	"strings"

	"newsroom.example/cards/internal/fault"
)

// Errors of fetching. A Client's errors wrap one of these, or one of package fault's (ErrImageTooLarge,
// ErrSourceIncomplete, ErrPhotoOverloaded), or are those of its Format. The text of the wrapping error is for
// the log: it may name hosts, never a URL's query.
var (
	// ErrUnavailable is for a source that is blocked, refused, not found or redirected wrongly: one error for
	// all, so that clients do not learn which addresses answer.
	ErrUnavailable = fault.New(fault.SourceUnavailable, "source_unavailable")
	ErrTimeout     = fault.New(fault.SourceTimeout, "source_timeout")
)

// reason is an error of the network as the log may show it. Its text ends at the first question mark, because net/http
// repeats a redirect that it cannot parse, and queries may hold secrets. It has at most maxReason bytes, because
// net/http also repeats the responses of sources.
type reason struct{ err error }

const maxReason = 512

// Error implements error.
func (r reason) Error() string {
	s, _, cut := strings.Cut(r.err.Error(), "?")
	if cut {
		s += "?..."
	}
	return strings.ToValidUTF8(s[:min(len(s), maxReason)], "")
}

// Unwrap returns the error itself.
func (r reason) Unwrap() error { return r.err }
