package clean

import "strings"

// maxLayers is how many encodings one over the other are undone; a text with more stays as it is.
const maxLayers = 4

// Decode is the plain text that s means by the package's rule for HTML; s itself where it is not HTML. It
// makes Decode(Decode(s)) == Decode(s), adds no control characters, and takes time in proportion to the
// length. What it returns is not HTML: it must be escaped like any text.
func Decode(s string) string {
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
