package card

import (
	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/fault"
)

// Errors of the package. Every error that it returns wraps one of them.
var (
	ErrInvalid   = fault.ErrInvalid
	ErrSignature = fault.New(fault.BadSignature, "bad signature")
	ErrExpired   = fault.Public(fault.Gone, "expired", "the address has expired")
)

// FieldError says which field is invalid, and why. It wraps ErrInvalid.
type FieldError = fault.Field

// MaxFaults is the maximum number of FieldErrors in one error. Further ones are only counted.
const MaxFaults = fault.MaxNamed

// MoreFaults is an error that says how many FieldErrors were left out because there were more than MaxFaults. It wraps
// ErrInvalid.
type MoreFaults = fault.Unnamed

// FieldErrors returns the FieldErrors that err wraps, in order.
func FieldErrors(err error) []*FieldError {
	named, _ := fault.Fields(err)
	return named
}

// Fields cleans the text of fields and collects their errors. The zero value is ready to use.
type Fields struct{ fault.List }

// Line cleans one line of text in place (package clean), and checks that it has at most most code points. Text that is
// HTML is decoded.
func (f *Fields) Line(field string, s *string, most int) { f.LineAs(clean.Guess, field, s, most) }

// LineAs is like Line for text of the format.
func (f *Fields) LineAs(format TextFormat, field string, s *string, most int) {
	line, err := format.Line(*s, most)
	f.Check(field, err)
	if err == nil || line != (clean.String{}) { // too long, but clean
		*s = line.String()
	}
}
