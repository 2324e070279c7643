package handlers

import (
	"sync/atomic"
	"time"
)

// renewEarly is how long before something ceases to be believed it is asked for again, by one
// request, so that the others need not all ask at once when it does.
const renewEarly = shownFor / 4

// renewal is the turn of one request to ask for what is still believed. Safe for concurrent use; the
// zero value has not been taken.
type renewal struct{ taken atomic.Bool }

// due reports whether the caller is the one to ask again for what is believed until then: to one
// caller, near the end.
func (r *renewal) due(now, until time.Time) bool {
	return until.Sub(now) <= renewEarly && !r.taken.Load() && r.taken.CompareAndSwap(false, true)
}
