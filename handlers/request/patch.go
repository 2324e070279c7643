package request

import (
	"encoding/json"
	"mime"
	"reflect"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/internal/fault"
)

// AcceptPatch is the value of the header Accept-Patch: the types of a body that ReadPatch takes.
const AcceptPatch = "application/merge-patch+json, application/json"

// errPatchType is the error for a body of another type. Other formats, such as JSON Patch, mean other things.
var errPatchType = error(&fault.Error{
	Kind: fault.Unsupported, Message: "the Content-Type of a PATCH must be application/merge-patch+json or application/json",
	Err: fault.InField("Content-Type", "is not that of a merge patch"),
})

// Patch is a JSON merge patch (RFC 7396).
type Patch struct{ fields map[string]json.RawMessage }

// ReadPatch reads the body of a PATCH: an object with fields of the type of like, a struct. It names unknown and
// repeated fields.
func ReadPatch(c echo.Context, like any) (p Patch, err error) {
	given, _, err := mime.ParseMediaType(c.Request().Header.Get(echo.HeaderContentType))
	if err != nil || given != "application/merge-patch+json" && given != echo.MIMEApplicationJSON {
		c.Response().Header().Set("Accept-Patch", AcceptPatch)
		return p, errPatchType
	}
	data, err := Body(c, MaxJSON)
	if err != nil {
		return p, err
	}
	if err := checkObject(data, reflect.TypeOf(like)); err != nil {
		return p, err
	}
	if json.Unmarshal(data, &p.fields) != nil {
		return p, fault.InField("body", "is no valid JSON")
	}
	return p, nil
}

// Names reports whether the patch changes or removes the field.
func (p Patch) Names(field string) bool {
	_, named := p.fields[field]
	return named
}

// Apply decodes the JSON of from, with the changes of the patch, into to. Errors: those of Decode.
func (p Patch) Apply(from, to any) error {
	raw, err := json.Marshal(from)
	if err != nil {
		return err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return err
	}
	if raw, err = json.Marshal(merged(fields, p.fields)); err != nil {
		return err
	}
	return Decode(raw, to)
}

// merged changes the fields of an object: null removes a field, an object is merged with the one that is there, and any
// other value replaces what is there.
func merged(fields, patch map[string]json.RawMessage) map[string]json.RawMessage {
	if fields == nil {
		fields = map[string]json.RawMessage{}
	}
	for name, value := range patch {
		var inner map[string]json.RawMessage
		switch {
		case string(value) == "null":
			delete(fields, name)
		case json.Unmarshal(value, &inner) != nil: // it is no object
			fields[name] = value
		default:
			var old map[string]json.RawMessage
			_ = json.Unmarshal(fields[name], &old) // what is no object is replaced by one
			fields[name], _ = json.Marshal(merged(old, inner))
		}
	}
	return fields
}
