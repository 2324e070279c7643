package text

// numbered are words before their number.
var numbered = set("no", "nº", "n°", "№", "nr", "núm", "num", "§", "art", "vol", "cat", "s&p", "top", "제", "약", "총",
	"연", "월", "최대", "최소", "하루", "평균", "시속", "月", "年", "日", "週", "總", "約")

// models follow the number of a device: iPhone 17 Pro, 아이폰 17 프로 맥스.
var models = set("pro", "max", "ultra", "plus", "mini", "air", "lite", "프로", "맥스", "울트라", "플러스", "미니", "에어")

var currencies = set("$", "€", "£", "¥", "₩", "USD", "EUR", "KRW", "JPY", "GBP", "CHF", "US$", "Rs", "Rs.", "₹",
	"zł", "Kč", "kr", "kr.", "лв", "lei", "TL", "₺", "₽", "₴", "₫", "฿", "₪", "₾", "֏")

// months are before or after the number of their day.
var months = set(
	"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
	"january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
	"november", "december",
	"januar", "februar", "märz", "mai", "juni", "juli", "oktober", "dezember",
	"janvier", "février", "mars", "avril", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
	"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
	"dicembre",
	"enero", "febrero", "abril", "mayo", "junio", "julio", "septiembre", "octubre", "noviembre", "diciembre",
	"ocak", "şubat", "mart", "nisan", "mayıs", "haziran", "temmuz", "ağustos", "eylül", "ekim", "kasım", "aralık",
	"ม.ค", "ก.พ", "มี.ค", "เม.ย", "พ.ค", "มิ.ย", "ก.ค", "ส.ค", "ก.ย", "ต.ค", "พ.ย", "ธ.ค",
	"มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม",
	"พฤศจิกายน", "ธันวาคม",
	"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
	"декабря",
)

// magnitudes follow a number, and a unit may follow them.
var magnitudes = set(
	"thousand", "million", "billion", "trillion", "bn", "mn", "tn", "tausend", "millionen", "milliarden", "mio",
	"mrd",
	"millions", "milliard", "milliards", "millones", "milhões", "bilhões", "тыс", "млн", "млрд", "трлн",
	"mila", "milioni", "miliardi", "milione", "miliardo", "miljoen", "miljard", "miljoner", "miljarder", "millioner",
	"milliarder", "bin", "milyon", "milyar", "juta", "miliar", "triliun", "ribu", "tys", "mln", "mld", "εκατ", "δισ",
	"χιλ", "χιλιάδες", "εκατομμύρια", "δισεκατομμύρια", "тысяч", "миллионов", "миллиардов", "тисяч", "мільйонів",
	"nghìn", "triệu", "tỷ", "हज़ार", "लाख", "करोड़", "ألف", "مليون", "مليار", "אלף", "מיליון", "מיליארד", "만",
	"억", "조",
)

