package text

import (
	"reflect"

	"github.com/go-text/typesetting/bidi"
)

// levels are the bidi levels of the runes in a paragraph of the direction (Unicode Standard
// Annex #9).
//
// The runs that go-text gives out join neighbours of one direction, such as a number in Hebrew
// (level 2) and the English after it (level 0), and so lose where each belongs. The levels of
// the single runes are in an unexported field, from which reflection may read; Unicode's
// BidiTest, which the runs fail, holds us to it.
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

// mayTurn reports a text with characters that may be set from right to left, or that have to do
// with it: none comes before Hebrew but for the marks of general punctuation.
func mayTurn(runes []rune) bool {
	for _, r := range runes {
		if r >= 0x590 && r < 0x900 || r >= 0x200e && r <= 0x202e || r >= 0x2066 && r <= 0x2069 ||
			r >= 0xfb1d && r <= 0xfeff || r >= 0x10800 && r <= 0x1efff {
			return true
		}
	}
	return false
}
