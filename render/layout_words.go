package render

import (
	"fmt"
	"strings"
	"time"

	"newsroom.example/cards/render/text"
)

// badges are the texts of the badges breaking, live, exclusive, opinion and update, in the order of card.Badges.
// Other languages use en.
var badges = map[string][5]string{
	"en":      {"Breaking", "Live", "Exclusive", "Opinion", "Update"},
	"ko":      {"속보", "생중계", "단독", "오피니언", "업데이트"},
	"ja":      {"速報", "ライブ", "独自", "オピニオン", "更新"},
	"zh":      {"快讯", "直播", "独家", "评论", "更新"},
	"zh-hant": {"快訊", "直播", "獨家", "評論", "更新"},
	"es":      {"Última hora", "En directo", "Exclusiva", "Opinión", "Actualización"},
	"fr":      {"Urgent", "En direct", "Exclusif", "Opinion", "Mise à jour"},
	"de":      {"Eilmeldung", "Live", "Exklusiv", "Meinung", "Update"},
	"pt":      {"Última hora", "Ao vivo", "Exclusivo", "Opinião", "Atualização"},
	"it":      {"Ultim’ora", "In diretta", "Esclusiva", "Opinione", "Aggiornamento"},
	"nl":      {"Net binnen", "Live", "Exclusief", "Opinie", "Update"},
	"pl":      {"Pilne", "Na żywo", "Tylko u nas", "Opinia", "Aktualizacja"},
	"tr":      {"Son dakika", "Canlı", "Özel", "Görüş", "Güncelleme"},
	"ru":      {"Срочно", "Прямой эфир", "Эксклюзив", "Мнение", "Обновлено"},
	"uk":      {"Терміново", "Наживо", "Ексклюзив", "Думка", "Оновлено"},
	"ar":      {"عاجل", "مباشر", "حصري", "رأي", "تحديث"},
	"fa":      {"فوری", "زنده", "اختصاصی", "دیدگاه", "به\u200cروزرسانی"},
	"he":      {"מבזק", "שידור חי", "בלעדי", "דעה", "עדכון"},
	"hi":      {"ब्रेकिंग", "लाइव", "एक्सक्लूसिव", "विचार", "अपडेट"},
	"th":      {"ด่วน", "สด", "เอ็กซ์คลูซีฟ", "ความเห็น", "อัปเดต"},
	"vi":      {"Tin nóng", "Trực tiếp", "Độc quyền", "Quan điểm", "Cập nhật"},
	"id":      {"Terkini", "Langsung", "Eksklusif", "Opini", "Pembaruan"},
}

var badgeOrder = map[string]int{"breaking": 0, "live": 1, "exclusive": 2, "opinion": 3, "update": 4}

// badgeWords returns the text of a badge: translated if it is a named one, else as given.
func badgeWords(badge, lang, headline string) string {
	i, named := badgeOrder[badge]
	if !named {
		return badge
	}
	if words, ok := badges[spoken(lang, headline)]; ok {
		return words[i]
	}
	return badges["en"][i]
}

// IsBadge reports whether words say the same as the badge, in any language and in capitals or not. badge is one of
// card.Badges, or free text.
func IsBadge(badge, words string) bool {
	if strings.EqualFold(badge, words) {
		return true
	}
	i, named := badgeOrder[badge]
	if !named {
		return false
	}
	for _, inLanguage := range badges {
		if strings.EqualFold(inLanguage[i], words) {
			return true
		}
	}
	return false
}

// dateLayouts are the layouts, in the form of package time, of a date in each language. Other languages use
// ISO 8601, which is understood everywhere.
var dateLayouts = map[string]string{
	"en": "2 Jan 2006", "en-us": "Jan 2, 2006", "ko": "2006. 1. 2.", "ja": "2006年1月2日", "zh": "2006年1月2日",
	"zh-hant": "2006年1月2日",
	"de":      "2.1.2006", "pl": "2.01.2006", "tr": "02.01.2006", "ru": "02.01.2006", "uk": "02.01.2006", "he": "2.1.2006",
	"fr": "02/01/2006", "es": "02/01/2006", "pt": "02/01/2006", "it": "02/01/2006", "vi": "02/01/2006", "id": "02/01/2006",
	"hi": "02/01/2006",
	"nl": "02-01-2006", "ar": "2006/1/2", "fa": "2006/1/2",
}

// dateWords formats a date, YYYY-MM-DD, in the language. Thai uses the years of the Buddhist era.
func dateWords(date, lang, headline string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return ""
	}
	said := spoken(lang, headline)
	if said == "th" {
		return fmt.Sprintf("%d/%d/%d", t.Day(), int(t.Month()), t.Year()+543)
	}
	if said == "en" && strings.EqualFold(lang, "en-us") {
		said = "en-us"
	}
	layout, ok := dateLayouts[said]
	if !ok {
		layout = time.DateOnly
	}
	return t.Format(layout)
}

// traditional holds the subtags for traditional Chinese characters.
var traditional = map[string]bool{"hant": true, "tw": true, "hk": true, "mo": true}

// spoken returns the primary subtag of the card's language, or "zh-hant" for Chinese in traditional characters.
// If the card has no language, it is detected from the headline.
func spoken(lang, headline string) string {
	subtags := strings.Split(strings.ToLower(text.LanguageOf(lang, headline)), "-")
	if subtags[0] == "zh" {
		for _, s := range subtags[1:] {
			if traditional[s] {
				return "zh-hant"
			}
		}
	}
	return subtags[0]
}
