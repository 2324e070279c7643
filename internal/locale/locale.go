// Package locale has the words of badges, and the forms of dates, of the languages in which cards are made. Languages
// are BCP 47 tags, with or without a region.
package locale

import (
	"strings"

	"newsroom.example/cards/internal/langid"
)

// find returns the entry of a table for a language: that of its region or, without one, of the language.
func find[T any](table map[string]T, lang string) (T, bool) {
	if v, ok := table[strings.ToLower(lang)]; ok {
		return v, true
	}
	v, ok := table[strings.ToLower(langid.Canonical(lang))]
	return v, ok
}
