// Package fonts holds the embedded faces and their fallback order, and adds a newsroom's own.
//
// The main face is Pretendard: Latin, Cyrillic, kana and every Hangul syllable. Behind it stand
// Noto faces for Hanja, Hanzi and Kanji, colour emoji, some twenty other scripts and symbols.
// README.md beside this file lists each with its version, licence and recipe.
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

// Face selects a font: families by their names, with commas between them, the first that has the
// character; then the main one. A family without the weight gives its nearest.
type Face struct {
	Families string
	Weight   Weight
}

// Font is one font. It is parsed when it is first needed and may be shared between goroutines.
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

// GetFace returns a face of the font, for one goroutine at a time, from a pool. PutFace returns it.
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

// PutFace returns a face of GetFace to the pool; it must not be used after.
func (f *Font) PutFace(face *font.Face) { f.faces.Put(face) }

// Has reports whether the font draws r.
func (f *Font) Has(r rune) bool {
	if f.ranges != nil && !slices.ContainsFunc(f.ranges, func(s span) bool { return s.first <= r && r <= s.last }) {
		return false
	}
	_, ok := f.Font().Cmap.Lookup(r)
	return ok
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

// invisible reports characters that choose or join glyphs and have none of their own.
func invisible(r rune) bool {
	return r >= 0x200b && r <= 0x200f || r >= 0x2060 && r <= 0x2069 || r >= 0xfe00 && r <= 0xfe0f ||
		r >= 0xe0000 && r <= 0xe0fff || r == 0x034f || r == 0x061c || r == 0x00ad
}

// family is the fonts of one family, lightest first.
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

// Set is the fonts in their fallback order. It is safe for concurrent use.
type Set struct {
	families  map[string]family
	added     []string // families from outside, in the order of their names
	fallbacks []*Font
	version   string
}

// Version names the set's fonts: pictures drawn with one set are not served for another.
func (s *Set) Version() string { return s.version }

// Families lists the names that Face.Family may take, sorted.
func (s *Set) Families() []string {
	var names []string
	for name := range s.families {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Main is the font of the face, without regard to what it covers.
func (s *Set) Main(face Face) *Font {
	name, _, _ := strings.Cut(face.Families, ",")
	if f, ok := s.families[name]; ok {
		return f.nearest(face.Weight)
	}
	return s.families[mainFamily].nearest(face.Weight)
}

// For is the font that draws all of a grapheme in a text of the language (a BCP 47 primary
// subtag), or false where none does. Japanese and Chinese take kana, ideographs and their
// punctuation from one font, so that a line has one colour; Korean takes Hanja alone from it.
func (s *Set) For(grapheme []rune, face Face, lang string) (*Font, bool) {
	for f := range s.order(grapheme[0], face, lang) {
		if f.HasAll(grapheme) {
			return f, true
		}
	}
	return nil, false
}

// ForAll is the font that draws the most of a text's graphemes, all of one script: of those that
// draw as many, the first that For would ask. It is nil where none draws any.
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

// samples are characters of which a font for Japanese or Chinese has one. A font of Hangul and
// some Hanja has none: it could set a short text by chance, and not the next on the same card.
var samples = map[string]string{"ja": "の", "zh": "们們"}

func (f *Font) writes(lang string) bool { return strings.ContainsFunc(samples[lang], f.Has) }

// Emoji is the font of colour emoji.
func (s *Set) Emoji() *Font { return s.families[emojiFamily][0] }

// IsCJK reports kana, ideographs, Bopomofo and CJK punctuation and full-width forms.
func IsCJK(r rune) bool {
	return r >= 0x2e80 && r <= 0x312f || r >= 0x3190 && r <= 0x9fff || r >= 0xf900 && r <= 0xfaff ||
		r >= 0xfe30 && r <= 0xfe4f || r >= 0xff01 && r <= 0xff60
}

// parsed reads the first font of a file and keeps it.
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

// digest is a short name for bytes.
func digest(parts ...[]byte) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:", len(p))
		h.Write(p)
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}
