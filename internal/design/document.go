package design

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// document is a file that is being read. It records the position of each key, and collects the faults.
type document struct {
	file   string
	places map[string]unstable.Position
	faults []*Fault
}

// decode decodes a TOML file into into, and adds errors to the faults. It returns false if the file is too
// broken for further checks.
func (d *document) decode(data []byte, into any) bool {
	if len(data) > MaxFileBytes {
		d.faults = append(d.faults, &Fault{File: d.file, Problem: fmt.Sprintf("is longer than %d bytes", MaxFileBytes)})
		return false
	}
	dec := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields()
	err := dec.Decode(into)
	var unknown *toml.StrictMissingError
	var broken *toml.DecodeError
	switch {
	case errors.As(err, &unknown):
		for i := range unknown.Errors {
			d.form(&unknown.Errors[i], "is not known here")
		}
	case errors.As(err, &broken):
		d.form(broken, formProblem(broken))
		return false
	case err != nil:
		d.faults = append(d.faults, &Fault{File: d.file, Problem: err.Error()})
		return false
	}
	d.places = places(data)
	return true
}

// formProblem returns the message of a decoding error, without the names of Go types.
func formProblem(e *toml.DecodeError) string {
	problem := strings.TrimPrefix(e.Error(), "toml: ")
	if kind, ok := strings.CutPrefix(problem, "cannot decode TOML "); ok {
		kind, _, _ = strings.Cut(kind, " into ")
		return "cannot be of kind " + kind
	}
	return problem
}

func (d *document) form(e *toml.DecodeError, problem string) {
	line, column := e.Position()
	d.faults = append(d.faults, &Fault{File: d.file, Line: line, Column: column, Key: strings.Join(e.Key(), "."),
		Problem: problem})
}

// fault adds a fault at a key or, if the file does not have the key, at the nearest table that it has.
func (d *document) fault(key, format string, args ...any) {
	f := &Fault{File: d.file, Key: key, Problem: fmt.Sprintf(format, args...)}
	for at := key; at != ""; {
		if p, ok := d.places[at]; ok {
			f.Line, f.Column = p.Line, p.Column
			break
		}
		at = at[:max(0, strings.LastIndexAny(at, ".["))]
	}
	d.faults = append(d.faults, f)
}

func (d *document) err() error {
	slices.SortStableFunc(d.faults, func(a, b *Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	var all []error
	for _, f := range d.faults {
		all = append(all, f)
	}
	return errors.Join(all...)
}

// within checks the range of a number, and returns a default if it is missing.
func (d *document) within(key string, v *float64, fallback, least, most float64) {
	if *v == 0 {
		*v = fallback
		return
	}
	if !(*v >= least && *v <= most) {
		d.fault(key, "is %v, and must be from %v to %v", *v, least, most)
	}
}

// oneOf checks a value against a list, and returns the first of the list if the value is missing.
func (d *document) oneOf(key string, v *string, words ...string) {
	if *v == "" {
		*v = words[0]
	} else if !slices.Contains(words, *v) {
		d.fault(key, "is %q, and must be one of %s", *v, strings.Join(words, ", "))
	}
}

// places returns the positions of the keys and tables of a TOML document.
func places(data []byte) map[string]unstable.Position {
	found := map[string]unstable.Position{}
	counts := map[string]int{}
	var p unstable.Parser
	p.Reset(data)
	table := ""
	for p.NextExpression() {
		e := p.Expression()
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			name, first := keyOf(e)
			table = name
			if e.Kind == unstable.ArrayTable {
				table = name + "[" + strconv.Itoa(counts[name]) + "]"
				counts[name]++
			}
			found[table] = p.Shape(first.Raw).Start
		case unstable.KeyValue:
			note(&p, found, table, e)
		}
	}
	return found
}

func note(p *unstable.Parser, found map[string]unstable.Position, table string, e *unstable.Node) {
	name, first := keyOf(e)
	if table != "" {
		name = table + "." + name
	}
	found[name] = p.Shape(first.Raw).Start
	noteValue(p, found, name, e.Value())
}

func noteValue(p *unstable.Parser, found map[string]unstable.Position, name string, value *unstable.Node) {
	switch value.Kind {
	case unstable.InlineTable:
		for it := value.Children(); it.Next(); {
			note(p, found, name, it.Node())
		}
	case unstable.Array:
		for it, i := value.Children(), 0; it.Next(); i++ {
			noteValue(p, found, name+"["+strconv.Itoa(i)+"]", it.Node())
		}
	}
}

// keyOf returns the dotted key of a node, and its first part.
func keyOf(n *unstable.Node) (string, *unstable.Node) {
	var parts []string
	var first *unstable.Node
	for it := n.Key(); it.Next(); {
		if first == nil {
			first = it.Node()
		}
		parts = append(parts, string(it.Node().Data))
	}
	return strings.Join(parts, "."), first
}
