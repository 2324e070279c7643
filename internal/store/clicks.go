package store

import "time"

// Click is one tap on a short link.
type Click struct {
	ArticleID string
	Target    string // the share target; empty if the story was opened
	At        time.Time
	// Visitor identifies the reader within the window in which clicks are counted once. Zero means unknown; all
	// such clicks are counted. It holds no personal data (a keyed hash with a daily key).
	Visitor [16]byte
	// Network is the reader's network, whose share of the article's clicks is limited.
	Network Network
}

// Reason is why a request to a short link was not counted.
type Reason string

// The reasons.
const (
	ByCrawler     Reason = "crawler"        // of a network that shows previews, or of a search engine
	ByRobot       Reason = "robot"          // another program
	Prefetch      Reason = "prefetch"       // sent by a browser before the reader asked for the page
	NotNavigation Reason = "not_navigation" // an image, a frame or another part of a page
	Repeat        Reason = "repeat"         // of the same reader within the window
	OverShare     Reason = "network"        // the network has reached its share
)

// Reasons are all of them.
var Reasons = []Reason{ByCrawler, ByRobot, Prefetch, NotNavigation, Repeat, OverShare}

// Uncounted is a request to a short link that was not counted.
type Uncounted struct {
	ArticleID string
	Reason    Reason
	At        time.Time
}

// Stats are sums of an article's clicks. Clicks and Shares are counted once for each reader and window, and without
// crawlers and other programs.
type Stats struct {
	Clicks int64            // times the story was opened
	Shares int64            // taps on share targets
	By     map[string]int64 // taps by target, without zeros
	// Confirmed counts the shares that networks confirmed, by target, without zeros. They are not part of Shares,
	// which counts the taps that led to them.
	Confirmed map[string]int64
	// Uncounted are the requests to the article's short links that were not counted, by reason, without zeros.
	Uncounted map[Reason]int64
}

// Point is the number of counted clicks on one target in a step of time.
type Point struct {
	At     time.Time // the beginning of the step
	Target string    // empty: the story was opened
	N      int64
}

// Raw returns the number of all requests to the article's short links, counted or not.
func (s Stats) Raw() int64 {
	raw := s.Clicks + s.Shares
	for _, n := range s.Uncounted {
		raw += n
	}
	return raw
}

// Confirmation is a message from a network that a story was shared.
type Confirmation struct {
	ArticleID string
	Target    string // of package share
	At        time.Time
	// Receipt identifies the message. Messages with the same receipt are counted once within ReceiptLife. It holds
	// no personal data.
	Receipt string
}

// ReceiptLife is the minimum time for which a receipt is remembered.
const ReceiptLife = 7 * 24 * time.Hour

// ClickLife is how long clicks are kept; older ones may be pruned.
const ClickLife = 30 * 24 * time.Hour

// Bucket is the resolution of the sums of clicks in time, for windows up to SharpWindow: those begin with the five
// minutes in which they begin. Longer windows begin with their full hour, and so do all sums of uncounted requests.
const (
	Bucket      = 5 * time.Minute
	LongBucket  = time.Hour
	SharpWindow = 2 * time.Hour
)
