package handlers

import (
	"encoding/json"
	"unicode/utf8"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/share"
)

// Bounds of a refusal, in bytes: the whole answer, and of each fault the field's name and the message.
// Both may hold what the client sent, and JSON writes some characters with six bytes.
const (
	maxRefusal      = 8 << 10
	maxFaultField   = 100
	maxFaultMessage = 300
)

// errorBody is the answer to err, of which r is the kind: with all faults of fields that it has room
// for, and the number of the others.
func errorBody(err error, r refusal, id string) api.Error {
	var body api.Error
	e := &body.Error
	e.Code, e.Message, e.RequestId = r.code, r.message, id
	if faults := problems(err); len(faults) > 0 && r != errInternal {
		e.Field = faults[0].Field
		if e.Message == "" {
			e.Message = faults[0].Message
		}
		if len(faults) > 1 {
			e.Details = faults[:min(len(faults), card.MaxFaults)]
			e.More = omitted(err) + len(faults) - len(e.Details)
		}
	}
	if e.Message == "" {
		e.Message = "the request is malformed"
	}
	for len(e.Details) > 0 && encodedSize(body) > maxRefusal {
		e.Details = e.Details[:len(e.Details)-1]
		e.More++
	}
	return body
}

// encodedSize is the size of the answer in bytes, its line's end included.
func encodedSize(body api.Error) int {
	raw, _ := json.Marshal(body) // strings and numbers alone
	return len(raw) + 1
}

// problems lists the field faults that err wraps.
func problems(err error) []api.FieldProblem {
	var all []api.FieldProblem
	for _, fe := range card.FieldErrors(err) {
		all = append(all, fault(fe.Field, fe.Problem))
	}
	for _, pe := range postErrors(err) {
		all = append(all, fault(pe.Field, pe.Problem))
	}
	return all
}

// fault is one fault of a field, cut to its bounds.
func fault(field, problem string) api.FieldProblem {
	name := shorten(field, maxFaultField)
	return api.FieldProblem{Field: name, Message: shorten(name+" "+problem, maxFaultMessage)}
}

// shorten cuts text to a number of bytes, between two characters, with an ellipsis at its end.
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

// omitted is how many faults err counts without naming them.
func omitted(err error) (n int) {
	switch e := err.(type) {
	case card.MoreFaults:
		return int(e)
	case interface{ Unwrap() []error }:
		for _, sub := range e.Unwrap() {
			n += omitted(sub)
		}
	case interface{ Unwrap() error }:
		return omitted(e.Unwrap())
	}
	return n
}

func postErrors(err error) []*share.PostError {
	switch e := err.(type) {
	case *share.PostError:
		return []*share.PostError{e}
	case interface{ Unwrap() []error }:
		var all []*share.PostError
		for _, sub := range e.Unwrap() {
			all = append(all, postErrors(sub)...)
		}
		return all
	case interface{ Unwrap() error }:
		return postErrors(e.Unwrap())
	}
	return nil
}
