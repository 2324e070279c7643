package text

import (
	"slices"
	"unicode"

	"newsroom.example/cards/fonts"
)

// scaled returns a size for the font. Emoji are drawn a little smaller than their font specifies, so that emoji on
// neighbouring lines do not touch.
func (s *Setter) scaled(size int, f *fonts.Font) int {
	if f == s.set.Emoji() {
		return size * 7 / 8
	}
	return size
}

const (
	textSelector  = '\ufe0e'
	emojiSelector = '\ufe0f'
	keycap        = '\u20e3'
)

// emoji reports whether a grapheme is shown in colour: if it has an emoji selector, a keycap, a skin tone or a
// joiner, or if its first character is an emoji by default (Unicode Technical Standard #51). Below U+1F000 the
// defaults are listed. Above, everything that the emoji font has is shown in colour, because text fonts hardly
// ever have it.
func emoji(grapheme []rune) bool {
	first := grapheme[0]
	if first < 0x80 && len(grapheme) == 1 {
		return false
	}
	switch {
	case slices.Contains(grapheme, textSelector):
		return false
	case slices.Contains(grapheme, emojiSelector), first >= 0x1f000 && first <= 0x1faff:
		return true
	}
	for _, r := range grapheme[1:] {
		if r == keycap || r >= 0x1f3fb && r <= 0x1f3ff {
			return true
		}
	}
	return unicode.Is(emojiByDefault, first)
}

// emojiByDefault are the characters below U+1F000 with the property Emoji_Presentation
// (emoji-data.txt of Unicode 17).
var emojiByDefault = &unicode.RangeTable{R16: []unicode.Range16{
	{0x231a, 0x231b, 1}, {0x23e9, 0x23ec, 1}, {0x23f0, 0x23f3, 3}, {0x25fd, 0x25fe, 1}, {0x2614, 0x2615, 1},
	{0x2648, 0x2653, 1}, {0x267f, 0x2693, 20}, {0x26a1, 0x26aa, 9}, {0x26ab, 0x26bd, 18}, {0x26be, 0x26c4, 6},
	{0x26c5, 0x26ce, 9}, {0x26d4, 0x26ea, 22}, {0x26f2, 0x26f3, 1}, {0x26f5, 0x26fa, 5}, {0x26fd, 0x2705, 8},
	{0x270a, 0x270b, 1}, {0x2728, 0x274c, 36}, {0x274e, 0x2753, 5}, {0x2754, 0x2755, 1}, {0x2757, 0x2795, 62},
	{0x2796, 0x2797, 1}, {0x27b0, 0x27bf, 15}, {0x2b1b, 0x2b1c, 1}, {0x2b50, 0x2b55, 5},
}}
