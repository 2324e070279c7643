package articles

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
)

// parseByline reads the byline of a body: a string, or a list of authors, each a string or an object. Its JSON is
// valid, or empty if the body has no byline. The error joins one *fault.Field for each fault.
func parseByline(raw json.RawMessage) (byline string, authors []article.Author, err error) {
	if len(raw) == 0 {
		return "", nil, nil
	}
	var given any
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber() // a number is refused whatever its range
	if err := dec.Decode(&given); err != nil {
		return "", nil, fault.InField("byline", "is no valid JSON")
	}
	switch given := given.(type) {
	case nil:
		return "", nil, nil
	case string:
		return given, nil, nil
	case []any:
		var f fault.List
		for i, each := range given {
			authors = append(authors, parseAuthor(each, i+1, &f))
		}
		return "", authors, f.Err()
	}
	return "", nil, fault.InField("byline", "must be a string or a list of authors")
}

// parseAuthor reads an author, the nth of the list.
func parseAuthor(given any, nth int, f *fault.List) (a article.Author) {
	switch given := given.(type) {
	case string:
		a.Name = given
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(given)) {
			field := map[string]*string{"name": &a.Name, "url": &a.URL, "x": &a.X, "fediverse": &a.Fediverse}[key]
			text, isText := given[key].(string)
			switch {
			case field == nil:
				f.Add("byline."+key, "is not known here")
			case !isText && given[key] != nil:
				f.Add("byline."+key, "of author %d must be a string", nth)
			default:
				*field = text
			}
		}
	default:
		f.Add("byline", "must have authors that are strings or objects; number %d is neither", nth)
	}
	return a
}
