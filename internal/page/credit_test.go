package page

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestSplitCredit: what is certainly a credit is one, and everything else stays in the caption.
func TestSplitCredit(t *testing.T) {
	const site = "The Harbor Post"
	for _, tt := range []struct{ in, caption, credit string }{
		// English, after a sentence
		{"Waves break over the pier on Sunday. Photo: Jane Roe", "Waves break over the pier on Sunday.", "Jane Roe"},
		{"Waves break over the pier. Photo by Jane Roe.", "Waves break over the pier.", "Jane Roe"},
		{"Waves break over the pier. Photograph: J. Roe/The Harbor Post", "Waves break over the pier.", "J. Roe/The Harbor Post"},
		{"Waves break over the pier. Credit: Jane Roe", "Waves break over the pier.", "Jane Roe"},
		{"Waves break over the pier. Photo credit: the harbor office", "Waves break over the pier.", "the harbor office"},
		{"Waves break over the pier.Credit...Jane Roe for The Harbor Post", "Waves break over the pier.", "Jane Roe for The Harbor Post"},
		{"Waves break over the pier. Courtesy of the Harbor Museum", "Waves break over the pier.", "Courtesy of the Harbor Museum"},
		{"Waves break over the pier. Jane Roe via AP", "Waves break over the pier.", "Jane Roe via AP"},
		{"Waves break over the pier. Harbor Police/Handout via REUTERS", "Waves break over the pier.", "Harbor Police/Handout via REUTERS"},
		{"A ferry waits in South Korea, Sunday. Yonhap", "A ferry waits in South Korea, Sunday.", "Yonhap"},
		{"A ferry waits in the U.S. AP-Yonhap", "A ferry waits in the U.S.", "AP-Yonhap"},
		{`“We wait,” the captain says. “Still.” AFP`, `“We wait,” the captain says. “Still.”`, "AFP"},
		{"A ferry waits. AP Photo/Jane Roe", "A ferry waits.", "AP Photo/Jane Roe"},
		{"A ferry waits. REUTERS/Jane Roe", "A ferry waits.", "REUTERS/Jane Roe"},
		{"A ferry waits. The Harbor Post photo by Jane Roe", "A ferry waits.", "The Harbor Post photo by Jane Roe"},
		{"A ferry waits in Paju, Monday. Paju Times photo by Han Bada-na", "A ferry waits in Paju, Monday.", "Paju Times photo by Han Bada-na"},
		{"A ferry waits. Handout photo courtesy of the harbor office", "A ferry waits.", "Handout photo courtesy of the harbor office"},
		{"A ferry waits. The Harbor Post file photo", "A ferry waits.", "The Harbor Post file photo"},
		{"A ferry waits. [YONHAP]", "A ferry waits.", "YONHAP"},
		{"A ferry waits. © Jane Roe 2026", "A ferry waits.", "© Jane Roe 2026"},
		// in brackets
		{"A ferry waits (Jane Roe/AP).", "A ferry waits.", "Jane Roe/AP"},
		{"A ferry waits. (Jane Roe/The Harbor Post)", "A ferry waits.", "Jane Roe/The Harbor Post"},
		{"A ferry waits. (AP Photo/Jane Roe, File)", "A ferry waits.", "AP Photo/Jane Roe, File"},
		{"A ferry waits (Reuters)", "A ferry waits", "Reuters"},
		{"A ferry waits. [Photo by Jane Roe]", "A ferry waits.", "Jane Roe"},
		{"A ferry waits. (Jane Roe/PA)", "A ferry waits.", "Jane Roe/PA"},
		{"A ferry (left) waits. (AFP via Getty Images)", "A ferry (left) waits.", "AFP via Getty Images"},
		// after a mark, and alone
		{"A ferry waits | Getty Images", "A ferry waits", "Getty Images"},
		{"A ferry waits © Jane Roe", "A ferry waits", "© Jane Roe"},
		{"A ferry waits / AFP", "A ferry waits", "AFP"},
		{"Photo: Jane Roe", "", "Jane Roe"},
		{"Jane Roe via Getty Images", "", "Jane Roe via Getty Images"},
		{"© Jane Roe", "", "© Jane Roe"},
		{"Image source, Getty Images", "", "Getty Images"},
		{"(Jane Roe/AP)", "", "Jane Roe/AP"},
		{"AFP", "", "AFP"},
		// Korean
		{"파도가 방파제를 넘고 있다. [사진=항만청]", "파도가 방파제를 넘고 있다.", "항만청"},
		{"파도가 방파제를 넘고 있다. (사진=나루일보 DB)", "파도가 방파제를 넘고 있다.", "나루일보 DB"},
		{"파도가 방파제를 넘고 있다(사진제공=항만청).", "파도가 방파제를 넘고 있다.", "항만청 제공"},
		{"파도가 방파제를 넘고 있다. 사진 제공: 항만청", "파도가 방파제를 넘고 있다.", "항만청 제공"},
		{"[사진=항만청] 파도가 방파제를 넘고 있다.", "파도가 방파제를 넘고 있다.", "항만청"},
		{"방파제를 넘는 파도 사진=AP 연합뉴스", "방파제를 넘는 파도", "AP 연합뉴스"},
		{"방파제를 넘는 파도 /사진=정나루 기자", "방파제를 넘는 파도", "정나루 기자"},
		{"▲ 방파제를 넘는 파도 ⓒ 연합뉴스", "방파제를 넘는 파도", "ⓒ 연합뉴스"},
		{"▲ 방파제를 넘는 파도 ⓒ연합뉴스", "방파제를 넘는 파도", "ⓒ연합뉴스"},
		{"파도가 방파제를 넘고 있다. /연합뉴스", "파도가 방파제를 넘고 있다.", "연합뉴스"},
		{"파도가 방파제를 넘고 있다./뉴스1", "파도가 방파제를 넘고 있다.", "뉴스1"},
		{"방파제를 넘는 파도/연합뉴스", "방파제를 넘는 파도", "연합뉴스"},
		{"방파제를 넘는 파도 AP/연합뉴스", "방파제를 넘는 파도", "AP/연합뉴스"},
		{"방파제를 넘는 파도 정나루 기자/뉴시스", "방파제를 넘는 파도", "정나루 기자/뉴시스"},
		{"파도가 방파제를 넘고 있다. 2026.11.29/뉴스1 ⓒ News1 정나루 기자", "파도가 방파제를 넘고 있다. 2026.11.29", "뉴스1 ⓒ News1 정나루 기자"},
		{"파도가 방파제를 넘고 있다. 연합뉴스", "파도가 방파제를 넘고 있다.", "연합뉴스"},
		{"파도가 방파제를 넘고 있다. AP 연합뉴스", "파도가 방파제를 넘고 있다.", "AP 연합뉴스"},
		{"파도가 방파제를 넘고 있다. EPA연합뉴스", "파도가 방파제를 넘고 있다.", "EPA연합뉴스"},
		{"파도가 방파제를 넘고 있다. 뉴욕=정나루 특파원", "파도가 방파제를 넘고 있다.", "뉴욕=정나루 특파원"},
		{"파도가 방파제를 넘고 있다. [AFP=연합뉴스]", "파도가 방파제를 넘고 있다.", "AFP=연합뉴스"},
		{"파도가 방파제를 넘고 있다 [연합뉴스 자료사진]", "파도가 방파제를 넘고 있다", "연합뉴스 자료사진"},
		{"파도가 방파제를 넘고 있다. 항만청 제공", "파도가 방파제를 넘고 있다.", "항만청 제공"},
		{"파도가 방파제를 넘고 있다 [항만청 제공. 재판매 및 DB 금지]", "파도가 방파제를 넘고 있다", "항만청 제공"},
		{"파도가 방파제를 넘고 있다. 정나루 기자", "파도가 방파제를 넘고 있다.", "정나루 기자"},
		{"파도가 방파제를 넘고 있다. 정나루 선임기자 naru@news.example", "파도가 방파제를 넘고 있다.", "정나루 선임기자"},
		{"[포항=뉴시스] 정나루 기자 = 파도가 방파제를 넘고 있다.", "파도가 방파제를 넘고 있다.", "정나루 기자/뉴시스"},
		{"(로이터=연합뉴스) 파도가 방파제를 넘고 있다.", "파도가 방파제를 넘고 있다.", "로이터=연합뉴스"},
		{"연합뉴스", "", "연합뉴스"},
		{"[사진=게티이미지뱅크]", "", "게티이미지뱅크"},
		{"정나루 기자", "", "정나루 기자"},
		// Japanese
		{"防波堤を越える波。写真＝共同", "防波堤を越える波。", "共同"},

		// not certain: everything stays
		{"A ferry waits in the harbor.", "", ""},
		{"Photo: a ferry waits in the harbor.", "", ""},
		{"Photo by the harbor office shows waves.", "", ""},
		{"Waves break over the pier. Photo by the sea", "", ""},
		{"Courtesy of the sea, the pier is gone.", "", ""},
		{"Waves break over the pier. Reuters reported it first.", "", ""},
		{"Waves break over the pier. Reuters Building in the background.", "", ""},
		{"Waves break over the Reuters Building", "", ""},
		{"The pier of John F. Reuters", "", ""},
		{"The house of Mr. Getty", "", ""},
		{"The chairs of Kyodo News and Yonhap", "", ""},
		{"Ministers of both countries (left/right)", "", ""},
		{"The ferry (Harbor Queen)", "", ""},
		{"The ferry. The Harbor Queen photo by the sea", "", ""},
		{"The ferries (New York/Los Angeles)", "", ""},
		{"Credit: up five percent this year. Banks are pleased.", "", ""},
		{"Waves at Scranton | PA", "", ""},
		{"Storm Hits Coast / AFP", "", ""},
		{"Jane Roe / AFP", "", ""},
		{"Roe and Doe | Getty Images", "", ""},
		{"정나루/연합뉴스 사옥", "", ""},
		{"Waves hit the coast Jane Roe/AP", "", ""},
		{"The Copyright Office", "", ""},
		{"Copyright law changed in 2026", "", ""},
		{"사진: 파도가 친 항구의 모습", "", ""},
		{"사진=항만청이 공개한 방파제를 넘는 파도의 모습이 보인다", "", ""},
		{"회견장에서 질문하는 기자", "", ""},
		{"회견장에서 질문하는 정나루 기자", "", ""},
		{"선박이 항구에 있다. 취재하는 기자", "", ""},
		{"항구에서 무료 점심 제공", "", ""},
		{"연합뉴스 사옥 앞에 선 시민", "", ""},
		{"연합뉴스가 파도를 찍었다", "", ""},
		{"여/야 대표", "", ""},
		{"자료=통계청", "", ""},
		{"정나루 / 연합뉴스", "", ""},
		{"방파제를 넘는 파도 정나루/연합뉴스", "", ""},
		{"방파제를 넘는 파도 사진=항만. 하늘", "", ""},
		{"(서울=파도) 항구", "", ""},
		{"", "", ""},
	} {
		caption, credit := tt.caption, tt.credit
		if caption == "" && credit == "" {
			caption = tt.in
		}
		gotCaption, gotCredit := splitCredit(tt.in, site)
		if gotCaption != caption || gotCredit != credit {
			t.Errorf("%s:\ngot  %q, %q\nwant %q, %q", tt.in, gotCaption, gotCredit, caption, credit)
		}
	}
}

// FuzzSplitCredit: a split adds nothing but the few characters of its forms, and without a credit nothing is lost.
func FuzzSplitCredit(f *testing.F) {
	for _, seed := range []string{"", "Waves. Photo: Jane Roe", "(a) [사진=나", "▲ 파도/연합뉴스 ⓒ 나", "[가=연합뉴스] 정나루 기자 = 다", "a. b. (C/AP).", "U.S. AP", "（写真：共同）"} {
		f.Add(seed, "The Harbor Post")
	}
	f.Fuzz(func(t *testing.T, text, site string) {
		if !utf8.ValidString(text) {
			return
		}
		caption, credit := splitCredit(text, site)
		if !utf8.ValidString(caption+credit) || len(caption)+len(credit) > len(text)+len(" 제공") || utf8.RuneCountInString(credit) > 2*maxCredit {
			t.Errorf("%q: %q, %q", text, caption, credit)
		}
		if credit == "" && !strings.HasSuffix(strings.TrimSpace(text), caption) {
			t.Errorf("%q: %q", text, caption)
		}
		creditOnly(text, site)
	})
}
