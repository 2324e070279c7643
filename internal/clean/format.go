package clean

import "errors"

// Format says how a text is written. Only the text that a client sent has a format: the cleaned text is plain.
type Format string

// The formats of texts.
const (
	Guess Format = ""     // the rules of the package decide
	Text  Format = "text" // plain text: nothing is decoded or removed
	HTML  Format = "html" // HTML: decoded once, as a browser would show it
)

// Check returns an error for any other format. It completes a sentence that begins with the name of the field.
func (f Format) Check() error {
	switch f {
	case Guess, Text, HTML:
		return nil
	}
	return errors.New("must be html or text")
}
