package editors

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"newsroom.example/cards/internal/fault"
)

// Errors of a Store.
var (
	ErrTaken   = fault.New(fault.Precondition, "an editor of this name exists")
	ErrUnknown = fault.New(fault.NotFound, "no editor has this name")
	// ErrNoLink says that a sign-in link was used, replaced or not used in time, or never was one.
	ErrNoLink = fault.New(fault.Unauthorized, "the sign-in link is not valid")
	// ErrNoSession says that a session has ended, or never was one.
	ErrNoSession = fault.New(fault.Unauthorized, "the session is not valid")
)

// Hash is what is stored of a secret: the hex digits of its SHA-256. Secrets are random, so that no salt is needed.
type Hash string

// HashOf returns the hash of a secret.
func HashOf(secret string) Hash {
	sum := sha256.Sum256([]byte(secret))
	return Hash(hex.EncodeToString(sum[:]))
}

// NewSecret returns a secret that cannot be guessed, of at least 128 random bits.
func NewSecret() (secret string, of Hash) {
	secret = rand.Text()
	return secret, HashOf(secret)
}

// Link is a personal sign-in link: whoever opens it first is the editor.
type Link struct {
	Hash Hash
	Ends time.Time // after which it cannot be used
}

// LinkLife is how long a sign-in link can be used, if it is not used before.
const LinkLife = 3 * 24 * time.Hour

// NewLink returns a link that is made at a time, and its secret.
func NewLink(now time.Time) (l Link, secret string) {
	secret, hash := NewSecret()
	return Link{Hash: hash, Ends: now.Add(LinkLife)}, secret
}

// Account is an editor whom the operator has added.
type Account struct {
	Name     string
	Role     Role
	Added    time.Time
	LinkEnds time.Time // of a sign-in link that was not used; zero: there is none
	Seen     time.Time // when one of her sessions was used last, to the minute; zero: she has none
	Sessions int       // that have not ended
}

// Way says how an editor has shown who she is.
type Way string

// The ways.
const (
	ByLink  Way = "link"  // the editor's personal link
	ByToken Way = "token" // the API token
	ByKey   Way = "key"   // the address that the start of a service for one machine prints
	ByOIDC  Way = "oidc"  // a provider of OpenID Connect
)

// Session is a browser in which an editor has signed in.
type Session struct {
	Hash Hash // of what the browser has
	Editor
	Way   Way
	Bound string // identifies the setting that the session depends on; it is not valid under another
	// The session was begun, was used last (to the minute), ends if it is not used until Rests, and ends in any case.
	Began, Seen, Rests, Ends time.Time
}

// Store keeps editors and their sessions. Its methods are safe for concurrent use, also by several processes: what one
// ends, no other accepts. Those that change something enter it in the journal, in the same transaction, if their
// context says what is done.
type Store interface {
	// AddEditor adds an editor with a sign-in link. Errors: ErrTaken.
	AddEditor(ctx context.Context, a Account, l Link) error
	// SetLink gives an editor another sign-in link; the one before cannot be used any more. Errors: ErrUnknown.
	SetLink(ctx context.Context, name string, l Link, at time.Time) error
	// RemoveEditor removes an editor and ends her sessions. Errors: ErrUnknown.
	RemoveEditor(ctx context.Context, name string, at time.Time) error
	// Editors lists the editors by their names, as they are at a time.
	Editors(ctx context.Context, now time.Time) ([]Account, error)

	// LinkOf returns whose link it is, and leaves it as it is. Errors: ErrNoLink.
	LinkOf(ctx context.Context, link Hash, now time.Time) (Editor, error)
	// UseLink begins the session of the editor whose link it is, when s.Began. No link can be used twice. UseLink sets
	// the session's editor and way. Errors: ErrNoLink.
	UseLink(ctx context.Context, link Hash, s Session) (Session, error)
	// BeginSession begins a session of an editor who was not added.
	BeginSession(ctx context.Context, s Session) error
	// Session returns a session that has not ended, with the role that the editor has now. Errors: ErrNoSession.
	Session(ctx context.Context, session Hash, now time.Time) (Session, error)
	// UseSession remembers when a session was used last, and until when it rests.
	UseSession(ctx context.Context, session Hash, seen, rests time.Time) error
	// EndSession ends a session. One that has ended is no error.
	EndSession(ctx context.Context, session Hash, at time.Time) error
	// PruneSessions removes the sessions that have ended, and returns their number.
	PruneSessions(ctx context.Context, now time.Time) (removed int, err error)
}

// MaxName is the maximum length of an editor's name, in code points.
const MaxName = 64

// CheckName returns an error, the end of a sentence, unless it can be the name of an editor. Names are in the journal,
// where nobody's address is, and none is taken for what is no editor.
func CheckName(name string) error {
	switch {
	case name == "" || strings.TrimSpace(name) != name:
		return fault.Public(fault.Invalid, "name", "must not be empty, or begin or end with a space")
	case utf8.RuneCountInString(name) > MaxName || !utf8.ValidString(name):
		return fault.Public(fault.Invalid, "name", "must be at most 64 characters of UTF-8")
	case strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) || r == '#' || r == '@' }):
		return fault.Public(fault.Invalid, "name", "must be a name, without @ and #, that can be printed")
	}
	for _, reserved := range []string{"API token", "cards", "operator"} {
		if strings.EqualFold(name, reserved) {
			return fault.Public(fault.Invalid, "name", "is taken by the service itself")
		}
	}
	return nil
}
