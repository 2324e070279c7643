package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
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
		held := objectsIn(nil, prefix+name, p)
		for _, o := range held {
			if home := m.homes[typeOf(o.ref)]; home != "" && home != id {
				f.Expanded = home
			}
		}
		all = append(all, f)
		if f.Expanded != "" {
			continue
		}
		for _, o := range held {
			all = m.expand(all, id, o.name+".", o.ref, open)
		}
	}
	return all
}

// object is an object that a field is or holds, under the name that its own fields have before a dot.
type object struct {
	name string
	ref  *openapi3.SchemaRef
}

// objectsIn appends the objects that a field is or holds: as the entries of a list, by name, or as one of several
// types.
func objectsIn(all []object, name string, ref *openapi3.SchemaRef) []object {
	s := ref.Value
	switch {
	case s.Items != nil:
		return objectsIn(all, name+"[]", s.Items)
	case s.AdditionalProperties.Schema != nil:
		return objectsIn(all, name+".*", s.AdditionalProperties.Schema)
	case len(s.Properties) > 0:
		return append(all, object{name, ref})
	}
	for _, one := range slices.Concat(s.OneOf, s.AnyOf) {
		all = objectsIn(all, name, one)
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

// plural returns the plural of a type, or of each of several types.
func plural(name string) string {
	var all []string
	for one := range strings.SplitSeq(name, " or ") {
		all = append(all, strings.TrimSuffix(one, "s")+"s")
	}
	return strings.Join(all, " or ")
}

// plain returns a value as it is written in JSON; texts without their quotation marks, and numbers without an exponent.
func plain(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}

// limits returns what a value must be, beyond its type, and its default.
func limits(s *openapi3.Schema) (all []string) {
	say := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	if len(s.Enum) > 0 {
		var values []string
		for _, v := range s.Enum {
			values = append(values, plain(v))
		}
		say("one of %s", strings.Join(values, ", "))
	}
	switch {
	case s.Min != nil && s.Max != nil:
		say("%s to %s", plain(*s.Min), plain(*s.Max))
	case s.Min != nil:
		say("at least %s", plain(*s.Min))
	case s.Max != nil:
		say("at most %s", plain(*s.Max))
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
		say("default %s", plain(s.Default))
	}
	if s.Example != nil {
		say("such as %s", plain(s.Example))
	}
	return all
}
