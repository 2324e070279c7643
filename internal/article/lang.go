package article

import (
	"strings"
	"unicode"

	"golang.org/x/text/language"
)

// Language returns the article's language (BCP 47): the one given by the CMS, else a guess from the script of the
// headline; empty if the script does not decide.
func (a Article) Language() string {
	if a.Lang != "" {
		return a.Lang
	}
	return scriptLanguage(a.Headline)
}

// language returns the primary subtag of Language.
func (a Article) language() string {
	if a.Lang != "" {
		lang, _, _ := strings.Cut(strings.ToLower(a.Lang), "-")
		return lang
	}
	return scriptLanguage(a.Headline)
}

// scriptLanguage returns the language of a script that only one widely used language has, and English if all letters
// are Latin; else "".
func scriptLanguage(s string) string {
	guess, latin, other := "", false, false
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Hangul, r):
			return "ko"
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			return "ja"
		case unicode.Is(unicode.Han, r):
			guess = "zh"
		case guess == "" && unicode.Is(unicode.Hebrew, r):
			guess = "he"
		case guess == "" && unicode.Is(unicode.Thai, r):
			guess = "th"
		case unicode.Is(unicode.Latin, r):
			latin = true
		case unicode.IsLetter(r):
			other = true
		}
	}
	if guess == "" && latin && !other {
		return "en"
	}
	return guess
}

// locale returns the value of og:locale, language_TERRITORY; empty if it is unknown. The territory comes from the tag,
// else from the likely subtags of Unicode CLDR.
func (a Article) locale() string {
	raw := a.Lang
	if raw == "" {
		raw = a.language()
	}
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
