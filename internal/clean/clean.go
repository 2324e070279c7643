package clean

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// Warning is the message for a field whose text Line decoded from HTML.
const Warning = "The text contained HTML. It was converted to plain text for the card, the tags and the links."

// String is a cleaned line of text. It can be shown anywhere after escaping for that format. Only this package
// creates values other than the zero value, which is the empty line.
type String struct {
	text     string
	fromHTML bool
	settled  bool // its format was given: it is not decoded again
}

// String returns the text.
func (s String) String() string { return s.text }

// Cut returns the first most code points of the line, cleaned again. An isolate whose end was cut off is removed.
func (s String) Cut(most int) String {
	n := 0
	for i := range s.text {
		if n++; n > most {
			format := Guess
			if s.settled {
				format = Text
			}
			short, _ := format.Line(s.text[:i], most) // no error: the text is clean and short enough
			return short
		}
	}
	return s
}

// maxEncoded is a generous limit for the bytes that one code point takes in HTML. Line does not decode longer text,
// because decoding would take long and the text would still be too long.
const maxEncoded = 16

// unlimited is a limit in code points that no text exceeds.
const unlimited = math.MaxInt / maxEncoded

// Line cleans s and, if it is HTML, decodes it. Calling Line with the resulting text returns the same text. It
// returns an error if s is not valid UTF-8 or contains a control character. If the line has more than most code
// points, it returns both the line and an error. Errors complete a sentence that begins with the name of the field.
func Line(s string, most int) (String, error) { return Guess.Line(s, most) }

// Line is like the function Line, for a text of the format.
func (f Format) Line(s string, most int) (String, error) {
	text, err := tidy(s)
	if err != nil {
		return String{}, err
	}
	line := String{text: text, settled: f != Guess}
	switch {
	case f == HTML:
		if line.text, err = tidy(shown(text)); err != nil { // cannot happen: it has no control characters
			return String{}, err
		}
	case f == Guess && len(text) <= maxEncoded*most: // longer text exceeds most even when decoded
		line = decoded(text)
	}
	if n := utf8.RuneCountInString(line.text); n > most {
		return line, fmt.Errorf("has %d characters; at most %d are taken", n, most)
	}
	return line, nil
}

// decoded returns the line for a cleaned text. Cleaning the decoded text may produce HTML again, for example from
// "&amp;&#x202e;lt;". Such a text stays encoded, so that Line returns it unchanged the next time.
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

// IsHTML reports whether Line decodes s from HTML.
func IsHTML(s string) bool {
	if !strings.ContainsAny(s, "&<") {
		return false
	}
	line, err := Line(s, unlimited)
	return err == nil && line.fromHTML
}

var (
	errEncoding = errors.New("is not valid UTF-8")
	errControl  = errors.New("holds a control character")
)
