// Package request parses JSON bodies and queries of requests strictly: errors name the field that is wrong.
package request

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/internal/fault"
)

// MaxJSON is the maximum size of a JSON body, in bytes.
const MaxJSON = 64 << 10

// maxDepth is how deep objects and lists may be nested in a body. The API's own types need two levels.
const maxDepth = 16

// Body reads the whole body, up to a limit in bytes.
func Body(c echo.Context, most int64) ([]byte, error) {
	r := c.Request()
	if r.ContentLength > most {
		return nil, &http.MaxBytesError{Limit: most}
	}
	data, err := io.ReadAll(http.MaxBytesReader(c.Response(), r.Body, most))
	if err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return nil, err
		}
		return nil, fmt.Errorf("body: %w: %w", fault.ErrInvalid, err)
	}
	return data, nil
}

// JSON decodes the body, one JSON object, into v. It returns an error that names unknown and repeated fields,
// wrong types, and data after the object. The valid fields are decoded into v even then.
func JSON(c echo.Context, v any) error {
	data, err := Body(c, MaxJSON)
	if err != nil {
		return err
	}
	return Decode(data, v)
}

// Decode decodes one JSON object as JSON does. It calls the object "body".
func Decode(data []byte, v any) error {
	if err := checkObject(data, reflect.TypeOf(v).Elem()); err != nil {
		if named, _ := fault.Fields(err); len(named) > 0 && named[0].Field != "body" {
			decodeRest(data, v, err)
		}
		return err
	}
	err := json.Unmarshal(data, v)
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Type.Kind() == reflect.Float64 && strings.HasPrefix(wrong.Value, "number"):
		return fault.InField(wrong.Field, "must be a number in the range of a double, not "+given(wrong.Value))
	case errors.As(err, &wrong):
		return fault.InField(cmp.Or(wrong.Field, "body"), "must be "+described(wrong.Type)+", not "+given(wrong.Value))
	case err != nil:
		return fault.InField("body", "is no valid JSON: "+err.Error())
	}
	return nil
}

// checkObject checks that the data is one JSON object with fields of type t, a struct; see checkKeys.
func checkObject(data []byte, t reflect.Type) error {
	switch {
	case !utf8.Valid(data):
		return fault.InField("body", "is not valid UTF-8")
	case hasLoneSurrogate(data):
		return fault.InField("body", `has half of a surrogate pair, such as \ud83d, which is no character`)
	case isDeeper(data, maxDepth):
		return fault.InField("body", fmt.Sprintf("is nested too deep; at most %d levels are taken", maxDepth))
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber() // numbers out of range are valid JSON; Unmarshal reports them with their field
	return checkKeys(dec, t)
}

// isDeeper reports whether objects and lists in the JSON are nested deeper than most.
func isDeeper(data []byte, most int) bool {
	depth, inString := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			if depth++; depth > most {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}

// hasLoneSurrogate reports whether a string in the JSON has an escape for one half of a surrogate pair without the
// other. encoding/json would replace it.
func hasLoneSurrogate(data []byte) bool {
	for i := 0; i < len(data); i++ {
		if data[i] != '\\' {
			continue
		}
		first, ok := escaped(data[i:])
		if i++; !ok || !utf16.IsSurrogate(first) {
			continue
		}
		const escape = len(`\ud83d`)
		second, ok := escaped(data[i-1+escape:])
		if !ok || utf16.DecodeRune(first, second) == utf8.RuneError {
			return true
		}
		i += 2*escape - 2
	}
	return false
}

// escaped returns the UTF-16 unit of the escape at the beginning of data, such as \ud83d.
func escaped(data []byte) (unit rune, ok bool) {
	if len(data) < 6 || data[0] != '\\' || data[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(data[2:6]), 16, 16)
	return rune(n), err == nil
}

// decodeRest decodes the valid fields into v, so that their values can be checked in the same response.
func decodeRest(data []byte, v any, faults error) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(data, &fields) != nil {
		return
	}
	named, _ := fault.Fields(faults)
	for _, f := range named {
		name, _, _ := strings.Cut(f.Field, ".")
		delete(fields, name)
	}
	rest, err := json.Marshal(fields)
	if err == nil {
		_ = json.Unmarshal(rest, v) // as far as possible: the response is an error already
	}
}

// described names the type in JSON's terms.
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

// given names the type that encoding/json found instead.
func given(value string) string {
	switch value {
	case "array":
		return "a list"
	case "bool":
		return "true or false"
	case "object":
		return "an object"
	}
	return "a " + value // "string", "number", "number 1.5"
}
