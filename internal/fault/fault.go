// Package fault defines the errors of the service. An error has a kind, and one table maps each kind to its status,
// code, message and log level. An error without a kind is Internal.
package fault

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
)

// Error is an error with a kind. Packages declare errors as variables, for errors.Is, or return one with its own
// message. It is never modified.
type Error struct {
	Kind    Kind
	Message string // for clients; empty: the message of the kind
	Err     error  // for the log: what happened; nil: Message says it
}

// New returns an error of the kind with a text for the log.
func New(k Kind, text string) error { return &Error{Kind: k, Err: errors.New(text)} }

// Public returns an error of the kind with a text for the log and a message for clients.
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

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the first *Error that err wraps, depth first. Without one, a deadline is Overloaded,
// because the service gives up work only when it is too slow. All other errors, and nil, are Internal.
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

// MessageOf returns the message of err for clients: its own, or that of its kind. It is empty if the errors of
// fields say what is wrong (see Fields).
func MessageOf(err error) string {
	var e *Error
	if errors.As(err, &e) && e.Message != "" {
		return e.Message
	}
	return KindOf(err).Answer().Message
}

// Panic returns the error of a value that was recovered from a panic, with the stack. Call it in the deferred
// function that recovers.
func Panic(recovered any) error { return fmt.Errorf("panic: %v\n%s", recovered, debug.Stack()) }
