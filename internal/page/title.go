package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// headline returns the page's headline without the name of the site.
func (d *document) headline(section string) found {
	values := d.or(d.metas("og:title", "twitter:title"), d.ld.text("headline"))
	title := line(maxHeadline, append(values, found{d.title, fromTitle})...)
	var names []string
	for _, site := range d.sites() {
		if name := line(maxShort, site).text; name != "" {
			names = append(names, name)
		}
	}
	title.text = withoutSite(title.text, names, section)
	return title
}

const (
	atEnd   = "|-–—:·»›•｜：・‒―" // what may be between a headline and the name of a site
	atStart = "|·»›•｜"         // and between the name and a headline; a dash or colon there may be part of a sentence
)

// withoutSite returns a title without the names of its site at its end or beginning, in upper or lower case, with or
// without "The". A name counts only behind a separator. At the beginning, it counts before one that sentences do not
// have, or a hyphen between spaces, because "The Harbor Post: 100 years" may be a headline about the newspaper. If a name
// was cut off the end, the section before it is cut off too. The result is never empty unless the title is.
func withoutSite(title string, names []string, section string) string {
	names = variants(names)
	whole := title
	for range 3 { // two plugins may have added it
		title = cutEnd(title, names)
	}
	if title != whole && section != "" {
		title = cutEnd(title, []string{section})
	}
	return cutStart(title, names)
}

// variants adds to each name the same with or without "The".
func variants(names []string) (all []string) {
	for _, name := range names {
		all = append(all, name)
		if len(name) > 4 && strings.EqualFold(name[:4], "the ") {
			all = append(all, name[4:])
		} else {
			all = append(all, "The "+name)
		}
	}
	return all
}

// cutEnd removes one of the names, and the separators before it, from the end of a title.
func cutEnd(title string, names []string) string {
	longest := 0
	for _, name := range names {
		longest = max(longest, utf8.RuneCountInString(name))
	}
	runes := 0
	for end := len(title); end > 0 && runes <= longest+2; runes++ {
		r, size := utf8.DecodeLastRuneInString(title[:end])
		if strings.ContainsRune(atEnd, r) {
			before, name := title[:end-size], strings.TrimSpace(title[end:])
			if isOneOf(name, names) && !isCompound(before, r, title[end:]) {
				if short := strings.TrimRightFunc(before, isSeparator); hasWord(short) {
					return short
				}
			}
		}
		end -= size
	}
	return title
}

// cutStart removes one of the names, and the separators behind it, from the beginning of a title.
func cutStart(title string, names []string) string {
	for i, r := range title {
		spaced := strings.HasPrefix(title[i:], "- ") && strings.HasSuffix(title[:i], " ")
		if !strings.ContainsRune(atStart, r) && !spaced {
			continue
		}
		rest := strings.TrimLeftFunc(title[i:], isSeparator)
		if isOneOf(strings.TrimSpace(title[:i]), names) && hasWord(rest) {
			return rest
		}
	}
	return title
}

// isCompound reports whether a separator is the hyphen of a word, as in "ex-Guardian". A name of several words is not
// part of one.
func isCompound(before string, separator rune, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	return separator == '-' && isLatin(last) && isLatin(next) && !strings.Contains(after, " ")
}

func isLatin(r rune) bool { return unicode.Is(unicode.Latin, r) || unicode.IsDigit(r) }

func isSeparator(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(atEnd, r) }

func isOneOf(s string, names []string) bool {
	return s != "" && slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(s, name) })
}

// hasWord reports whether s has a letter or a digit.
func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
