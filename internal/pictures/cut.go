package pictures

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"newsroom.example/cards/render"
	"newsroom.example/cards/render/text"
)

// Cut is a text that was shortened to fit its place, or left out for lack of room.
type Cut struct {
	Role    string // such as "headline"
	LeftOut bool   // nothing of it shows, not even an ellipsis
	After   string // the last words that show, at most maxAfter graphemes; empty if none of the text shows
	Shown   int    // how many characters show
}

// maxAfter is how much of a shortened text a Cut repeats, in graphemes.
const maxAfter = 36

// cutOf returns what is left of a shortened text, which ends in an ellipsis. A tail may follow it.
func cutOf(r render.Run) Cut {
	shown, hyphen := "", false
	for _, line := range r.Block.Lines {
		if !slices.ContainsFunc(line.Fragments, func(f text.Fragment) bool { return !f.Tail }) {
			continue
		}
		if spaced(shown, line.Text) && !hyphen {
			shown += " "
		}
		shown += line.Text
		if hyphen = line.Hyphen; hyphen {
			shown = strings.TrimSuffix(shown, "-")
		}
	}
	shown = shown[:max(0, strings.LastIndex(shown, "…"))]
	return Cut{Role: r.Role, After: lastWords(shown), Shown: utf8.RuneCountInString(shown)}
}

// spaced reports whether words on two lines have a space between them: not in scripts without spaces.
func spaced(before, after string) bool {
	if before == "" || after == "" {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	return !unicode.In(last, unspaced...) || !unicode.In(first, unspaced...)
}

// unspaced are scripts without spaces between words.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao,
	unicode.Khmer, unicode.Myanmar}

// lastWords returns the end of a text, at most maxAfter graphemes. It begins with a word if there are spaces.
func lastWords(s string) string {
	var starts []int
	for g := uniseg.NewGraphemes(s); g.Next(); {
		from, _ := g.Positions()
		starts = append(starts, from)
	}
	if len(starts) <= maxAfter {
		return s
	}
	from := starts[len(starts)-maxAfter]
	short := s[from:]
	if before, _ := utf8.DecodeLastRuneInString(s[:from]); unicode.IsSpace(before) {
		return short
	}
	if i := strings.IndexFunc(short, unicode.IsSpace); i >= 0 {
		return strings.TrimSpace(short[i:])
	}
	return short
}
