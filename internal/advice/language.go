package advice

import (
	"strings"
	"unicode"

	"newsroom.example/cards/render/text"
)

// language finds a story that has no language and whose text does not decide it. The language chooses the forms of
// Chinese characters, the line breaks, the words of badges and links, and what the tags say.
func language(s Story) []finding {
	a := s.Article
	if a.Lang != "" {
		return nil
	}
	guess, sure := text.Guess(a.Headline)
	for _, more := range []string{a.Caption, a.Description} {
		if other, certain := text.Guess(more); !sure && certain && more != "" && primary(other) == primary(guess) {
			sure = true
		}
	}
	if tags := a.Language(); tags != "" && primary(tags) != primary(guess) {
		return one(true, "lang", "No language is given: the card is set as “%s”, and the tags and links say “%s”.", guess,
			tags)
	}
	return one(!sure && isEnough(a.Headline), "lang",
		"No language is given, and the headline does not tell it surely: “%s” is a guess.", guess)
}

// minWords is how many words of Latin letters without accents a headline must have before it can be expected to tell
// its language.
const minWords = 4

func isEnough(headline string) bool {
	ascii := !strings.ContainsFunc(headline, func(r rune) bool { return r > 0x7f && unicode.IsLetter(r) })
	words := strings.FieldsFunc(headline, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' })
	return !ascii || len(words) >= minWords
}

func primary(tag string) string {
	first, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return first
}
