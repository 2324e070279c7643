package text

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Compounds that are more than one word in the word lists, or are written with spaces, and that readers see as one.

// holdCompounds finds the places inside the compounds of the text's language.
func (sh *shaped) holdCompounds() {
	all := compounds()[sh.lang]
	if sh.lang != "zh" && sh.lang != "vi" && sh.inside != nil {
		all = compounds()[""]
	}
	if len(all) == 0 {
		return
	}
	lower := make([]rune, len(sh.runes))
	for i, r := range sh.runes {
		lower[i] = unicode.ToLower(r)
	}
	text := string(lower)
	for _, compound := range all {
		for at, rest := 0, text; ; {
			i := strings.Index(rest, compound)
			if i < 0 {
				break
			}
			at += utf8.RuneCountInString(rest[:i])
			n := utf8.RuneCountInString(compound)
			if sh.inside != nil || sh.standsAlone(at, at+n) {
				for r := at + 1; r < at+n; r++ {
					if sh.hold(r); sh.lang == "zh" && n <= mostOfWord {
						sh.inside[r] = true
					}
				}
			}
			at, rest = at+n, rest[i+len(compound):]
		}
	}
}

// mostOfWord is the most characters of a compound of Chinese that is as whole as the words of the lists.
const mostOfWord = 3

// standsAlone reports whether no letter is next to some runes.
func (sh *shaped) standsAlone(from, to int) bool {
	return (from == 0 || !unicode.IsLetter(sh.runes[from-1])) && (to == len(sh.runes) || !unicode.IsLetter(sh.runes[to]))
}

// hold marks a place before which a line should not end.
func (sh *shaped) hold(r int) {
	if sh.heldAt == nil {
		sh.heldAt = make([]bool, len(sh.runes)+1)
	}
	sh.heldAt[r] = true
}

// costHeld returns the cost of a break inside a compound, which is worse than one elsewhere in a phrase.
func (sh *shaped) costHeld() int64 {
	if sh.style.Display {
		return costPhrase + costInside
	}
	return costInPhrase
}

func (sh *shaped) isHeld(r int) bool { return sh.heldAt != nil && sh.heldAt[r] }

// compounds are by language; under "" are those of the languages without spaces that have no Han.
var compounds = sync.OnceValue(func() map[string][]string {
	vi := strings.Split(strings.TrimSpace(vietnameseCompounds), ",")
	for i := range vi {
		vi[i] = strings.Join(strings.Fields(vi[i]), " ")
	}
	return map[string][]string{
		"":   append(strings.Fields(thaiCompounds), strings.Fields(burmeseCompounds)...),
		"zh": strings.Fields(hanCompounds),
		"vi": vi,
	}
})

const burmeseCompounds = `
ဘေးလွတ်ရာ ဘေးလွတ် ဆိပ်ကမ်း မုန်တိုင်း ငလျင် ရွှေ့ပြောင်း ရွေးကောက်ပွဲ ရေကြီး ရေဘေး သမ္မတ ဝန်ကြီးချုပ်
ဝန်ကြီး အစိုးရ လွှတ်တော် ကုလသမဂ္ဂ ဆေးရုံ ကျောင်းသား ကျောင်းဆရာ ငွေကြေး ဗဟိုဘဏ် ရဲတပ်ဖွဲ့ တပ်မတော်
`

const hanCompounds = `
百分点 百分點 存款准备金率 准备金率 准备金 存款準備率 存款準備金率 基准利率 基準利率 贷款利率 貸款利率 通货膨胀 通貨膨脹 国内生产总值 國內生產毛額 人民币汇率 外汇储备 外匯存底 货币政策 貨幣政策
财政政策 財政政策 股票市场 股票市場 房地产市场 房地產市場 出口管制 稀土出口管制 渡輪服務 渡轮服务 巴士服務 鐵路服務 醫療服務 公共服務 东部外海 東部外海 西部外海 南部外海 北部外海 东部沿海 東部沿海
南部沿海 北部沿海 西部沿海 新出生人口 出生人口 一碗麵 一碗面 深夜食堂 第二晚 不眠之夜 气象署 氣象署 中央气象台 中央氣象署 震中 救援队 救援隊 外交部长 外交部長 国防部长 國防部長 财政部长 財政部長
总书记 總書記 国务院 國務院 立法院 行政院 立法會 行政長官 最高法院 最高人民法院 联合国 聯合國 安全理事会 安全理事會 欧洲联盟 歐洲聯盟 欧盟委员会 歐盟委員會 世界卫生组织 世界衛生組織 世界杯 奥运会
奧運會 人工智能 人工智慧 电动汽车 電動汽車 新能源汽车 半导体 半導體 高速公路 高速铁路 高速鐵路 跨海大桥 跨海大橋 国际机场 國際機場 台北股市 上证指数 恒生指数 恆生指數 停火协议 停火協議 贸易协定
貿易協定 气候变化 氣候變化 自然灾害 自然災害 紧急状态 緊急狀態
`

const vietnameseCompounds = `
gác đèn biển, đèn biển, người gác, thị trấn cảng, thị trấn, thành phố, thủ đô, chính phủ, thủ tướng,
chủ tịch, tổng thống, quốc hội, bộ trưởng, bộ trưởng bộ, công an, cảnh sát, bệnh viện, bệnh nhân, học sinh,
sinh viên, giáo viên, đại học, trường học, công ty, doanh nghiệp, ngân hàng, ngân hàng nhà nước, chứng khoán,
lãi suất, lạm phát, giá vàng, xăng dầu, kinh tế, xã hội, chính trị, văn hóa, thể thao, bóng đá, đội tuyển,
huấn luyện viên, cầu thủ, trận đấu, vô địch, chung kết, du lịch, du khách, sân bay, máy bay, tàu hỏa,
đường sắt, đường cao tốc, cao tốc, giao thông, tai nạn, tai nạn giao thông, hỏa hoạn, động đất, lũ lụt,
sạt lở, bão lũ, áp thấp nhiệt đới, ngoài khơi, bờ biển, bờ tây, bờ đông, đêm thứ hai, cuối cùng, đầu tiên,
xếp hàng, người mua, người dân, người lao động, người nước ngoài, nhà nước, nhà đầu tư, nhà máy, nhân viên,
công nhân, nông dân, nông nghiệp, công nghiệp, công nghệ, trí tuệ nhân tạo, thông tin, điện thoại,
mạng xã hội, môi trường, khí hậu, biến đổi khí hậu, năng lượng, điện lực, sức khỏe, y tế, dịch bệnh, vắc xin,
thuốc lá, ma túy, tội phạm, bắt giữ, khởi tố, điều tra, xét xử, tòa án, bị cáo, luật sư, bầu cử, ứng viên,
hội nghị, hội đàm, quan hệ, hợp tác, thương mại, xuất khẩu, nhập khẩu, thuế quan, thị trường, bất động sản,
hàng không, quân đội, quốc phòng, an ninh, biên giới, biển đông, hòa bình, chiến tranh, ngừng bắn, tên lửa,
hạt nhân, liên hợp quốc, liên minh châu âu, châu âu, châu á, đông nam á, việt nam, trung quốc, hàn quốc,
nhật bản, hà nội, hồ chí minh, đà nẵng, hải phòng, cần thơ
`
