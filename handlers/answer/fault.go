package answer

import (
	"encoding/json"
	"unicode/utf8"

	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/fault"
)

// Limits of an error response, in bytes: of the whole response, and of the name and the message of each
// field. Both may contain input of the client, and JSON may encode a character as six bytes.
const (
	MaxErrorBody    = 8 << 10
	maxFaultField   = 100
	maxFaultMessage = 300
)

// Error returns the body of the error response for err. It lists the errors of as many fields as fit, and the
// number of the others.
func Error(err error, id string) api.Error {
	var body api.Error
	e, kind := &body.Error, fault.KindOf(err)
	e.Code, e.Message, e.RequestId = kind.Code(), fault.MessageOf(err), id
	if faults := Problems(err); len(faults) > 0 && kind != fault.Internal {
		e.Field = faults[0].Field
		if e.Message == "" {
			e.Message = faults[0].Message
		}
		if len(faults) > 1 {
			_, unnamed := fault.Fields(err)
			e.Details = faults[:min(len(faults), fault.MaxNamed)]
			e.More = unnamed + len(faults) - len(e.Details)
		}
	}
	if e.Message == "" {
		e.Message = "the request is malformed"
	}
	for len(e.Details) > 0 && encodedSize(body) > MaxErrorBody {
		e.Details = e.Details[:len(e.Details)-1]
		e.More++
	}
	return body
}

// encodedSize returns the size of the response in bytes, including its newline.
func encodedSize(body api.Error) int {
	raw, _ := json.Marshal(body) // cannot fail: only strings and numbers
	return len(raw) + 1
}

// Problems returns the field errors that err wraps, each truncated to its limits.
func Problems(err error) (all []api.FieldProblem) {
	named, _ := fault.Fields(err)
	for _, f := range named {
		name := shorten(f.Field, maxFaultField)
		all = append(all, api.FieldProblem{Field: name, Message: shorten(name+" "+f.Problem, maxFaultMessage)})
	}
	return all
}

// shorten truncates text to a number of bytes, between two characters, with an ellipsis at its end.
func shorten(s string, most int) string {
	if len(s) <= most {
		return s
	}
	end := most - len("…")
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}
