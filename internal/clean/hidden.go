package clean

// isHidden reports whether dropHidden or balance may remove r.
func isHidden(r rune) bool {
	switch {
	case r < lre:
		return false
	case r >= '\ufff9' && r <= '\ufffb', r == '\ufeff', r == '\ufffe', r == '\uffff':
		return true
	}
	return isBidi(r) || isTag(r)
}

// dropHidden removes characters that hide text: interlinear annotation, byte order marks, noncharacters, and tag
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

// flagTags returns the number of tag characters at the start of in that form a regional flag, such as Scotland's,
// with the black flag before them: three to six letters and digits for the country and region, and the end tag
// (Unicode Technical Standard #51, annex C). For any other sequence it returns 0, because its text is invisible.
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

// isFlagTag reports whether r is the tag character of a digit or of a lower-case letter.
func isFlagTag(r rune) bool { return r >= 0xe0030 && r <= 0xe0039 || r >= 0xe0061 && r <= 0xe007a }
