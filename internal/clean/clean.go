// Package clean decodes text that a content management system gave as HTML where plain text is meant.
//
// WordPress' REST answers, feeds and many CMSs' own fields hold "Tom &amp; Jerry&#8217;s <em>day</em>"
// for a headline. No field of ours is HTML, so shown as it stands that is wrong on the card, in the tags
// and in every link. But a text may also speak of HTML, and be meant as it stands.
//
// Three things prove that a text is HTML:
//
//   - a reference that nobody types: any but &amp;, &lt;, &gt; and &nbsp;, so numbers, quotation marks,
//     dashes, accented letters;
//   - a pair of known tags. A pair of words' tags counts only around words, or with attributes: a pair that
//     is empty or has a space inside at both ends, "use <b> and </b>", may be spoken of;
//   - a tag without an end (br, wbr, hr, img, p, li) directly behind a word, or two of them directly before
//     one: "one<br>two". So "what does <br> do?" stays.
//
// In such a text a bare & and a < that begins no tag are literal, as in HTML. All tags must be known and
// closed in order, p and li may lack their end; else the tags stay, with &amp;, &lt; and &gt;.
//
// A text without proof is HTML where it holds &amp;, &lt;, &gt; or &nbsp; and no bare & or <. One bare one
// shows that nobody encoded it, and it stays: "AT&T", "a < b", "AT&T: how to write &lt;br&gt;".
//
// Of HTML the references are decoded and the tags removed: those of words, wbr and comments leave
// nothing, the others a space. A no-break space becomes a plain one, since editors' programs write it to hold
// two words apart, not together. Digits in sup and sub become ⁶ and ₆. A pair of references to surrogates
// is the character that they mean; one to what is no character of text (a control, U+0000, a lone
// surrogate, U+FFFD) leaves nothing.
//
// What that gives may be HTML again. With proof in it, it was encoded twice ("Tom &amp;amp; Jerry&amp;#8217;s",
// "&lt;b&gt;Tom&lt;/b&gt;") and is decoded again. Without, it may be meant, so &amp;, &lt; and &gt; stay as
// they came: "How to use &amp;amp; in HTML". So what was decoded is not decoded again when it comes back.
//
// What the rule cannot know is a plain text that speaks of HTML and looks encoded in all its parts:
// "How to use &amp; in HTML" is taken for HTML.
package clean

import (
	"regexp"
	"strings"
)

// Warning says of a field what was done to its text.
const Warning = "the text came as HTML: its character references were decoded and its tags removed"

// maxLayers is how many encodings one over the other are undone; a text with more stays as it is.
const maxLayers = 4

// Text is the plain text that s means by the package's rule; s itself where it is not HTML. It makes
// Text(Text(s)) == Text(s), adds no control characters, and takes time in proportion to the length.
// What it returns is not HTML: it must be escaped like any text.
func Text(s string) string {
	text := s
	for range maxLayers + 1 {
		next := step(text)
		if next == text {
			return text
		}
		text = next
	}
	return s
}

// step undoes the encodings that show, outermost first; a text of which it changes nothing is plain.
func step(s string) string {
	if !strings.ContainsAny(s, "&<") {
		return s
	}
	switch r := read(s); {
	case r.proven() && r.broken:
		return r.write(false, false)
	case r.proven():
		text := r.write(true, true)
		if next := read(text); next.unproven() {
			return r.write(true, false)
		}
		return text
	case r.unproven():
		return decodeUnproven(r)
	}
	return s
}

// decodeUnproven undoes one encoding, or as many as lie over one that is proven. Where there are several
// and none is proven, the text may be meant, and stays.
func decodeUnproven(r *reading) string {
	s := r.s
	for n := range maxLayers {
		text := r.write(true, true)
		r = read(text)
		if r.proven() || n == 0 && !r.unproven() {
			return text
		}
		if !r.unproven() {
			break
		}
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
