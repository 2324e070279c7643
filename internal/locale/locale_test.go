package locale

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestBadge(t *testing.T) {
	for lang, words := range badges {
		for i, w := range words {
			if w == "" || slices.Index(words[:], w) != i || len([]rune(w)) > 24 {
				t.Errorf("%s: %q", lang, w)
			}
		}
	}
	for _, tt := range []struct{ lang, badge, want string }{
		{"ko-KR", "exclusive", "단독"}, {"zh-TW", "breaking", "快訊"}, {"zh-Hans-HK", "breaking", "快讯"}, {"yue", "breaking", "快訊"},
		{"no", "live", "Direkte"}, {"nb-NO", "live", "Direkte"}, {"sr", "live", "Уживо"}, {"sr-Latn-RS", "live", "Uživo"},
		{"iw", "live", "שידור חי"}, {"sw", "live", "Mubashara"}, {"is", "breaking", "Rétt í þessu"}, {"is-IS", "live", "Bein útsending"}, {"cy", "breaking", ""}, {"en", "Data desk", ""}, {"", "breaking", ""},
	} {
		if got, ok := Badge(tt.lang, tt.badge); got != tt.want || ok != (tt.want != "") {
			t.Errorf("%s in %q: %q, want %q", tt.badge, tt.lang, got, tt.want)
		}
	}
}

// TestBadgesOfTheGallery: every language in which the gallery has cards has its own words.
func TestBadgesOfTheGallery(t *testing.T) {
	for lang := range strings.FieldsSeq("en ko ja zh-Hans zh-Hant de fr es it pt nl sv da nb fi is pl cs sk hu ro bg el ru uk sr tr ar fa " +
		"ur he hi bn ta te th vi id ms km my lo ka hy am sw ca hr et") {
		for badge := range badgeOrder {
			if words, ok := Badge(lang, badge); !ok || lang != "en" && words == badges["en"][badgeOrder[badge]] &&
				!slices.Contains([]string{"de", "nl", "da", "fr", "sv", "sq"}, lang) {
				t.Errorf("%s in %s: %q", badge, lang, words)
			}
		}
	}
}

func TestIsBadge(t *testing.T) {
	for _, tt := range []struct {
		badge, words string
		want         bool
	}{
		{"breaking", "속보", true}, {"breaking", "PILNE", true}, {"live", "Pilne", false}, {"Data", "data", true},
		{"Data", "속보", false}, {"opinion", "názor", true},
		{"live", "LIVE", true}, {"live", "생중계", true}, {"breaking", "éilmeldung", false}, {"breaking", "EILMELDUNG", true},
		{"live", "速報", false}, {"Vote", "VOTE", true}, {"Vote", "Voted", false}, {"live", "", false},
		{"breaking", "SON DAKİKA", true}, {"live", "CANLI", true}, {"live", "CANLİ", false}, {"breaking", "EIL", true},
		{"breaking", "ΕΚΤΑΚΤΟ", true}, {"breaking", "ÚLTIMA HORA", true}, {"breaking", "ULTIM'ORA", true}, {"breaking", "Breaking news", true},
		{"live", "EIL", false}, {"opinion", "Leitartikel", true}, {"exclusive", "ÖZEL", true}, {"breaking", "СРОЧНО", true},
	} {
		if got := IsBadge(tt.badge, tt.words); got != tt.want {
			t.Errorf("%s is %s: %t", tt.words, tt.badge, got)
		}
	}
}