// units follow a number after a space.
var units = set(
	"%", "°c", "°f", "°", "℃", "m", "km", "cm", "mm", "kg", "g", "t", "mph", "km/h", "kmh", "ha", "gw", "mw",
	"kw", "gb", "tb",
	"metre", "metres", "meters", "kilometre", "kilometres", "kilometers", "centimetre", "centimetres",
	"centimeters", "feet",
	"foot", "inches", "acres", "hectares", "litres", "liters", "degrees", "degree", "times", "votes", "seats",
	"goals", "deaths",
	"homes", "jobs", "knots", "kilos", "grams", "barrels", "cents", "pence", "rupees", "men", "women", "children",
	"kilometer", "kilometern", "metern", "zentimeter", "hektar", "liter", "dollar", "sitze", "stimmen", "punkte",
	"punkten",
	"mètres", "kilomètres", "degrés", "points", "voix", "morts", "sièges", "habitants", "personnes", "fois", "mois",
	"metros", "kilómetros", "grados", "puntos", "votos", "muertos", "personas", "veces", "meses", "dólares", "kilos",
	"quilómetros", "quilômetros", "graus", "pontos", "mortos", "pessoas", "vezes", "reais", "dólar",
	"metri", "chilometri", "gradi", "punti", "voti", "morti", "persone", "volte", "mesi", "anni", "giorni", "ore",
	"jaar", "dagen", "uur", "maanden", "kilometer", "stemmen", "år", "dagar", "dager", "dage", "timmar", "timer",
	"personer",
	"grader", "procent", "prosentpoeng", "mandat", "röster", "stemmer", "ihmistä", "ihmisen", "euroa", "vuotta",
	"päivää", "astetta",
	"osób", "lat", "dni", "godzin", "metrów", "kilometrów", "stopni", "zł", "złotych", "euro", "proc", "korun",
	"lidí", "let",
	"poslanců", "hlasů", "eur", "ľudí", "rokov", "eura", "kuna", "ljudi", "godina", "динара", "људи", "година",
	"лв", "лева",
	"души", "години", "метра", "forint", "forinttal", "ember", "év", "fok", "oameni", "ani", "zile", "grade",
	"euro", "lei",
	"gün", "yıl", "saat", "derece", "puan", "metre", "kilometre", "ton", "ölü", "yaralı",
	"грн", "гривні", "людей", "років", "градусів", "доларів", "метров", "километров", "голосов", "долларов",
	"евро", "года", "дней",
	"βαθμούς", "μέτρα", "χιλιόμετρα", "χρόνια", "νεκροί", "άτομα", "ημέρες", "giờ", "lượng", "km", "độ", "mét",
	"tháng",
	"ngàn", "درجات", "درجة", "نقطة", "دولارا", "متر", "مترا", "كيلومترا", "ألف", "شخص", "قتيلا", "عام", "أعوام",
	"أيام", "ساعة", "ساعات",
	"درصد", "نفر", "تومان", "ریال", "سال", "روز", "ماه", "ساعت", "فیصد", "افراد", "روپے", "روپئے", "سال", "دن",
	"گھنٹے",
	"תושבים", "אנשים", "ימים", "שעות", "מטר", "ק״מ", "מעלות", "अंक", "डिग्री", "मीटर", "किलोमीटर", "साल", "दिन",
	"घंटे", "फ़ीसदी", "फीसदी",
	"শতাংশ", "টাকা", "জন", "কোটি", "লাখ", "বছর", "দিন", "கோடி", "லட்சம்", "சதவீதம்", "పాయింట్లు", "కోట్లు",
	"లక్షలు", "శాతం", "elfu", "watu", "asilimia",
	"orang", "tahun", "hari", "peratus", "ringgit", "rupiah", "stig", "metra", "manns", "krónur", "krónum", "prósent",
	"percent", "per", "points", "won", "dollars", "euros", "euro", "yen", "pounds", "years", "year", "days", "day",
	"hours", "hour", "minutes", "seconds", "weeks", "months", "miles", "tonnes", "tons", "people", "am", "pm",
	"a.m", "p.m", "m.p.h", "k.p.h", "zetels", "procent", "procenta", "prosent", "prosenttia", "százalék", "korban",
	"orang", "persen", "kronor", "kroner", "kişi", "lira", "mensen", "graden", "ευρώ", "lire", "francs",
	"гривень", "леев",
	"prozent", "grad", "uhr", "minuten", "stunden", "tonnen", "meter", "menschen", "jahre", "jahren", "tage", "tagen",
	"ans", "jours", "heures", "años", "días", "horas", "anos", "dias",
	"руб", "рублей", "человек", "лет", "процентов", "градусов", "đồng", "người", "năm", "ngày",
	"रुपये", "प्रतिशत", "लोग", "دولار", "يوما", "عاما", "شخصا", "שקל", "שקלים", "אחוז", "אחוזים", "שנה", "שנים",
)

var thaiUnits = []string{"ล้าน", "พันล้าน", "แสน", "หมื่น", "บาท", "คน", "ปี", "วัน", "ราย", "เปอร์เซ็นต์",
	"กิโลเมตร"}

// koreanUnits follow a number, after a space or without one.
var koreanUnits = set(
	"명", "원", "개", "건", "곳", "년", "월", "일", "시", "분", "초", "배", "번", "차", "위", "대", "채", "척", "마리", "권", "장", "살",
	"세", "층", "동",
	"회", "호", "석", "표", "골", "점", "승", "패", "연승", "연패", "주", "주년", "주일", "개월", "개국", "시간", "가구", "가지", "달러",
	"엔", "유로", "위안",
	"만", "억", "조", "천", "만원", "억원", "조원", "천원", "만명", "퍼센트", "포인트", "킬로미터", "미터", "톤", "그램",
)

// particles follow a noun.
var particles = set(
	"이", "가", "은", "는", "을", "를", "의", "에", "에서", "에게", "으로", "로", "도", "만", "와", "과", "까지", "부터", "씩", "여", "간",
	"째", "대", "꼴",
	"이상", "이하", "미만", "안팎", "가량", "정도", "넘게", "이다", "이나", "나", "라는", "라고", "이라는", "이라고", "보다", "처럼", "마다", "조차", "밖에",
)
