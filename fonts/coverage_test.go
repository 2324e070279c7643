package fonts

import (
	"strings"
	"testing"
	"unicode"
)

// TestBlocksAreWhole looks up every character of the blocks from which agencies take signs, units and letters, in the
// themes' sans and in a theme's serif. The exceptions are in none of the Noto fonts that build.sh reads.
func TestBlocksAreWhole(t *testing.T) {
	set := load(t)
	for _, tt := range []struct {
		block       string
		first, last rune
		lacking     string
	}{
		{"Latin-1 Supplement", 0xa0, 0xff, ""},
		{"Latin Extended-A and B", 0x100, 0x24f, ""},
		{"Greek and Coptic", 0x370, 0x3ff, "ϢϣϤϥϦϧϨϩϪϫϬϭϮϯ"}, // Coptic
		{"Cyrillic and its Supplement", 0x400, 0x52f, ""},
		{"Hebrew", 0x590, 0x5ff, "\u05ef"}, // a Yiddish mark
		{"Arabic", 0x600, 0x6ff, "\u061d"}, // of Unicode 14
		{"Thai", 0xe00, 0xe7f, ""},
		{"Latin Extended Additional", 0x1e00, 0x1eff, ""},
		{"General Punctuation", 0x2000, 0x206f, ""},
		{"Superscripts and Subscripts", 0x2070, 0x209f, ""},
		{"Currency Symbols", 0x20a0, 0x20cf, "\u20c0\u20c1"}, // of Unicode 14 and 17
		{"Letterlike Symbols", 0x2100, 0x214f, ""},
		{"Number Forms", 0x2150, 0x218f, ""},
		{"Arrows", 0x2190, 0x21ff, ""},
		{"Mathematical Operators", 0x2200, 0x22ff, ""},
		{"Enclosed Alphanumerics", 0x2460, 0x24ff, ""},
		{"Box Drawing", 0x2500, 0x257f, ""},
		{"Block Elements", 0x2580, 0x259f, ""},
		{"Geometric Shapes", 0x25a0, 0x25ff, ""},
		{"Miscellaneous Symbols", 0x2600, 0x26ff, ""},
		{"Dingbats", 0x2700, 0x27bf, ""},
		{"CJK Symbols and Punctuation", 0x3000, 0x303f, ""},
		{"Hiragana and Katakana", 0x3040, 0x30ff, ""},
		{"Bopomofo", 0x3100, 0x312f, ""},
		{"Hangul Compatibility Jamo", 0x3130, 0x318f, ""},
		{"Enclosed CJK Letters and Months", 0x3200, 0x32ff, ""},
		{"CJK Compatibility", 0x3300, 0x33ff, "㌬"},
		{"CJK Unified Ideographs", 0x4e00, 0x9fff, "鿰鿱鿲鿳鿴鿵鿶鿷鿸鿹鿺鿻鿼鿽鿾鿿"},
		{"Hangul Syllables", 0xac00, 0xd7a3, ""},
		{"CJK Compatibility Forms", 0xfe30, 0xfe4f, ""},
		{"Halfwidth and Fullwidth Forms", 0xff00, 0xffef, ""},
		{"Enclosed Ideographic Supplement", 0x1f200, 0x1f25f, ""},
	} {
		for r := tt.first; r <= tt.last; r++ {
			if !unicode.IsGraphic(r) || unicode.IsSpace(r) {
				continue
			}
			for _, families := range []string{"", Serif} {
				_, ok := set.For([]rune{r}, Face{families, ExtraBold}, "")
				if want := !strings.ContainsRune(tt.lacking, r); ok != want {
					t.Errorf("%s: %q (%U) has a glyph: %t, want %t", tt.block, r, r, ok, want)
				}
			}
		}
	}
}

// TestMatesHaveTheirScripts: a serif replaces a sans only if it has all letters that a language's headlines need.
func TestMatesHaveTheirScripts(t *testing.T) {
	set := load(t)
	for _, tt := range []struct{ family, letters string }{
		{"Noto Serif", "ÀßłŐșấỹΩάЇђґѓҐ₴₽€–—“”«»…0123456789%‰°²³½"},
		{"Noto Naskh Arabic", "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکكگلمنںوؤهھہۂۃۀةیيىئےۓءأإآٰ" +
			"\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652ڕڵێۆەۇۈۋڭټډړږښڼېۍ،؛؟٪٫٬۔٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹ﷲ"},
		{"Noto Serif Hebrew", "אבגדהוזחטיךכלםמןנסעףפץצקרשת־׳״\u05b0\u05b8\u05bc\u05c1₪"},
		{"Noto Serif Thai", "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลฦวศษสหฬอฮฯะาำเแโใไๅๆ๏๐๑๒๓๔๕๖๗๘๙๚๛฿" +
			"\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e"},
		{"Noto Serif CJK KR", "가힣ㄱㆎ美日〈〉《》「」『』…℃㎞㎡㎏㎜㏊①⑮㈜▲△●○◆→∼～"},
	} {
		f := set.Main(Face{tt.family, Bold})
		for _, r := range tt.letters {
			if !f.Has(r) {
				t.Errorf("%s lacks %q (%U)", tt.family, r, r)
			}
		}
	}
}
