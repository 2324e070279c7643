package text

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/japanese"
)

func TestGuess(t *testing.T) {
	for _, tt := range []struct {
		text, tag string
		sure      bool
	}{
		{"Storm front stalls over the west coast", "en", true},
		{"Central bank holds rates at 3.5% for a ninth straight month", "en", true},
		{"Banjir melanda ibu kota", "en", false},
		{"Regeringen vill höja skatten", "en", false},
		{"Der Dampfer liegt seit Montag fest", "de", true},
		{"Bundestag beschließt Haushalt", "de", true},
		{"El Niño returns to the coast", "es", false}, // its words are English
		{"Bão đứng yên ngoài khơi bờ tây", "vi", true},
		{"서해안 강풍 특보 확대", "ko", true},
		{"Apple·Google 실적 발표", "ko", true},
		{"台風が西海岸に接近", "ja", true},
		{"東京五輪開幕", "zh-Hant", false},
		{"西海岸风暴滞留，港口城镇迎来第二个不眠之夜", "zh", true},
		{"颱風襲擊臺灣，萬人撤離", "zh-Hant", true},
		{"Шторм закрыл порты западного побережья", "ru", true},
		{"Бурята затвори пристанищата", "ru", false},
		{"Шторм закрив порти західного узбережжя", "uk", true},
		{"العاصفة تغلق الموانئ", "ar", true},
		{"طوفان بندرها را بست", "ar", false},
		{"तूफ़ान से बंदरगाह बंद", "hi", true},
		{"वादळामुळे बंदर बंद", "hi", false},
		{"พายุปิดท่าเรือ", "th", true},
		{"הנמל נסגר לקראת הסערה", "he", true},
		{"3:1 – 2026", "en", true},
		{"", "en", true},
	} {
		if tag, sure := Guess(tt.text); tag != tt.tag || sure != tt.sure {
			t.Errorf("%s: %s, sure %t; want %s, %t", tt.text, tag, sure, tt.tag, tt.sure)
		}
	}
}

// TestChineseOnly: Japanese has no code for the simplified characters, and no kana are among them.
func TestChineseOnly(t *testing.T) {
	simplified, traditional, _ := strings.Cut(chineseOnly, "們")
	for _, r := range simplified {
		if _, err := japanese.ShiftJIS.NewEncoder().String(string(r)); err == nil {
			t.Errorf("%c is in the Japanese character set", r)
		}
	}
	for _, r := range traditional {
		if strings.ContainsRune(simplified, r) {
			t.Errorf("%c is listed twice", r)
		}
	}
}
