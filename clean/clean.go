// Package clean decodes text that a content management system gave as HTML where plain text is meant.
//
// WordPress' REST answers, feeds and many CMSs' own fields hold "Tom &amp; Jerry&#8217;s <em>day</em>"
// for a headline. No field of ours is HTML, so shown as it stands that is wrong on the card, in the tags
// and in every link. But a text may also speak of HTML, and be meant as it stands. The rule:
//
// A text is HTML where it holds a character reference or a tag, and everything in it that could be one
// is one: each & begins a reference that ends in a semicolon and is numeric or has a name that HTML
// knows, and each < begins a tag of the lists below, which is closed in order (br and wbr need no end).
// One bare & or < shows that nobody encoded the text, and it stays as it is: "AT&T", "a < b",
// "AT&T: how to write &lt;br&gt;", "x &copy y", "Why <b> beats <strong>", "<script>".
//
// Of HTML the references are decoded and the tags are removed: those of words leave nothing, those of
// lines and paragraphs a space. A no-break space becomes a plain one, since editors' programs write it
// to hold two words apart, not together. A reference to what is no character of text (a control, U+0000,
// a surrogate, U+FFFD) leaves nothing.
//
// A text that is HTML still after that was either encoded twice or speaks of HTML. With a reference in it
// that nobody writes about, such as &#8217; or &quot;, it was encoded twice ("Tom &amp;amp; Jerry&amp;#8217;s")
// and is decoded again. Without, it is not decoded at all: "How to use &amp;amp; in HTML" and
// "&lt;em&gt;out&lt;/em&gt;" stay. So what was decoded is never decoded again when it comes back.
//
// What the rule cannot know is a plain text that speaks of HTML and looks encoded in all its parts:
// "How to use &amp; in HTML" is taken for HTML.
package clean

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Warning says of a field what was done to its text.
const Warning = "the text came as HTML: its character references were decoded and its tags removed"

// maxLayers is how many encodings one over the other are undone; a text with more stays as it is.
const maxLayers = 4

// Text is the plain text that s means by the package's rule; s itself where it is not HTML. It makes
// Text(Text(s)) == Text(s), adds no control characters, and takes time in proportion to the length.
// What it returns is not HTML: it must be escaped like any text.
func Text(s string) string {
	if !strings.ContainsAny(s, "&<") {
		return s
	}
	layers, machine := []string{s}, 0 // machine: the last layer after the first that only a machine writes
	for n := 0; n <= maxLayers; n++ {
		next, ok, byMachine := decode(layers[n])
		switch {
		case !ok && machine < n-1: // what comes last may be meant
			return layers[machine]
		case !ok:
			return layers[n]
		case byMachine:
			machine = n
		}
		layers = append(layers, next)
	}
	return s
}

// Line is Text of a line that tidy has made fit to be shown, made fit again; decoded reports that this is
// another line than tidy alone makes. What tidy takes out of the decoded text may leave HTML, as in
// "&amp;&#x202e;lt;"; such a text stays encoded, so that Line's result gives itself again. The error is
// tidy's.
func Line(s string, tidy func(string) (string, error)) (line string, decoded bool, err error) {
	line, err = tidy(s)
	if err != nil {
		return "", false, err
	}
	text := Text(line)
	if text == line {
		return line, false, nil
	}
	text, err = tidy(text)
	if err != nil || Text(text) != text {
		return line, false, nil
	}
	return text, true, nil
}

// encodedAmp is an & as it stands in HTML, however often it was encoded.
var encodedAmp = regexp.MustCompile(`&(?:(?:(?i:amp)|#0{0,6}38|#[xX]0{0,6}26);)+`)

// URL is the address that s means: each & that is encoded as HTML has it (&amp;, &#038;) is decoded, as
// often as that was done. No address has a parameter whose name begins with "amp;", so one bare & says
// nothing here: apps add &fbclid=1 to what a page has encoded. URL(URL(s)) == URL(s).
func URL(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	return encodedAmp.ReplaceAllString(s, "&")
}

