package share

import (
	"net/netip"
	"slices"
	"strings"
)

// sources are query parameters that often say where a reader came from. Canonical keeps them, since on some sites they
// identify a page.
var sources = []string{
	"ref", "ref_src", "ref_url", "referer", "referrer", "source", "src", "from", "via", "share", "shared",
	"feature", "rss",
	"cmp", "cmpid", "ncid", "smid", "spm", "yclid", "dclid", "mkt_tok", "_ga", "_gl",
}

// sourceFamilies are prefixes of the names of such parameters.
var sourceFamilies = []string{"mtm_", "pk_", "hsa_"}

// Variants returns other URLs under which the story of a canonical URL may be registered, at most 31, the most
// likely first: without the fragment and without parameters that say where a reader came from, and each of these
// with or without a slash at the end, with http or https, and with or without "www.". A fragment that begins with /
// or ! is a route of an app and identifies the story, so it is kept.
func Variants(canonical string) []string {
	a := split(canonical)
	bare, page := a.withoutPairs(isSource), a
	if !isRoute(a.fragment) {
		page.fragment = ""
	}
	both := page
	both.query = bare.query
	all := []string{canonical}
	for _, base := range []addressParts{a, page, bare, both} {
		for i := range 8 {
			v := base
			if i&1 != 0 {
				v = v.otherSlash()
			}
			if i&2 != 0 {
				v = v.otherScheme()
			}
			if i&4 != 0 {
				v = v.otherHost()
			}
			if s := v.String(); !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
	}
	return all[1:]
}

// isRoute reports whether a fragment, which begins with #, is the route of an app, such as #/article/2 or #!article/2.
func isRoute(fragment string) bool {
	return strings.HasPrefix(fragment, "#/") || strings.HasPrefix(fragment, "#!")
}

// addressParts are the unchanged parts of a canonical URL. query begins with ? and fragment with #, or they are empty.
type addressParts struct{ scheme, host, path, query, fragment string }

func split(canonical string) (a addressParts) {
	cut := func(s, marks string) (before, after string) {
		if i := strings.IndexAny(s, marks); i >= 0 {
			return s[:i], s[i:]
		}
		return s, ""
	}
	var rest string
	a.scheme, rest, _ = strings.Cut(canonical, "://")
	a.host, rest = cut(rest, "/?#")
	a.path, rest = cut(rest, "?#")
	a.query, a.fragment = cut(rest, "#")
	return a
}

func (a addressParts) String() string {
	return a.scheme + "://" + a.host + a.path + a.query + a.fragment
}

func (a addressParts) otherSlash() addressParts {
	if path, ends := strings.CutSuffix(a.path, "/"); path == "" {
		return a // the root always has a slash
	} else if ends {
		a.path = path
	} else {
		a.path += "/"
	}
	return a
}

func (a addressParts) otherScheme() addressParts {
	if a.scheme == "https" {
		a.scheme = "http"
	} else {
		a.scheme = "https"
	}
	return a
}

// otherHost adds or removes "www.". IP addresses and hosts of one label have no such variant.
func (a addressParts) otherHost() addressParts {
	name, _, _ := strings.Cut(a.host, ":")
	if host, www := strings.CutPrefix(a.host, "www."); www && strings.Contains(host, ".") {
		a.host = host
	} else if _, err := netip.ParseAddr(name); err != nil && strings.Contains(name, ".") {
		a.host = "www." + a.host
	}
	return a
}

// isSource reports whether a parameter says where a reader came from.
func isSource(name string) bool {
	return slices.Contains(sources, name) ||
		slices.ContainsFunc(sourceFamilies, func(family string) bool { return strings.HasPrefix(name, family) })
}

// withoutPairs is without for the query of an address, which begins with a question mark or is empty.
func (a addressParts) withoutPairs(dropped func(name string) bool) addressParts {
	if rest := without(strings.TrimPrefix(a.query, "?"), dropped); rest == "" {
		a.query = ""
	} else {
		a.query = "?" + rest
	}
	return a
}
