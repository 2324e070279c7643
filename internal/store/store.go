// Package store keeps what was acknowledged: articles, their versions, their short codes and
// the clicks on them. Store is the interface; sqlite is the implementation that needs no
// server, and storetest the suite that any implementation must pass.
package store

import (
	"context"
	"errors"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
)

// The kinds of failure. Any other error means that the store itself is at fault.
var (
	ErrNotFound  = fault.New(fault.NotFound, "not found")
	ErrGone      = fault.New(fault.Gone, "withdrawn") // the article was deleted; its code stays taken
	ErrCodeTaken = errors.New("short code is taken")
	// ErrUnavailable says that the store cannot be read or written now: its disk is full, cannot be written,
	// or is locked for too long. What was to be written is not stored.
	ErrUnavailable = fault.Public(fault.Unavailable, "store unavailable",
		"the database cannot be used now; try again shortly")
	// ErrDeferred says that a click is held in memory and will be stored when the store can be written again.
	ErrDeferred = errors.New("deferred")
)

// Record is a version of an article as it is stored.
type Record struct {
	Article article.Article
	Version string // article.Article.Version, of the content, the newsroom's design and the photo's bytes
	Code    string // short code: one for an article's whole life
	// PhotoID names the stored bytes of the photo that this version shows ("upload:..."). Pictures of
	// this version are drawn from these bytes alone, whatever becomes of the source; other bytes are
	// another version. It is empty where there is no photo, or it could not be had whole: the source is
	// then asked for each picture, which is never kept.
	PhotoID string
	Created time.Time // of the article
	Updated time.Time // of this version
}

// Click is one tap on a short link.
type Click struct {
	ArticleID string
	Target    string // empty: the story was opened; else the target it was shared to
	At        time.Time
	// Visitor tells readers apart for the length of a window; zero means unknown, and such
	// clicks are all counted. It holds no personal data (a keyed hash with a daily salt).
	Visitor [16]byte
}

// Stats are the sums of an article's clicks.
type Stats struct {
	Clicks int64            // times the story was opened
	Shares int64            // taps on any target
	By     map[string]int64 // taps by target; targets without taps are absent
	// Confirmed are shares by the networks' own word; targets without any are absent. They
	// are not among Shares: the tap that led to one is counted there.
	Confirmed map[string]int64
}

// Confirmation is a network's own word that a story was shared.
type Confirmation struct {
	ArticleID string
	Target    string // of package share
	At        time.Time
	// Receipt names the message: the same receipt is counted once, however often it comes
	// within ReceiptLife. It holds no personal data.
	Receipt string
}

// ReceiptLife is how long a receipt is remembered at least.
const ReceiptLife = 7 * 24 * time.Hour

// TopQuery asks for the most read or most shared stories.
type TopQuery struct {
	Since time.Time
	Now   time.Time // stories under embargo at this time are left out
	By    string    // "clicks" or "shares"; empty means both together
	Site  string    // empty means every site
	Limit int
}

// TopStory is one place in the Top 10.
type TopStory struct {
	Record Record
	Clicks int64
	Shares int64
}

// Store keeps articles and counts clicks. All methods are safe for concurrent use, by several
// processes on one database too. What a method has acknowledged by returning nil survives the
// death of the process.
type Store interface {
	// PutArticle stores r as the current version of r.Article.ID. A new article takes r.Code,
	// or ErrCodeTaken; a known one, withdrawn or not, keeps its code and creation time, and a
	// known version keeps its Updated. It returns what is stored and whether the article is
	// new (a withdrawn article that comes back is new).
	PutArticle(ctx context.Context, r Record) (stored Record, created bool, err error)
	// Article is the current version: ErrNotFound or ErrGone.
	Article(ctx context.Context, id string) (Record, error)
	// Version is the version of the article, current or old: ErrNotFound or ErrGone.
	Version(ctx context.Context, id, version string) (Record, error)
	// ByCode is the current version of the article with the code: ErrNotFound or ErrGone.
	ByCode(ctx context.Context, code string) (Record, error)
	// ByURL is the current version of the article most lately updated among those with the
	// canonical URL: ErrNotFound.
	ByURL(ctx context.Context, url string) (Record, error)
	// Articles lists current versions by id in byte order, from after the cursor. next is the
	// cursor of the following page, empty at the end.
	Articles(ctx context.Context, after string, limit int) (page []Record, next string, err error)
	// DeleteArticle withdraws the article: ErrNotFound, or ErrGone when it already is.
	DeleteArticle(ctx context.Context, id string) error

	// AddClick counts c unless the same visitor tapped the same link of the same article
	// within the window before it. It reports whether it was counted. While the store cannot be written
	// it returns ErrDeferred at once, or ErrUnavailable where too many clicks are deferred already.
	AddClick(ctx context.Context, c Click) (counted bool, err error)
	// ConfirmShare counts c unless its receipt is known. It reports whether it was counted.
	ConfirmShare(ctx context.Context, c Confirmation) (counted bool, err error)
	// Stats sums the article's clicks since the time, to the resolution of Bucket.
	Stats(ctx context.Context, id string, since time.Time) (Stats, error)
	// Top lists the stories with the most clicks, ties by the newer story, then by id. Withdrawn
	// stories and those under embargo are left out; of several with one URL the best is shown.
	Top(ctx context.Context, q TopQuery) ([]TopStory, error)

	// PruneClicks forgets clicks and confirmed shares of the time before, and returns how many sums it removed.
	PruneClicks(ctx context.Context, before time.Time) (removed int, err error)

	// Ping reports whether the store can be read and written now: it writes a few pages.
	Ping(ctx context.Context) error
	Close() error
}

// ClickLife is how long clicks can be asked for; older ones may be pruned.
const ClickLife = 30 * 24 * time.Hour

// Bucket is the resolution of click sums in time.
const Bucket = 5 * time.Minute
