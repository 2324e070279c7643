package main

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/web"
)

// maker makes the reference.
type maker struct {
	doc      *openapi3.T
	examples []api.Example
	homes    map[string]string // the operation that lists the fields of a type, by the type's name
	open     map[int]bool      // whether an example's answer is shown without being asked for
}

// described is an operation of the document.
type described struct {
	method, path string
	item         *openapi3.PathItem
	op           *openapi3.Operation
}

func referenceOf(doc *openapi3.T, examples []api.Example) web.DocsData {
	m := maker{doc: doc, examples: examples, homes: map[string]string{}}
	all := operations(doc)
	m.open = unfold(all, examples)
	for _, d := range all {
		m.settle(d)
	}
	docs := web.DocsData{Title: doc.Info.Title, Version: doc.Info.Version, About: paragraphs(doc.Info.Description)}
	for _, tag := range doc.Tags {
		group := web.Group{ID: strings.ToLower(strings.ReplaceAll(tag.Name, " ", "-")), Name: tag.Name, About: tag.Description}
		for _, d := range all {
			if d.op.Tags[0] == tag.Name {
				group.Operations = append(group.Operations, m.operation(d))
			}
		}
		docs.Groups = append(docs.Groups, group)
	}
	for _, c := range fault.Codes() {
		docs.Codes = append(docs.Codes, web.Code{Code: c.Code, When: c.When, Do: c.Do, Status: c.Status})
	}
	return docs
}

// operations returns the operations in the order of the document's source.
func operations(doc *openapi3.T) (all []described) {
	place := map[string]int{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			all = append(all, described{method, path, item, op})
			place[op.OperationID] = bytes.Index(api.YAML, []byte("operationId: "+op.OperationID+"\n"))
		}
	}
	slices.SortFunc(all, func(a, b described) int { return cmp.Compare(place[a.op.OperationID], place[b.op.OperationID]) })
	return all
}

func paragraphs(text string) (all []string) {
	for p := range strings.SplitSeq(text, "\n") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			all = append(all, p)
		}
	}
	return all
}

// settle makes the operation the home of the types of its bodies that have none yet.
func (m *maker) settle(d described) {
	settle := func(content openapi3.Content) {
		for _, media := range content {
			if name := typeOf(media.Schema); name != "" && m.homes[name] == "" {
				m.homes[name] = d.op.OperationID
			}
		}
	}
	if d.op.RequestBody != nil {
		settle(d.op.RequestBody.Value.Content)
	}
	for _, status := range statuses(d.op) {
		if status < "4" {
			settle(d.op.Responses.Value(status).Value.Content)
		}
	}
}

// statuses returns the documented statuses in ascending order, without the default.
func statuses(op *openapi3.Operation) []string {
	all := slices.Sorted(maps.Keys(op.Responses.Map()))
	return slices.DeleteFunc(all, func(s string) bool { return s == "default" })
}

func (m *maker) operation(d described) web.Operation {
	out := web.Operation{
		ID: d.op.OperationID, Method: d.method, Path: d.path, Summary: d.op.Summary, Description: d.op.Description,
		Needs: needs(d.op.Security),
	}
	for _, p := range slices.Concat(d.item.Parameters, d.op.Parameters) {
		f := field(p.Value.Name, p.Value.Schema, p.Value.Required)
		f.In, f.Description = p.Value.In, p.Value.Description
		out.Parameters = append(out.Parameters, f)
	}
	listed := map[string]bool{}
	if d.op.RequestBody != nil {
		out.Body = m.contents(d.op.OperationID, d.op.RequestBody.Value.Content, listed)
	}
	for _, status := range statuses(d.op) {
		r := d.op.Responses.Value(status).Value
		if status >= "4" {
			out.Errors = append(out.Errors, refusal(status, r))
			continue
		}
		shown := web.Response{
			Status: status, Description: *r.Description, Content: m.contents(d.op.OperationID, r.Content, listed),
		}
		for _, name := range slices.Sorted(maps.Keys(r.Headers)) {
			h := r.Headers[name].Value
			f := field(name, h.Schema, false)
			f.Description = h.Description
			shown.Headers = append(shown.Headers, f)
		}
		out.Answers = append(out.Answers, shown)
	}
	for i, e := range m.examples {
		if e.Operation == d.op.OperationID {
			example := exampleOf(e)
			example.Folded = !m.open[i]
			out.Examples = append(out.Examples, example)
		}
	}
	return out
}

// maxOpen is the length up to which an answer is always shown, in bytes.
const maxOpen = 600

// unfold returns, of the long answers of each type, the place in the examples of the one that was recorded first. The
// others are shown on demand.
func unfold(all []described, examples []api.Example) map[int]bool {
	ops := map[string]*openapi3.Operation{}
	for _, d := range all {
		ops[d.op.OperationID] = d.op
	}
	open, shown := map[int]bool{}, map[string]bool{}
	for i, e := range examples {
		kind := e.Operation
		if r := ops[e.Operation].Responses.Value(strconv.Itoa(e.Status)); r != nil {
			if body := r.Value.Content.Get("application/json"); body != nil {
				kind = cmp.Or(typeOf(body.Schema), kind)
			}
		}
		long := len(e.Answer) > maxOpen
		open[i] = !long || !shown[kind]
		shown[kind] = shown[kind] || long
	}
	return open
}

// refusal returns the error codes that come with a status.
func refusal(status string, r *openapi3.Response) web.Refusal {
	out := web.Refusal{Status: status}
	if r.Content.Get("application/json") == nil { // a page
		return out
	}
	n, _ := strconv.Atoi(status)
	for _, c := range fault.Codes() {
		if slices.Contains(c.Status, n) {
			out.Codes = append(out.Codes, c.Code)
		}
	}
	if len(out.Codes) == 0 {
		out.Codes = []string{fault.Invalid.Code()}
	}
	return out
}

// contents returns a body in its media types, those of the same type together. The fields of a type are listed once, by
// its home; a type with x-fields-of has the fields of another type.
func (m *maker) contents(id string, content openapi3.Content, listed map[string]bool) (all []web.Content) {
	for _, media := range slices.Sorted(maps.Keys(content)) {
		s := content[media].Schema
		c := web.Content{Media: media, Type: typeOf(s)}
		if last := len(all) - 1; last >= 0 && c.Type != "" && all[last].Type == c.Type {
			all[last].Media += " or " + media
			continue
		}
		switch home := m.homes[c.Type]; {
		case c.Type == "" || home == id && !listed[c.Type]:
			c.Description, c.Fields = s.Value.Description, m.fields(id, s)
			if other, _ := s.Value.Extensions["x-fields-of"].(string); other != "" {
				c.Expanded = m.homes[other]
			}
			listed[c.Type] = true
		default:
			c.Expanded = home
		}
		all = append(all, c)
	}
	return all
}

// needs returns a sentence about the authorization that an operation requires, or the empty string if it requires none.
func needs(security *openapi3.SecurityRequirements) string {
	var names []string
	for _, one := range *security {
		if len(one) == 0 {
			return ""
		}
		names = slices.AppendSeq(names, maps.Keys(one))
	}
	switch {
	case slices.Contains(names, "session"):
		return "Requires a session of the studio or the API token."
	case slices.Contains(names, "token"):
		return "Requires the API token."
	case len(names) > 0:
		return "Requires the admin key of the app at Kakao."
	}
	return ""
}
