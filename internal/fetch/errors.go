package fetch

import "newsroom.example/cards/internal/fault"

// Errors of fetching. A Client's errors wrap one of these, or one of package fault's (ErrImageTooLarge,
// ErrSourceIncomplete, ErrPhotoOverloaded), or are those of its Format. The text of the wrapping error is for
// the log: it may name hosts, never a URL's query.
var (
	// ErrUnavailable is for a source that is blocked, refused, not found or redirected wrongly: one error for
	// all, so that clients do not learn which addresses answer.
	ErrUnavailable = fault.New(fault.SourceUnavailable, "source_unavailable")
	ErrTimeout     = fault.New(fault.SourceTimeout, "source_timeout")
)
