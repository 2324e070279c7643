package contract

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
)

// general are the header fields that any answer may have. The document need not repeat them; it names every other one
// where it occurs.
var general = []string{
	"Accept-Ranges", "Access-Control-Allow-Origin", "Allow", "Cache-Control", "Connection", "Content-Encoding",
	"Content-Length", "Content-Security-Policy", "Content-Type", "Cross-Origin-Resource-Policy", "Date", "Last-Modified",
	"Referrer-Policy", "Vary", "X-Content-Type-Options", "X-Request-Id", "X-Robots-Tag",
}

// checkAnswer checks the status, the header and the body of an answer.
func checkAnswer(x Exchange, in *openapi3filter.RequestValidationInput, o *operation) error {
	documented := o.op.Responses.Value(strconv.Itoa(x.Status))
	if documented == nil {
		if x.Status == http.StatusInternalServerError && o.op.Responses.Default() != nil {
			return nil
		}
		return errors.New("the document does not have the status")
	}
	header := checkHeader(x.Header, documented.Value)
	if x.Request.Method == http.MethodHead {
		return header
	}
	plain, err := unpacked(x)
	if err != nil || plain == nil && len(x.Body) > 0 {
		return errors.Join(header, err)
	}
	content := documented.Value.Content
	switch {
	case len(content) == 0 && len(plain) > 0:
		return errors.Join(header, fmt.Errorf("the document has no body, but %d bytes came", len(plain)))
	case len(content) > 0 && len(plain) == 0:
		return errors.Join(header, errors.New("the document has a body, and none came"))
	case len(content) > 0 && content.Get(x.Header.Get("Content-Type")) == nil:
		return errors.Join(header, fmt.Errorf("the document does not have the type %q", x.Header.Get("Content-Type")))
	}
	media, _, _ := strings.Cut(x.Header.Get("Content-Type"), ";")
	checked := *options
	checked.ExcludeResponseBody = media != jsonType // of text and bytes there is nothing more to say
	answer := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: x.Status, Header: x.Header, Body: body(plain), Options: &checked,
	}
	return errors.Join(header, openapi3filter.ValidateResponse(context.Background(), answer))
}

// unpacked returns the body without its compression; nil if this package cannot undo it.
func unpacked(x Exchange) ([]byte, error) {
	switch x.Header.Get("Content-Encoding") {
	case "":
		return x.Body, nil
	case "gzip":
		if len(x.Body) == 0 { // of a 304
			return nil, nil
		}
		z, err := gzip.NewReader(bytes.NewReader(x.Body))
		if err != nil {
			return nil, err
		}
		return io.ReadAll(z)
	}
	return nil, nil
}

// checkHeader returns the fields that the document does not name, and those that it requires and that are missing.
func checkHeader(sent http.Header, r *openapi3.Response) error {
	var errs []error
	for name := range sent {
		if !slices.Contains(general, name) && !named(r, name) {
			errs = append(errs, fmt.Errorf("the document does not have the header %s", name))
		}
	}
	for name, h := range r.Headers {
		if h.Value.Required && sent.Get(name) == "" {
			errs = append(errs, fmt.Errorf("the header %s is missing", name))
		}
	}
	return errors.Join(errs...)
}

func named(r *openapi3.Response, name string) bool {
	for one := range r.Headers {
		if http.CanonicalHeaderKey(one) == name {
			return true
		}
	}
	return false
}

// decoded returns the JSON of an answer.
func decoded(h http.Header, data []byte) (value any, err error) {
	if h.Get("Content-Type") != jsonType {
		return nil, fmt.Errorf("a body of type %q", h.Get("Content-Type"))
	}
	err = json.Unmarshal(data, &value)
	return value, err
}

func body(data []byte) io.ReadCloser { return io.NopCloser(bytes.NewReader(data)) }
