package share

import (
	"net/netip"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/idna"

	"newsroom.example/cards/internal/clean"
)

// maxURL is the longest address that is taken, in bytes.
const maxURL = 2048

// trackers are the query parameters that name a click and not a page.
var trackers = []string{
	"fbclid", "gclid", "gbraid", "wbraid", "msclkid", "igshid", "igsh", "mc_cid", "mc_eid", "twclid", "ttclid", "li_fat_id",
}

// Canonical is the one form of a story's address: absolute http or https, host in lower case
// and punycode (RFC 5891), default port dropped, dot segments resolved (RFC 3986, section
// 5.2.4), path percent-encoded in upper case, known trackers taken out; query order, trailing
// slash and fragment kept. An & that came encoded as HTML has it (&amp;) is decoded. The error is a *PostError of field "url".
func Canonical(raw string) (string, error) { return canonical("url", raw) }

func canonical(field, raw string) (string, error) {
	fault := func(problem string) (string, error) { return "", &PostError{Field: field, Problem: problem} }
	switch {
	case raw == "":
		return fault("is required")
	case len(raw) > maxURL:
		return fault("is longer than 2,048 bytes")
	case strings.ContainsAny(raw, "\\ ") || strings.ContainsFunc(raw, func(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 || r == '\ufffd' }):
		return fault("holds a character that no URL has")
	}
	u, err := url.Parse(clean.URL(raw))
	switch {
	case err != nil:
		return fault("is no valid URL")
	case !strings.EqualFold(u.Scheme, "http") && !strings.EqualFold(u.Scheme, "https"):
		return fault("must be an http or https URL")
	case u.Opaque != "" || u.Hostname() == "":
		return fault("must be an absolute URL with a host")
	case u.User != nil:
		return fault("must not carry user info")
	}
	host, err := canonicalHost(u)
	if err != nil {
		return fault("has a host that is no host name")
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

func canonicalHost(u *url.URL) (string, error) {
	name := u.Hostname()
	if addr, err := netip.ParseAddr(name); err == nil {
		if addr.Zone() != "" {
			return "", &PostError{Field: "url", Problem: "has a zone"}
		}
		name = addr.String()
		if addr.Is6() {
			name = "[" + name + "]"
		}
	} else if name, err = idna.Lookup.ToASCII(strings.TrimSuffix(name, ".")); err != nil || name == "" {
		return "", &PostError{Field: "url", Problem: "has a host that is no host name"}
	}
	port := u.Port()
	if port == "" || u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		return name, nil
	}
	return name + ":" + port, nil
}

func canonicalPath(escaped string) string {
	if escaped == "" {
		return "/"
	}
	resolved := path.Clean(escaped)
	if strings.Contains(escaped, "//") { // empty segments mean something to their server
		resolved = escaped
	} else if resolved != "/" && (strings.HasSuffix(escaped, "/") || strings.HasSuffix(escaped, "/.") || strings.HasSuffix(escaped, "/..")) {
		resolved += "/"
	}
	return encodeRest(resolved)
}

// encodeRest encodes what may not stand in a URL as it is, writes escapes in upper case, and
// leaves everything else, valid escapes too.
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

// tagged is the post as target t shares it: its URL with or without the fragment, and with utm
// parameters where they are asked for. mail counts as email, and the copied link is left clean.
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
