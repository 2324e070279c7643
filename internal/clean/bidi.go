package clean

import "strings"

// Explicit formatting characters of the bidirectional algorithm (Unicode Standard Annex #9, section 2).
const (
	lre, rle, pdf, lro, rlo = '\u202a', '\u202b', '\u202c', '\u202d', '\u202e'
	lri, rli, fsi, pdi      = '\u2066', '\u2067', '\u2068', '\u2069'
)

func isBidi(r rune) bool { return r >= lre && r <= rlo || r >= lri && r <= pdi }

// Balance removes unbalanced bidirectional formatting characters, like Line. Call it on a part of a line, because
// the cut may have removed the end of an isolate.
func Balance(s string) string {
	if !strings.ContainsFunc(s, isBidi) {
		return s
	}
	return string(balance([]rune(s)))
}

// balance keeps isolates and embeddings that are closed in order. It removes all others and all overrides, so that a
// field cannot change the direction of the text after it. As in the algorithm, the end of an isolate also ends the
// embeddings in it, and the end of an embedding does not end one outside its isolate. It reuses the memory of in.
func balance(in []rune) []rune {
	keep := make([]bool, len(in))
	var open []int
	isolates := 0 // number of isolates in open
	for i, r := range in {
		switch r {
		case lri, rli, fsi:
			isolates++
			open = append(open, i)
		case lre, rle, lro, rlo:
			open = append(open, i)
		case pdi:
			if isolates == 0 { // do not search open: a text may have thousands of these
				continue
			}
			isolates--
			n := len(open) - 1
			for !isIsolate(in[open[n]]) {
				n--
			}
			keep[open[n]], keep[i] = true, true
			open = open[:n]
		case pdf:
			if n := len(open) - 1; n >= 0 && !isIsolate(in[open[n]]) {
				embeds := in[open[n]] == lre || in[open[n]] == rle
				keep[open[n]], keep[i] = embeds, embeds
				open = open[:n]
			}
		default:
			keep[i] = true
		}
	}
	out := in[:0]
	for i, r := range in {
		if keep[i] {
			out = append(out, r)
		}
	}
	return out
}

func isIsolate(r rune) bool { return r >= lri && r <= fsi }
