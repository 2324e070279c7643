package fetch

import (
	"errors"
	"fmt"

	"newsroom.example/cards/internal/fault"
)

// errRefused is wrapped beside ErrUnavailable where the source itself said that it does not give the media.
var errRefused = errors.New("the source gives no such photo")

// statusError returns the error of a response whose status is not 200.
func statusError(status int) error {
	answer := &StatusError{Status: status}
	if isOutOfOrder(status) {
		return fmt.Errorf("%w: %w", answer, ErrUnavailable)
	}
	return fmt.Errorf("%w: %w: %w", answer, ErrUnavailable, errRefused)
}

// Outage reports an error that says nothing about the media: its source could not be reached, was too slow or
// is out of order (408, 425, 429, 5xx), gave only a part of it, or too much is being fetched or decoded here.
// What the source gave before may be used meanwhile. Any other answer (404, 410, 403) is the source's word.
func Outage(err error) bool {
	switch fault.KindOf(err) {
	case fault.SourceUnavailable:
		return !errors.Is(err, errRefused)
	case fault.SourceTimeout, fault.SourceIncomplete, fault.PhotoOverloaded:
		return true
	}
	return false
}
