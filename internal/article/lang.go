package article

import (
	"strings"

	"golang.org/x/text/language"

	"newsroom.example/cards/internal/langid"
)

// Told returns the article with its language, if it has none and its texts tell it: with home, the language (BCP 47) of
// the newsroom, unless they are clearly in another one.
func (a Article) Told(home string) Article {
	if a.Lang == "" {
		g := langid.OfStory(home, a.Headline, a.Description, a.Caption)
		if a.Lang = home; g.Sure {
			a.Lang = g.Tag
		}
	}
	return a
}

// language returns the primary subtag of the language; empty if it is not known.
func (a Article) language() string {
	lang, _, _ := strings.Cut(strings.ToLower(a.Told("").Lang), "-")
	return lang
}

// locale returns the value of og:locale, language_TERRITORY; empty if it is unknown. The territory comes from the tag,
// else from the likely subtags of Unicode CLDR.
func (a Article) locale() string {
	raw := a.Told("").Lang
	tag, err := language.Parse(raw)
	if raw == "" || err != nil {
		return ""
	}
	base, _ := tag.Base()
	region, confidence := tag.Region()
	if confidence == language.No || !region.IsCountry() {
		return ""
	}
	return base.String() + "_" + region.String()
}
