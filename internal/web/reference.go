package web

import (
	_ "embed"
	"encoding/json"
	"io"
	"strings"
)

// DocsData is the API reference.
type DocsData struct {
	Title, Version string
	URL            string   `json:"-"` // of the service
	About          []string // paragraphs
	Groups         []Group
	Codes          []Code // error codes
}

// Group is a group of operations.
type Group struct {
	ID          string // in the page's URL
	Name, About string
	Operations  []Operation
}

// Operation is one method of one path.
type Operation struct {
	ID                    string // its name in the document and in the page's URL
	Method, Path, Summary string
	Description           string
	Needs                 string // the authorization that it requires, as a sentence; empty: none
	Parameters            []Field
	Body                  []Content  // of the request, one for each media type
	Answers               []Response // those that are no errors
	Errors                []Refusal
	Examples              []Example
}

// Field is a parameter, or a field of a body. The fields of a nested object have its name before a dot; those of the
// entries of a list follow "[]".
type Field struct {
	Name, In, Type string // In is empty for fields of bodies
	Limits         string // range, length, values, default
	Description    string
	Required       bool
	Expanded       string // the operation that lists the fields of its type; empty: they follow, or it has none
}

// Content is a body in one media type.
type Content struct {
	Media       string // one or several
	Type        string // its name; empty: it has none
	Description string // of the type; empty if it stands elsewhere
	Fields      []Field
	Expanded    string // the operation that lists the fields of the type, if this one does not
}

// Response is an answer with a status that is no error.
type Response struct {
	Status, Description string
	Headers             []Field
	Content             []Content
}

// Refusal is a status of errors, with the codes that may come with it.
type Refusal struct {
	Status string
	Codes  []string
}

// Code is an error code.
type Code struct {
	Code, When, Do string
	Status         []int
}

// Example is a request, as a command, and its answer.
type Example struct {
	Title, Curl, Status, Headers, Answer string
	Folded                               bool // the answer is shown on demand only: one like it stands before
}

//go:embed reference.gen.json
var reference string

// PlaceURL is the URL that stands for the service in the document and in its examples.
const PlaceURL = "https://cards.example"

// Reference returns the API reference of the service with the public URL. It is generated from the OpenAPI document,
// and from examples that a test records.
func Reference(publicURL string) (d DocsData, err error) {
	quoted, err := json.Marshal(publicURL)
	if err != nil {
		return d, err
	}
	text := strings.ReplaceAll(reference, PlaceURL, strings.Trim(string(quoted), `"`))
	err = json.Unmarshal([]byte(text), &d)
	d.URL = publicURL
	return d, err
}

// Docs writes the API reference.
func (p *Pages) Docs(w io.Writer, d DocsData) error { return p.set.ExecuteTemplate(w, "docs.html", d) }
