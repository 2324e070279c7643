package text

import (
	"strings"
	"testing"

	"newsroom.example/cards/fonts"
)

// TestWhatReadersSeeAsOne sets headlines of newspapers in widths from 340 px: what is in brackets is on one line. Names,
// in braces, are from 480 px.
func TestWhatReadersSeeAsOne(t *testing.T) {
	s := setter(t)
	for _, tt := range []struct{ lang, text string }{
		{"zh-Hans", "中美元首[会晤后][稀土]出口取得[突破] 双方同意[继续]谈判"},
		{"zh-Hans", "外交部发言人：中方[坚决]反对任何[形式的]贸易[保护主义]"},
		{"zh-Hant", "花蓮發生[五級]地震 氣象署：[未來]三天仍有餘震"},
		{"zh-Hant", "[國民黨]主席批評政府 [立法院]明天開議"},
		{"zh-Hant", "台積電董事長 [魏哲家]：人工智慧需求比[三個月]前更強"},
		{"ja", "日経平均[5万512円32銭]で取引終了 初の5万円台"},
		{"ja", "青森で[震度6強]の地震 津波警報を発表"},
		{"ja", "[「おこめ券」は]なぜ配るのか 自治体に困惑広がる"},
		{"ja", "自民と維新が　連立合意へ　[議員定数]の削減で一致"},
		{"ja", "台風[23号]が接近 [12月1日]午前にも上陸"},
		{"th", "น้ำท่วมหาดใหญ่ [ผู้เสียชีวิต]เพิ่มเป็น 145 ราย [ผู้ป่วย]ล้น[โรงพยาบาล]"},
		{"th", "เปิดลงทะเบียน [31 ม.ค. 69] และ [29 มี.ค.] นี้ ตรวจสอบสิทธิได้ที่นี่"},
		{"lo", "ນາຍົກລັດຖະມົນຕີ ຢ້ຽມຢາມ[ປະເທດລາວ] ເພື່ອສັນຕິພາບ"},
		{"ko", "['반포 원베일리'] 72억원에 거래 국민평형 최고가"},
		{"ko", "['차세대중형위성 3호'] 실은 누리호 오늘 새벽 발사 성공"},
		{"ko", "추경호 체포동의안 가결 찬성 172 반대 4 기권 2 [무효 2]"},
		{"ko", "본회의 표결 결과 [찬성 178] [반대 108] 기권은 없었다"},
		{"ko", "청년 [月 12만6천원] 지원 내년부터 [월 500만원] 버는 가구도"},
		{"ko", "[美 트럼프] 관세 위협에 [日 전역] 수출기업 비상"},
		{"ko", "애플 [아이폰 17 프로 맥스] 국내 출시 일정 공개"},
		{"en", "Hurricane Melissa hits Jamaica at [185 m.p.h.] as a [Cat. 5] storm, a record"},
		{"en", "Stocks slide as the [S&P 500] falls for a third day on fears over chips"},
		{"en", "Apple says its {iPhone 17 Pro} will cost more in a year of tariffs"},
		{"en", "BBC boss {Tim Davie} resigns over a documentary that {Real Madrid} never saw"},
		{"en", "A late {free-kick} decides the derby as the [co-op] bids farewell"},
		{"el", "Έσοδα ρεκόρ [1,76 δισ. €] για το δημόσιο, λέει το υπουργείο"},
		{"ka", "ომის [365-ე] დღე: რა ხდება ფრონტის ხაზზე და რას ამბობს კიევი"},
		{"tr", "Depremde [2 bin 430] kişi öldü, [3 milyon lira] yardım toplandı"},
		{"nl", "D66 en PVV allebei op [26 zetels] na het tellen van alle stemmen"},
		{"sv", "Riksbanken lämnar räntan på [1,75 procent] trots högre priser"},
		{"id", "Banjir bandang di Sumatra: [96 korban] tewas dan ribuan mengungsi"},
		{"it", "Bonus per le famiglie: [300 mila euro] a chi ristruttura la casa"},
		{"de", "Bahn fährt ab [14. Dezember] öfter, sagt der Minister, und pünktlicher"},
		{"fr", "Budget : {30 milliards d’euros} d’économies, dit le Premier ministre"},
	} {
		text := strings.NewReplacer("[", "", "]", "", "{", "", "}", "").Replace(tt.text)
		st := display
		st.Lang = tt.lang
		for width := 340.0; width <= 1000; width += 15 {
			b := s.Fit(Paragraph{Text: text}, []Step{{SizePx: 40}}, st, Box{WidthPx: width})
			all := strings.Join(texts(b), "\n")
			marks := "[{"
			if width < 480 {
				marks = "["
			}
			for i, part := range strings.FieldsFunc(" "+tt.text, func(r rune) bool { return strings.ContainsRune(marks, r) }) {
				if whole, _, _ := strings.Cut(strings.ReplaceAll(part, "}", "]"), "]"); i > 0 && !strings.Contains(all, whole) {
					t.Errorf("%s at %v: %q is parted: %q", tt.lang, width, whole, texts(b))
				}
			}
		}
	}
}

