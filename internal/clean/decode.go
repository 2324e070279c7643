package clean

import "strings"

// maxLayers is the maximum number of nested encodings that are decoded. A text with more stays unchanged.
const maxLayers = 4

// Decode returns s as plain text if the package's rules take it for HTML, and s itself otherwise.
// Decode(Decode(s)) == Decode(s). Decode adds no control characters and takes linear time. The result is plain text
// and must be escaped like any other text.
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

// step decodes the outermost encoding, or several if decodeUnproven finds proof below. It returns plain text unchanged.
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

// decodeUnproven decodes one encoding, or all encodings above one that is proven to be HTML. If there are several
// encodings and no proof, the author may have meant the text literally, and it stays unchanged.
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
