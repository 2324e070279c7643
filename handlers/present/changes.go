package present

import (
	"encoding/json"
	"slices"

	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/worddiff"
)

// quietFields are those whose changes readers do not see.
var quietFields = []string{"format", "updated_at"}

// ofObjects are the fields whose parts are compared one by one.
var ofObjects = []string{"photo", "portrait", "fields"}

// Changes returns the fields in which two versions of an article differ, in the order of their names. The texts of the
// photo's file count as those of the article.
func Changes(before, after store.Record) (all []api.Change) {
	was, is := flat(before.Article), flat(after.Article)
	for _, name := range slices.Sorted(keysOf(was, is)) {
		if was[name] == is[name] {
			continue
		}
		change := api.Change{Field: name, Before: was[name], After: is[name], Words: []api.ChangedWords{}}
		for _, p := range worddiff.Compare(was[name], is[name]) {
			change.Words = append(change.Words, api.ChangedWords{Op: api.ChangedWordsOp(p.Op), Text: p.Text})
		}
		all = append(all, change)
	}
	if len(all) == 0 && before.PhotoID != after.PhotoID {
		all = append(all, api.Change{Field: "photo", Before: before.PhotoID, After: after.PhotoID,
			Words: []api.ChangedWords{}})
	}
	return all
}

// keysOf returns the keys of both maps, each once.
func keysOf(a, b map[string]string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for name := range a {
			if !yield(name) {
				return
			}
		}
		for name := range b {
			if _, both := a[name]; !both && !yield(name) {
				return
			}
		}
	}
}

// flat returns the fields of an article as texts, by their names in the API. Values that are no strings are JSON.
func flat(a article.Article) map[string]string {
	var fields map[string]json.RawMessage
	raw, err := json.Marshal(Fields(a.Filled()))
	if err != nil || json.Unmarshal(raw, &fields) != nil { // cannot happen: it is an object
		return nil
	}
	texts := map[string]string{}
	for name, value := range fields {
		if slices.Contains(quietFields, name) {
			continue
		}
		var parts map[string]json.RawMessage
		if !slices.Contains(ofObjects, name) || json.Unmarshal(value, &parts) != nil {
			parts = map[string]json.RawMessage{"": value}
		}
		for part, value := range parts {
			key := name
			if part != "" {
				key += "." + part
			}
			if text := textOf(value); text != "" {
				texts[key] = text
			}
		}
	}
	return texts
}

// textOf returns a string as it is, and other values as JSON.
func textOf(value json.RawMessage) string {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return text
	}
	return string(value)
}
