package handlers

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"cards/card"
)

// Limits of bodies, in bytes.
const (
	maxJSON  = 64 << 10
	maxPhoto = 10 << 20
)

// body reads the whole body, up to a limit.
func body(c echo.Context, most int64) ([]byte, error) {
	r := c.Request()
	if r.ContentLength > most {
		return nil, &http.MaxBytesError{Limit: most}
	}
	data, err := io.ReadAll(http.MaxBytesReader(c.Response(), r.Body, most))
	if err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return nil, err
		}
		return nil, fmt.Errorf("body: %w: %w", card.ErrInvalid, err)
	}
	return data, nil
}

// decode reads one JSON object into v. Unknown and repeated fields, wrong types and what follows
// the object are refused by name.
func decode(c echo.Context, v any) error {
	data, err := body(c, maxJSON)
	if err != nil {
		return err
	}
	if !utf8.Valid(data) {
		return field("body", "is not valid UTF-8")
	}
	if err := checkKeys(json.NewDecoder(bytes.NewReader(data)), reflect.TypeOf(v).Elem()); err != nil {
		decodeRest(data, v, err)
		return err
	}
	err = json.Unmarshal(data, v)
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong):
		return field(wrong.Field, "must be "+described(wrong.Type)+", not "+wrong.Value)
	case err != nil:
		return field("body", "is no valid JSON: "+err.Error())
	}
	return nil
}

// decodeRest reads into v what is not at fault, so that the faults of that can be told too.
func decodeRest(data []byte, v any, faults error) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(data, &fields) != nil {
		return
	}
	for _, fault := range card.FieldErrors(faults) {
		name, _, _ := strings.Cut(fault.Field, ".")
		delete(fields, name)
	}
	rest, err := json.Marshal(fields)
	if err == nil {
		_ = json.Unmarshal(rest, v) // as far as it goes: the answer is a refusal already
	}
}

func described(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Int, reflect.Int64:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	case reflect.Slice:
		return "a list"
	}
	return "an object"
}

// checkKeys walks the tokens of one value beside its type.
func checkKeys(dec *json.Decoder, t reflect.Type) error {
	var f card.Fields
	if err := walk(dec, t, "", &f); err != nil {
		return field("body", "is no valid JSON")
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return field("body", "goes on after its JSON object")
	}
	return f.Err()
}

func walk(dec *json.Decoder, t reflect.Type, path string, f *card.Fields) error {
	token, err := dec.Token()
	if err != nil {
		return err
	}
	if t == reflect.TypeFor[time.Time]() {
		if t = nil; !isTime(token) {
			f.Add(path, "must be a time of RFC 3339, such as 2026-11-23T12:00:00Z")
		}
	}
	switch token {
	case json.Delim('{'):
		return walkObject(dec, t, path, f)
	case json.Delim('['):
		for dec.More() {
			if err := walk(dec, nil, path, f); err != nil {
				return err
			}
		}
		_, err = dec.Token()
		return err
	}
	if path == "" {
		f.Add("body", "must be a JSON object")
	}
	return nil
}

// isTime reports a token that encoding/json reads as a time.
func isTime(token json.Token) bool {
	text, ok := token.(string)
	return token == nil || ok && new(time.Time).UnmarshalText([]byte(text)) == nil
}

func walkObject(dec *json.Decoder, t reflect.Type, path string, f *card.Fields) error {
	seen := map[string]bool{}
	for dec.More() {
		token, err := dec.Token()
		if err != nil {
			return err
		}
		key, _ := token.(string)
		name := strings.TrimPrefix(path+"."+key, ".")
		inner, known := keyType(t, key)
		switch {
		case t != nil && !known:
			f.Add(name, "is not known here")
		case seen[key]:
			f.Add(name, "is given twice")
		}
		seen[key] = true
		if err := walk(dec, inner, name, f); err != nil {
			return err
		}
	}
	_, err := dec.Token()
	return err
}

// keyType is the type of the field that a struct has for a key, in its exact spelling.
func keyType(t reflect.Type, key string) (reflect.Type, bool) {
	if t == nil || t.Kind() != reflect.Struct {
		return nil, false
	}
	for i := range t.NumField() {
		if name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); name == key {
			return t.Field(i).Type, true
		}
	}
	return nil, false
}
