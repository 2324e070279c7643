package text

import "strings"

// Full-width punctuation is half ink and half blank. The blank is removed between two marks, before an opening
// mark at the beginning of a line, and after a closing mark at its end, as JIS X 4051 and the W3C's requirements
// for Japanese (3.1.4 to 3.1.6) and Chinese layout (3.1.6) specify.
const (
	airRight = "」』】）》〉〕］｝、。，．"
	airLeft  = "「『【（《〈〔［｛"
	// centred marks are in the middle of their square in Traditional Chinese, with blanks on both sides.
	centred = "、。，．"
	halfEm  = unitsPerEm / 2
)

// closeUp removes the blanks between full-width marks, and records the remaining ones at their sides.
func (sh *shaped) closeUp() {
	var leadBefore, trailBefore int32
	for i := range sh.clusters {
		c := &sh.clusters[i]
		lead, trail := sh.air(*c)
		c.lead, c.trail = lead, trail
		switch {
		case trailBefore > 0 && strings.ContainsRune(airLeft+airRight, sh.runes[c.start]):
			before := &sh.clusters[i-1]
			before.advance -= before.trail
			before.trail = 0
		case lead > 0 && leadBefore > 0:
			for g := range c.glyphs {
				c.glyphs[g].x -= lead
			}
			c.advance -= lead
			c.lead = 0
		}
		leadBefore, trailBefore = lead, trail
	}
}

// air returns the blanks of a full-width mark before and after its ink.
func (sh *shaped) air(c cluster) (lead, trail int32) {
	if c.end != c.start+1 || c.advance != unitsPerEm || c.level != 0 {
		return 0, 0
	}
	r := sh.runes[c.start]
	switch {
	case strings.ContainsRune(airLeft, r):
		return halfEm, 0
	case shapingLanguage(sh.tag) == "zh-hant" && strings.ContainsRune(centred, r):
		return 0, 0
	case strings.ContainsRune(airRight, r):
		return 0, halfEm
	}
	return 0, 0
}
