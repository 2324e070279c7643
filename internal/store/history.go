package store

import "time"

// Period is a time in which one version of an article was the current one, or in which the article was withdrawn.
type Period struct {
	// Record is the version; of a withdrawn article, the one that was current before. Its Revision and Changed are those
	// of the article now.
	Record
	// Number is larger for later periods of the article. It is the revision that the article got when the period began,
	// and below 1 for periods that an earlier release has stored, which knew only when each version was first stored.
	Number    int64
	From      time.Time
	Until     time.Time // zero: it has not ended
	Withdrawn bool
}
