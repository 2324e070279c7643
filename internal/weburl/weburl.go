// Package weburl holds the one rule for addresses of the web that come from outside: of stories, photos and
// pages. It knows no network; whether a host may be reached is decided when it is dialled.
package weburl

import (
	"errors"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// MaxLen is the longest address that is taken, in bytes.
const MaxLen = 2048

// Faults of an address. Each completes a sentence that begins with the name of the field.
var (
	errLong      = errors.New("is longer than 2,048 bytes")
	errCharacter = errors.New("holds a character that no URL has")
	errForm      = errors.New("is no valid URL")
	errScheme    = errors.New("must be an http or https URL")
	errRelative  = errors.New("must be an absolute URL with a host")
	errUser      = errors.New("must not carry user info")
	errEncoded   = errors.New("has an encoded host")
	errPort      = errors.New("must have a port from 1 to 65535")
	errHost      = errors.New("has a host that is no host name")
)

// encodedAmp is an & as it stands in HTML, however often it was encoded.
var encodedAmp = regexp.MustCompile(`&(?:(?:(?i:amp)|#0{0,6}38|#[xX]0{0,6}26);)+`)

// Clean is the address that s means where it was given by a person or a content management system: each & that
// is encoded as HTML has it (&amp;, &#038;) is decoded, as often as that was done. No address has a parameter
// whose name begins with "amp;", so one bare & says nothing here: apps add &fbclid=1 to what a page has
// encoded. Clean(Clean(s)) == Clean(s).
func Clean(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	return encodedAmp.ReplaceAllString(s, "&")
}

// Parse parses an address that may be fetched or linked to: absolute, http or https, with a host, without user
// info, at most MaxLen bytes, its port from 1 to 65535 if it names one. The error never repeats the address.
func Parse(s string) (*url.URL, error) {
	if len(s) > MaxLen {
		return nil, errLong
	}
	if holdsForeign(s) {
		return nil, errCharacter
	}
	u, err := url.Parse(s)
	switch {
	case err != nil:
		return nil, errForm
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, errScheme
	case u.Hostname() == "": // of an opaque URL too
		return nil, errRelative
	case u.User != nil:
		return nil, errUser
	case strings.Contains(u.Host, "%") && !strings.HasPrefix(u.Host, "["):
		return nil, errEncoded
	case !isPort(u.Port()):
		return nil, errPort
	}
	return u, nil
}

// holdsForeign reports an address that holds a character that no URL has. Most addresses are ASCII, which is
// read byte by byte.
func holdsForeign(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return strings.ContainsFunc(s[i:], isForeign)
		}
		if isForeign(rune(s[i])) {
			return true
		}
	}
	return false
}

// isForeign reports characters that no URL has: blanks, control characters, a backslash, which browsers take
// for a slash, and bytes that are not valid UTF-8.
func isForeign(r rune) bool {
	return r <= ' ' || r >= 0x7f && r < 0xa0 || r == '\\' || r == utf8.RuneError
}

// isPort reports a port that a server can have, or none.
func isPort(s string) bool {
	if s == "" {
		return true
	}
	n, err := strconv.ParseUint(s, 10, 16)
	return err == nil && n > 0
}

// Host is the one form of a URL's host, with its port where that is not the scheme's: a name in lower case and
// punycode (RFC 5891) without the dot that may end it, or an IP address. The error is for what is no host name.
func Host(u *url.URL) (string, error) {
	name := u.Hostname()
	if addr, err := netip.ParseAddr(name); err == nil {
		if addr.Zone() != "" {
			return "", errHost
		}
		name = addr.String()
		if addr.Is6() {
			name = "[" + name + "]"
		}
	} else if name, err = idna.Lookup.ToASCII(name); err != nil {
		return "", errHost
	} else if name = strings.TrimSuffix(name, "."); name == "" || slices.Contains(strings.Split(name, "."), "") {
		return "", errHost // an empty label
	}
	port := u.Port()
	if port == "" || u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		return name, nil
	}
	return name + ":" + port, nil
}

// Name returns the form of a host's name that is dialled, in lower case and without dots at its end. It maps what
// net/http maps to ASCII, such as full-width letters; what cannot be mapped stays.
func Name(host string) string {
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	return strings.ToLower(strings.TrimRight(host, "."))
}
