// Command reference converts the OpenAPI document to the files that the service serves: the document as JSON,
// and the operations by group, which the page of the API reference shows.
//
//	reference OPENAPI.json REFERENCE.json
package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"newsroom.example/cards/internal/api/document"
	"newsroom.example/cards/internal/web"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: reference OPENAPI.json REFERENCE.json")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "reference:", err)
		os.Exit(1)
	}
}

func run(openapi, reference string) error {
	doc, err := document.Load()
	if err != nil {
		return err
	}
	if err := write(openapi, doc); err != nil {
		return err
	}
	return write(reference, referenceOf(doc))
}

func write(path string, v any) error {
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(data, '\n'), 0o644)
}

func referenceOf(doc *openapi3.T) web.DocsData {
	docs := web.DocsData{Title: doc.Info.Title, Version: doc.Info.Version, Description: doc.Info.Description}
	for _, tag := range doc.Tags {
		group := web.Group{Name: tag.Name}
		for _, at := range doc.Paths.InMatchingOrder() {
			item := doc.Paths.Value(at)
			for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodPost, http.MethodDelete} {
				if op := item.GetOperation(method); op != nil && op.Tags[0] == tag.Name {
					group.Operations = append(group.Operations, operation(method, at, item, op))
				}
			}
		}
		docs.Groups = append(docs.Groups, group)
	}
	return docs
}

func operation(method, at string, item *openapi3.PathItem, op *openapi3.Operation) web.Operation {
	out := web.Operation{Method: method, Path: at, Summary: op.Summary, Description: op.Description,
		Needs: needs(op.Security)}
	for _, p := range append(append(openapi3.Parameters{}, item.Parameters...), op.Parameters...) {
		out.Parameters = append(out.Parameters, web.Parameter{
			Name: p.Value.Name, In: p.Value.In, Type: typeName(p.Value.Schema), Required: p.Value.Required,
			Description: p.Value.Description,
		})
	}
	if op.RequestBody != nil {
		for _, media := range slices.Sorted(maps.Keys(op.RequestBody.Value.Content)) {
			if out.Body == "" || media == "application/json" {
				out.Body = media + describe(op.RequestBody.Value.Content[media].Schema)
			}
		}
	}
	for status, r := range op.Responses.Map() {
		shown := web.Response{Status: status}
		if r.Value.Description != nil {
			shown.Description = *r.Value.Description
		}
		if content := r.Value.Content.Get("application/json"); content != nil {
			shown.Example = strings.TrimSpace(describe(content.Schema))
		}
		out.Responses = append(out.Responses, shown)
	}
	sortResponses(out.Responses)
	return out
}

// needs returns a sentence about the authorization that an operation requires, or the empty string if it requires none.
func needs(security *openapi3.SecurityRequirements) string {
	if security == nil {
		return ""
	}
	for _, one := range *security {
		if _, ok := one["session"]; ok {
			return "Requires a session of the studio or the API token."
		}
	}
	return "Requires the API token."
}

func typeName(s *openapi3.SchemaRef) string {
	if s == nil || s.Value == nil || s.Value.Type == nil {
		return ""
	}
	return strings.Join(s.Value.Type.Slice(), " or ")
}

// describe lists the fields of an object, one per line. For nested lists and objects it gives only the type's name.
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
