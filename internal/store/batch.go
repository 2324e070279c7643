package store

import "time"

// Event is a request to a short link.
type Event struct {
	Click
	// Reason is why the request is not counted. If it is empty, the store judges the click.
	Reason Reason
}

// Batch is a row of events of one spool, a list of events in the order in which they came. Each event has a number in
// its spool, one more than the event before it.
type Batch struct {
	Spool  string // its ID, which no other spool has
	First  int64  // the number of Events[0], 1 or more
	Events []Event
}

// Last returns the number of the last event, First - 1 if there is none.
func (b Batch) Last() int64 { return b.First + int64(len(b.Events)) - 1 }

// After returns the events with a number above counted, and how many others are before them.
func (b Batch) After(counted int64) (rest []Event, known int) {
	known = int(min(max(counted-b.First+1, 0), int64(len(b.Events))))
	return b.Events[known:], known
}

// Latest returns the time of the latest event.
func (b Batch) Latest() time.Time {
	var latest time.Time
	for _, e := range b.Events {
		if e.At.After(latest) {
			latest = e.At
		}
	}
	return latest
}

// Counted says what Count has done with the events of a batch.
type Counted struct {
	Known int // the first so many were counted before
	// Against is, for each of the others, why it was added to the uncounted requests; empty if it was added to the clicks.
	Against []Reason
}
