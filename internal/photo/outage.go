package photo

import (
	"errors"
	"fmt"
	"net/http"
)

// errNone is wrapped beside ErrUnavailable where the source itself said that it gives no such photo.
var errNone = errors.New("the source gives no such photo")

// refusedWith is the error of an answer without a photo.
func refusedWith(status int) error {
	switch {
	case status >= http.StatusInternalServerError,
		status == http.StatusRequestTimeout, status == http.StatusTooEarly, status == http.StatusTooManyRequests:
		return fmt.Errorf("status %d: %w", status, ErrUnavailable)
	}
	return fmt.Errorf("status %d: %w: %w", status, ErrUnavailable, errNone)
}

// Outage reports an error that says nothing about the photo: its source could not be reached, was too
// slow or is out of order (408, 425, 429, 5xx), gave only a part of it, or too much is being fetched or decoded
// here. The photo that it gave before may be used meanwhile. Any other answer, 404, 410 or 403, is the source's word.
func Outage(err error) bool {
	if errors.Is(err, errNone) {
		return false
	}
	for _, kind := range []error{ErrUnavailable, ErrTimeout, ErrIncomplete, ErrOverloaded} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}
