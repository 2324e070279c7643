package fonts

import (
	"errors"
	"fmt"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// tried is how many characters of a font are drawn and shaped when it is read, evenly spread over the font.
// Most fonts have fewer, so all are tried, in a few milliseconds.
const tried = 4096

// try draws and shapes a font's characters, so that a broken font is detected at the start and not in a
// headline. It fails if fewer than half of them have a glyph that can be drawn. A broken table panics.
func try(face *font.Face) error {
	runes, err := sample(face)
	if err != nil {
		return err
	}
	blank := 0
	for _, r := range runes {
		gid, _ := face.NominalGlyph(r)
		if face.GlyphData(gid) == nil {
			blank++
		}
	}
	if len(runes) == 0 || blank == len(runes) {
		return errors.New("has no glyph that can be drawn")
	}
	if blank > len(runes)/2 {
		return fmt.Errorf("is broken: %d of %d glyphs cannot be drawn", blank, len(runes))
	}
	shape(face, runes)
	return nil
}

// maxMapped is four times as many characters as a font can have glyphs.
const maxMapped = 1 << 18

// sample returns some of the font's characters, at most twice as many as are tried.
func sample(face *font.Face) (runes []rune, err error) {
	n := 0
	for it := face.Cmap.Iter(); it.Next(); n++ {
		if n > maxMapped {
			return nil, errors.New("is broken: it maps more characters than any font has")
		}
		it.Char()
	}
	step := max(1, n/tried)
	i := 0
	for it := face.Cmap.Iter(); it.Next(); i++ {
		if r, _ := it.Char(); i%step == 0 {
			runes = append(runes, r)
		}
	}
	return runes, nil
}

// shape shapes the characters in runs of one script.
func shape(face *font.Face, runes []rune) {
	var shaper shaping.HarfbuzzShaper
	in := shaping.Input{Text: runes, Face: face, Size: fixed.I(16), Language: "en"}
	for start := 0; start < len(runes); start = in.RunEnd {
		in.RunStart, in.Script = start, language.LookupScript(runes[start])
		in.RunEnd = start + 1
		for in.RunEnd < len(runes) && in.RunEnd < start+64 && language.LookupScript(runes[in.RunEnd]) == in.Script {
			in.RunEnd++
		}
		for _, in.Direction = range []di.Direction{di.DirectionLTR, di.DirectionRTL} {
			shaper.ShapeNoExtents(in)
		}
	}
}
