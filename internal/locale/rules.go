package locale

import "strings"

// ofRules are the texts of the badges that a service gives a story by rule: analysis, sponsored, and of an old story.
// In the last, %s is the year.
var ofRules = map[string][3]string{
	"en":      {"Analysis", "Sponsored", "From %s"},
	"ko":      {"분석", "광고", "%s년 기사"},
	"ja":      {"分析", "広告", "%s年の記事"},
	"zh":      {"分析", "广告", "%s年报道"},
	"zh-hant": {"分析", "廣告", "%s年報導"},
	"es":      {"Análisis", "Publicidad", "De %s"},
	"ca":      {"Anàlisi", "Publicitat", "De %s"},
	"gl":      {"Análise", "Publicidade", "De %s"},
	"eu":      {"Analisia", "Publizitatea", "Urtea: %s"},
	"fr":      {"Analyse", "Publicité", "De %s"},
	"de":      {"Analyse", "Anzeige", "Aus %s"},
	"pt":      {"Análise", "Publicidade", "De %s"},
	"it":      {"Analisi", "Pubblicità", "Del %s"},
	"nl":      {"Analyse", "Advertentie", "Uit %s"},
	"ro":      {"Analiză", "Publicitate", "Din %s"},
	"sv":      {"Analys", "Annons", "Från %s"},
	"da":      {"Analyse", "Annonce", "Fra %s"},
	"nb":      {"Analyse", "Annonse", "Fra %s"},
	"nn":      {"Analyse", "Annonse", "Frå %s"},
	"fi":      {"Analyysi", "Mainos", "Vuodelta %s"},
	"hu":      {"Elemzés", "Hirdetés", "%s-es cikk"},
	"pl":      {"Analiza", "Reklama", "Z roku %s"},
	"cs":      {"Analýza", "Inzerce", "Z roku %s"},
	"sk":      {"Analýza", "Inzercia", "Z roku %s"},
	"sl":      {"Analiza", "Oglas", "Iz leta %s"},
	"hr":      {"Analiza", "Oglas", "Iz %s."},
	"bs":      {"Analiza", "Oglas", "Iz %s."},
	"sr-latn": {"Analiza", "Oglas", "Iz %s."},
	"sr":      {"Анализа", "Оглас", "Из %s."},
	"mk":      {"Анализа", "Реклама", "Од %s"},
	"bg":      {"Анализ", "Реклама", "От %s г."},
	"ru":      {"Анализ", "Реклама", "%s год"},
	"uk":      {"Аналіз", "Реклама", "%s рік"},
	"be":      {"Аналіз", "Рэклама", "%s год"},
	"kk":      {"Талдау", "Жарнама", "%s жыл"},
	"lt":      {"Analizė", "Reklama", "%s m."},
	"lv":      {"Analīze", "Reklāma", "%s. gads"},
	"et":      {"Analüüs", "Reklaam", "Aastast %s"},
	"sq":      {"Analizë", "Reklamë", "Nga %s"},
	"el":      {"Ανάλυση", "Διαφήμιση", "Του %s"},
	"tr":      {"Analiz", "Reklam", "Yıl: %s"},
	"az":      {"Təhlil", "Reklam", "İl: %s"},
	"ka":      {"ანალიზი", "რეკლამა", "%s წელი"},
	"hy":      {"Վերլուծություն", "Գովազդ", "%s թ."},
	"ar":      {"تحليل", "إعلان", "من عام %s"},
	"fa":      {"تحلیل", "آگهی", "سال %s"},
	"ur":      {"تجزیہ", "اشتہار", "سال %s"},
	"he":      {"ניתוח", "פרסומת", "משנת %s"},
	"is":      {"Greining", "Auglýsing", "Frá %s"},
	"sw":      {"Uchambuzi", "Tangazo", "Mwaka %s"},
	"am":      {"ትንታኔ", "ማስታወቂያ", "ዓ.ም. %s"},
	"hi":      {"विश्लेषण", "विज्ञापन", "वर्ष %s"},
	"mr":      {"विश्लेषण", "जाहिरात", "वर्ष %s"},
	"ne":      {"विश्लेषण", "विज्ञापन", "सन् %s"},
	"bn":      {"বিশ্লেষণ", "বিজ্ঞাপন", "সাল %s"},
	"gu":      {"વિશ્લેષણ", "જાહેરાત", "વર્ષ %s"},
	"pa":      {"ਵਿਸ਼ਲੇਸ਼ਣ", "ਇਸ਼ਤਿਹਾਰ", "ਸਾਲ %s"},
	"ta":      {"ஆய்வு", "விளம்பரம்", "ஆண்டு %s"},
	"te":      {"విశ్లేషణ", "ప్రకటన", "సంవత్సరం %s"},
	"kn":      {"ವಿಶ್ಲೇಷಣೆ", "ಜಾಹೀರಾತು", "ವರ್ಷ %s"},
	"ml":      {"വിശകലനം", "പരസ്യം", "വർഷം %s"},
	"th":      {"วิเคราะห์", "โฆษณา", "ปี %s"},
	"lo":      {"ວິເຄາະ", "ໂຄສະນາ", "ປີ %s"},
	"km":      {"វិភាគ", "ផ្សាយពាណិជ្ជកម្ម", "ឆ្នាំ %s"},
	"my":      {"သုံးသပ်ချက်", "ကြော်ငြာ", "ခုနှစ် %s"},
	"vi":      {"Phân tích", "Quảng cáo", "Năm %s"},
	"id":      {"Analisis", "Iklan", "Tahun %s"},
	"ms":      {"Analisis", "Iklan", "Tahun %s"},
}

// The badges that a service gives a story by rule, besides those of card.Badges.
const (
	Analysis  = "analysis"
	Sponsored = "sponsored"
	fromYear  = "from "
)

// From is the badge of an old story of the year, such as "from 2019".
func From(year string) string { return fromYear + year }

// byRule returns the words of a badge of ofRules, and whether it is one.
func byRule(words [3]string, badge string) (string, bool) {
	year, old := strings.CutPrefix(badge, fromYear)
	switch {
	case badge == Analysis:
		return words[0], true
	case badge == Sponsored:
		return words[1], true
	case old && len(year) == 4 && strings.Trim(year, "0123456789") == "":
		return strings.Replace(words[2], "%s", year, 1), true
	}
	return "", false
}

// isByRule is IsBadge for the badges of ofRules.
func isByRule(badge, words string) bool {
	for _, inLanguage := range ofRules {
		if text, ok := byRule(inLanguage, badge); ok && Same(text, words) {
			return true
		}
	}
	return false
}
