// Package journal records who changed what and when: articles, photos, editors, tokens, and who signed in.
//
// A request's context says who sends it (By) and what it does (Doing). A store that makes a change in such a context
// records it in the same transaction, so that no change is without its entry and no entry without its change.
package journal

import (
	"context"
	"time"
)

// Entry is one change. It holds no secrets, no network addresses and no e-mail addresses.
type Entry struct {
	Seq      int64 // set by the store; increases with each entry
	At       time.Time
	Who      string // the name of the editor or of the token, at most MaxText bytes; empty: nobody is named
	Action   Action
	Article  string // ID; empty: the change is not of an article
	Version  string // that the article has after the change; empty: it is withdrawn, or the change is of no article
	Revision int64  // that the article has after the change; 0: as with Version
	Detail   string // such as the ID of a photo or the name of an editor, at most MaxText bytes
}

// MaxText is the maximum length of Who and Detail, in bytes.
const MaxText = 256

// Action says what was done.
type Action string

// The actions.
const (
	Put          Action = "article.put"
	Patch        Action = "article.patch"
	Batch        Action = "article.batch"
	Refresh      Action = "article.refresh"
	Refetch      Action = "article.refetch" // by the service itself: a photo that was missing has come
	ByClock      Action = "article.clock"   // by the service itself: a badge or the rights of a photo have ended, or a story is old
	Retract      Action = "article.retract" // of the pictures of earlier versions
	Withdraw     Action = "article.withdraw"
	UploadPhoto  Action = "photo.upload"
	DeletePhoto  Action = "photo.delete"
	LinkDraft    Action = "draft.link" // a link with which a draft can be looked at without sign-in
	SignIn       Action = "session.begin"
	SignOut      Action = "session.end"
	AddEditor    Action = "editor.add"
	LinkEditor   Action = "editor.link" // a new sign-in link
	RemoveEditor Action = "editor.remove"
	CreateToken  Action = "token.create"
	RevokeToken  Action = "token.revoke"
)

// Names in Who that no editor has.
const (
	Service  = "cards"    // changes that nobody has asked for at the time
	Operator = "operator" // the command line
)

// Life is how long entries are kept: a year and a month, so that a year can be looked at as a whole.
const Life = 396 * 24 * time.Hour

// Query selects entries.
type Query struct {
	Article string    // of this article alone; empty: all
	Who     string    // of this editor or token alone; empty: all
	Since   time.Time // not before; zero: all
	Before  int64     // only those with a smaller Seq, for the next page; 0: from the newest on
	Limit   int       // most entries, 1 or more
}

// Store keeps entries. Its methods are safe for concurrent use. An article's changes in a context of Doing are entered
// by the methods of store.Store that make them.
type Store interface {
	// AddEntry records what is not the change of a stored article. The store sets Seq, and cuts what is too long.
	AddEntry(ctx context.Context, e Entry) error
	// Entries lists entries, the newest first.
	Entries(ctx context.Context, q Query) ([]Entry, error)
	// PruneEntries removes the entries before a time, and returns their number.
	PruneEntries(ctx context.Context, before time.Time) (removed int, err error)
}
