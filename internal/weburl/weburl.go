// Package weburl validates and normalizes the http and https URLs of stories, photos and pages that come from outside.
// It does not use the network. Package fetch decides at connection time whether a host may be reached.
package weburl

import (
	"errors"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// MaxLen is the maximum length of a URL, in bytes.
const MaxLen = 2048

// The errors of Parse and Host. Each completes a sentence that begins with the name of the field.
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

// Parse parses a URL that may be fetched or linked to. It must be absolute, use http or https, have a host and no user
// info, and have at most MaxLen bytes. Its port, if any, must be from 1 to 65535. Errors do not contain the URL.
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
	case u.Hostname() == "": // also for an opaque URL
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

// holdsForeign reports whether s contains a character that is not allowed in a URL. It reads ASCII byte by byte,
// because most URLs are ASCII.
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

// isForeign reports whether r is not allowed in a URL: a space, a control character, U+FFFD, which invalid UTF-8
// decodes to, or a backslash, which browsers treat as a slash.
func isForeign(r rune) bool {
	return r <= ' ' || r >= 0x7f && r < 0xa0 || r == '\\' || r == utf8.RuneError
}

// isPort reports whether s is empty or a port from 1 to 65535.
func isPort(s string) bool {
	if s == "" {
		return true
	}
	n, err := strconv.ParseUint(s, 10, 16)
	return err == nil && n > 0
}

// Host returns the normalized host of a URL: a name in lower case and punycode (RFC 5891) without a final dot, or an
// IP address. The port follows if it is not the default port of the scheme. Host returns an error if the host is not a
// valid host name or address.
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

// Name returns the host name that net/http connects to, in lower case and without final dots. Like net/http it maps
// characters such as full-width letters to ASCII. A name that cannot be mapped is not mapped.
func Name(host string) string {
	if ascii, err := idna.Lookup.ToASCII(host); err == nil {
		host = ascii
	}
	return strings.ToLower(strings.TrimRight(host, "."))
}
