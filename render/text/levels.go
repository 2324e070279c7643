package text

import (
	"reflect"

	"github.com/go-text/typesetting/bidi"
)

// levels returns the bidi levels of the runes in a paragraph of the direction (Unicode Standard
// Annex #9).
//
// The runs that go-text returns join neighbours of the same direction, such as a number in Hebrew
// (level 2) and the English after it (level 0), and so lose their levels. The levels of single runes
// are in an unexported field, which is read by reflection. Unicode's BidiTest checks this function; the
// runs alone would fail it.
func (e *engine) levels(runes []rune, dir Direction) []bidi.Level {
	levels := make([]bidi.Level, len(runes))
	if dir == LeftToRight && !mayTurn(runes) {
		return levels
	}
	direction := bidi.LeftToRight
	if dir == RightToLeft {
		direction = bidi.RightToLeft
	}
	resolved := reflect.ValueOf(e.paragraph.Segment(runes, direction)).FieldByName("levels")
	for i := range min(resolved.Len(), len(levels)) {
		levels[i] = bidi.Level(resolved.Index(i).Int())
	}
	return levels
}

// mayTurn reports whether the text may have characters that are written from right to left or control the
// direction. All of them are in or after the Hebrew block, or in General Punctuation.
func mayTurn(runes []rune) bool {
	for _, r := range runes {
		if r >= 0x590 && r < 0x900 || r >= 0x200e && r <= 0x202e || r >= 0x2066 && r <= 0x2069 ||
			r >= 0xfb1d && r <= 0xfeff || r >= 0x10800 && r <= 0x1efff {
			return true
		}
	}
	return false
}
