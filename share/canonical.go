package share

import (
	"path"
	"slices"
	"strings"

	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/lazyregexp"
	"newsroom.example/cards/internal/weburl"
)

// trackers are query parameters that identify a click and not a page.
var trackers = []string{
	"fbclid", "gclid", "gbraid", "wbraid", "msclkid", "igshid", "igsh", "mc_cid", "mc_eid", "twclid", "ttclid",
	"li_fat_id",
}

// escapes matches the percent-encoded bytes of a URL.
var escapes = lazyregexp.New(`%[0-9A-Fa-f]{2}`)

// Canonical returns the canonical form of a story's URL, by which the story is found: absolute http or https, the host
// in lower case and punycode (RFC 5891), without the default port, dot segments resolved (RFC 3986, section 5.2.4),
// percent-encoding in upper case, and without known trackers and campaign tags (utm_source and others). It keeps the
// order of the query, a trailing slash and the fragment, but for directives to the browser such as :~:text=. An & that
// is encoded as HTML (&amp;) is decoded, spaces around the URL are removed, and characters that a URL cannot have are
// percent-encoded, as browsers do. The error is a *PostError for the field "url".
func Canonical(raw string) (string, error) { return canonical(clean.Guess, "url", raw) }

// CanonicalAs is like Canonical for a URL of the format: of PlainText no &amp; is decoded.
func CanonicalAs(format TextFormat, raw string) (string, error) { return canonical(format, "url", raw) }

// SharedAs returns the shared address of a story: the form of its URL that readers share and open, which is the
// canonical one with the campaign tags of raw, unchanged and in their places. They are the publication's own, while a
// tracker is of whoever opened the URL last. The error is as for Canonical.
func SharedAs(format TextFormat, raw string) (string, error) { return address(format, "url", raw) }

func canonical(format TextFormat, field, raw string) (string, error) {
	whole, err := address(format, field, raw)
	if err != nil {
		return "", err
	}
	return withoutCampaign(whole), nil
}

func address(format TextFormat, field, raw string) (string, error) {
	if raw == "" {
		return "", &PostError{Field: field, Problem: "is required"}
	}
	u, err := weburl.Parse(weburl.CleanAs(format, raw))
	if err != nil {
		return "", &PostError{Field: field, Problem: err.Error()}
	}
	host, err := weburl.Host(u)
	if err != nil {
		return "", &PostError{Field: field, Problem: err.Error()}
	}
	out := u.Scheme + "://" + host + canonicalPath(u.EscapedPath())
	if q := without(u.RawQuery, isTracker); q != "" {
		out += "?" + upper(weburl.Escape(q))
	}
	if fragment, _, _ := strings.Cut(u.EscapedFragment(), ":~:"); fragment != "" {
		out += "#" + upper(weburl.Escape(fragment))
	}
	return out, nil
}

func canonicalPath(escaped string) string {
	if escaped == "" {
		return "/"
	}
	resolved := path.Clean(escaped)
	if strings.Contains(escaped, "//") { // empty segments may be significant to the server
		resolved = escaped
	} else if resolved != "/" && (strings.HasSuffix(escaped, "/") || strings.HasSuffix(escaped, "/.") ||
		strings.HasSuffix(escaped, "/..")) {
		resolved += "/"
	}
	return upper(weburl.Escape(resolved))
}

// upper returns an escaped part of a URL with its escapes in upper case.
func upper(escaped string) string {
	return escapes().ReplaceAllStringFunc(escaped, strings.ToUpper)
}

func isTracker(name string) bool { return slices.Contains(trackers, name) }

// without returns a query, which has no question mark, without the pairs whose name is one of those to be dropped.
func without(query string, dropped func(name string) bool) string {
	if query == "" {
		return ""
	}
	pairs := slices.DeleteFunc(strings.Split(query, "&"), func(pair string) bool {
		name, _, _ := strings.Cut(pair, "=")
		return dropped(name)
	})
	return strings.Join(pairs, "&")
}
