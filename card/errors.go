package card

import (
	"errors"
	"fmt"
)

// The kinds of refusal. Everything the package returns wraps one of them.
var (
	ErrInvalid   = errors.New("invalid request")
	ErrSignature = errors.New("bad signature")
	ErrExpired   = errors.New("expired")
)

// FieldError says which field is at fault and why. It wraps ErrInvalid.
type FieldError struct {
	Field   string // as the API names it, "photo.url"
	Problem string // completes a sentence that begins with the field
}

func (e *FieldError) Error() string { return e.Field + " " + e.Problem }
func (e *FieldError) Unwrap() error { return ErrInvalid }

// Fields collects every field's fault, so that one answer names them all.
// The zero value is ready to use.
type Fields struct{ errs []error }

// Add notes a fault of the field.
func (f *Fields) Add(field, format string, args ...any) {
	f.errs = append(f.errs, &FieldError{Field: field, Problem: fmt.Sprintf(format, args...)})
}

// Check notes err, unless it is nil, as a fault of the field.
func (f *Fields) Check(field string, err error) {
	if err != nil {
		f.Add(field, "%s", err)
	}
}

// Line cleans one line of text in place and checks its length in code points.
func (f *Fields) Line(field string, s *string, most int) {
	text, err := CleanLine(*s)
	if err != nil {
		f.Check(field, err)
		return
	}
	if n := len([]rune(text)); n > most {
		f.Add(field, "has %d characters; at most %d are taken", n, most)
	}
	*s = text
}

// Err joins the faults, or is nil where there are none.
func (f *Fields) Err() error { return errors.Join(f.errs...) }

// FieldErrors lists the field faults that err wraps, in order.
func FieldErrors(err error) []*FieldError {
	switch e := err.(type) {
	case nil:
		return nil
	case *FieldError:
		return []*FieldError{e}
	case interface{ Unwrap() []error }:
		var all []*FieldError
		for _, sub := range e.Unwrap() {
			all = append(all, FieldErrors(sub)...)
		}
		return all
	case interface{ Unwrap() error }:
		return FieldErrors(e.Unwrap())
	}
	return nil
}
