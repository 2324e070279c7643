package locale

import (
	"strings"
	"unicode"
)

// others are further words for the badges with which newsrooms begin headlines: short forms, and what is as
// usual as the words of badges.
var others = map[string][]string{
	"breaking": {
		"Breaking news", "Just in", "News alert", "Alert", "EIL", "EILT", "Eil", "Blitzmeldung", "Flash",
		"Alerte", "Alerte info",
		"Alerte urgente", "Dernière minute", "Dernière heure", "Urgente", "Ultima hora", "Último minuto",
		"Alerta", "Alerta informativa",
		"Urgent", "Última notícia", "Urgência", "Ultimissima", "Ultimora", "Ultim’ora", "Ultima ora", "Flash",
		"Breaking", "Laatste nieuws",
		"Senaste nytt", "Nyhetsflash", "Seneste nyt", "Seneste", "Siste", "Nå", "Uusin", "Uutinen nyt",
		"Rendkívüli hír", "Friss",
		"Z ostatniej chwili", "Pilne", "Právě teď", "Mimořádně", "Práve teraz", "Mimoriadne", "Izredno",
		"Upravo", "Hitno", "Хитно",
		"Управо", "Итно", "Спешно", "Молния", "Экстренно", "Срочная новость", "Блискавка", "Важливо", "Скоро",
		"Flash info", "Breaking News",
		"Έκτακτη είδηση", "Έκτακτο δελτίο", "Acil", "Flaş", "Flaş haber", "Sıcak gelişme", "Təcili xəbər",
		"عاجل جدا", "خبر عاجل", "خبر فوری", "فوری",
		"بریکنگ نیوز", "تازہ ترین", "חדשות מבזק", "דחוף", "ब्रेकिंग न्यूज़", "ब्रेकिंग न्यूज", "ताज़ा खबर",
		"ব্রেকিং নিউজ", "பிரேக்கிங்",
		"பிரேக்கிங் நியூஸ்", "బ్రేకింగ్ న్యూస్", "ด่วนที่สุด", "ข่าวด่วน", "ຂ່າວດ່ວນ", "ព័ត៌មានបន្ទាន់", "Nóng",
		"Khẩn", "Tin khẩn", "Breaking news",
		"Berita terkini", "Terbaru", "1보", "긴급", "속보(1보)", "号外", "號外", "突发", "突發", "緊急", "紧急", "速报", "即時", "即时",
		"最新", "Habari za hivi punde",
		"Fréttaskýring", "Dringend", "Spoed", "Uusinta", "Viimane hetk", "Skubiai",
	},
	"live": {
		"Live blog", "Liveblog", "Live updates", "Live-Ticker", "Liveticker", "Ticker", "Direct", "Le direct",
		"Directo", "Minuto a minuto",
		"Ao minuto", "Em direto", "Direto", "Diretta", "Live", "Direkte", "Direktsändning", "Livesending",
		"Na żywo", "Relacja na żywo", "Онлайн",
		"Прямая трансляция", "Трансляция", "Canlı yayın", "Canlı blog", "بث مباشر", "زنده", "LIVE", "실시간", "생방송",
		"라이브", "LIVE中継", "生中継",
		"中継", "实时", "實時", "直播中", "Siaran langsung", "Trực tuyến", "ถ่ายทอดสด", "Moja kwa moja", "Í beinni",
		"Suorana", "Élőben", "Otseülekanne",
	},
	"exclusive": {"Exclusive", "Exclu", "Exklusiv", "Exclusiva", "Esclusivo", "Scoop", "Unser Exklusivbericht",
		"独家报道", "獨家報導", "スクープ", "特ダネ",
		"Özel haber", "Только у нас"},
	"opinion": {"Comment", "Commentary", "Analysis and opinion", "Column", "Editorial", "Op-ed", "Kommentar",
		"Leitartikel", "Tribune", "Chronique",
		"Columna", "Tribuna", "Coluna", "Editoriale", "Commento", "Kolumne", "Krönika", "Leder", "Kolumni", "사설",
		"칼럼", "기고", "社説", "コラム", "社论",
		"社論", "专栏", "專欄", "Колонка", "Köşe yazısı", "مقال", "رأي", "یادداشت", "Felieton", "Komentarz",
		"Komentář", "Komentár", "Bình luận"},
	"update": {"Updated", "Actualisé", "Actualizado", "Atualizado", "Aggiornato", "Aktualisiert", "Bijgewerkt",
		"종합", "更新版", "Güncellendi"},
}

// Same reports whether two labels differ at most in capitals, apostrophes and, in Greek capitals, accents.
func Same(a, b string) bool {
	return strings.EqualFold(a, b) || fold(a) == fold(b) || foldTurkish(a) == foldTurkish(b)
}

// fold returns a label in small letters. Greek has no accents on capitals.
func fold(s string) string { return strings.Map(bare, strings.ToLower(s)) }

// foldTurkish returns a label in the small letters of Turkish, whose I and İ are the capitals of two letters.
func foldTurkish(s string) string {
	return strings.Map(bare, strings.ToLowerSpecial(unicode.TurkishCase, s))
}

// bare returns the letter without an accent, if it is Greek, and the straight form of an apostrophe.
func bare(r rune) rune {
	switch r {
	case '’', 'ʼ', '‘':
		return '\''
	case 'ς':
		return 'σ'
	}
	for plain, accented := range greek {
		if strings.ContainsRune(accented, r) {
			return plain
		}
	}
	return r
}

var greek = map[rune]string{'α': "ά", 'ε': "έ", 'η': "ή", 'ι': "ίϊΐ", 'ο': "ό", 'υ': "ύϋΰ", 'ω': "ώ"}
