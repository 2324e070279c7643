package share

import (
	"path"
	"slices"
	"strings"

	"newsroom.example/cards/internal/weburl"
)

// trackers are query parameters that identify a click and not a page.
var trackers = []string{
	"fbclid", "gclid", "gbraid", "wbraid", "msclkid", "igshid", "igsh", "mc_cid", "mc_eid", "twclid", "ttclid",
	"li_fat_id",
}

// Canonical returns the canonical form of a story's URL: absolute http or https, the host in lower case and punycode
// (RFC 5891), without the default port, dot segments resolved (RFC 3986, section 5.2.4), percent-encoding in upper
// case, and without known trackers. It keeps the order of the query, a trailing slash and the fragment. An & that is
// encoded as HTML (&amp;) is decoded. The error is a *PostError for the field "url".
func Canonical(raw string) (string, error) { return canonical("url", raw) }

func canonical(field, raw string) (string, error) {
	if raw == "" {
		return "", &PostError{Field: field, Problem: "is required"}
	}
	u, err := weburl.Parse(weburl.Clean(raw))
	if err != nil {
		return "", &PostError{Field: field, Problem: err.Error()}
	}
	host, err := weburl.Host(u)
	if err != nil {
		return "", &PostError{Field: field, Problem: err.Error()}
	}
	out := u.Scheme + "://" + host + canonicalPath(u.EscapedPath())
	if q := withoutTrackers(u.RawQuery); q != "" {
		out += "?" + encodeRest(q)
	}
	if u.Fragment != "" {
		out += "#" + encodeRest(u.EscapedFragment())
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
	return encodeRest(resolved)
}

// encodeRest percent-encodes characters that are invalid in a URL, and writes escapes in upper case. It leaves valid
// escapes and everything else unchanged.
func encodeRest(s string) string {
	const hexDigits = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b.WriteString(strings.ToUpper(s[i : i+3]))
			i += 2
		case c == '%' || c <= 0x20 || c >= 0x7f || strings.IndexByte("\"<>^`{|}", c) >= 0:
			b.WriteByte('%')
			b.WriteByte(hexDigits[c>>4])
			b.WriteByte(hexDigits[c&15])
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func withoutTrackers(query string) string {
	if query == "" {
		return ""
	}
	pairs := slices.DeleteFunc(strings.Split(query, "&"), func(pair string) bool {
		name, _, _ := strings.Cut(pair, "=")
		return strings.HasPrefix(name, "utm_") || slices.Contains(trackers, name)
	})
	return strings.Join(pairs, "&")
}

// tagged returns the post with the URL for target t: with or without the fragment and, if p.UTM is set, with utm
// parameters. The medium of mail is email, of others social. The copied link gets no parameters.
func (p Post) tagged(t Target) Post {
	page, fragment, has := strings.Cut(p.URL, "#")
	if p.UTM && t.Name != "link" {
		medium := "social"
		if t.Name == "mail" {
			medium = "email"
		}
		sep := "?"
		if strings.Contains(page, "?") {
			sep = "&"
		}
		page += sep + "utm_source=" + t.Name + "&utm_medium=" + medium
	}
	p.URL = page
	if has && t.keepsFragment {
		p.URL += "#" + fragment
	}
	return p
}
