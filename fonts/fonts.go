// Package fonts holds the embedded fonts and their fallback order, and adds a newsroom's own fonts.
//
// The main font is Pretendard: Latin, Cyrillic, kana and every Hangul syllable. The fallbacks are Noto
// fonts for Hanja, Hanzi and Kanji, colour emoji, about twenty other scripts and symbols. README.md in
// this folder lists each font with its version, licence and recipe.
package fonts

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
)

// Weight is a face's weight on the CSS scale, 1 to 1000.
type Weight int

// The weights that the templates use.
const (
	Medium    Weight = 500
	Bold      Weight = 700
	ExtraBold Weight = 800
)

// Face selects a font: the first of the families (names separated by commas) that has the character, or else
// the main font. If a family lacks the weight, its nearest weight is used.
type Face struct {
	Families string
	Weight   Weight
}

// Font is one font. It is parsed on first use, and is safe for concurrent use.
type Font struct {
	Name   string // the file's name without its ending
	Family string
	Weight Weight

	ranges     []span // runes that the font may have; nil: any
	variations []font.Variation
	parse      func() (*font.Font, error)
	faces      sync.Pool
}

// span is a range of runes, both ends included.
type span struct{ first, last rune }

// Font is the parsed font. It panics on a broken file, which Load and With rule out.
func (f *Font) Font() *font.Font {
	parsed, err := f.parse()
	if err != nil {
		panic(err)
	}
	return parsed
}

// GetFace returns a face of the font from a pool, for use by one goroutine. PutFace puts it back.
func (f *Font) GetFace() *font.Face {
	if face, ok := f.faces.Get().(*font.Face); ok {
		return face
	}
	face := font.NewFace(f.Font())
	if len(f.variations) > 0 {
		face.SetVariations(f.variations)
	}
	return face
}

// PutFace puts a face of GetFace back into the pool. The face must not be used afterwards.
func (f *Font) PutFace(face *font.Face) { f.faces.Put(face) }

// Has reports whether the font draws r.
func (f *Font) Has(r rune) bool {
	if f.ranges != nil && !slices.ContainsFunc(f.ranges, func(s span) bool { return s.first <= r && r <= s.last }) {
		return false
	}
	_, ok := f.Font().Cmap.Lookup(r)
	return ok
}

// Features returns the tags of the font's OpenType features, such as "lnum" and "ss01", sorted.
func (f *Font) Features() []string {
	var tags []string
	parsed := f.Font()
	for _, layout := range []font.Layout{parsed.GSUB.Layout, parsed.GPOS.Layout} {
		for _, feature := range layout.Features {
			tags = append(tags, feature.Tag.String())
		}
	}
	slices.Sort(tags)
	return slices.Compact(tags)
}

// HasAll reports whether the font draws every rune of a grapheme. Joiners and selectors, which
// are not drawn, do not count.
func (f *Font) HasAll(grapheme []rune) bool {
	for _, r := range grapheme {
		if !invisible(r) && !f.Has(r) {
			return false
		}
	}
	return true
}

// invisible reports characters that select or join glyphs and have no glyph themselves.
func invisible(r rune) bool {
	return r >= 0x200b && r <= 0x200f || r >= 0x2060 && r <= 0x2069 || r >= 0xfe00 && r <= 0xfe0f ||
		r >= 0xe0000 && r <= 0xe0fff || r == 0x034f || r == 0x061c || r == 0x00ad
}

// family holds the fonts of one family, lightest first.
type family []*Font

func (f family) nearest(w Weight) *Font {
	best := f[0]
	for _, one := range f[1:] {
		if distance(one.Weight, w) < distance(best.Weight, w) {
			best = one
		}
	}
	return best
}

func distance(a, b Weight) Weight { return max(a-b, b-a) }

// Set holds fonts in their fallback order. It is safe for concurrent use.
type Set struct {
	families  map[string]family
	added     []string // added families, sorted by name
	fallbacks []*Font
	version   string
}

// Version identifies the set's fonts. It is part of the key of pictures.
func (s *Set) Version() string { return s.version }

