package card

import (
	"errors"
	"fmt"

	"newsroom.example/cards/internal/clean"
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

// MaxFaults is how many faults one refusal names; the others it only counts.
const MaxFaults = 20

// MoreFaults is the number of faults that a refusal does not name. It wraps ErrInvalid.
type MoreFaults int

func (m MoreFaults) Error() string { return fmt.Sprintf("and %d more faults", int(m)) }
func (m MoreFaults) Unwrap() error { return ErrInvalid }

// Fields collects the fields' faults, so that one answer names them all: the first MaxFaults, and
// the number of the others. The zero value is ready to use.
type Fields struct {
	errs []error
	more MoreFaults
}

// Add notes a fault of the field.
func (f *Fields) Add(field, format string, args ...any) {
	if len(f.errs) == MaxFaults {
		f.more++
		return
	}
	f.errs = append(f.errs, &FieldError{Field: field, Problem: fmt.Sprintf(format, args...)})
}

// Check notes err, unless it is nil, as a fault of the field.
func (f *Fields) Check(field string, err error) {
	if err != nil {
		f.Add(field, "%s", err)
	}
}

// decodedLine is the line as Line has it.
func decodedLine(s string, most int) (string, error) {
	if len(s) > maxEncoded*most {
		return CleanLine(s)
	}
	text, _, err := clean.Line(s, CleanLine)
	return text, err
}

// maxEncoded is the most bytes that a code point takes in text that came as HTML, generously. Longer text is
// not decoded: it would take long only to be refused.
const maxEncoded = 16

// Line decodes one line of text where it is HTML (package clean), cleans it in place and checks its
// length in code points.
func (f *Fields) Line(field string, s *string, most int) {
	text, err := decodedLine(*s, most)
	if err != nil {
		f.Check(field, err)
		return
	}
	if n := len([]rune(text)); n > most {
		f.Add(field, "has %d characters; at most %d are taken", n, most)
	}
	*s = text
}

// Err joins the faults, one *FieldError each, and MoreFaults where there are more; nil where there
// are none.
func (f *Fields) Err() error {
	err := errors.Join(f.errs...)
	if f.more > 0 {
		return errors.Join(err, f.more)
	}
	return err
}

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
