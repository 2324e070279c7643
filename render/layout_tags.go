package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/locale"
)

// WithoutDoubles returns the card as it is laid out: see withoutDoubles.
func WithoutDoubles(c card.Card) card.Card { return withoutDoubles(c) }

// withoutDoubles returns the card without a badge or section that says again what already stands at the beginning of
// the headline ("[속보] …", "Opinion: …"), and without a section that says the same as the badge. Each tag is shown once.
// That a story is live is shown by its badge, and not by its headline: nothing else would tell it at a glance.
//
// Paid content says so, and has nothing of the publication's: neither its name nor its logo (layout.holds).
func withoutDoubles(c card.Card) card.Card {
	if c.Kind == "paid" {
		c.Badge, c.Site = locale.Sponsored, ""
	}
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
	tag, rest, _, ok := leadingTag(strings.TrimSpace(headline))
	if !ok || !locale.IsBadge(badge, tag) || plain(rest) == "" {
		return headline
	}
	if word, _, _ := strings.Cut(rest, " "); strings.ToLower(word) == word {
		first, size := utf8.DecodeRuneInString(rest)
		rest = string(unicode.ToTitle(first)) + rest[size:]
	}
	return rest
}

// brackets are the pairs of marks in which newsrooms put tags.
var brackets = map[rune]string{'[': "]", '【': "】", '(': ")", '（': "）", '<': ">", '〈': "〉", '《': "》", '［': "］", '〔': "〕"}

// tags returns the tags at the beginning of a headline: words in brackets, and a short text before a colon or bar.
func tags(headline string) (all []string) {
	for rest := strings.TrimSpace(headline); ; {
		tag, after, inBrackets, ok := leadingTag(rest)
		if ok {
			all = append(all, tag)
		}
		if !inBrackets {
			return all
		}
		rest = after
	}
}

// leadingTag returns the tag with which a text begins, which is in brackets or ends with a colon or bar, and the text
// after it.
func leadingTag(s string) (tag, rest string, inBrackets, ok bool) {
	first, size := utf8.DecodeRuneInString(s)
	if closing := brackets[first]; closing != "" {
		if tag, rest, ok = strings.Cut(s[size:], closing); ok {
			return plain(tag), strings.TrimSpace(rest), true, true
		}
	}
	i := strings.IndexAny(s, ":：|")
	if i <= 0 || utf8.RuneCountInString(s[:i]) > card.MaxBadge {
		return "", s, false, false
	}
	_, mark := utf8.DecodeRuneInString(s[i:])
	return plain(s[:i]), strings.TrimSpace(s[i+mark:]), false, true
}

// plain returns a tag without marks and spaces around it.
func plain(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.Nd, unicode.M) })
}
