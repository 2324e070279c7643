// Package store defines the interface of the database: articles, their versions, their short codes and the clicks on
// them. Package sqlite implements it in one file without a server. Package storetest is the test suite that every
// implementation must pass.
package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/tokens"
)

// Errors that a Store returns. Any other error is a fault of the store itself.
var (
	ErrNotFound = fault.New(fault.NotFound, "not found")
	ErrGone     = fault.New(fault.Gone, "withdrawn") // the article was withdrawn; its code stays taken
	// ErrNeverPublic is ErrGone for an article that was withdrawn before its embargo ended. No reader has seen it.
	ErrNeverPublic = fmt.Errorf("before its embargo ended: %w", ErrGone)
	ErrCodeTaken   = errors.New("short code is taken")
	// ErrUnavailable says that the store cannot be read or written now: the disk is full or cannot be written,
	// or the database was locked for too long. Nothing was stored.
	ErrUnavailable = fault.Public(fault.Unavailable, "store unavailable",
		"the database cannot be used now; try again shortly")
	// ErrDeferred says that a click was accepted and will be counted when the store can be written again.
	ErrDeferred = errors.New("deferred")
)

// Record is a stored version of an article.
type Record struct {
	Article article.Article
	Version string // from article.Article.Version: a hash of the content, the newsroom's design and the photo's bytes
	Code    string // short code; it never changes
	// PhotoID is the ID of the stored photo that this version shows ("upload:..."). All pictures of this version
	// are drawn from it, even if its source is gone; other bytes make another version. It is empty if there is no
	// photo, or if no complete photo could be fetched. In that case the photo is fetched for each picture, and the
	// picture is never cached. It is NoPhoto if the photo was withdrawn.
	PhotoID  string
	Warnings []article.Warning // what was said when the version was stored last; nil: nothing, or by an earlier release
	Created  time.Time         // of the article; like all times here in UTC, in whole milliseconds
	Updated  time.Time         // of this version
	Changed  time.Time         // when the article got its Revision
	// Revision is larger after each change of what is stored of the article: its content, its version, its warnings,
	// its withdrawal and return. It is 1 or more, and does not change if the same is stored again.
	Revision int64
}

// recordBytes is the approximate memory of a record, without its texts.
const recordBytes = 2048

// Weight returns the approximate memory that the record takes, in bytes.
func (r Record) Weight() int {
	n := recordBytes
	if raw, err := json.Marshal(r.Article); err == nil {
		n += len(raw)
	}
	for _, w := range r.Warnings {
		n += len(w.Message)
	}
	return n
}

// TopQuery asks for the most read or most shared stories.
type TopQuery struct {
	Since time.Time
	Now   time.Time // decides which stories are under embargo
	By    string    // "clicks" or "shares"; empty means the sum of both
	Site  string    // empty means all sites
	Kind  string    // as in ArticleQuery, and so is Text
	Text  string
	State State // empty means Live
	Limit int   // maximum number of stories
}

// Articles returns the query for the articles among which the top is.
func (q TopQuery) Articles() ArticleQuery {
	return ArticleQuery{Site: q.Site, Kind: q.Kind, Text: q.Text, State: cmp.Or(q.State, Live), Now: q.Now}
}

// TopStory is one entry of the list of top stories.
type TopStory struct {
	Record Record
	Clicks int64
	Shares int64
}

