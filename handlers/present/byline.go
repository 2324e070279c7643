package present

import (
	"encoding/json"

	"newsroom.example/cards/internal/article"
)

// Byline returns the byline in the API's form, as it was given: a string, or a list of authors, each a string if only
// its name is known, and else an object. It returns nil without a byline.
func Byline(a article.Article) json.RawMessage {
	var given any = a.Byline
	switch {
	case len(a.Authors) > 0:
		var list []any
		for _, by := range a.Authors {
			if by == (article.Author{Name: by.Name}) {
				list = append(list, by.Name)
			} else {
				list = append(list, by)
			}
		}
		given = list
	case a.Byline == "":
		return nil
	}
	raw, _ := json.Marshal(given) // cannot fail: it has only strings
	return raw
}
