package fonts

import (
	"embed"
	"fmt"
	"slices"

	"newsroom.example/cards/internal/unpack"
)

// Version is the version of the embedded files; a test checks it against their bytes.
const Version = "5"

// Font families that the code refers to.
const (
	mainFamily  = "Pretendard"
	emojiFamily = "Noto Color Emoji"
)

// Serif is a serif for large headlines: Latin, Cyrillic and Greek, then Hangul, ideographs, Arabic, Hebrew and Thai.
const Serif = "Noto Serif Display,Noto Serif CJK KR,Noto Serif CJK,Noto Naskh Arabic,Noto Serif Hebrew,Noto Serif Thai"

//go:embed files/*.zst
var files embed.FS

// source is an embedded file. Its font is searched only for the characters in its ranges, so that a text parses only
// the fonts that it needs; nil: for all.
type source struct {
	file, family string
	weight       Weight
	ranges       []span
}

// Ranges of scripts that have a sans and a serif.
var (
	arabic = []span{{0x600, 0x6ff}, {0x750, 0x77f}, {0x8a0, 0x8ff}, {0xfb50, 0xfdff}, {0xfe70, 0xfeff}}
	hebrew = []span{{0x590, 0x5ff}, {0x20aa, 0x20aa}, {0xfb1d, 0xfb4f}}
	thai   = []span{{0xe00, 0xe7f}}
)

// named lists the fonts that are used only where a face names them: the main font first.
var named = []source{
	{"Pretendard-Medium.otf", mainFamily, Medium, nil},
	{"Pretendard-Bold.otf", mainFamily, Bold, nil},
	{"Pretendard-ExtraBold.otf", mainFamily, ExtraBold, nil},
	{"NotoSerifDisplay-Bold.ttf", "Noto Serif Display", Bold, nil},
	{"NotoSerif-Bold.ttf", "Noto Serif", Bold, nil},
	{"NotoSerifCJKkr-Bold-subset.otf", "Noto Serif CJK KR", Bold,
		[]span{{0x2010, 0x33ff}, {0x4e00, 0xd7a3}, {0xff01, 0xff5e}}},
	{"NotoSerifCJKkr-Bold-ideographs.otf", "Noto Serif CJK", Bold, []span{{0x2e80, 0x33ff}, {0x4e00, 0x9fff}, {0xfe30, 0xff9f}}},
	{"NotoSerifHebrew-Bold.ttf", "Noto Serif Hebrew", Bold, hebrew},
	{"NotoSerifThai-Bold.ttf", "Noto Serif Thai", Bold, thai},
	{"NotoNaskhArabic-Bold.ttf", "Noto Naskh Arabic", Bold, arabic},
}

