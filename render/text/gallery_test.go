package text

import (
	"fmt"
	"strings"
	"testing"
)

// TestListedBreaks sets headlines of the gallery in the areas and sizes of cards: the ends of lines that editors of their
// languages refused do not come back. A bar is the end of a line.
func TestListedBreaks(t *testing.T) {
	s := setter(t)
	areas := []struct {
		largest float64
		lines   int
		box     Box
	}{
		{123, 3, Box{WidthPx: 1072, HeightPx: 400}}, {70, 3, Box{WidthPx: 1072, HeightPx: 230}}, {88, 5, Box{WidthPx: 512, HeightPx: 380}},
		{154, 5, Box{WidthPx: 920, HeightPx: 900}}, {88, 6, Box{WidthPx: 920, HeightPx: 600}}, {135, 5, Box{WidthPx: 1040, HeightPx: 600}},
	}
	for _, tt := range []struct{ text, never string }{
		{"Työttömyysturvan uudistus etenee: lähes 300 000 ihmisen tuki pienenee keväällä", "300|000"},
		{"How a lighthouse is moved 400 metres inland, one centimetre at a time", "400|metres"},
		{"عاجل: زلزال بقوة 6.3 درجات يضرب الساحل الشرقي", "6.3|درجات"},
		{"Dólar fecha a R$ 5,38 e bolsa bate recorde pela 11.ª vez no mês", "11.ª|vez; R$|5,38"},
		{"El Gobierno destinará 1.300 millones de euros a vivienda pública en 2027", "de|euros; 1.300|millones"},
		{"Giá vàng vượt 154 triệu đồng/lượng, người mua xếp hàng từ 5 giờ sáng", "đồng/|lượng"},
		{"여야, 예산안 처리 합의… 찬성 181·반대 108·무효 2", "찬성|181; 반대|108; 무효|2"},
		{"Harbor Rovers’ 97th-minute free-kick sinks the league leaders and sends 31,000 fans into the street", "97th-|minute"},
		{"震度6強の揺れ、津波の心配なし　気象庁が会見", "震度|6"},
		{"深夜食堂的最後一碗麵，老闆娘：「明天開始，我也要當客人」", "一碗|麵; 一|碗麵"},
		{"港口居民準備迎接第二晚的風暴，渡輪服務「全面暫停」", "渡輪|服務"},
		{"7.1級強震襲東部外海，氣象署：慎防餘震", "東部|外海"},
		{"央行宣布下调存款准备金率0.5个百分点，释放长期资金约1万亿元；市场反应积极", "准备|金; 金|率; 百分|点; 百|分点"},
		{"ยอดผู้เสียชีวิตเพิ่มเป็น 31 ราย ผู้ป่วยล้นโรงพยาบาลสนาม หลังน้ำท่วมใหญ่ภาคใต้", "โรงพยาบาล|สนาม; 31|ราย"},
		{"“바다가 먼저 알려 줬는데, 우리가 못 들은 거죠”", "알려|줬는데"},
		{"Một ngày với người gác đèn biển cuối cùng", "gác|đèn; đèn|biển"},
		{"မုန်တိုင်းကြောင့် ဆိပ်ကမ်းများပိတ်၊ လူသုံးထောင်ကျော် ဘေးလွတ်ရာသို့ ရွှေ့ပြောင်း", "သုံး|ထောင်; လူ|သုံး; ဘေး|လွတ်; ဆိပ်ကမ်း|များ"},
		{"Ключевая ставка снижена до 16,5 % годовых — аналитики ждали паузы", "годовых|—; 16,5|%"},
		{"Stormen ligger stille over Vestlandet: – Hold dere unna kaiene, ber politiet", "–|Hold"},
		{"Búrka zostala nad pobrežím, v prístavoch čakajú druhú neistú noc bez elektriny", "v|prístavoch"},
		{"«Мы не герои, мы просто не ушли домой»", "мы|просто"},
		{"La tempête s’attarde sur la côte ouest : les ports se préparent à une deuxième nuit", "les|ports"},
		{"El temporal s’encalla davant la costa i els ports afronten una segona nit de vent", "els|ports; i|els"},
		{"¿Cu\u00e1nto sube la luz en enero? Lo que cambia con la nueva tarifa, en cinco claves", "Lo|que"},
		{"महँगाई दर घटकर 2.1% पर, रिज़र्व बैंक ने रेपो रेट में बदलाव नहीं किया", "2.1%|पर; रेट|में; बैंक|ने"},
		{"نرخ تورم مهرماه اعلام شد: ۳۸٫۹ درصد", "اعلام|شد; ۳۸٫۹|درصد"},
		{"Bundesrat stimmt Krankenhausreform zu – 3,5 Mrd. € für Kliniken auf dem Land", "|Kliniken|; 3,5|Mrd.; Mrd.|€; zu|–"},
		{"Câmara aprova isenção de imposto para quem ganha até R$ 5 mil por mês", "R$|5; 5|mil"},
		{"Η καταιγίδα μένει πάνω από τα δυτικά παράλια, τα λιμάνια περιμένουν δεύτερη νύχτα", "τα|λιμάνια; τα|δυτικά"},
		{"ພາຍຸປິດທ່າເຮືອ ຊາວບ້ານກວ່າສາມພັນຄົນຍົກຍ້າຍໄປບ່ອນປອດໄພ", "ສາມ|ພັນ"},
		{"Zeman v sobotu odjel s rodinou k moři a o víkendu se vrátí z dovolené", "v|sobotu; s|rodinou; k|moři; z|dovolené"},
		{"Ceny prądu rosną, a w styczniu z rachunkami do 500 zł będzie problem i w sklepach", "w|styczniu; i|w; z|rachunkami; 500|zł"},
	} {
		for _, area := range areas {
			var steps []Step
			for px := area.largest; px > 40; px /= 1.12 {
				steps = append(steps, Step{SizePx: px, MaxLines: area.lines})
			}
			b := s.Fit(Paragraph{Text: tt.text}, steps, display, area.box)
			lines := "|" + strings.Join(texts(b), "|") + "|"
			for never := range strings.SplitSeq(tt.never, "; ") {
				if strings.Contains(lines, never) {
					t.Errorf("%s: %s at %s", never, lines, fmt.Sprint(area))
				}
			}
		}
	}
}

// TestDigitsAreNeverParted: the digits of one number stay together at any size and in any box in which they fit a line.
func TestDigitsAreNeverParted(t *testing.T) {
	s := setter(t)
	for _, text := range []string{"lähes 300 000 ihmisen tuki", "1 250 000 personnes manifestent", "Over 12\u00a0000 flyttes", "до 1\u202f500\u202f000 рублей"} {
		for _, px := range []float64{40, 96, 154} {
			for width := 4.5 * px; width < 16*px; width += px / 2 {
				b := s.Fit(Paragraph{Text: text}, []Step{{SizePx: px}, {SizePx: px * 0.7}}, display, Box{WidthPx: width})
				for i, l := range b.Lines[1:] {
					before := strings.TrimRight(b.Lines[i].Text, " \u00a0\u202f")
					if strings.HasPrefix(l.Text, "000") || strings.HasPrefix(l.Text, "250") || strings.HasPrefix(l.Text, "500") {
						t.Errorf("%v px at %v: %q after %q", px, width, l.Text, before)
					}
				}
			}
		}
	}
}
