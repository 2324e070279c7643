package render

import (
	"slices"
	"testing"

	"newsroom.example/cards/card"
)

func TestBadgeWords(t *testing.T) {
	if !slices.Equal(card.Badges, []string{"breaking", "live", "exclusive", "opinion", "update"}) {
		t.Fatalf("the badges are %v", card.Badges)
	}
	for lang, words := range badges {
		for i, w := range words {
			if w == "" || slices.Index(words[:], w) != i {
				t.Errorf("%s: %q for %s", lang, w, card.Badges[i])
			}
		}
	}
	for _, tt := range []struct{ badge, lang, headline, want string }{
		{"breaking", "", "여객선 통제", "속보"}, {"exclusive", "ko-KR", "Ferry", "단독"}, {"live", "", "台風が接近", "ライブ"},
		{"breaking", "zh-TW", "風暴", "快訊"}, {"breaking", "zh-Hans", "风暴", "快讯"}, {"update", "sw", "Habari", "Update"},
		{"opinion", "", "Шторм закрыл порты побережья", "Мнение"}, {"Data desk", "ko", "여객선", "Data desk"},
	} {
		if got := badgeWords(tt.badge, tt.lang, tt.headline); got != tt.want {
			t.Errorf("%s in %q beside %q: %q, want %q", tt.badge, tt.lang, tt.headline, got, tt.want)
		}
	}
}

func TestDateWords(t *testing.T) {
	for _, tt := range []struct{ date, lang, want string }{
		{"2026-11-03", "en", "3 Nov 2026"}, {"2026-11-03", "en-US", "Nov 3, 2026"}, {"2026-11-03", "ko", "2026. 11. 3."},
		{"2026-11-03", "ja", "2026年11月3日"}, {"2026-11-03", "zh-TW", "2026年11月3日"}, {"2026-11-03", "de-AT", "3.11.2026"},
		{"2026-11-03", "th", "3/11/2569"}, {"2026-11-03", "sw", "2026-11-03"}, {"2026-11-03", "fr", "03/11/2026"}, {"soon", "en", ""}, {"", "en", ""},
	} {
		if got := dateWords(tt.date, tt.lang, "Ferry service stops for the night"); got != tt.want {
			t.Errorf("%s in %s: %q, want %q", tt.date, tt.lang, got, tt.want)
		}
	}
}