var (
	// reference is a character reference in full (HTML, 13.1.4).
	reference = regexp.MustCompile(`^&(?:#0{0,16}[0-9]{1,7}|#[xX]0{0,16}[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)
	// tag is an opening or closing tag (HTML, 13.1.2): the closing stroke, the name, attributes, the stroke at its end.
	tag = regexp.MustCompile(`^<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z_:@][-A-Za-z0-9_:.@]*` +
		`(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=` + "`" + `]+))?)*)\s*(/?)>`)
)

// Tags, and what they leave behind.
var (
	ofWords = set(`a abbr b bdi bdo big cite code data del dfn em font i ins kbd mark q rp rt ruby s samp small
		span strike strong sub sup time tt u var`)
	ofLines = set(`blockquote div h1 h2 h3 h4 h5 h6 li ol p ul`)
	alone   = map[string]string{"br": " ", "wbr": ""}
)

func set(names string) map[string]bool {
	all := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		all[name] = true
	}
	return all
}

// topics are the references that people write about.
var topics = set("&amp; &AMP; &lt; &LT; &gt; &GT; &nbsp;")

// decoder is the decoding of one text.
type decoder struct {
	out       strings.Builder
	open      []string // names of the tags that wait for their end
	found     bool     // a reference or a tag
	byMachine bool     // a reference that is no topic
}

// decode undoes one encoding. ok reports that s is HTML, byMachine that it holds references which nobody
// writes about.
func decode(s string) (text string, ok, byMachine bool) {
	var d decoder
	for s != "" {
		at := strings.IndexAny(s, "&<")
		if at < 0 {
			break
		}
		d.out.WriteString(s[:at])
		s = s[at:]
		n := 0
		if s[0] == '&' {
			n = d.reference(s)
		} else {
			n = d.tag(s)
		}
		if n == 0 {
			return "", false, false
		}
		s = s[n:]
	}
	d.out.WriteString(s)
	return strings.Trim(d.out.String(), " "), d.found && len(d.open) == 0, d.byMachine
}

// reference decodes the reference with which s begins, and tells its length; 0 where it is none.
func (d *decoder) reference(s string) int {
	ref := reference.FindString(s)
	if ref == "" {
		return 0
	}
	meant := html.UnescapeString(ref)
	if meant != ";" && strings.HasSuffix(meant, ";") { // an unknown name, or one that begins like a known one
		return 0
	}
	d.out.WriteString(strings.Map(plain, meant))
	d.found = true
	d.byMachine = d.byMachine || !topics[ref]
	return len(ref)
}

// plain is what a character from a reference becomes in a line; -1: nothing.
func plain(r rune) rune {
	switch {
	case r == '\u00a0', r == '\t', r == '\n', r == '\f', r == '\r':
		return ' '
	case unicode.IsControl(r), r == utf8.RuneError, r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef:
		return -1
	}
	return r
}

// tag removes the tag with which s begins, and tells its length; 0 where it is none of ours, or out of
// order.
func (d *decoder) tag(s string) int {
	parts := tag.FindStringSubmatch(s)
	if parts == nil {
		return 0
	}
	closes, name, attributes, alike := parts[1] != "", strings.ToLower(parts[2]), parts[3], parts[4] != ""
	if rest, ok := alone[name]; ok && !closes {
		d.out.WriteString(rest)
		d.found = true
		return len(parts[0])
	}
	last := len(d.open) - 1
	switch {
	case !ofWords[name] && !ofLines[name], alike, closes && attributes != "", closes && (last < 0 || d.open[last] != name):
		return 0
	case closes:
		d.open = d.open[:last]
	default:
		d.open = append(d.open, name)
	}
	if ofLines[name] {
		d.out.WriteByte(' ')
	}
	d.found = true
	return len(parts[0])
}
