// Package design reads a newsroom's designs: themes (colours, fonts, logo, badge and rule style) and
// templates (the layout of a card). Both are TOML files without code. docs/design.md is the manual.
//
// Reading is strict: an unknown key or value, a number out of its range, or a colour without enough
// contrast is a Fault with file, line, column and key. All faults of a file are reported at once. The
// built-in themes and templates use the same format.
package design

import (
	"errors"
	"fmt"
	"strings"
)

// MaxFileBytes is the maximum size of a theme or template file, MaxLogoBytes that of a logo.
const (
	MaxFileBytes = 64 << 10
	MaxLogoBytes = 1 << 20
)

// Fault is an error at one place of a file.
type Fault struct {
	File         string
	Line, Column int    // from 1; 0: the file as a whole
	Key          string // dotted, as in "stack[1].items[0].gap"
	Problem      string
}

func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", f.Line, f.Column)
	}
	if f.Key != "" {
		b.WriteString(": " + f.Key)
	}
	return b.String() + ": " + f.Problem
}

// Faults returns the faults in err, in the order of files and lines.
func Faults(err error) []*Fault {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*Fault
		for _, e := range joined.Unwrap() {
			all = append(all, Faults(e)...)
		}
		return all
	}
	if one, ok := errors.AsType[*Fault](err); ok {
		return []*Fault{one}
	}
	return nil
}
