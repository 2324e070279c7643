package fault

import (
	"errors"
	"fmt"
)

// ErrInvalid is wrapped by every error of a field.
var ErrInvalid = New(Invalid, "invalid request")

// Field is an error of one field. It wraps ErrInvalid.
type Field struct {
	Field   string // its name in the API, such as "photo.url"
	Problem string // completes a sentence that begins with the field
}

// Error implements error.
func (f *Field) Error() string { return f.Field + " " + f.Problem }

// Unwrap returns ErrInvalid.
func (f *Field) Unwrap() error { return ErrInvalid }

// InField returns the error of one field. problem completes a sentence that begins with the field.
func InField(field, problem string) error { return &Field{Field: field, Problem: problem} }

// MaxNamed is the maximum number of errors that a List holds. Further errors are only counted.
const MaxNamed = 20

// Unnamed is the number of errors that a List only counted. It wraps ErrInvalid.
type Unnamed int

// Error implements error.
func (n Unnamed) Error() string { return fmt.Sprintf("and %d more faults", int(n)) }

// Unwrap returns ErrInvalid.
func (n Unnamed) Unwrap() error { return ErrInvalid }

// List collects the errors of fields, so that one response names them all: the first MaxNamed, and the number of the
// others. The zero value is an empty list.
type List struct {
	errs    []error
	unnamed Unnamed
}

// Add adds an error of the field.
func (l *List) Add(field, format string, args ...any) {
	if len(l.errs) == MaxNamed {
		l.unnamed++
		return
	}
	l.errs = append(l.errs, &Field{Field: field, Problem: fmt.Sprintf(format, args...)})
}

// Check adds err as an error of the field, unless err is nil.
func (l *List) Check(field string, err error) {
	if err != nil {
		l.Add(field, "%s", err)
	}
}

// Err returns the errors joined, each a *Field, and Unnamed if there are more. It returns nil if there are none.
func (l *List) Err() error {
	err := errors.Join(l.errs...)
	if l.unnamed > 0 {
		return errors.Join(err, l.unnamed)
	}
	return err
}

// Fields returns the errors of fields that err wraps, in order, and the number of those that were only counted.
func Fields(err error) (named []*Field, unnamed int) {
	switch e := err.(type) { //nolint:errorlint // it unwraps, step by step
	case nil:
	case *Field:
		return []*Field{e}, 0
	case Unnamed:
		return nil, int(e)
	case interface{ Unwrap() []error }:
		for _, sub := range e.Unwrap() {
			some, more := Fields(sub)
			named, unnamed = append(named, some...), unnamed+more
		}
	case interface{ Unwrap() error }:
		return Fields(e.Unwrap())
	}
	return named, unnamed
}
