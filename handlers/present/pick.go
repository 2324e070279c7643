package present

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"newsroom.example/cards/internal/api"
)

// Picked are fields of a registered article, by their names in the API. The zero value has all of them.
type Picked struct{ names []string }

// ofChanges are the fields that only the answers of changes have.
var ofChanges = []string{"refetch", "still_held"}

// fieldIndex has the place of each field of a registered article by its name; names has them in their order.
var fieldIndex, fieldNames = fieldsOf(reflect.TypeFor[api.RegisteredArticle]())

func fieldsOf(t reflect.Type) (index map[string]int, names []string) {
	index = map[string]int{}
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if slices.Contains(ofChanges, name) {
			continue
		}
		index[name] = i
		names = append(names, name)
	}
	return index, names
}

// small are the fields of one line. All of them together are some 600 bytes of a usual article; with its share links
// and tags it has 10 KB.
var small = []string{
	"badge", "byline", "created", "credit", "deck", "embargo_until", "font_step", "format", "headline", "id", "kicker",
	"kind", "lang", "photo_id", "portrait_id", "published_at", "shared_url", "short_url", "site", "speaker",
	"speaker_role", "template", "theme", "updated", "updated_at", "url", "version",
}

// Pick returns the fields with the names, and the first name that is none of them. Without names it returns all.
func Pick(names []string) (p Picked, unknown string) {
	for _, name := range names {
		if _, ok := fieldIndex[name]; !ok {
			return p, name
		}
	}
	p.names = slices.Compact(slices.Sorted(slices.Values(names)))
	return p, ""
}

// All reports whether all fields are picked.
func (p Picked) All() bool { return len(p.names) == 0 }

// Small reports whether each of the fields is at most one line.
func (p Picked) Small() bool {
	return !p.All() && !slices.ContainsFunc(p.names, func(name string) bool { return !slices.Contains(small, name) })
}

// has reports whether the field is picked.
func (p Picked) has(name string) bool { return p.All() || slices.Contains(p.names, name) }

// JSON returns the picked fields of the article, without those that are empty.
func (p Picked) JSON(r api.RegisteredArticle) (json.RawMessage, error) {
	if p.All() {
		return json.Marshal(r)
	}
	var out bytes.Buffer
	v := reflect.ValueOf(r)
	for _, name := range fieldNames {
		field := v.Field(fieldIndex[name])
		if !p.has(name) || field.IsZero() {
			continue
		}
		raw, err := json.Marshal(field.Interface())
		if err != nil {
			return nil, err
		}
		separator := byte(',')
		if out.Len() == 0 {
			separator = '{'
		}
		out.WriteByte(separator)
		out.WriteString(`"` + name + `":`)
		out.Write(raw)
	}
	if out.Len() == 0 {
		out.WriteByte('{')
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}
