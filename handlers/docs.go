package handlers

import (
	"cmp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"cards/web"
)

func typeName(s *openapi3.SchemaRef) string {
	if s == nil || s.Value == nil || s.Value.Type == nil {
		return ""
	}
	return strings.Join(s.Value.Type.Slice(), " or ")
}

// describe lists an object's fields, one a line; lists and objects inside by their name.
func describe(s *openapi3.SchemaRef) string {
	if s == nil || s.Value == nil || len(s.Value.Properties) == 0 {
		return ""
	}
	var names []string
	for name := range s.Value.Properties {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		ra, rb := slices.Contains(s.Value.Required, a), slices.Contains(s.Value.Required, b)
		if ra != rb {
			if ra {
				return -1
			}
			return 1
		}
		return cmp.Compare(a, b)
	})
	var b strings.Builder
	for _, name := range names {
		p := s.Value.Properties[name]
		b.WriteString("\n" + name + ": " + refName(p))
		if slices.Contains(s.Value.Required, name) {
			b.WriteString(", required")
		}
		if p.Value.Description != "" {
			b.WriteString(". " + p.Value.Description)
		}
	}
	return b.String()
}

func refName(s *openapi3.SchemaRef) string {
	if s.Ref != "" {
		return s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]
	}
	if s.Value.Type != nil && s.Value.Type.Is("array") && s.Value.Items != nil {
		return "list of " + refName(s.Value.Items)
	}
	return typeName(s)
}

func sortResponses(all []web.Response) {
	slices.SortFunc(all, func(a, b web.Response) int { return cmp.Compare(a.Status, b.Status) })
}
