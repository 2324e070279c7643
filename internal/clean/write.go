package clean

import (
	"slices"
	"strings"
)

// write is the text with its references decoded, without its tags if tags is set; &, < and > stay encoded
// unless marks is set.
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

// isMark reports a reference to a character with which HTML itself is written.
func (p piece) isMark() bool {
	return p.raw != p.text && (p.text == "&" || p.text == "<" || p.text == ">")
}

// maxShift is the longest sup or sub that is shifted, in bytes.
const maxShift = 32

// Characters of sup and sub in Unicode, in the order of shiftable.
var (
	shiftable = []rune("0123456789+-=()\u2212")
	raised    = []rune("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b\u207c\u207d\u207e\u207b")
	lowered   = []rune("\u2080\u2081\u2082\u2083\u2084\u2085\u2086\u2087\u2088\u2089\u208a\u208b\u208c\u208d\u208e\u208b")
)

// shifted is the content of a sup or sub in Unicode's own characters, so that 10<sup>6</sup> is not 106.
// What holds no digit, as in 1<sup>st</sup>, stays; with a digit and what Unicode has not, a sup gets a ^.
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
