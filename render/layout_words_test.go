package render

import (
	"slices"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/locale"
)

// TestBadgesAreKnown: package locale has words for each badge of a card.
func TestBadgesAreKnown(t *testing.T) {
	if !slices.Equal(card.Badges, []string{"breaking", "live", "exclusive", "opinion", "update"}) {
		t.Fatalf("the badges are %v", card.Badges)
	}
	for _, badge := range card.Badges {
		if _, ok := locale.Badge("ko", badge); !ok {
			t.Errorf("%s has no words", badge)
		}
	}
}

func TestTongue(t *testing.T) {
	for _, tt := range []struct{ lang, home, headline, caption, badge, date string }{
		{lang: "ko-KR", headline: "Ferry", badge: "속보", date: "2026. 11. 3."},
		{lang: "zh-TW", headline: "風暴", badge: "快訊", date: "2026年11月3日"},
		{lang: "en-US", headline: "Ferry", badge: "Breaking", date: "Nov 3, 2026"},
		{lang: "cy", home: "ko", headline: "Newyddion", badge: "Breaking", date: "3 Tachwedd 2026"},
		{lang: "xx", home: "ko", headline: "Habari", badge: "Breaking", date: "2026-11-03"},
		{headline: "여객선 통제", badge: "속보", date: "2026. 11. 3."},
		{headline: "Шторм закрыл порты побережья", badge: "Срочно", date: "3 нояб. 2026\u00a0г."},
		{headline: "Poslední trajekt dnes večer nevyplul z přístavu", badge: "Aktuálně", date: "3. listopadu 2026"},
		{headline: "Furtuna ține închise porturile", badge: "Ultima oră", date: "3 nov. 2026"},
		{headline: "العاصفة تغلق الموانئ على طول الساحل", badge: "عاجل", date: "\u20673 نوفمبر 2026\u2069"},
		// The caption decides.
		{headline: "Vláda padla", caption: "Premiér oznámil demisi večer po jednání koalice", badge: "Aktuálně", date: "3. listopadu 2026"},
		// Danish or Norwegian, which write dates alike; the home language decides about the words.
		{headline: "Hvem betaler regningen?", badge: "Breaking", date: "3. nov. 2026"},
		{headline: "Hvem betaler regningen?", home: "nb", badge: "Siste nytt", date: "3. nov. 2026"},
		{headline: "Hvem betaler regningen?", home: "en", badge: "Breaking", date: "3. nov. 2026"},
		// Croatian, Serbian or Bosnian, which have the same words.
		{headline: "Teretni brod nasukao se na ulazu u luku", badge: "Najnovije", date: "3. 11. 2026."},
		// Nothing tells the language.
		{headline: "3:1", badge: "Breaking", date: "2026-11-03"},
		{headline: "3:1", home: "hu", badge: "Rendkívüli", date: "2026. nov. 3."},
		{headline: "Dhoruba yasimamisha safari za feri", badge: "Breaking", date: "2026-11-03"},
		// The text is clearly in another language than those of the house.
		{headline: "Storm front stalls over the west coast", home: "ko", badge: "Breaking", date: "3 Nov 2026"},
	} {
		said := tongueOf(tt.lang, tt.home, tt.headline, tt.caption)
		if got := said.badge("breaking"); got != tt.badge {
			t.Errorf("%+v: badge %q", tt, got)
		}
		if got := said.date("2026-11-03"); got != tt.date {
			t.Errorf("%+v: date %q", tt, got)
		}
		if got := said.badge("Data desk"); got != "Data desk" {
			t.Errorf("%+v: a text of its own becomes %q", tt, got)
		}
		if said.date("soon") != "" || said.date("") != "" {
			t.Errorf("%+v: no date is written as one", tt)
		}
	}
}
