// Package sample has stories and pictures made up to try designs on, the usual and the extreme.
package sample

import (
	"strings"

	"newsroom.example/cards/card"
)

// Story is a story made up to try designs on. Its Card has neither template, theme nor size.
type Story struct {
	Name     string
	Card     card.Card
	Photo    string // name of a Scene; empty: none
	Portrait string // likewise
}

// In returns the story's card in a theme, template and size. The error is of the card's fields.
func (s Story) In(theme, template string, size card.Size) (card.Card, error) {
	c := s.Card
	c.Theme, c.Template, c.Size = theme, template, size
	return c.Normalize()
}

// Stories are what newsrooms send: usual ones first, then what strains a design.
var Stories = []Story{
	{"story", card.Card{Headline: "Storm front stalls over the west coast as harbor towns brace for a second night",
		Caption: "Waves break over the old pier on Sunday evening, hours before the ferry service was suspended.",
		Credit:  "Coast News", Kicker: "Weather", Badge: "live", Site: "The Harbor Post", Byline: "By the Weather Desk",
		Date: "2026-11-23", Lang: "en"}, "dusk", ""},
	{"korean", card.Card{Headline: "서해안 강풍 특보 확대… 여객선 전면 통제, 주민 3,200명 대피",
		Caption: "일요일 저녁 방파제 위로 파도가 솟구치고 있다. 여객선 운항은 이날 오후부터 중단됐다.", Credit: "연안통신", Kicker: "사회", Badge: "breaking",
		Site: "한강일보", Byline: "사회부", Date: "2026-11-23", Lang: "ko"}, "dusk", ""},
	{"quotation", card.Card{Headline: "“We did not come to make history. We came to make it to Monday.”",
		Speaker: "The harbor master", SpeakerRole: "on the second night of the storm", Credit: "Coast News",
		Kicker: "Interview", Site: "The Harbor Post", Byline: "By the Weather Desk", Date: "2026-11-23",
		Lang: "en"}, "figure", ""},
	{"garden", card.Card{Headline: "사십 년 가꾼 정원, 단 한 주말만 문을 연다", Caption: "늦봄의 아래 마당.", Credit: "한옥프레스", Kicker: "문화",
		Badge: "exclusive", Site: "한강일보", Byline: "문화부", Date: "2026-11-23", Lang: "ko"}, "garden", ""},
	{"one word", card.Card{Headline: "Thaw", Site: "The Harbor Post", Kicker: "Climate", Lang: "en"}, "snow", ""},
	{"bare", card.Card{Headline: "Central bank holds rates at 3.5% for a ninth straight month"}, "", ""},
	{"long", card.Card{Headline: "Regional governments agree on a shared flood barrier after eleven years of talks, two court rulings and a storm that put half of the lower town under water, but leave open who will pay for the northern section, which engineers call the most exposed of all and residents have asked for since 1987", Caption: strings.Repeat("Engineers inspect the northern section of the barrier, which will be raised by four meters before the spring tides. ", 5), Credit: "Coast News", Kicker: "Region", Badge: "update", Site: "The Harbor Post", Byline: "By the City Desk and our correspondents on the coast", Date: "2026-11-23", Lang: "en"}, "snow", ""},
	{"long word", card.Card{Headline: "Donaudampfschifffahrtsgesellschaftskapitän streitet mit Rindfleischetikettierungsüberwachung", Caption: "Der Dampfer liegt seit Montag fest.", Credit: "Flussblatt", Kicker: "Schifffahrt", Badge: "opinion", Site: "Flussblatt", Date: "2026-11-23", Lang: "de"}, "dusk", ""},
	{"arabic", card.Card{Headline: "العاصفة تغلق الموانئ و3200 شخص يغادرون منازلهم قبل الليلة الثانية",
		Caption: "أمواج عالية عند الرصيف القديم مساء الأحد.", Credit: "Coast News", Kicker: "طقس", Badge: "breaking",
		Site: "بريد الميناء", Byline: "قسم الطقس", Date: "2026-11-23", Lang: "ar"}, "dusk", ""},
	{"hebrew", card.Card{Headline: "הנמל נסגר לקראת הסערה, 3,200 תושבים פונו", Caption: "גלים גבוהים ליד המזח הישן",
		Credit: "Coast News", Kicker: "חדשות", Badge: "live", Site: "The Harbor Post", Lang: "he"}, "garden", ""},
	{"japanese", card.Card{Headline: "台風が西海岸に接近、港町で住民三千人が避難 フェリーは月曜まで全便欠航", Caption: "日曜の夕方、古い桟橋を越える高波。", Credit: "沿岸通信",
		Kicker: "気象", Badge: "breaking", Site: "港新聞", Byline: "社会部", Date: "2026-11-23", Lang: "ja"}, "snow", ""},
	{"chinese", card.Card{Headline: "西海岸风暴滞留，港口城镇迎来第二个不眠之夜", Caption: "周日傍晚，海浪越过旧码头。", Credit: "海岸通讯社", Kicker: "天气",
		Badge: "update", Site: "港口日报", Date: "2026-11-23", Lang: "zh-Hans"}, "dusk", ""},
	{"hindi", card.Card{Headline: "तूफ़ान से बंदरगाह बंद, 3,200 लोग सुरक्षित स्थानों पर पहुँचाए गए",
		Caption: "रविवार शाम पुराने घाट पर ऊँची लहरें।", Credit: "Coast News", Kicker: "मौसम", Site: "तट समाचार",
		Lang: "hi"}, "garden", ""},
	{"thai", card.Card{Headline: "พายุปิดท่าเรือชายฝั่งตะวันตก ชาวบ้านกว่าสามพันคนอพยพ",
		Caption: "คลื่นซัดท่าเรือเก่าในเย็นวันอาทิตย์", Credit: "Coast News", Kicker: "อากาศ", Site: "The Harbor Post",
		Lang: "th"}, "snow", ""},
	{"vietnamese", card.Card{Headline: "Bão đứng yên ngoài khơi bờ tây, các thị trấn cảng chờ đêm thứ hai",
		Kicker: "Thời tiết", Site: "The Harbor Post", Lang: "vi"}, "dusk", ""},
	{"russian", card.Card{Headline: "Шторм закрыл порты западного побережья: паромы не пойдут до понедельника",
		Caption: "Волны у старого пирса в воскресенье вечером.", Credit: "Coast News", Kicker: "Погода",
		Site: "Портовая почта", Lang: "ru"}, "snow", ""},
	{"emoji", card.Card{Headline: "🌊 Surf’s up: 👩‍👩‍👧 families, 🇰🇷 champions and one very wet 🐕 take over the bay",
		Kicker: "Sport", Site: "The Harbor Post", Lang: "en"}, "garden", ""},
	{"opinion", card.Card{Headline: "A harbor that fears the sea has forgotten what it is for", Kicker: "Opinion", Kind: "opinion",
		Deck: "The second barrier will cost more than the first, and protect less.", Credit: "Coast News",
		Site: "The Harbor Post", Byline: "The harbor columnist", Date: "2026-11-23", Lang: "en"}, "garden", "figure"},
}
