package clean

import (
	"errors"
	"fmt"
	"math"
	"unicode/utf8"
)

// Warning says of a field what was done to its text.
const Warning = "the text came as HTML: its character references were decoded and its tags removed"

// String is a line of text that every surface may show as it is, once escaped. Only this package makes one.
// The zero value is the empty line.
type String struct {
	text     string
	fromHTML bool
}

// String is the text.
func (s String) String() string { return s.text }

// Cut is the line cut to at most most code points. It is a line again: what the cut leaves open is dropped.
func (s String) Cut(most int) String {
	n := 0
	for i := range s.text {
		if n++; n > most {
			short, _ := Line(s.text[:i], most) // text of a line is never refused
			return short
		}
	}
	return s
}

// maxEncoded is the most bytes that a code point takes in text that came as HTML, generously. Longer text is
// not decoded: it would take long only to be refused.
const maxEncoded = 16

// unlimited is a limit that no text reaches.
const unlimited = math.MaxInt / maxEncoded

// Line is the line that s means: decoded where it came as HTML, and cleaned. Line of its text gives the same
// line again. The error completes a sentence that begins with the name of the field. Text that is longer than
// most code points is an error too, but the line is there beside it.
func Line(s string, most int) (String, error) {
	text, err := tidy(s)
	if err != nil {
		return String{}, err
	}
	line := String{text: text}
	if len(text) <= maxEncoded*most { // a longer one has more than most code points, decoded or not
		line = decoded(text)
	}
	if n := utf8.RuneCountInString(line.text); n > most {
		return line, fmt.Errorf("has %d characters; at most %d are taken", n, most)
	}
	return line, nil
}

// decoded is the line that a clean text means. What cleaning takes out of the decoded text may leave HTML, as
// in "&amp;&#x202e;lt;"; such a text stays encoded, so that the line gives itself again.
func decoded(text string) String {
	plain := Decode(text)
	if plain == text {
		return String{text: text}
	}
	plain, err := tidy(plain)
	if err != nil || Decode(plain) != plain {
		return String{text: text}
	}
	return String{text: plain, fromHTML: true}
}

// IsHTML reports text that Line decodes from HTML.
func IsHTML(s string) bool {
	line, err := Line(s, unlimited)
	return err == nil && line.fromHTML
}

var (
	errEncoding = errors.New("is not valid UTF-8")
	errControl  = errors.New("holds a control character")
)
