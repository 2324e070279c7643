package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/locale"
)

// withoutDoubles returns the card without a badge or section that says again what already stands at the beginning of
// the headline ("[속보] …", "Opinion: …"), and without a section that says the same as the badge. Each tag is shown once.
// That a story is live is shown by its badge, and not by its headline: nothing else would tell it at a glance.
func withoutDoubles(c card.Card) card.Card {
	if c.Badge == "live" {
		c.Headline = withoutTag(c.Headline, c.Badge)
	}
	for _, tag := range tags(c.Headline) {
		if c.Badge != "" && locale.IsBadge(c.Badge, tag) {
			c.Badge = ""
		}
		if locale.Same(plain(c.Kicker), tag) {
			c.Kicker = ""
		}
	}
	if c.Kicker != "" && c.Badge != "" && locale.IsBadge(c.Badge, plain(c.Kicker)) {
		c.Kicker = ""
	}
	return c
}

// withoutTag returns a headline without the tag at its beginning that says the same as the badge, as long as words are
// left.
func withoutTag(headline, badge string) string {
	all := tags(headline)
	if len(all) == 0 || !locale.IsBadge(badge, all[0]) {
		return headline
	}
	rest := strings.TrimSpace(headline)
	first, size := utf8.DecodeRuneInString(rest)
	mark := brackets[first]
	if mark == "" {
		size, mark = 0, ":：|"
	}
	end := size + strings.IndexAny(rest[size:], mark)
	_, width := utf8.DecodeRuneInString(rest[end:])
	if rest = strings.TrimSpace(rest[end+width:]); plain(rest) == "" {
		return headline
	}
	if word, _, _ := strings.Cut(rest, " "); strings.ToLower(word) == word {
		first, size = utf8.DecodeRuneInString(rest)
		rest = string(unicode.ToTitle(first)) + rest[size:]
	}
	return rest
}

// brackets are the pairs of marks in which newsrooms put tags.
var brackets = map[rune]string{'[': "]", '【': "】", '(': ")", '（': "）", '<': ">", '〈': "〉", '《': "》", '［': "］", '〔': "〕"}

// tags returns the tags at the beginning of a headline: words in brackets, and a short text before a colon or bar.
func tags(headline string) (all []string) {
	rest := strings.TrimSpace(headline)
	for rest != "" {
		first := []rune(rest)[0]
		closing, ok := brackets[first]
		if !ok {
			break
		}
		tag, after, ok := strings.Cut(rest[len(string(first)):], closing)
		if !ok {
			break
		}
		all = append(all, plain(tag))
		rest = strings.TrimSpace(after)
	}
	if i := strings.IndexAny(rest, ":：|"); i > 0 && len([]rune(rest[:i])) <= card.MaxBadge {
		all = append(all, plain(rest[:i]))
	}
	return all
}

// plain returns a tag without marks and spaces around it.
func plain(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.Nd, unicode.M) })
}
