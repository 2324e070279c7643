package api

// Example is a request and its answer, as a test has recorded them from a running service. https://cards.example stands
// for the service, and its long texts and lists are shortened.
type Example struct {
	Operation string // operationId
	Title     string // what it shows
	Method    string
	Target    string            // path and query
	Sends     []string          `json:",omitempty"` // "Name: value" of the request's header, without Authorization
	Scheme    string            `json:",omitempty"` // of Authorization; empty: the request has none
	Body      string            `json:",omitempty"` // of the request
	File      string            `json:",omitempty"` // name of a file that is the body, instead
	Status    int               // of the answer
	Headers   map[string]string `json:",omitempty"` // of the answer, those worth showing
	Answer    string            `json:",omitempty"` // its body; empty: none, or no text
}
