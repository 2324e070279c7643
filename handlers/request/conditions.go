package request

import (
	"net/http"
	"slices"
	"strings"

	"newsroom.example/cards/internal/fault"
)

// Conditions are the headers If-Match and If-None-Match of a request (RFC 9110, section 13.1). The zero value always
// holds.
type Conditions struct {
	match, none tagList
}

// ReadConditions parses the conditions of the request. The error names the header that is malformed.
func ReadConditions(r *http.Request) (c Conditions, err error) {
	if c.match, err = tagsOf(r, "If-Match"); err != nil {
		return c, err
	}
	c.none, err = tagsOf(r, "If-None-Match")
	return c, err
}

// Some reports whether there are conditions.
func (c Conditions) Some() bool { return c.match.given || c.none.given }

// MayChange reports whether the conditions let the request change something that has the strong entity tag, or that
// does not exist if the tag is empty.
func (c Conditions) MayChange(tag string) bool {
	return (!c.match.given || c.match.has(tag, false)) && !c.none.has(tag, true)
}

// Matches reports whether If-Match, if it is there, names the tag.
func (c Conditions) Matches(tag string) bool { return !c.match.given || c.match.has(tag, false) }

// IsKnown reports whether If-None-Match names the tag: the client has what it would get.
func (c Conditions) IsKnown(tag string) bool { return c.none.has(tag, true) }

// tagList is the value of a header with entity tags.
type tagList struct {
	given, any bool     // any: "*"
	tags       []string // as they were written
}

// has reports whether the list names the strong entity tag, which is empty if nothing exists. A weak tag is compared
// only if weakly is true. Compressed answers have tags of their own (see the middleware), which stand for the same.
func (l tagList) has(tag string, weakly bool) bool {
	if tag == "" || l.any {
		return tag != "" && l.any
	}
	return slices.ContainsFunc(l.tags, func(given string) bool {
		opaque, weak := strings.CutPrefix(given, "W/")
		return (!weak || weakly) && plain(opaque) == tag
	})
}

// plain returns the tag of the answer without compression.
func plain(tag string) string {
	for _, suffix := range []string{`-gzip"`, `-zstd"`} {
		if short, ok := strings.CutSuffix(tag, suffix); ok {
			return short + `"`
		}
	}
	return tag
}

// tagsOf parses a header.
func tagsOf(r *http.Request, name string) (tagList, error) {
	values := r.Header.Values(name)
	if len(values) == 0 {
		return tagList{}, nil
	}
	if l, ok := parseTags(strings.Join(values, ",")); ok {
		return l, nil
	}
	return tagList{}, fault.InField(name,
		`must be * or entity tags in quotation marks, such as "3-5f0c9a", with commas between them`)
}

// parseTags parses "*", or entity tags with commas between them. Empty members of the list are ignored.
func parseTags(text string) (l tagList, ok bool) {
	const blanks = " \t"
	l.given = true
	if strings.Trim(text, blanks) == "*" {
		l.any = true
		return l, true
	}
	for rest := text; ; {
		if rest = strings.TrimLeft(rest, blanks+","); rest == "" {
			return l, len(l.tags) > 0
		}
		tag, after, ok := cutTag(rest)
		if !ok {
			return l, false
		}
		l.tags = append(l.tags, tag)
		if rest = strings.TrimLeft(after, blanks); rest != "" && rest[0] != ',' {
			return l, false
		}
	}
}

// cutTag cuts an entity tag off the beginning of the text.
func cutTag(text string) (tag, after string, ok bool) {
	opaque, _ := strings.CutPrefix(text, "W/")
	if !strings.HasPrefix(opaque, `"`) {
		return "", "", false
	}
	inner, _, ok := strings.Cut(opaque[1:], `"`)
	if !ok || strings.ContainsFunc(inner, func(c rune) bool { return c < 0x21 || c == 0x7f }) {
		return "", "", false
	}
	n := len(text) - len(opaque) + len(inner) + 2
	return text[:n], text[n:], true
}
