package article

import (
	"strings"

	"newsroom.example/cards/internal/lazyregexp"
)

// between and ands are how languages name several people: what stands between two names, by default a comma, and what
// stands before the last name instead (Unicode CLDR, list patterns). Korean newspapers write the middle dot.
var (
	between = map[string]string{"ko": "·", "ja": "、", "zh": "、", "ar": " و"}
	ands    = map[string]string{
		"en": " and ", "de": " und ", "fr": " et ", "it": " e ", "nl": " en ", "pt": " e ", "ru": " и ",
	}
)

// JoinNames returns the names of authors as newspapers in the language (BCP 47) write them: "A, B and C" in English,
// "A·B" in Korean.
func JoinNames(names []string, lang string) string {
	primary, _, _ := strings.Cut(strings.ToLower(lang), "-")
	return joinNames(names, primary)
}

func joinNames(names []string, primary string) string {
	if primary == "ko" {
		names = withOneTitle(names)
	}
	comma, ok := between[primary]
	if !ok {
		comma = ", "
	}
	last := len(names) - 1
	and, ok := ands[primary]
	if !ok || last < 1 {
		return strings.Join(names, comma)
	}
	return strings.Join(names[:last], comma) + and + names[last]
}

// koreanTitle matches a Korean name and the title of its journalist.
var koreanTitle = lazyregexp.New(`^(.+) ([^ ]*(?:기자|특파원|위원|통신원))$`)

// withOneTitle returns Korean names with the title that all share only after the last, as in "A·B 기자".
func withOneTitle(names []string) []string {
	short := make([]string, len(names))
	title := ""
	for i, name := range names {
		parts := koreanTitle().FindStringSubmatch(name)
		if parts == nil || title != "" && title != parts[2] {
			return names
		}
		short[i], title = parts[1], parts[2]
	}
	if len(names) > 1 {
		short[len(short)-1] = names[len(names)-1]
		return short
	}
	return names
}
