// Package design reads a newsroom's design system: themes (colours, type, logo, badge and rule
// style) and templates (where things stand on a card), each a TOML file that is data and runs
// nothing. docs/design.md is the manual.
//
// Reading is strict: an unknown key, a word that is not in the vocabulary, a number out of its
// range or a colour without contrast is a Fault with file, line, column and key, and all faults
// of a file are reported at once. The built-in themes and templates are such files.
package design

import (
	"errors"
	"fmt"
	"strings"
)

// MaxFileBytes bounds a theme or template file, MaxLogoBytes a logo.
const (
	MaxFileBytes = 64 << 10
	MaxLogoBytes = 1 << 20
)

// Fault is what is wrong at one place of a file.
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

// Faults lists the faults in err, in the order of the files and lines.
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
