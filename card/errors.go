package card

import (
	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/fault"
)

// The kinds of error. Everything the package returns wraps one of them.
var (
	ErrInvalid   = fault.ErrInvalid
	ErrSignature = fault.New(fault.BadSignature, "bad signature")
	ErrExpired   = fault.Public(fault.Gone, "expired", "the address has expired")
)

// FieldError says which field is at fault and why. It wraps ErrInvalid.
type FieldError = fault.Field

// MaxFaults is how many faults one error names; the others it only counts.
const MaxFaults = fault.MaxNamed

// MoreFaults is the number of faults that an error does not name. It wraps ErrInvalid.
type MoreFaults = fault.Unnamed

// FieldErrors lists the faults of fields that err wraps, in order.
func FieldErrors(err error) []*FieldError {
	named, _ := fault.Fields(err)
	return named
}

// Fields collects faults of fields, and cleans their text. The zero value is ready to use.
type Fields struct{ fault.List }

// Line decodes one line of text where it is HTML (package clean), cleans it in place and checks its
// length in code points.
func (f *Fields) Line(field string, s *string, most int) {
	line, err := clean.Line(*s, most)
	f.Check(field, err)
	if err == nil || line != (clean.String{}) { // too long, but clean
		*s = line.String()
	}
}
