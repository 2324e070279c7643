package main

// faultTexts are the texts that are set at 36 widths to count line-breaking faults.
var faultTexts = []string{
	"中企 “금리 3.50% 동결” 환영… 대출 10조원 만기 ‘연장’ 검토 나서",
	"美 연준 “연내 인하 없다”… 원·달러 환율 1,400원 돌파 (종합)",
	"미국과 북한, 연락사무소 설치 검토… 비핵화 협상 재개 기대감 커져",
	"「来年度の予算案」、きょう閣議で決定へ。過去最大の114兆円、社会保障費が膨らむ",
	"央行宣布下调存款准备金率0.5个百分点，释放长期资金约1万亿元；市场反应积极",
}

// sample is a headline of the gallery.
type sample struct{ Name, Lang, Headline string }

var gallery = []sample{
	{"english", "en", "Storm front stalls over the west coast as harbor towns brace for a second night"},
	{"english-quotes", "en", "“We will rebuild the pier,” mayor says, but the $4.2 bn plan still lacks a vote"},
	{"one-word", "en", "Reopened"},
	{"korean", "ko", "미국과 북한, 연락사무소 설치 검토… 비핵화 협상 재개 기대감 커져"},
	{"korean-hanja", "ko", "美 연준 “연내 인하 없다”… 원·달러 환율 1,400원 돌파 (종합)"},
	{"korean-units", "ko", "中企 “금리 3.50% 동결” 환영… 대출 10조원 만기 ‘연장’ 검토 나서"},
	{"japanese", "ja", "「来年度の予算案」、きょう閣議で決定へ。過去最大の114兆円、社会保障費が膨らむ"},
	{"japanese-kana", "ja", "ハーバータウンのコンサートホール、改修を終えて来月オープンへ"},
	{"chinese-simplified", "zh-Hans", "央行宣布下调存款准备金率0.5个百分点，释放长期资金约1万亿元；市场反应积极"},
	{"chinese-traditional", "zh-Hant", "港口居民準備迎接第二晚的風暴，渡輪服務「全面暫停」"},
	{"arabic", "ar", "الميناء يُغلق أبوابه قبل العاصفة، والسكان يستعدون لليلة ثانية"},
	{"hebrew", "he", "הנמל נסגר לקראת הסערה: iPhone 18 לא הגיע, 3,200 תושבים פונו"},
	{"hindi", "hi", "तूफ़ान से पहले बंदरगाह बंद, निवासी दूसरी रात की तैयारी में"},
	{"thai", "th", "ท่าเรือปิดก่อนพายุเข้า ชาวเมืองเตรียมรับมือคืนที่สอง"},
	{"vietnamese", "vi", "Cảng đóng cửa trước cơn bão, người dân chuẩn bị cho đêm thứ hai"},
	{"russian", "ru", "Порт закрыли перед штормом: жители готовятся ко второй ночи"},
	{"emoji", "en", "Gold 🥇 for 🇰🇷 archers, a family 👩‍👩‍👧‍👦 reunion and 👍🏽 from the coach"},
	{"mixed-directions", "ko", "애플 iPhone 18, עברית 지원… 아랍어 العربية 도 추가"},
	{"very-long", "en", "Regional governments agree on a shared flood barrier after eleven years of talks, two court rulings, three changes of government and a storm that put half of the lower town under water for a week"},
	{"one-long-word", "de", "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"},
}
