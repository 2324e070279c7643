package clean

// isHidden reports what dropHidden and balance may drop.
func isHidden(r rune) bool {
	switch {
	case r < lre:
		return false
	case r >= '\ufff9' && r <= '\ufffb', r == '\ufeff', r == '\ufffe', r == '\uffff':
		return true
	}
	return isBidi(r) || isTag(r)
}

// dropHidden drops characters that hide text: interlinear annotation, byte order marks, noncharacters, and tag
// characters outside of an emoji flag.
func dropHidden(in []rune) []rune {
	out := in[:0]
	for i := 0; i < len(in); i++ {
		r := in[i]
		if isHidden(r) && !isBidi(r) {
			continue
		}
		out = append(out, r)
		if r == blackFlag {
			n := flagTags(in[i+1:])
			out = append(out, in[i+1:i+1+n]...)
			i += n
		}
	}
	return out
}

const (
	blackFlag = '\U0001f3f4'
	endTag    = '\U000e007f'
)

func isTag(r rune) bool { return r >= 0xe0000 && r <= endTag }

// flagTags is how many tag characters behind a black flag make it the flag of a part of a country: three to
// six letters and digits, a country's and its part's (Unicode Technical Standard #51, annex C), and the end tag.
// Others would be text that nobody sees; there they are 0.
func flagTags(in []rune) int {
	n := 0
	for n < len(in) && isFlagTag(in[n]) {
		n++
	}
	if n < 3 || n > 6 || n == len(in) || in[n] != endTag {
		return 0
	}
	return n + 1
}

// isFlagTag reports the tag characters of the digits and the lower-case letters.
func isFlagTag(r rune) bool { return r >= 0xe0030 && r <= 0xe0039 || r >= 0xe0061 && r <= 0xe007a }
