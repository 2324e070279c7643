package text

import (
	"strings"
	"testing"

	"github.com/go-text/typesetting/language"

	"newsroom.example/cards/fonts"
)

// TestOneFontPerScript sets headlines in a theme's serif font. If the font lacks a letter of a script, all letters
// of that script are set in another font.
func TestOneFontPerScript(t *testing.T) {
	const (
		latin, hangul, naskh = "NotoSerifDisplay-Bold", "NotoSerifCJKkr-Bold-subset", "NotoNaskhArabic-Bold"
		han, song            = "NotoSansCJKkr-Bold-subset", "NotoSerifCJKkr-Bold-ideographs"
	)
	s := setter(t)
	for _, tt := range []struct {
		lang, text string
		want       map[rune]string // by the first character of a script
	}{
		{"zh-Hans", "西海岸风暴滞留，港口城镇迎来第二个不眠之夜", map[rune]string{'西': song}},
		{"zh-Hant", "西海岸風暴滯留，港口居民準備", map[rune]string{'西': song}},
		{"zh-Hans", "海港", map[rune]string{'海': song}},
		{"ja", "海辺の町ハーバー、二日目の夜に備える。", map[rune]string{'海': song}},
		{"zh-Hans", "西海岸 Storm 第2个“夜”——", map[rune]string{'西': song, 'S': latin, '2': latin}},
		{"zh-Hans", "Storm 2", map[rune]string{'S': latin, '2': latin}},
		{"ko", "美 연준 “연내 인하 없다”", map[rune]string{'美': hangul, '연': hangul}},
		{"ko", "美 연준, 龘 논란", map[rune]string{'美': han, '연': hangul}},
		{"en", "Storm Ⅷ stalls", map[rune]string{'S': latin}},
		{"zh-Hans", "西海\U00031350岸", map[rune]string{'西': song}},
		{"en", "Порт closes", map[rune]string{'П': latin, 'c': latin}},
		{"ar", "بقاء العاصفة قبالة الساحل، و١٢ سفينة", map[rune]string{'ب': naskh}},
		{"ur", "طوفان ساحل پر ٹھہر گیا، بندرگاہ بند", map[rune]string{'ط': naskh}},
		{"fa", "توفان در ساحل ماند؛ گچ و ژرف", map[rune]string{'ت': naskh}},
		{"he", "הסופה נעצרת מול החוף", map[rune]string{'ה': "NotoSerifHebrew-Bold"}},
		{"th", "พายุหยุดนิ่ง 31 ม.ค.", map[rune]string{'พ': "NotoSerifThai-Bold"}},
		{"ja", "\U00020bb7野家の港", map[rune]string{'野': han}},
	} {
		st := Style{Families: fonts.Serif, Weight: fonts.ExtraBold, Lang: tt.lang}
		sh := s.shape(Paragraph{Text: tt.text}, st)
		named := map[language.Script]string{}
		for r, name := range tt.want {
			named[sh.fontScript(r)] = name
		}
		for _, c := range sh.clusters {
			r := sh.runes[c.start]
			if want := named[sh.fontScript(r)]; want != "" && c.glyphs[0].font != nil && c.glyphs[0].font.Name != want {
				t.Errorf("%s: %c of %q is drawn by %s, want %s", tt.lang, r, tt.text, c.glyphs[0].font.Name, want)
			}
		}
	}
}

// A family that has only Latin letters is still used, although it lacks the ideographs.
func TestLatinFamilyStaysInChinese(t *testing.T) {
	sh := setter(t).shape(Paragraph{Text: "S西海岸"}, Style{Families: "Noto Serif Display", Weight: fonts.Bold, Lang: "zh-Hans"})
	if got := sh.clusters[0].glyphs[0].font.Name; got != "NotoSerifDisplay-Bold" {
		t.Errorf("Latin is drawn by %s", got)
	}
}

// TestShares compares a cut for large headlines with one for small ones. They share the letters of which there is one
// cut only.
func TestShares(t *testing.T) {
	s := setter(t)
	for text, want := range map[string]bool{
		"Storm stalls, $4tn lost": false, "Порт закрыт, шторм": false, "Λιμάνι κλειστό": false, "": false, "2,7 % – 3 % 😀": false,
		"연준 “연내 인하 없다”": true, "הסופה נעצרת": true, "พายุหยุดนิ่ง": true, "بقاء العاصفة": true, "तूफ़ान": true,
		"애플 AI Storm": true, "海港のニュース": true,
	} {
		large := Style{Families: fonts.Serif, Weight: fonts.Bold}
		small := large
		small.Families = strings.Replace(fonts.Serif, "Noto Serif Display", "Noto Serif", 1)
		if got := s.Shares(Paragraph{Text: text}, large, small); got != want {
			t.Errorf("%q: %t, want %t", text, got, want)
		}
	}
}
