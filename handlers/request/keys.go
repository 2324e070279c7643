package request

import (
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"time"

	"newsroom.example/cards/internal/fault"
)

// checkKeys compares the keys of a JSON object with the fields of type t, a struct. It reports unknown
// and repeated keys, and strings that must be times but are not. The values of unknown fields are
// skipped.
func checkKeys(dec *json.Decoder, t reflect.Type) error {
	var f fault.List
	token, err := dec.Token()
	switch {
	case err != nil:
		return fault.InField("body", "is no valid JSON")
	case token != json.Delim('{'):
		return fault.InField("body", "must be a JSON object")
	}
	if err := walkObject(dec, t, "", &f); err != nil {
		return fault.InField("body", "is no valid JSON")
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return fault.InField("body", "goes on after its JSON object")
	}
	return f.Err()
}

// walkObject reads an object of type t after its opening brace. path is the object's name, with a dot
// at the end.
func walkObject(dec *json.Decoder, t reflect.Type, path string, f *fault.List) error {
	keys, seen := keysOf(t), map[string]bool{}
	for dec.More() {
		token, err := dec.Token()
		if err != nil {
			return err
		}
		key, _ := token.(string)
		inner, known := keys[key]
		switch {
		case !known:
			f.Add(path+key, "is not known here")
		case seen[key]:
			f.Add(path+key, "is given twice")
		default:
			seen[key] = true
		}
		if err := walkValue(dec, inner, path+key, f); err != nil {
			return err
		}
	}
	_, err := dec.Token()
	return err
}

// walkValue reads a value of type t; a nil t means any type.
func walkValue(dec *json.Decoder, t reflect.Type, name string, f *fault.List) error {
	token, err := dec.Token()
	if err != nil {
		return err
	}
	switch {
	case t == reflect.TypeFor[time.Time]():
		if !isTime(token) {
			f.Add(name, "must be a time of RFC 3339, such as 2026-11-23T12:00:00Z")
		}
	case t != nil && t.Kind() == reflect.Struct && token == json.Delim('{'):
		return walkObject(dec, t, name+".", f)
	case isPlainList(t) && token == json.Delim('['):
		return walkList(dec, name, f)
	}
	return skip(dec, token)
}

// isPlainList reports whether t is a list of numbers or strings.
func isPlainList(t reflect.Type) bool {
	if t == nil || t.Kind() != reflect.Slice {
		return false
	}
	of := t.Elem().Kind()
	return of == reflect.Float64 || of == reflect.String
}

// walkList reads a list after its opening bracket. encoding/json would take a null in it for a zero.
func walkList(dec *json.Decoder, name string, f *fault.List) error {
	for dec.More() {
		token, err := dec.Token()
		if err != nil {
			return err
		}
		if token == nil {
			f.Add(name, "must not have a null in it")
		}
		if err := skip(dec, token); err != nil {
			return err
		}
	}
	_, err := dec.Token()
	return err
}

// skip reads to the end of the value that begins with token.
func skip(dec *json.Decoder, token json.Token) (err error) {
	for depth := 0; ; {
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
		if token, err = dec.Token(); err != nil {
			return err
		}
	}
}

// isTime reports whether encoding/json decodes the token as a time.
func isTime(token json.Token) bool {
	text, ok := token.(string)
	return token == nil || ok && new(time.Time).UnmarshalText([]byte(text)) == nil
}

// keysOf returns the types of a struct's fields by their keys in JSON, in their exact spelling.
func keysOf(t reflect.Type) map[string]reflect.Type {
	keys := make(map[string]reflect.Type, t.NumField())
	for f := range t.Fields() {
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		keys[key] = f.Type
	}
	return keys
}
