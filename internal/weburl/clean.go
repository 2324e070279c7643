package weburl

import (
	"html"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/lazyregexp"
)

// Clean returns the URL that is meant by s, which may come from a person or a content management system: what HTML
// encoded is decoded (&amp; is &), spaces around the URL and line breaks and tabs in it are removed, and in the path,
// query and fragment of an http or https URL the ASCII characters that a URL cannot have are percent-encoded, as
// browsers do (https://url.spec.whatwg.org/). Unlike browsers it also encodes a % that begins no escape, and leaves a
// backslash, which Parse rejects. Clean(Clean(s)) == Clean(s).
func Clean(s string) string { return CleanAs(clean.Guess, s) }

// CleanAs is like Clean for a URL of the format: in plain text nothing is decoded, so that &amp; stays, and in HTML
// every character reference is decoded once. CleanAs(clean.Text, CleanAs(f, s)) == CleanAs(f, s) for every format f.
func CleanAs(f clean.Format, s string) string {
	s = bare(s)
	switch {
	case !strings.Contains(s, "&"):
	case f == clean.HTML:
		s = bare(reference().ReplaceAllStringFunc(s, decoded))
	case f == clean.Guess:
		s = encodedAmp().ReplaceAllString(s, "&")
	}
	rest := afterHost(s)
	return s[:len(s)-len(rest)] + escape(rest, false)
}

// bare returns the URL without the spaces around it, and without line breaks and tabs. What is not UTF-8 stays as it
// is, for Parse to reject: without a line break between them, bytes could become a character that nobody sent.
func bare(s string) string {
	if !utf8.ValidString(s) {
		return s
	}
	s = strings.TrimFunc(s, isBlank)
	if strings.ContainsAny(s, "\t\n\r") {
		s = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(s)
	}
	return s
}

// reference matches what may be a character reference of HTML, with its semicolon. Those without one are not decoded:
// in an attribute, where URLs are, a browser does not take &copy=1 for a reference either.
var reference = lazyregexp.New(`&(?:#[0-9]{1,9}|#[xX][0-9A-Fa-f]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});`)

// decoded returns the text of a character reference, and an unknown one as it is.
func decoded(ref string) string {
	text := html.UnescapeString(ref)
	if text != ";" && strings.HasSuffix(text, ";") { // unknown, or it begins like one without a semicolon
		return ref
	}
	return text
}

// IsHTML reports whether Clean decodes an & of s that was encoded for HTML.
func IsHTML(s string) bool { return strings.Contains(s, "&") && encodedAmp().MatchString(s) }

// encodedAmp matches an & that was encoded for HTML once or several times. It is decoded even if the URL also contains
// a bare &, because apps append parameters such as &fbclid=1 to encoded URLs, and because no parameter's name begins
// with "amp;".
var encodedAmp = lazyregexp.New(`&(?:(?:(?i:amp)|#0{0,6}38|#[xX]0{0,6}26);)+`)

// isBlank reports whether r cannot be seen at the ends of a URL.
func isBlank(r rune) bool {
	return r <= ' ' || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
}

// afterHost returns the path, query and fragment of an http or https URL. It returns "" for any other string.
func afterHost(s string) string {
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok || !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return ""
	}
	if end := strings.IndexAny(rest, `/?#\`); end >= 0 {
		return rest[end:]
	}
	return ""
}

var hasScheme = lazyregexp.New(`^[A-Za-z][A-Za-z0-9+.-]*:`)

// Resolve returns the URL that ref, which may be relative, leads to from a page with the URL base. Like Clean, it takes
// what a browser would take. Errors: those of Parse, and for an empty ref.
func Resolve(base *url.URL, ref string) (*url.URL, error) {
	switch ref = Clean(ref); {
	case ref == "":
		return nil, errRelative
	case strings.ContainsRune(ref, '\\'): // a browser reads it as a slash, base.Parse as a letter
		return nil, errCharacter
	case strings.HasPrefix(ref, "//"):
		ref = Clean(base.Scheme + ":" + ref)
	case !hasScheme().MatchString(ref):
		ref = escape(ref, false)
	}
	u, err := base.Parse(ref)
	if err != nil {
		return nil, errForm
	}
	return Parse(u.String())
}

// Escape percent-encodes the characters of a path, query or fragment that a URL cannot have, and every character that
// is not ASCII, in UTF-8. It leaves escapes and everything else unchanged.
func Escape(s string) string { return escape(s, true) }

// escape is Escape; unless all is set, it leaves characters that are not ASCII, and control characters.
func escape(s string, all bool) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r == '%' || isUnsafe(r, all) }) {
		return s
	}
	return encode(s, func(i int) bool { return isUnsafe(rune(s[i]), all) || s[i] == '%' && !isEscape(s[i:]) })
}

// Component percent-encodes a value for a query: every byte but the unreserved characters of RFC 3986, section 2.3. A
// space becomes %20, not +.
func Component(s string) string {
	return encode(s, func(i int) bool { return !isUnreserved(s[i]) })
}

// encode percent-encodes the bytes of s whose index is to be encoded.
func encode(s string, encoded func(i int) bool) string {
	const hexDigits = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(s))
	for i := range len(s) {
		c := s[i]
		if !encoded(i) {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hexDigits[c>>4])
		b.WriteByte(hexDigits[c&15])
	}
	return b.String()
}

func isUnreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		c == '-' || c == '_' || c == '.' || c == '~'
}

// isUnsafe reports whether a URL cannot have r. r may also be a byte of a character that is not ASCII.
func isUnsafe(r rune, all bool) bool {
	return r == ' ' || strings.ContainsRune("\"<>^`{|}", r) && r < utf8.RuneSelf || all && (r < ' ' || r >= 0x7f)
}

// isEscape reports whether s begins with a percent-encoded byte.
func isEscape(s string) bool {
	return len(s) > 2 && isHex(s[1]) && isHex(s[2])
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