// fallbacks lists the other fonts in the order in which they are searched.
var fallbacks = []source{
	{"NotoSansArabic-Bold.ttf", "Noto Sans Arabic", Bold, arabic},
	{"NotoSansHebrew-Bold.ttf", "Noto Sans Hebrew", Bold, hebrew},
	{"NotoSansDevanagari-Bold.ttf", "Noto Sans Devanagari", Bold,
		[]span{{0x900, 0x97f}, {0x1cd0, 0x1cff}, {0x20b9, 0x20b9}, {0xa830, 0xa839}, {0xa8e0, 0xa8ff}}},
	{"NotoSansThai-Bold.ttf", "Noto Sans Thai", Bold, thai},
	{"NotoSansLao-Bold.ttf", "Noto Sans Lao", Bold, []span{{0xe80, 0xeff}}},
	{"NotoSansBengali-Bold.ttf", "Noto Sans Bengali", Bold, []span{{0x980, 0x9ff}}},
	{"NotoSansGurmukhi-Bold.ttf", "Noto Sans Gurmukhi", Bold, []span{{0xa00, 0xa7f}}},
	{"NotoSansGujarati-Bold.ttf", "Noto Sans Gujarati", Bold, []span{{0xa80, 0xaff}}},
	{"NotoSansOriya-Bold.ttf", "Noto Sans Oriya", Bold, []span{{0xb00, 0xb7f}}},
	{"NotoSansTamil-Bold.ttf", "Noto Sans Tamil", Bold, []span{{0xb80, 0xbff}}},
	{"NotoSansTelugu-Bold.ttf", "Noto Sans Telugu", Bold, []span{{0xc00, 0xc7f}}},
	{"NotoSansKannada-Bold.ttf", "Noto Sans Kannada", Bold, []span{{0xc80, 0xcff}}},
	{"NotoSansMalayalam-Bold.ttf", "Noto Sans Malayalam", Bold, []span{{0xd00, 0xd7f}}},
	{"NotoSansSinhala-Bold.ttf", "Noto Sans Sinhala", Bold, []span{{0xd80, 0xdff}}},
	{"NotoSansMyanmar-Bold.ttf", "Noto Sans Myanmar", Bold, []span{{0x1000, 0x109f}, {0xa9e0, 0xa9ff}, {0xaa60, 0xaa7f}}},
	{"NotoSansKhmer-Bold.ttf", "Noto Sans Khmer", Bold, []span{{0x1780, 0x17ff}, {0x19e0, 0x19ff}}},
	{"NotoSansEthiopic-Bold.ttf", "Noto Sans Ethiopic", Bold,
		[]span{{0x1200, 0x139f}, {0x2d80, 0x2ddf}, {0xab00, 0xab2f}}},
	{"NotoSansGeorgian-Bold.ttf", "Noto Sans Georgian", Bold,
		[]span{{0x10a0, 0x10ff}, {0x1c90, 0x1cbf}, {0x2d00, 0x2d2f}}},
	{"NotoSansArmenian-Bold.ttf", "Noto Sans Armenian", Bold, []span{{0x530, 0x58f}, {0xfb13, 0xfb17}}},
	{"NotoSansThaana-Bold.ttf", "Noto Sans Thaana", Bold, []span{{0x780, 0x7bf}}},
	{"NotoSansCJKkr-Bold-subset.otf", "Noto Sans CJK KR", Bold,
		[]span{{0x2010, 0x27bf}, {0x2e80, 0x9fff}, {0xf900, 0xfaff}, {0xfe30, 0xfe4f}, {0xff01, 0xffef},
			{0x1f100, 0x1f265}, {0x20000, 0x3134f}}},
	{"NotoSans-Bold.ttf", "Noto Sans", Bold, []span{{0x20, 0x58f}, {0x1ab0, 0x1aff}, {0x1c80, 0x1c8f}, {0x1d00, 0x218f},
		{0x2c60, 0x2c7f}, {0x2de0, 0x2e5f}, {0xa640, 0xa69f}, {0xa720, 0xa7ff}, {0xab30, 0xab6f}, {0xfb00, 0xfb06},
		{0xfe20, 0xfe2f}}},
	{"NotoSansSymbols-Bold.ttf", "Noto Sans Symbols", Bold, []span{{0x2000, 0x2bff}, {0x1f000, 0x1f8ff}}},
	{"NotoSansSymbols2-Regular.ttf", "Noto Sans Symbols2", Bold,
		[]span{{0x2000, 0x2fff}, {0x4dc0, 0x4dff}, {0x10000, 0x1fbff}}},
	{"NotoSansMath-Regular-subset.ttf", "Noto Sans Math", Bold, []span{{0x2190, 0x23ff}, {0x27f0, 0x297f}, {0x2b0e, 0x2b4c}}},
	{"NotoColorEmoji.ttf", emojiFamily, Bold, []span{{0x20, 0x39}, {0xa9, 0xae}, {0x200d, 0x3299}, {0x1f000, 0x1faff},
		{0xe0020, 0xe007f}}},
}

// embedded lists all files.
var embedded = slices.Concat(named, fallbacks)

// Load returns the embedded set. The fonts of headlines and captions are parsed now, in parallel; the others
// when text first needs them.
func Load() (*Set, error) {
	s := &Set{families: map[string]family{}, version: Version}
	for i, e := range embedded {
		f := &Font{
			Name: e.file[:len(e.file)-len(".otf")], Family: e.family, Weight: e.weight, ranges: e.ranges,
			parse: parsed(e.file, func() ([]byte, error) { return embeddedFile(e.file) }),
		}
		s.families[e.family] = append(s.families[e.family], f)
		if i >= len(named) {
			s.fallbacks = append(s.fallbacks, f)
		}
	}
	main := s.families[mainFamily]
	first := []*Font{main.nearest(ExtraBold), main.nearest(Medium)}
	failed := make(chan error, len(first))
	for _, f := range first {
		go func() { _, err := f.parse(); failed <- err }()
	}
	for range first {
		if err := <-failed; err != nil {
			return nil, err
		}
	}
	return s, nil
}

// embeddedFile returns an embedded file, decompressed.
func embeddedFile(file string) ([]byte, error) {
	packed, err := files.ReadFile("files/" + file + ".zst")
	if err != nil {
		return nil, err
	}
	raw, err := unpack.Zstd(packed)
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	return raw, nil
}
