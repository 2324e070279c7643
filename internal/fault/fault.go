// Package fault is how the service speaks of what went wrong: an error has a kind, and one table says what
// each kind is to clients and to the log. An error without a kind is Internal.
package fault

import (
	"context"
	"errors"
)

// Error is an error of a kind. Packages declare their own as variables, which errors.Is finds, or return one
// with a message of its own. It is not changed once it is made.
type Error struct {
	Kind    Kind
	Message string // for clients; empty: the message of the kind
	Err     error  // for the log: what happened; nil: Message says it
}

// New is an error of the kind, with the text that the log shows.
func New(k Kind, text string) error { return &Error{Kind: k, Err: errors.New(text)} }

// Public is New with a message of its own for clients.
func Public(k Kind, text, message string) error {
	return &Error{Kind: k, Message: message, Err: errors.New(text)}
}

// Error implements error.
func (e *Error) Error() string {
	if e.Err == nil {
		return e.Message
	}
	return e.Err.Error()
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf is the kind of the first *Error that err wraps, depth first. A deadline without one counts as
// Overloaded, since work is given up only when the service is too slow; everything else is Internal, nil too.
func KindOf(err error) Kind {
	var e *Error
	switch {
	case errors.As(err, &e):
		return e.Kind
	case errors.Is(err, context.Canceled):
		return Canceled
	case errors.Is(err, context.DeadlineExceeded):
		return Overloaded
	}
	return Internal
}

// MessageOf is what clients read of err: its own message, else that of its kind. It is empty where the
// faults of fields say what is wrong (Fields).
func MessageOf(err error) string {
	var e *Error
	if errors.As(err, &e) && e.Message != "" {
		return e.Message
	}
	return KindOf(err).Answer().Message
}
