package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"newsroom.example/cards/internal/web"
)

// typeOf returns the name of a schema's type, or of that of its entries; "" if it has none.
func typeOf(s *openapi3.SchemaRef) string {
	if s == nil || s.Ref == "" {
		return ""
	}
	return s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]
}

// fields lists the fields of an object, and those of the objects in it, for the operation.
func (m *maker) fields(id string, s *openapi3.SchemaRef) []web.Field {
	return m.expand(nil, id, "", s, map[*openapi3.Schema]bool{})
}

// expand appends the fields below a prefix. open are the objects around it: a type that contains itself is listed once.
func (m *maker) expand(
	all []web.Field, id, prefix string, ref *openapi3.SchemaRef, open map[*openapi3.Schema]bool,
) []web.Field {
	if ref == nil || open[ref.Value] {
		return all
	}
	s := ref.Value
	open[s] = true
	defer delete(open, s)
	for _, name := range inOrder(s) {
		p := s.Properties[name]
		f := field(prefix+name, p, slices.Contains(s.Required, name))
		inner, below := p, prefix+name+"."
		switch {
		case p.Value.Items != nil:
			inner, below = p.Value.Items, prefix+name+"[]."
		case p.Value.AdditionalProperties.Schema != nil:
			inner, below = p.Value.AdditionalProperties.Schema, prefix+name+".*."
		}
		home := m.homes[typeOf(inner)]
		if f.Expanded = home; home == id {
			f.Expanded = ""
		}
		all = append(all, f)
		if f.Expanded == "" {
			all = m.expand(all, id, below, inner, open)
		}
	}
	return all
}

// inOrder returns the names of an object's fields: those that are required first.
func inOrder(s *openapi3.Schema) []string {
	names := slices.Sorted(maps.Keys(s.Properties))
	slices.SortStableFunc(names, func(a, b string) int {
		ra, rb := slices.Contains(s.Required, a), slices.Contains(s.Required, b)
		switch {
		case ra == rb:
			return 0
		case ra:
			return -1
		}
		return 1
	})
	return names
}

// field describes a value of a schema.
func field(name string, ref *openapi3.SchemaRef, required bool) web.Field {
	f := web.Field{Name: name, Type: typeName(ref), Required: required}
	if ref == nil {
		return f
	}
	f.Limits, f.Description = strings.Join(limits(ref.Value), "; "), ref.Value.Description
	return f
}

func typeName(ref *openapi3.SchemaRef) string {
	if ref == nil {
		return ""
	}
	s := ref.Value
	var either []string
	for _, one := range slices.Concat(s.OneOf, s.AnyOf) {
		either = append(either, typeName(one))
	}
	switch {
	case len(either) > 0:
		return strings.Join(either, " or ")
	case s.Items != nil:
		return "list of " + plural(typeName(s.Items))
	case s.AdditionalProperties.Schema != nil:
		return "object of " + plural(typeName(s.AdditionalProperties.Schema)) + " by name"
	case s.Format == "date-time":
		return "time, RFC 3339"
	case s.Format == "binary":
		return "bytes"
	case s.Type == nil:
		return "any"
	}
	return strings.Join(s.Type.Slice(), " or ")
}

func plural(name string) string { return strings.TrimSuffix(name, "s") + "s" }

// limits returns what a value must be, beyond its type, and its default.
func limits(s *openapi3.Schema) (all []string) {
	say := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	if len(s.Enum) > 0 {
		var values []string
		for _, v := range s.Enum {
			values = append(values, fmt.Sprint(v))
		}
		say("one of %s", strings.Join(values, ", "))
	}
	switch {
	case s.Min != nil && s.Max != nil:
		say("%v to %.12v", *s.Min, *s.Max)
	case s.Min != nil:
		say("at least %v", *s.Min)
	case s.Max != nil:
		say("at most %.12v", *s.Max)
	}
	if s.MaxLength != nil {
		say("at most %d characters", *s.MaxLength)
	}
	switch {
	case s.MaxItems != nil && s.MinItems == *s.MaxItems:
		say("%d entries", s.MinItems)
	case s.MaxItems != nil:
		say("at most %d entries", *s.MaxItems)
	}
	if s.Items != nil {
		for _, l := range limits(s.Items.Value) {
			say("each %s", l)
		}
	}
	if s.Pattern != "" {
		say("matches %s", s.Pattern)
	}
	if s.Default != nil {
		say("default %v", s.Default)
	}
	if s.Example != nil {
		say("such as %v", s.Example)
	}
	return all
}
