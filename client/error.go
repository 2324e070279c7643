package client

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// Error is an error response of the service.
type Error struct {
	Status     int            // of HTTP
	Code       string         // such as "invalid_request"; empty where something else answered, such as a proxy
	Field      string         // the field at fault, if one is
	Message    string         // a sentence for people
	Details    []FieldProblem // each field at fault, where there are several
	More       int            // faults that Details has no room for
	RequestID  string         // to find the request in the service's log
	RetryAfter time.Duration  // how long to wait before trying again; zero where the service names no time
}

// FieldProblem is an error of one field.
type FieldProblem struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// Error implements error.
func (e *Error) Error() string {
	if e.Code == "" {
		return fmt.Sprintf("cards: status %d", e.Status)
	}
	return fmt.Sprintf("cards: %s (%s, status %d)", e.Message, e.Code, e.Status)
}

// errorOf reads an error response.
func errorOf(resp *http.Response, raw []byte) *Error {
	var body struct {
		Error json.RawMessage `json:"error"`
	}
	_ = json.Unmarshal(raw, &body) // a proxy's page leaves it empty
	e := errorIn(resp.StatusCode, body.Error)
	if seconds, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && seconds > 0 {
		e.RetryAfter = time.Duration(seconds) * time.Second
	}
	return e
}

// errorIn reads the object with an error.
func errorIn(status int, raw []byte) *Error {
	var b struct {
		Code      string         `json:"code"`
		Field     string         `json:"field"`
		Message   string         `json:"message"`
		Details   []FieldProblem `json:"details"`
		More      int            `json:"more"`
		RequestID string         `json:"request_id"`
	}
	_ = json.Unmarshal(raw, &b)
	return &Error{
		Status: status, Code: b.Code, Field: b.Field, Message: b.Message,
		Details: b.Details, More: b.More, RequestID: b.RequestID,
	}
}