// TestHoldingCostsOneStep: words that are held together make the type at most one step smaller than it would be if any
// of them might end a line, and never cut the text.
func TestHoldingCostsOneStep(t *testing.T) {
	s := setter(t)
	steps := []Step{{SizePx: 88, MaxLines: 2}, {SizePx: 77, MaxLines: 3}, {SizePx: 69, MaxLines: 3}, {SizePx: 62, MaxLines: 3}, {SizePx: 55, MaxLines: 4}, {SizePx: 49, MaxLines: 4}, {SizePx: 44, MaxLines: 4}}
	smaller := 0
	for _, tt := range []struct{ lang, text string }{
		{"ko", "'차세대중형위성 3호' 실은 누리호 발사 성공"},
		{"ko", "‘반포 원베일리 펜트’ 200억"},
		{"ko", "1만 2천 3백 4십 5명 대피 무효 2"},
		{"zh-Hans", "中华人民共和国国家发展和改革委员会主任"},
		{"ja", "独立行政法人国立高等専門学校機構"},
		{"ja", "「再検討を求める声明文」は来年度に"},
		{"th", "ผู้เสียชีวิตจากน้ำท่วมโรงพยาบาลหาดใหญ่"},
		{"en", "Fund of US$ 1.75 billion dollars lost"},
		{"en", "Top 5 No. 1 Cat. 5 S&P 500 at 185 m.p.h."},
	} {
		st := display
		st.Lang = tt.lang
		for width := 260.0; width <= 1100; width += 20 {
			box := Box{WidthPx: width}
			free := 0
			sh := s.shape(Paragraph{Text: tt.text}, st)
			for ; free < len(steps); free++ {
				sh.setFor(steps[free])
				if _, ok, _ := sh.fill(steps[free], box, together); ok {
					break
				}
			}
			if free == len(steps) {
				continue
			}
			b := s.Fit(Paragraph{Text: tt.text}, steps, st, box)
			if b.Truncated || b.SizePx < steps[min(free+1, len(steps)-1)].SizePx {
				t.Errorf("%s at %v: %v px, free %v: %q", tt.lang, width, b.SizePx, steps[free].SizePx, texts(b))
			}
			if b.SizePx < steps[free].SizePx {
				smaller++
			}
		}
	}
	if smaller == 0 {
		t.Error("nothing was held together at the cost of a step")
	}
}

// TestSpacesAreTheBestBreaks: in languages without spaces between words, a line ends at a space if the lines are
// nearly as even.
func TestSpacesAreTheBestBreaks(t *testing.T) {
	s := setter(t)
	for _, tt := range []struct {
		lang, text string
		width      float64
		want       string
	}{
		{"zh-Hant", "台積電董事長 魏哲家：需求強勁", 420, "台積電董事長\n魏哲家：需求強勁"},
		{"ja", "自民と維新が　連立政権の樹立で合意", 600, "自民と維新が\n連立政権の樹立で合意"},
		{"th", "เปิดลงทะเบียนคนละครึ่งพลัส ตรวจสอบสิทธิได้ที่นี่", 640, "เปิดลงทะเบียนคนละครึ่งพลัส\nตรวจสอบสิทธิได้ที่นี่"},
	} {
		st := display
		st.Lang = tt.lang
		b := s.Fit(Paragraph{Text: tt.text}, []Step{{SizePx: 48}}, st, Box{WidthPx: tt.width})
		if got := strings.Join(texts(b), "\n"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.lang, got, tt.want)
		}
	}
}

// TestAddressesStayWhole: a line does not end inside an address that would fit on one, and no address gets
// a hyphen.
func TestAddressesStayWhole(t *testing.T) {
	s := setter(t)
	for _, address := range []string{
		"https://www.example.com/news", "example.co.uk/storm-warning", "@coastnews_live", "#StormFrontBreaking", "desk@coast-news.example",
	} {
		text := "Follow the storm at " + address + " as harbor towns brace"
		for width := 300.0; width <= 900; width += 20 {
			b := s.Fit(Paragraph{Text: text}, []Step{{SizePx: 30}}, display, Box{WidthPx: width})
			all := strings.Join(texts(b), "\n")
			if s.Width(address, 30, display) <= width && !strings.Contains(all, address) {
				t.Errorf("at %v: %q", width, texts(b))
			}
		}
		for width := 100.0; width <= 300; width += 10 {
			b := s.Fit(Paragraph{Text: text}, []Step{{SizePx: 30}}, display, Box{WidthPx: width})
			if joined := strings.Join(texts(b), ""); !strings.Contains(joined, address) {
				t.Errorf("at %v: %q", width, texts(b))
			}
		}
	}
}

// TestTailsStayWhole: what is held together in a caption gives way before its credit, which is neither parted nor alone.
func TestTailsStayWhole(t *testing.T) {
	s := setter(t)
	for _, text := range []string{"台風23号の接近で高波が打ち寄せる港。住民約1万2千人が避難した", "Waves of 12 metres at No. 5 pier", "추경호 의원이 ‘반포 원베일리’ 앞에서 무효 2"} {
		for width := 230.0; width <= 900; width += 10 {
			b := s.Fit(Paragraph{Text: text, Tail: "/ Coast News"}, []Step{{SizePx: 23, MaxLines: 2}}, Style{Weight: fonts.Bold}, Box{WidthPx: width})
			last := b.Lines[len(b.Lines)-1]
			if len(last.Fragments) != 2 || last.Fragments[1].Text != "/ Coast News" {
				t.Errorf("at %v: %q", width, texts(b))
			}
		}
	}
}
