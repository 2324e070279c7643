// Package fonts holds the embedded faces and their fallback order.
//
// The main face is Pretendard: Latin, Cyrillic, kana and every Hangul syllable. Behind it stand
// Noto faces for Hanja, Hanzi and Kanji, Arabic, Hebrew, Devanagari, Thai and symbols.
// README.md beside this file lists each with its version, licence and recipe.
package fonts

import (
	"bytes"
	"embed"
	"fmt"
	"sync"

	"github.com/go-text/typesetting/font"
)

// Version names the embedded set; it changes when any file does, since pictures are kept by it.
const Version = "1"

//go:embed files/*.otf files/*.ttf
var files embed.FS

// Weight is a face's weight on the CSS scale.
type Weight int

// The weights that the templates use.
const (
	Medium    Weight = 500
	Bold      Weight = 700
	ExtraBold Weight = 800
)

// Font is one embedded font. It is parsed when it is first needed and may be shared.
type Font struct {
	Name  string // file name without its ending
	parse func() (*font.Font, error)
}

// Font is the parsed font. It may be shared between goroutines; a font.Face made of it may not.
// It panics on a broken file, which Load's check and the tests rule out.
func (f *Font) Font() *font.Font {
	parsed, err := f.parse()
	if err != nil {
		panic(err)
	}
	return parsed
}

// Has reports whether the font draws r.
func (f *Font) Has(r rune) bool {
	_, ok := f.Font().Cmap.Lookup(r)
	return ok
}

// Set is the fonts in their fallback order. It is safe for concurrent use.
type Set struct {
	main      map[Weight]*Font
	cjk       *Font
	fallbacks []*Font // by script, the large CJK font last
}

// Load opens the embedded set. The main faces are parsed now, the fallbacks when text first
// needs them.
func Load() (*Set, error) {
	s := &Set{main: map[Weight]*Font{
		Medium: open("Pretendard-Medium.otf"), Bold: open("Pretendard-Bold.otf"), ExtraBold: open("Pretendard-ExtraBold.otf"),
	}}
	for _, file := range []string{
		"NotoSansArabic-Bold.ttf", "NotoSansHebrew-Bold.ttf", "NotoSansDevanagari-Bold.ttf",
		"NotoSansThai-Bold.ttf", "NotoSansSymbols-Bold.ttf", "NotoSansCJKkr-Bold-subset.otf",
	} {
		s.fallbacks = append(s.fallbacks, open(file))
	}
	s.cjk = s.fallbacks[len(s.fallbacks)-1]
	for _, f := range s.main {
		if _, err := f.parse(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func open(file string) *Font {
	return &Font{Name: file[:len(file)-len(".otf")], parse: sync.OnceValues(func() (*font.Font, error) {
		raw, err := files.ReadFile("files/" + file)
		if err != nil {
			return nil, fmt.Errorf("font %s: %w", file, err)
		}
		face, err := font.ParseTTF(bytes.NewReader(raw))
		if err != nil {
			return nil, fmt.Errorf("font %s: %w", file, err)
		}
		return face.Font, nil
	})}
}

// Main is the main font of the weight; an unknown weight is Bold.
func (s *Set) Main(w Weight) *Font {
	if f, ok := s.main[w]; ok {
		return f
	}
	return s.main[Bold]
}

// For is the font that draws r in a text of the language (a BCP 47 primary subtag), or false
// where none does. Japanese and Chinese take kana, ideographs and their punctuation from one
// face, so that a line has one colour; Korean takes Hanja alone from it.
func (s *Set) For(r rune, w Weight, lang string) (*Font, bool) {
	main := s.Main(w)
	if (lang == "ja" || lang == "zh") && isCJK(r) && s.cjk.Has(r) {
		return s.cjk, true
	}
	if main.Has(r) {
		return main, true
	}
	for _, f := range s.fallbacks {
		if f.Has(r) {
			return f, true
		}
	}
	return nil, false
}

// isCJK reports kana, ideographs, Bopomofo and CJK punctuation and full-width forms.
func isCJK(r rune) bool {
	return r >= 0x2e80 && r <= 0x312f || r >= 0x3190 && r <= 0x9fff || r >= 0xf900 && r <= 0xfaff ||
		r >= 0xfe30 && r <= 0xfe4f || r >= 0xff01 && r <= 0xff60
}
