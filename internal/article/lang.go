package article

import (
	"strings"
	"unicode"

	"golang.org/x/text/language"
)

// Language is the article's language as the CMS names it (BCP 47), else guessed from the headline's
// script; empty where the script does not tell.
func (a Article) Language() string {
	if a.Lang != "" {
		return a.Lang
	}
	return scriptLanguage(a.Headline)
}

// language is the article's primary language subtag, guessed from the headline's script
// where the CMS names none; empty where the script does not tell.
func (a Article) language() string {
	if a.Lang != "" {
		lang, _, _ := strings.Cut(strings.ToLower(a.Lang), "-")
		return lang
	}
	return scriptLanguage(a.Headline)
}

// scriptLanguage is the language of a script that only one of the large languages writes, and
// English for letters that are Latin alone.
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

// locale is the article's og:locale, language_TERRITORY; empty where it is unknown. The
// territory comes from the tag, else from the likely subtags of Unicode CLDR.
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
