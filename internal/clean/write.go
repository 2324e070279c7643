package clean

import (
	"slices"
	"strings"
)

// write returns the text with its references decoded. tags also removes the tags. Without marks, references to &, <
// and > stay encoded.
func (r *reading) write(tags, marks bool) string {
	out := make([]byte, 0, len(r.s))
	var shifts []int // where the content of each open sup or sub begins
	for _, p := range r.pieces {
		shift := p.name == "sup" || p.name == "sub"
		switch {
		case p.isTag && !tags, !marks && p.isMark():
			out = append(out, p.raw...)
		case shift && p.closes:
			at := shifts[len(shifts)-1]
			shifts = shifts[:len(shifts)-1]
			if content := out[at:]; len(content) <= maxShift {
				out = append(out[:at], shifted(p.name, string(content))...)
			}
		case shift:
			shifts = append(shifts, len(out))
		default:
			out = append(out, p.text...)
		}
	}
	return strings.Trim(string(out), " ")
}

// isMark reports whether p is a reference to &, < or >.
func (p piece) isMark() bool {
	return p.raw != p.text && (p.text == "&" || p.text == "<" || p.text == ">")
}

// maxShift is the length in bytes of the longest sup or sub content that is converted.
const maxShift = 32

// The superscript and subscript characters of Unicode, in the order of shiftable.
var (
	shiftable = []rune("0123456789+-=()\u2212")
	raised    = []rune("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207c\u207d\u207e\u207b")
	lowered   = []rune("\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089\u208a\u208b\u208c\u208d\u208e\u208b")
)

// shifted converts the content of a sup or sub to superscript or subscript characters, so that 10<sup>6</sup> does not
// become 106. Content without digits, as in 1<sup>st</sup>, stays unchanged. If Unicode lacks one of the characters,
// sub content stays unchanged and sup content gets a ^ before it.
func shifted(name, content string) string {
	if !strings.ContainsAny(content, "0123456789") {
		return content
	}
	to := lowered
	if name == "sup" {
		to = raised
	}
	out := []rune(content)
	for i, r := range out {
		at := slices.Index(shiftable, r)
		if at < 0 && name == "sup" {
			return "^" + content
		} else if at < 0 {
			return content
		}
		out[i] = to[at]
	}
	return string(out)
}