func TestDate(t *testing.T) {
	for lang, want := range map[string]string{
		"en": "3 Nov 2026", "en-GB": "3 Nov 2026", "en-US": "Nov 3, 2026", "ko": "2026. 11. 3.", "ja": "2026年11月3日",
		"zh-TW": "2026年11月3日", "de": "3. November 2026", "de-CH": "3. November 2026", "fr-CA": "3 nov. 2026",
		"es": "3 nov 2026", "pt": "3 de nov. de 2026", "it": "3 nov 2026", "nl": "3 nov 2026", "pl": "3 listopada 2026",
		"cs": "3. listopadu 2026", "sk": "3. novembra 2026", "hr": "3. 11. 2026.", "sr-Latn": "3. 11. 2026.", "sl": "3. november 2026",
		"ro": "3 nov. 2026", "hu": "2026. nov. 3.", "sv": "3 nov. 2026", "da": "3. nov. 2026", "nb": "3. nov. 2026",
		"no": "3. nov. 2026", "fi": "3. marraskuuta 2026", "lt": "2026 m. lapkričio 3 d.", "tr": "3 Kas 2026",
		"ru": "3 нояб. 2026\u00a0г.", "uk": "3 лист. 2026\u00a0р.", "bg": "3 ноември 2026\u00a0г.", "el": "3 Νοε 2026",
		"ka": "3 ნოემბერი, 2026", "hy": "03 նոյ, 2026 թ.", "he": "3 בנוב׳ 2026", "ar": "3 نوفمبر 2026", "fa": "۳ نوامبر ۲۰۲۶",
		"ur": "3 نومبر، 2026", "hi": "3 नवंबर 2026", "mr": "३ नोव्हेंबर, २०२६", "bn": "৩ নভেম্বর, ২০২৬",
		"ta": "3 நவம்பர், 2026", "te": "3 నవంబర్, 2026", "th": "3 พ.ย. 2569", "th-TH": "3 พ.ย. 2569", "km": "3 វិច្ឆិកា 2026",
		"my": "၂၀၂၆ နိုဝင်ဘာ ၃", "am": "3 ኖቬምበር 2026", "vi": "3 tháng 11, 2026", "id": "3 Nov 2026", "ms": "3 Nov 2026",
		"eu": "2026(e)ko azaroaren 3(a)", "xx": "",
	} {
		day := time.Date(2026, time.November, 3, 0, 0, 0, 0, time.UTC)
		if got, ok := Date(lang, day); got != want || ok != (want != "") {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}

// TestDates: every form of the table has the year, the day and, with names, all months.
func TestDates(t *testing.T) {
	for lang, f := range formats() {
		seen := map[string]bool{}
		for m := time.January; m <= time.December; m++ {
			s, _ := Date(lang, time.Date(2026, m, 28, 0, 0, 0, 0, time.UTC))
			year := 2026
			if lang == "th" {
				year += buddhist
			}
			if !strings.Contains(s, f.number(year, 1)) || !strings.Contains(s, f.number(28, 1)) || strings.Contains(s, "'") {
				t.Errorf("%s: %q", lang, s)
			}
			seen[s] = true
		}
		if len(seen) != 12 {
			t.Errorf("%s: %d months", lang, len(seen))
		}
	}
}

// TestBadgesOfRules: every language of the badges has the words of the rules, short enough for a badge, with the year.
func TestBadgesOfRules(t *testing.T) {
	for lang := range badges {
		words, ok := ofRules[lang]
		if !ok {
			t.Errorf("%s has no words", lang)
		}
		for i, text := range words {
			if text == "" || len([]rune(text)) > 22 || strings.Contains(text, "%s") != (i == 2) {
				t.Errorf("%s: %q", lang, text)
			}
		}
	}
	for lang := range ofRules {
		if _, ok := badges[lang]; !ok {
			t.Errorf("%s has no badges", lang)
		}
	}
	for badge, want := range map[string]string{"sponsored": "광고", "analysis": "분석", "from 2019": "2019년 기사", "from 19": "", "from now": "", "Sponsored": ""} {
		if got, ok := Badge("ko-KR", badge); got != want || ok != (want != "") {
			t.Errorf("%s: %q", badge, got)
		}
	}
	if !IsBadge("from 2019", "From 2019") || IsBadge("from 2019", "From 2018") || !IsBadge("sponsored", "Anzeige") || IsBadge("sponsored", "Analyse") {
		t.Error("which words are a badge")
	}
}
