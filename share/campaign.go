package share

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsroom.example/cards/internal/weburl"
)

// isCampaign reports whether a parameter is a campaign tag, by which the publication's own statistics tell where its
// readers come from. It says nothing about the page.
func isCampaign(name string) bool { return strings.HasPrefix(name, "utm_") }

// withoutCampaign returns the canonical form of a shared address.
func withoutCampaign(address string) string { return split(address).withoutPairs(isCampaign).String() }

// tagged returns the post with the URL for target t: if p.UTM is set, with those campaign tags that it does not have
// yet. The medium of mail is email, of others social. The copied link gets no tags beyond the publication's own.
func (p Post) tagged(t Target) Post {
	if !p.UTM || t.Name == "link" {
		return p
	}
	medium := "social"
	if t.Name == "mail" {
		medium = "email"
	}
	tags := []string{"utm_source=" + t.Name, "utm_medium=" + medium}
	if p.Campaign != "" {
		tags = append(tags, "utm_campaign="+weburl.Component(p.Campaign))
	}
	p.URL = withMissing(p.URL, tags)
	return p
}

// MaxForwarded is the maximum length of a query that Forward passes on, in bytes.
const MaxForwarded = 2048

// Forward returns a story's shared address with what it lacks of the query of a request for its short link: pairs with
// other names than those that the address has, in their order and encoding. It leaves out pairs that are not well
// formed: without a name, with a malformed escape, and with control characters or invalid UTF-8, encoded or not. It
// passes on nothing of a query that is longer than MaxForwarded. Scheme, host, path and fragment never change.
func Forward(address, query string) string {
	if len(query) > MaxForwarded {
		return address
	}
	var pairs []string
	for pair := range strings.SplitSeq(query, "&") {
		if isPair(pair) {
			pairs = append(pairs, weburl.Escape(pair))
		}
	}
	return withMissing(address, pairs)
}

// isPair reports whether a pair of a query is well formed.
func isPair(pair string) bool {
	name, _, _ := strings.Cut(pair, "=")
	foreign := func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '\\' || r == '#' }
	if name == "" || strings.ContainsFunc(pair, foreign) {
		return false
	}
	plain, err := url.QueryUnescape(pair)
	return err == nil && utf8.ValidString(plain) && !strings.ContainsFunc(plain, unicode.IsControl)
}

// commonName returns one name for all names that some server may take for the same: PHP leaves out spaces before a
// name, ends it at a bracket, and reads other spaces and dots as '_'; ASP.NET does not distinguish capitals.
func commonName(name string) string {
	name, _, _ = strings.Cut(strings.TrimLeft(name, " "), "[")
	return strings.ToLower(spacesAndDots.Replace(name))
}

var spacesAndDots = strings.NewReplacer(" ", "_", ".", "_")

// withMissing returns an address with the pairs whose names its query does not have, in the eyes of any server.
func withMissing(address string, pairs []string) string {
	if len(pairs) == 0 {
		return address
	}
	a := split(address)
	has := map[string]bool{}
	for pair := range strings.SplitSeq(strings.TrimPrefix(a.query, "?"), "&") {
		has[commonName(nameOf(pair))] = true
	}
	for _, pair := range pairs {
		name := commonName(nameOf(pair))
		switch {
		case name == "" || has[name]:
			continue
		case a.query == "":
			a.query = "?"
		case !strings.HasSuffix(a.query, "&"):
			a.query += "&"
		}
		a.query += pair
	}
	return a.String()
}

// nameOf returns the decoded name of a pair, or the name as it is if it is malformed.
func nameOf(pair string) string {
	name, _, _ := strings.Cut(pair, "=")
	if plain, err := url.QueryUnescape(name); err == nil {
		return plain
	}
	return name
}