// Store stores articles and counts clicks. All methods are safe for concurrent use, also by several processes on one
// database. If a method returns a nil error, its changes survive the death of the process.
type Store interface {
	// PutArticle stores r as the current version of the article r.Article.ID. A new article gets the code r.Code; if
	// another article has it, PutArticle returns ErrCodeTaken. A known article, even a withdrawn one, keeps its code
	// and creation time, and a known version keeps its Updated. Unless all of it is stored already, the article is
	// Changed at r.Updated, with the next Revision. PutArticle returns the stored record and whether the article is
	// new. A withdrawn article that returns is new.
	//
	// PutArticle stores nothing and returns ErrGone if the article was withdrawn since seen, ErrChanged if it has
	// another revision than seen, and ErrPhotoWithdrawn if the photo was withdrawn.
	PutArticle(ctx context.Context, r Record, seen Seen) (stored Record, created bool, err error)
	// Withdrawals returns how often DeleteArticle was called for the article since it was first stored, 0 for an
	// unknown article. Call it before work on a new version begins; see Seen.
	Withdrawals(ctx context.Context, id string) (int64, error)
	// Article returns the current version. Errors: ErrNotFound, ErrGone, which may be ErrNeverPublic here and below.
	Article(ctx context.Context, id string) (Record, error)
	// Version returns a version of the article, current or old. Errors: ErrNotFound, ErrGone.
	Version(ctx context.Context, id, version string) (Record, error)
	// History lists when which version of the article was the current one, also of a withdrawn one: the last of them
	// first, those with a Number below before, or all if before is 0, and at most limit. Error: ErrNotFound for an
	// unknown article.
	History(ctx context.Context, id string, before int64, limit int) ([]Period, error)
	// ByCode returns the current version of the article with the short code. Errors: ErrNotFound, ErrGone.
	ByCode(ctx context.Context, code string) (Record, error)
	// OtherWithURL returns the ID of another article than the one with the ID except that has the canonical URL: of
	// several, the one changed last. It is empty if there is none. Withdrawn articles do not count.
	OtherWithURL(ctx context.Context, url, except string) (id string, err error)
	// ByURL returns the current version of the article with the first of the canonical URLs that any article has. If
	// several articles have that URL, it returns the one changed last. Withdrawn articles count only if there is no
	// other. Errors: ErrNotFound, ErrGone.
	ByURL(ctx context.Context, urls ...string) (Record, error)
	// Articles lists current versions; see ArticleQuery. next is the cursor of the next page, zero on the last one.
	// The time that a page takes is bounded: it may have fewer articles than the limit, even none, and a next one.
	Articles(ctx context.Context, q ArticleQuery) (page []Record, next Cursor, err error)
	// Sites lists the sites of all articles, also withdrawn ones, in byte order, without the empty one: at most limit.
	Sites(ctx context.Context, limit int) ([]string, error)
	// DeleteArticle withdraws the article. It is Changed at the time at, with the next Revision. A revision other
	// than 0 is the one that the article must have. Errors: ErrNotFound; ErrGone if it is already withdrawn;
	// ErrChanged if it has another revision.
	DeleteArticle(ctx context.Context, id string, at time.Time, revision int64) error
	Photos
	// The methods that change articles and photos enter that in the journal, in the same transaction, if their context
	// says what is done (journal.Doing). What is stored again unchanged is not entered.
	journal.Store
	editors.Store
	tokens.Store

	// Count counts the events of a spool that were not counted yet: those with a number above the one that the store
	// keeps for the spool. It keeps the number of the last event in the same transaction, so that a batch that is sent
	// again, after an unknown outcome or by another process, is not counted twice. Send the batches of a spool in
	// order: an event with a smaller number than a counted one is taken for counted.
	//
	// A click is counted unless its network has reached its share of the article's clicks (NetworkShare), or the same
	// visitor tapped the same link of the same article within the preceding window; it is added to the requests that
	// were not counted then. With a window of 0, every click is counted. The events need not be in the order of time.
	//
	// If the error is ErrUnavailable or that of ctx, the outcome may be unknown: send the same batch again later. With
	// any other error nothing is counted, and one of the events may be at fault.
	Count(ctx context.Context, b Batch) (Counted, error)
	// DailyKey returns the random key of the day (UTC) of now. It is the same for all processes on the database.
	// The keys of earlier days are removed. If the stored key is of a later day than now, that is returned.
	DailyKey(ctx context.Context, now time.Time) (key [32]byte, err error)
	// ConfirmShare counts c unless its receipt is known. It reports whether c was counted.
	ConfirmShare(ctx context.Context, c Confirmation) (counted bool, err error)
	// Stats sums the article's clicks, and the requests that were not counted, from since on, to the resolution of
	// Bucket or LongBucket. Errors: ErrNotFound, ErrGone.
	Stats(ctx context.Context, id string, since time.Time) (Stats, error)
	// Series sums the article's clicks by target and step, which is LongBucket or a day (UTC), from the full hour of since
	// on. The points are in the order of time, then of targets, without zeros. Errors: ErrNotFound, ErrGone.
	Series(ctx context.Context, id string, since time.Time, step time.Duration) ([]Point, error)
	// Top lists the stories with the most counted clicks, to the same resolution. If the counts are equal, the newer
	// story comes first, then the smaller ID. Withdrawn stories and those under embargo are left out, unless the query
	// asks for them. Of several stories with one URL, only the first is listed.
	Top(ctx context.Context, q TopQuery) ([]TopStory, error)

	// PruneClicks removes the clicks, uncounted requests and confirmed shares before the given time, to the
	// resolution of the sums, a day in the top, and forgets the spools whose events all happened before it. It returns
	// the number of sums by target or reason that it removed.
	PruneClicks(ctx context.Context, before time.Time) (removed int, err error)

	// Ping returns an error unless the store can be read and written now. It writes a few pages to the disk.
	Ping(ctx context.Context) error
	Close() error
}
