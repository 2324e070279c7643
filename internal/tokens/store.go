package tokens

import (
	"context"
	"time"

	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/fault"
)

// Errors of a Store.
var (
	ErrTaken   = fault.New(fault.Precondition, "a token of this name is in use")
	ErrUnknown = fault.New(fault.NotFound, "no token in use has this name or ID")
	// ErrNone says that no token has the hash.
	ErrNone = fault.New(fault.Unauthorized, "the token is not known")
)

// Store keeps tokens. Its methods are safe for concurrent use, also by several processes: what one revokes, no other
// finds in use. Those that make or revoke a token enter it in the journal, in the same transaction, if their context
// says what is done.
type Store interface {
	// AddToken adds a token. Errors: ErrTaken.
	AddToken(ctx context.Context, t Token) error
	// RevokeToken revokes the token with the name or the ID that is not revoked yet, and returns it. Errors: ErrUnknown.
	RevokeToken(ctx context.Context, nameOrID string, at time.Time) (Token, error)
	// Tokens lists all tokens, also those that are revoked or have ended, the first made first.
	Tokens(ctx context.Context) ([]Token, error)
	// TokenOf returns the token with the hash, also if it is revoked or has ended. Errors: ErrNone.
	TokenOf(ctx context.Context, hash editors.Hash) (Token, error)
	// UseToken remembers when the token with the ID was used last.
	UseToken(ctx context.Context, id string, at time.Time) error
}
