package fault

import (
	"errors"
	"fmt"
)

// ErrInvalid is the kind of every fault of a field.
var ErrInvalid = New(Invalid, "invalid request")

// Field is a fault of one field. It wraps ErrInvalid.
type Field struct {
	Field   string // as the API names it, "photo.url"
	Problem string // completes a sentence that begins with the field
}

// Error implements error.
func (f *Field) Error() string { return f.Field + " " + f.Problem }

// Unwrap is ErrInvalid.
func (f *Field) Unwrap() error { return ErrInvalid }

// InField is the fault of one field.
func InField(field, problem string) error { return &Field{Field: field, Problem: problem} }

// MaxNamed is how many faults a List names; the others it only counts.
const MaxNamed = 20

// Unnamed is a number of faults that an error does not name. It wraps ErrInvalid.
type Unnamed int

// Error implements error.
func (n Unnamed) Error() string { return fmt.Sprintf("and %d more faults", int(n)) }

// Unwrap is ErrInvalid.
func (n Unnamed) Unwrap() error { return ErrInvalid }

// List collects faults of fields, so that one answer names them all: the first MaxNamed, and the number of
// the others. The zero value is ready to use.
type List struct {
	errs    []error
	unnamed Unnamed
}

// Add adds a fault of the field.
func (l *List) Add(field, format string, args ...any) {
	if len(l.errs) == MaxNamed {
		l.unnamed++
		return
	}
	l.errs = append(l.errs, &Field{Field: field, Problem: fmt.Sprintf(format, args...)})
}

// Check adds err, unless it is nil, as a fault of the field.
func (l *List) Check(field string, err error) {
	if err != nil {
		l.Add(field, "%s", err)
	}
}

// Err joins the faults, one *Field each, and Unnamed where there are more; nil where there are none.
func (l *List) Err() error {
	err := errors.Join(l.errs...)
	if l.unnamed > 0 {
		return errors.Join(err, l.unnamed)
	}
	return err
}

// Fields lists the faults of fields that err wraps, in order, and counts those that it does not name.
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
