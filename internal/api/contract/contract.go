// Package contract holds the answers of the service to the OpenAPI document. Only tests use it.
package contract

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"

	"newsroom.example/cards/internal/api/document"
)

// Contract is the document, in the form that answers are compared with. It is safe for concurrent use.
type Contract struct {
	doc        *openapi3.T
	operations []operation // those with more fixed text first: ":refresh" before any id
}

// Load reads the document. The objects in its answers are closed: clients should ignore fields that they do not know,
// but the service may only answer with fields that the document names.
func Load() (*Contract, error) {
	doc, err := document.Load()
	if err != nil {
		return nil, err
	}
	c := &Contract{doc: doc, operations: operationsOf(doc)}
	done := map[*openapi3.Schema]bool{}
	for _, o := range c.operations {
		for _, r := range o.op.Responses.Map() {
			for _, m := range r.Value.Content {
				closeObjects(m.Schema, done)
			}
		}
	}
	return c, nil
}

// closeObjects forbids fields that the objects of a schema do not name, unless it says that there may be others.
func closeObjects(ref *openapi3.SchemaRef, done map[*openapi3.Schema]bool) {
	if ref == nil || ref.Value == nil || done[ref.Value] {
		return
	}
	s := ref.Value
	done[s] = true
	closeObjects(s.Items, done)
	closeObjects(s.AdditionalProperties.Schema, done)
	for _, p := range s.Properties {
		closeObjects(p, done)
	}
	for _, one := range slices.Concat(s.OneOf, s.AnyOf, s.AllOf) {
		closeObjects(one, done)
	}
	if len(s.Properties) > 0 && s.AdditionalProperties.Has == nil && s.AdditionalProperties.Schema == nil {
		s.AdditionalProperties.Has = new(false)
	}
}

// Exchange is a request, as far as the service has read it, and its answer.
type Exchange struct {
	Request *http.Request // its Body is not used
	Sent    []byte        // the body of the request
	Status  int
	Header  http.Header
	Body    []byte // of the answer
}

// OperationOf returns the operationId of the request, or "" if the document has none.
func (c *Contract) OperationOf(r *http.Request) string {
	if o, _ := c.find(r); o != nil {
		return o.op.OperationID
	}
	return ""
}

// Check returns what the document does not say of the exchange: a status, a header or a field of the answer, or a
// request that the service took and the document would not.
func (c *Contract) Check(x Exchange) error { return c.check(x, checkTaken) }

// CheckAnswer is Check for requests that a client of the document would not send: the service may take them.
func (c *Contract) CheckAnswer(x Exchange) error {
	return c.check(x, func(Exchange, *openapi3filter.RequestValidationInput, *operation) error { return nil })
}

type check func(x Exchange, in *openapi3filter.RequestValidationInput, o *operation) error

func (c *Contract) check(x Exchange, request check) error {
	o, params := c.find(x.Request)
	if o == nil {
		return c.checkUnrouted(x)
	}
	in := &openapi3filter.RequestValidationInput{
		Request: x.Request, PathParams: params, Options: options,
		Route: &routers.Route{Spec: c.doc, Path: o.path, PathItem: o.item, Method: o.method, Operation: o.op},
	}
	err := errors.Join(checkAnswer(x, in, o), request(x, in, o))
	if err != nil {
		return fmt.Errorf("%s (%s %s) answers %d: %w", o.op.OperationID, x.Request.Method, x.Request.URL, x.Status, err)
	}
	return nil
}

var options = &openapi3filter.Options{
	IncludeResponseStatus: true, MultiError: true, SkipSettingDefaults: true,
	AuthenticationFunc: openapi3filter.NoopAuthenticationFunc,
}

// checkUnrouted checks the answer to a request that is no operation: 404, or 405 for another method, as Error, or
// as a page for those who ask for one. OPTIONS names the methods of a path.
func (c *Contract) checkUnrouted(x Exchange) error {
	if x.Request.Method == http.MethodOptions && x.Status == http.StatusNoContent && x.Header.Get("Allow") != "" {
		return nil
	}
	if x.Status < 400 {
		return fmt.Errorf("%s %s answers %d, and the document does not have it", x.Request.Method, x.Request.URL, x.Status)
	}
	people := strings.HasPrefix(x.Header.Get("Content-Type"), "text/html") && strings.Contains(x.Request.Header.Get("Accept"), "text/html")
	if x.Request.Method == http.MethodHead || people {
		return nil
	}
	value, err := decoded(x.Header, x.Body)
	if err != nil {
		return fmt.Errorf("%s %s answers %d: %w", x.Request.Method, x.Request.URL, x.Status, err)
	}
	return c.doc.Components.Schemas["Error"].Value.VisitJSON(value, openapi3.VisitAsResponse())
}

// checkTaken checks that the document allows a request that the service took. Parameters without a value are as none,
// and the service does not ask for the type of a body.
func checkTaken(x Exchange, in *openapi3filter.RequestValidationInput, o *operation) error {
	if x.Status >= 400 {
		return nil
	}
	r := x.Request.Clone(context.Background())
	q := r.URL.Query()
	maps.DeleteFunc(q, func(_ string, values []string) bool { return values[0] == "" })
	r.URL.RawQuery = q.Encode()
	r.Body = body(x.Sent)
	taken := *in
	media := o.media()
	// Bytes, or a form: their parser is the judge. Each article of a batch has a result of its own.
	if media != jsonType || o.op.OperationID == "putArticles" {
		bodiless := *options
		bodiless.ExcludeRequestBody = true
		taken.Options = &bodiless
	}
	if given := r.Header.Get("Content-Type"); o.op.RequestBody != nil && o.op.RequestBody.Value.Content.Get(given) == nil {
		r.Header.Set("Content-Type", media)
	}
	taken.Request = r
	if err := openapi3filter.ValidateRequest(context.Background(), &taken); err != nil {
		return fmt.Errorf("the document does not allow the request: %w", err)
	}
	return nil
}

const jsonType = "application/json"

// operation is an operation of the document.
type operation struct {
	method, path string
	item         *openapi3.PathItem
	op           *openapi3.Operation
	pattern      pattern
}

func operationsOf(doc *openapi3.T) (all []operation) {
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			all = append(all, operation{method, path, item, op, patternOf(path)})
		}
	}
	slices.SortFunc(all, func(a, b operation) int {
		if n := b.pattern.fixed - a.pattern.fixed; n != 0 {
			return n
		}
		return strings.Compare(a.method+a.path, b.method+b.path)
	})
	return all
}

// media returns the media type of the operation's body, the first one if it takes several.
func (o *operation) media() string {
	if o.op.RequestBody == nil {
		return ""
	}
	var all []string
	for name := range o.op.RequestBody.Value.Content {
		all = append(all, name)
	}
	return slices.Min(all)
}

// find returns the operation of a request, and the values in its path. HEAD is GET.
func (c *Contract) find(r *http.Request) (*operation, map[string]string) {
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	escaped := strings.ReplaceAll(strings.ToUpper(r.URL.EscapedPath()), "%3A", ":")
	if strings.Contains(escaped, "%2F") || strings.Contains(escaped, "%00") { // no part of any id
		return nil, nil
	}
	escaped = strings.ReplaceAll(strings.ReplaceAll(r.URL.EscapedPath(), "%3A", ":"), "%3a", ":")
	for i := range c.operations {
		o := &c.operations[i]
		if o.method != method {
			continue
		}
		if params := o.pattern.match(escaped); params != nil {
			return o, params
		}
	}
	return nil, nil
}

// unescaped returns a value of a path without its escapes.
func unescaped(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}
