package locale

// badges are the texts of the badges breaking, live, exclusive, opinion and update, as newspapers write them. Where it
// is good usage, languages that are hard to tell apart have the same words.
var badges = map[string][5]string{
	"en":      {"Breaking", "Live", "Exclusive", "Opinion", "Update"},
	"ko":      {"속보", "생중계", "단독", "오피니언", "업데이트"},
	"ja":      {"速報", "ライブ", "独自", "オピニオン", "更新"},
	"zh":      {"快讯", "直播", "独家", "评论", "更新"},
	"zh-hant": {"快訊", "直播", "獨家", "評論", "更新"},
	"es":      {"Última hora", "En directo", "Exclusiva", "Opinión", "Actualización"},
	"ca":      {"Última hora", "En directe", "Exclusiva", "Opinió", "Actualització"},
	"gl":      {"Última hora", "En directo", "Exclusiva", "Opinión", "Actualización"},
	"eu":      {"Azken ordua", "Zuzenean", "Esklusiba", "Iritzia", "Eguneratzea"},
	"fr":      {"Urgent", "En direct", "Exclusif", "Opinion", "Mise à jour"},
	"de":      {"Eilmeldung", "Live", "Exklusiv", "Meinung", "Update"},
	"pt":      {"Última hora", "Ao vivo", "Exclusivo", "Opinião", "Atualização"},
	"it":      {"Ultim’ora", "In diretta", "Esclusiva", "Opinione", "Aggiornamento"},
	"nl":      {"Net binnen", "Live", "Exclusief", "Opinie", "Update"},
	"ro":      {"Ultima oră", "În direct", "Exclusiv", "Opinie", "Actualizare"},
	"sv":      {"Just nu", "Direkt", "Exklusivt", "Opinion", "Uppdaterad"},
	"da":      {"Lige nu", "Live", "Eksklusivt", "Debat", "Opdateret"},
	"nb":      {"Siste nytt", "Direkte", "Eksklusivt", "Meninger", "Oppdatert"},
	"nn":      {"Siste nytt", "Direkte", "Eksklusivt", "Meiningar", "Oppdatert"},
	"fi":      {"Juuri nyt", "Suora", "Yksinoikeudella", "Mielipide", "Päivitetty"},
	"hu":      {"Rendkívüli", "Élő", "Exkluzív", "Vélemény", "Frissítve"},
	"pl":      {"Pilne", "Na żywo", "Tylko u nas", "Opinia", "Aktualizacja"},
	"cs":      {"Aktuálně", "Živě", "Exkluzivně", "Názor", "Aktualizováno"},
	"sk":      {"Aktuálne", "Naživo", "Exkluzívne", "Názor", "Aktualizované"},
	"sl":      {"Pravkar", "V živo", "Ekskluzivno", "Mnenje", "Posodobljeno"},
	"hr":      {"Najnovije", "Uživo", "Ekskluzivno", "Mišljenje", "Ažurirano"},
	"bs":      {"Najnovije", "Uživo", "Ekskluzivno", "Mišljenje", "Ažurirano"},
	"sr-latn": {"Najnovije", "Uživo", "Ekskluzivno", "Mišljenje", "Ažurirano"},
	"sr":      {"Најновије", "Уживо", "Ексклузивно", "Мишљење", "Ажурирано"},
	"mk":      {"Најново", "Во живо", "Ексклузивно", "Мислење", "Ажурирано"},
	"bg":      {"Извънредно", "На живо", "Ексклузивно", "Мнение", "Обновено"},
	"ru":      {"Срочно", "Прямой эфир", "Эксклюзив", "Мнение", "Обновлено"},
	"uk":      {"Терміново", "Наживо", "Ексклюзив", "Думка", "Оновлено"},
	"be":      {"Тэрмінова", "Жывы эфір", "Эксклюзіў", "Меркаванне", "Абноўлена"},
	"kk":      {"Шұғыл", "Тікелей эфир", "Эксклюзив", "Пікір", "Жаңартылды"},
	"lt":      {"Skubu", "Tiesiogiai", "Išskirtinis", "Nuomonė", "Atnaujinta"},
	"lv":      {"Steidzami", "Tiešraide", "Ekskluzīvi", "Viedoklis", "Papildināts"},
	"et":      {"Kiiruudis", "Otse", "Eksklusiivne", "Arvamus", "Uuendatud"},
	"sq":      {"Lajm i fundit", "Drejtpërdrejt", "Ekskluzive", "Opinion", "Përditësim"},
	"el":      {"Έκτακτο", "Ζωντανά", "Αποκλειστικό", "Άποψη", "Ενημέρωση"},
	"tr":      {"Son dakika", "Canlı", "Özel", "Görüş", "Güncelleme"},
	"az":      {"Təcili", "Canlı", "Eksklüziv", "Rəy", "Yenilənib"},
	"ka":      {"სასწრაფო", "პირდაპირი ეთერი", "ექსკლუზივი", "მოსაზრება", "განახლება"},
	"hy":      {"Հրատապ", "Ուղիղ եթեր", "Բացառիկ", "Կարծիք", "Թարմացված"},
	"ar":      {"عاجل", "مباشر", "حصري", "رأي", "تحديث"},
	"fa":      {"فوری", "زنده", "اختصاصی", "دیدگاه", "به\u200cروزرسانی"},
	"ur":      {"بریکنگ", "براہ راست", "خصوصی", "رائے", "اپ ڈیٹ"},
	"he":      {"מבזק", "שידור חי", "בלעדי", "דעה", "עדכון"},
	"is":      {"Rétt í þessu", "Bein útsending", "Einkafrétt", "Skoðun", "Uppfært"},
	"sw":      {"Habari mpya", "Mubashara", "Ya kipekee", "Maoni", "Taarifa mpya"},
	"am":      {"ሰበር ዜና", "ቀጥታ", "ልዩ", "አስተያየት", "አዲስ መረጃ"},
	"hi":      {"ब्रेकिंग", "लाइव", "एक्सक्लूसिव", "विचार", "अपडेट"},
	"mr":      {"ब्रेकिंग", "लाइव्ह", "एक्सक्लुझिव्ह", "मत", "अपडेट"},
	"ne":      {"ताजा", "प्रत्यक्ष", "विशेष", "विचार", "अपडेट"},
	"bn":      {"ব্রেকিং", "সরাসরি", "এক্সক্লুসিভ", "মতামত", "আপডেট"},
	"gu":      {"બ્રેકિંગ", "લાઇવ", "એક્સક્લુઝિવ", "અભિપ્રાય", "અપડેટ"},
	"pa":      {"ਬ੍ਰੇਕਿੰਗ", "ਲਾਈਵ", "ਵਿਸ਼ੇਸ਼", "ਵਿਚਾਰ", "ਅਪਡੇਟ"},
	"ta":      {"சற்றுமுன்", "நேரலை", "பிரத்யேகம்", "கருத்து", "புதுப்பிப்பு"},
	"te":      {"బ్రేకింగ్", "లైవ్", "ప్రత్యేకం", "అభిప్రాయం", "అప్\u200cడేట్"},
	"kn":      {"ಬ್ರೇಕಿಂಗ್", "ನೇರಪ್ರಸಾರ", "ವಿಶೇಷ", "ಅಭಿಪ್ರಾಯ", "ಅಪ್\u200cಡೇಟ್"},
	"ml":      {"ബ്രേക്കിങ്", "തത്സമയം", "എക്സ്ക്ലൂസീവ്", "അഭിപ്രായം", "അപ്ഡേറ്റ്"},
	"th":      {"ด่วน", "สด", "เอ็กซ์คลูซีฟ", "ความเห็น", "อัปเดต"},
	"lo":      {"ດ່ວນ", "ສົດ", "ພິເສດ", "ຄວາມເຫັນ", "ອັບເດດ"},
	"km":      {"បន្ទាន់", "ផ្សាយផ្ទាល់", "ផ្ដាច់មុខ", "មតិ", "បច្ចុប្បន្នភាព"},
	"my":      {"သတင်းထူး", "တိုက်ရိုက်", "သီးသန့်", "အမြင်", "နောက်ဆုံးရ"},
	"vi":      {"Tin nóng", "Trực tiếp", "Độc quyền", "Quan điểm", "Cập nhật"},
	"id":      {"Terkini", "Langsung", "Eksklusif", "Opini", "Pembaruan"},
	"ms":      {"Terkini", "Langsung", "Eksklusif", "Pendapat", "Kemas kini"},
}

var badgeOrder = map[string]int{"breaking": 0, "live": 1, "exclusive": 2, "opinion": 3, "update": 4}

// Badge returns the words of a badge in the language, and reports whether both are known.
func Badge(lang, badge string) (string, bool) {
	i, named := badgeOrder[badge]
	if !named {
		if words, ok := find(ofRules, lang); ok {
			return byRule(words, badge)
		}
		return "", false
	}
	words, ok := find(badges, lang)
	return words[i], ok
}

// IsBadge reports whether words say the same as the badge, in any language, in the long form or a short one, and in
// capitals or not. badge is one of card.Badges, or free text.
func IsBadge(badge, words string) bool {
	if Same(badge, words) {
		return true
	}
	i, named := badgeOrder[badge]
	if !named {
		return isByRule(badge, words)
	}
	for _, inLanguage := range badges {
		if Same(inLanguage[i], words) {
			return true
		}
	}
	for _, other := range others[badge] {
		if Same(other, words) {
			return true
		}
	}
	return false
}