// Families returns the family names that a Face can use, sorted.
func (s *Set) Families() []string {
	var names []string
	for name := range s.families {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Main returns the font of the face, regardless of the characters that it has.
func (s *Set) Main(face Face) *Font {
	name, _, _ := strings.Cut(face.Families, ",")
	if f, ok := s.families[name]; ok {
		return f.nearest(face.Weight)
	}
	return s.families[mainFamily].nearest(face.Weight)
}

// For returns the font that draws a whole grapheme in a text of the language (a BCP 47 primary subtag), or false
// if there is none. In Japanese and Chinese, kana, ideographs and their punctuation are drawn with one font, so
// that a line looks even; in Korean only Hanja are drawn with it.
func (s *Set) For(grapheme []rune, face Face, lang string) (*Font, bool) {
	for f := range s.order(grapheme[0], face, lang) {
		if f.HasAll(grapheme) {
			return f, true
		}
	}
	return nil, false
}

// ForAll returns the font that draws the most of a text's graphemes, which are all of one script. If several draw
// equally many, it returns the first in the order of For. It returns nil if none draws any.
func (s *Set) ForAll(graphemes [][]rune, face Face, lang string) *Font {
	var best *Font
	most := 0
	for f := range s.order(graphemes[0][0], face, lang) {
		n := 0
		for _, g := range graphemes {
			if f.HasAll(g) {
				n++
			}
		}
		if n > most {
			best, most = f, n
		}
		if n == len(graphemes) {
			break
		}
	}
	return best
}

// order returns the fonts in the order in which they are searched for a character.
func (s *Set) order(r rune, face Face, lang string) iter.Seq[*Font] {
	_, chinese := samples[lang]
	chinese = chinese && IsCJK(r)
	main := s.families[mainFamily].nearest(face.Weight)
	return func(yield func(*Font) bool) {
		for name := range strings.SplitSeq(face.Families, ",") {
			f, ok := s.families[name]
			if ok && (!chinese || f.nearest(face.Weight).writes(lang)) && !yield(f.nearest(face.Weight)) {
				return
			}
		}
		if !chinese && !yield(main) {
			return
		}
		for _, name := range s.added {
			if !yield(s.families[name].nearest(face.Weight)) {
				return
			}
		}
		for _, f := range s.fallbacks {
			if !yield(f) {
				return
			}
		}
		yield(main)
	}
}

// samples are characters of which every font for Japanese or Chinese has one. A font with Hangul and some Hanja
// has none. Such a font could draw one short text by chance, but not the next text on the same card.
var samples = map[string]string{"ja": "の", "zh": "们們"}

func (f *Font) writes(lang string) bool { return strings.ContainsFunc(samples[lang], f.Has) }

// Emoji returns the font of colour emoji.
func (s *Set) Emoji() *Font { return s.families[emojiFamily][0] }

// IsCJK reports kana, ideographs, Bopomofo and CJK punctuation and full-width forms.
func IsCJK(r rune) bool {
	return r >= 0x2e80 && r <= 0x312f || r >= 0x3190 && r <= 0x9fff || r >= 0xf900 && r <= 0xfaff ||
		r >= 0xfe30 && r <= 0xfe4f || r >= 0xff01 && r <= 0xff60 || r >= 0x20000 && r <= 0x323af
}

// parsed parses the first font of a file and stores it.
func parsed(name string, read func() ([]byte, error)) func() (*font.Font, error) {
	return sync.OnceValues(func() (*font.Font, error) {
		raw, err := read()
		if err != nil {
			return nil, fmt.Errorf("font %s: %w", name, err)
		}
		faces, err := font.ParseTTC(bytes.NewReader(raw))
		if err != nil {
			return nil, fmt.Errorf("font %s: %w", name, err)
		}
		return faces[0].Font, nil
	})
}

// weightAxis is the tag of a variable font's weight.
var weightAxis = ot.MustNewTag("wght")

// digest returns a short hash of the bytes.
func digest(parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:", len(p))
		h.Write(p)
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}
