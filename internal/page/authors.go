package page

import (
	"slices"
	"strings"
	"unicode/utf8"

	"newsroom.example/cards/internal/article"
)

// setAuthors takes the authors of the first source that has any: article:author, author, JSON-LD. A later source that
// has all of these and more counts instead, because some pages have only the first author in their meta tags.
func (s *Story) setAuthors(d *document) {
	for _, source := range []struct {
		names  []string
		source string
	}{
		{d.meta["article:author"], "article:author"}, {d.meta["author"], "author"}, {d.ld.authors(), fromLD},
	} {
		names := authors(source.names)
		if len(names) > len(s.Authors) && containsAll(names, s.Authors) {
			s.Authors, s.Sources["byline"] = names, source.source
		}
	}
}

// authors returns the names of authors in order, each once, without the URLs of profiles.
func authors(values []string) (names []string) {
	for _, v := range values {
		for part := range strings.SplitSeq(v, ";") {
			name := line(maxShort, found{text: part}).text
			if name == "" || isProfile(name) || isOneOf(name, names) || len(names) == maxAuthors {
				continue
			}
			names = append(names, name)
		}
	}
	return names
}

// isProfile reports whether an author is the URL of a profile, a handle or a mail address.
func isProfile(s string) bool {
	if strings.Contains(s, "://") || strings.HasPrefix(s, "@") {
		return true
	}
	return !strings.Contains(s, " ") && strings.ContainsAny(s, "/@")
}

// containsAll reports whether each of the names is in all. A name may be a list of names in one text.
func containsAll(all, names []string) bool {
	split := strings.NewReplacer(" and ", ",", " & ", ",")
	for _, name := range names {
		if isOneOf(name, all) {
			continue
		}
		for each := range strings.SplitSeq(split.Replace(name), ",") {
			if each = strings.TrimSpace(each); each != "" && !isOneOf(each, all) {
				return false
			}
		}
	}
	return true
}

// Byline returns the authors as newspapers in the page's language name them (article.JoinNames). Authors that do not
// fit into the length of a byline are left out.
func (s Story) Byline() string {
	names := slices.Clone(s.Authors)
	for {
		if by := article.JoinNames(names, s.Lang); utf8.RuneCountInString(by) <= maxShort {
			return by
		}
		names = names[:len(names)-1]
	}
}
