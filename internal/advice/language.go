package advice

import (
	"strings"
	"unicode"

	"newsroom.example/cards/internal/langid"
)

// language finds a story that has no language and whose texts do not tell it. The language chooses the forms of
// Chinese characters, the line breaks, the words of badges and links, and what the tags say.
func language(s Story) []finding {
	a := s.Article
	if a.Lang != "" || s.Home != "" || !isEnough(a.Headline) {
		return nil
	}
	g := langid.OfStory("", a.Headline, a.Description, a.Caption)
	if len(g.Likely) > 1 {
		return one(true, "lang", "No language is given, and the texts do not tell it surely: it may be %s.", listed(g.Likely))
	}
	return one(!g.Sure, "lang", "No language is given, and the texts do not tell it.")
}

// listed returns tags in quotes, with "or" before the last.
func listed(tags []string) string {
	quoted := make([]string, len(tags))
	for i, t := range tags {
		quoted[i] = "“" + t + "”"
	}
	last := len(quoted) - 1
	return strings.Join(quoted[:last], ", ") + " or " + quoted[last]
}

// minWords is how many words of Latin letters without accents a headline must have before it can be expected to tell
// its language.
const minWords = 4

func isEnough(headline string) bool {
	if !strings.ContainsFunc(headline, unicode.IsLetter) {
		return false
	}
	ascii := !strings.ContainsFunc(headline, func(r rune) bool { return r > 0x7f && unicode.IsLetter(r) })
	words := strings.FieldsFunc(headline, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' })
	return !ascii || len(words) >= minWords
}
