package text

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"newsroom.example/cards/fonts"
)

// TestWhatStaysOnOneLine sets each text at many widths: the part in brackets is on one line whenever it fits on a
// line.
func TestWhatStaysOnOneLine(t *testing.T) {
	s := setter(t)
	for _, tt := range []struct{ lang, text string }{
		{"", "예산 [10조원] 투입, 금리 [3.50%] 동결, 주민 [1만 2천 명] 대피"},
		{"", "[2026년] [11월 25일] [제3차] 정상회의 개막, 대표 [3-0] 승리, 수당 [50여 명에게] 지급"},
		{"", "[A4] 용지와 [5G] 요금 인상, [수백 명] 항의에 [3억 5천만 원] 배상"},
		{"en", "주민 [3,200명] 대피하고 [A4용지] [5G폰] [10조원어치] 배포"},
		{"ja", "주민 [3,200명] 대피"},
		{"", "사십 년 가꾼 정원, [단 한 주말만] 문을 연다"},
		{"", "협상 [확대…를] 두고 이견, [‘미국과…’는] 물론 [‘북한’도] 참여"},
		{"", "[\"금리 동결\"]이라더니 ['또 인상']에 시장 혼란"},
		{"en", "Deal worth [US$3.5bn] lifts [No. 5] carmaker [$4.2 bn] as talks end on [Nov. 25] or [26 November] with [3.5 billion dollars] gone"},
		{"en", "Home side wins [3–0] in [C#] final, loses [2–1] after [10 km] at [Nº 5] court, [12 hours] late"},
		{"de", "Bund zahlt [3,5 Mrd. Euro], Züge fahren [20 Minuten] nicht, [18 Grad] im Büro"},
		{"ru", "Порт закрыли: [3,5 млрд рублей] и [№ 5] в списке, [12 человек] спасены [25 ноября]"},
		{"vi", "Cảng đóng cửa, [3,5 tỷ đồng] hỗ trợ [200 người] dân"},
		{"hi", "बंदरगाह को [3.5 करोड़ रुपये] की मदद, [200 लोग] घायल"},
		{"ar", "الميناء يخسر [3.5 مليار دولار] بعد العاصفة و[200 مليون] أخرى"},
		{"th", "ท่าเรือปิดก่อนพายุ งบ [5,000 ล้าน]บาท"},
		{"ja", "政府は[11月25日]に[第3回]会議を開き、[1万2000人]が参加して[100㎡]の会場で[3.50%]の金利を、予算[114兆円]を"},
		{"zh-Hans", "公司[2026年]召开[第3次]会议，[约1万2000人]参加，面积达[100㎡]，增长[0.5个]百分点，[1万亿元]"},
		{"zh-Hans", "央行宣布下调存款准备金率[0.5个]百分点，释放长期资金[约1万亿元]；市场反应积极"},
		{"ja", "「来年度の予算案」、きょう閣議で決定へ。過去最大の[114兆円]、社会保障費が膨らむ"},
		{"zh-Hant", "渡輪服務「[全面暫停]」，港口居民準備"},
	} {
		text := strings.NewReplacer("[", "", "]", "").Replace(tt.text)
		st := display
		st.Lang = tt.lang
		for width := 120.0; width <= 1000; width += 10 {
			b := s.Fit(Paragraph{Text: text}, []Step{{SizePx: 40}}, st, Box{WidthPx: width})
			all := strings.Join(texts(b), "\n")
			for _, part := range strings.Split(tt.text, "[")[1:] {
				whole, _, _ := strings.Cut(part, "]")
				if word := wordWith(text, whole); s.Width(word, 40, st) <= width && !strings.Contains(all, whole) {
					t.Errorf("%q, at %v: %q is parted: %q", tt.lang, width, whole, texts(b))
				}
			}
		}
	}
}

// wordWith returns the part with the characters around it up to white space. Attached marks count for its width.
func wordWith(text, part string) string {
	at := strings.Index(text, part)
	from := strings.LastIndexByte(text[:at], ' ') + 1
	rest, _, _ := strings.Cut(text[at+len(part):], " ")
	if !strings.ContainsFunc(rest, func(r rune) bool { return unicode.Is(unicode.Hangul, r) }) && len(rest) > 8 {
		rest = "の。" // in a text without white space
	}
	return text[max(from, at-3):at] + part + rest
}

func TestQuotationMarksFaceTheirWords(t *testing.T) {
	s := setter(t)
	for _, tt := range []struct {
		lang, text string
		width      float64
		want       []string
	}{
		{"de", "Kanzler sagt »Wir bleiben hier« und geht", 470, []string{"Kanzler sagt", "»Wir bleiben", "hier« und geht"}},
		{"de", "Er sagt „Gut“ und geht „Jetzt“ nach Hause", 400, []string{"Er sagt „Gut“", "und geht „Jetzt“", "nach Hause"}},
		{"sv", "Ministern säger ”vi sparar mer nu” igen", 420, []string{"Ministern säger", "”vi sparar mer", "nu” igen"}},
		{"fr", "Il déclare « Nous irons » devant eux", 330, []string{"Il déclare", "« Nous irons »", "devant eux"}},
		{"en", "Back to the ’90s for towns’ councils", 430, []string{"Back to the ’90s", "for towns’ councils"}},
	} {
		st := display
		st.Lang = tt.lang
		b := s.Fit(Paragraph{Text: tt.text}, []Step{{SizePx: 48}}, st, Box{WidthPx: tt.width})
		if diff := cmp.Diff(tt.want, texts(b)); diff != "" {
			t.Errorf("%s: %s", tt.lang, diff)
		}
	}
}

func TestLinesEndBySense(t *testing.T) {
	s := setter(t)
	for _, tt := range []struct {
		why, lang, text string
		width           float64
		want            []string
	}{
		{"not after a title", "en", "Port reopens as Mr. Lee meets the U.S. Senate over dues", 670,
			[]string{"Port reopens as Mr. Lee meets", "the U.S. Senate over dues"}},
		{"not before the number of a name", "en", "Maker unveils iPhone 18 today in town", 380, []string{"Maker unveils", "iPhone 18", "today in town"}},
		{"not after an initial", "en", "Harbor prize goes to J. Moran for a pier", 460, []string{"Harbor prize goes", "to J. Moran for a pier"}},
		{"a number and what it counts", "he", "הנמל נסגר לקראת הסערה, 3,200 תושבים פונו", 360, []string{"הנמל נסגר", "לקראת הסערה,", "3,200 תושבים", "פונו"}},
		{"a number and what it counts, in three lines", "he", "הנמל נסגר לקראת הסערה, 3,200 תושבים פונו", 500, []string{"הנמל נסגר", "לקראת הסערה,", "3,200 תושבים פונו"}},
		{"a number and what it counts", "ar", "العاصفة تغلق الموانئ و3200 شخص يغادرون منازلهم قبل الليلة الثانية", 340,
			[]string{"العاصفة", "تغلق الموانئ", "و3200 شخص", "يغادرون منازلهم", "قبل الليلة الثانية"}},
		{"a name's number counts nothing", "he", "הנמל נסגר לקראת הסערה: iPhone 18 לא הגיע", 280, []string{"הנמל נסגר", "לקראת", "הסערה:", "iPhone 18", "לא הגיע"}},
		{"a year counts nothing", "he", "הנמל נסגר לקראת הסערה, 2026 תושבים פונו", 280, []string{"הנמל נסגר", "לקראת", "הסערה,", "2026", "תושבים פונו"}},
		{"a year and its month", "ko", "서해안 항만 재개장 2026년 11월 확정, 주민들 환영", 340, []string{"서해안 항만", "재개장", "2026년 11월", "확정, 주민들 환영"}},
		{"English die is no German article", "en", "Two die in storm on the coast", 370, []string{"Two die in storm", "on the coast"}},
		{"a postposition stays", "hi", "तूफ़ान में बंदरगाह को बंद किया गया", 380, []string{"तूफ़ान में बंदरगाह को", "बंद किया गया"}},
	} {
		st := display
		st.Lang = tt.lang
		b := s.Fit(Paragraph{Text: tt.text}, []Step{{SizePx: 48}}, st, Box{WidthPx: tt.width})
		if diff := cmp.Diff(tt.want, texts(b)); diff != "" {
			t.Errorf("%s: %s", tt.why, diff)
		}
	}
}

// TestWidowsAreNotAvoidable tries all divisions of short texts: if the chosen lines end in a widow, no other
// division into as many lines avoids it.
func TestWidowsAreNotAvoidable(t *testing.T) {
	s := setter(t)
	random := rand.New(rand.NewPCG(7, 7))
	words := strings.Fields("Storm a of harbor, towns brace I for the longest seawalls and “pier” 10조원 투입 미국과 북한, 단 검토… internationalization")
	widows, asked := 0, 0
	for range 400 {
		var chosen []string
		for range 4 + random.IntN(7) {
			chosen = append(chosen, words[random.IntN(len(words))])
		}
		sh := s.shape(Paragraph{Text: strings.Join(chosen, " ")}, display)
		sh.setFor(Step{})
		width := sh.units(500+float64(random.IntN(500)), 48)
		lines, splits := sh.lines(width, 100)
		if splits || len(lines) < 2 {
			continue
		}
		asked++
		ops, _ := sh.usable(width)
		if sh.isWidow(ops, lines) {
			widows++
			if better := sh.anyWithoutWidow(ops, nil, width, len(lines)); better != nil {
				t.Errorf("%q ends in a widow, which %v does not", chosen, better)
			}
		}
	}
	if asked < 200 {
		t.Errorf("%d texts were asked", asked)
	}
	t.Logf("%d of %d texts have no breaking without a widow", widows, asked)
}

// anyWithoutWidow returns any division into n more lines whose last line is not narrow and which does not separate
// words that are treated as one.
func (sh *shaped) anyWithoutWidow(ops []opportunity, before []span, width int64, n int) []span {
	from := 0
	if len(before) > 0 {
		from = before[len(before)-1].to
	}
	for i, o := range ops {
		if o.at <= from || sh.until(from, o) > width {
			continue
		}
		lines := append(slices.Clip(before), span{from, o.at, o.hyphen})
		if n == 1 {
			if i == len(ops)-1 && !sh.isNarrow(lines) {
				return lines
			}
		} else if found := sh.anyWithoutWidow(ops, lines, width, n-1); found != nil && o.rank() == proper {
			return found
		}
	}
	return nil
}

func TestHyphensLeaveNoSingleLetter(t *testing.T) {
	s := setter(t)
	for _, text := range []string{"Kanzleramt beschließt", "U.S. Senate “Reform” l’industrie", "Порт закрыли"} {
		for width := 110.0; width < 400; width += 10 {
			b := s.Fit(Paragraph{Text: text}, []Step{{SizePx: 48}}, display, Box{WidthPx: width})
			for i, l := range b.Lines {
				if !l.Hyphen {
					continue
				}
				words := strings.Fields(l.Text)
				next, _, _ := strings.Cut(b.Lines[i+1].Text, " ")
				if stub := []rune(strings.Trim(words[len(words)-1], "“”-")); len(stub) < 2 || len([]rune(strings.Trim(next, "“”-"))) < 2 {
					t.Errorf("at %v: %q", width, texts(b))
				}
			}
		}
	}
}

// TestWordsPartAtSyllables sets long words at many widths: none is divided inside a sound.
func TestWordsPartAtSyllables(t *testing.T) {
	s := setter(t)
	for _, tt := range []struct{ lang, text, never string }{
		{"de", "Donaudampfschifffahrtsgesellschaftskapitän streitet", "sc-h s-ch a-u e-i"},
		{"de", "Rindfleischetikettierungsüberwachung", "e-i i-e s-ch sc-h c-h l-e f-l"},
		{"de", "Treueprämienauszahlung der Brückenbaugesellschaft", "e-u u-e ä-u a-u c-k i-e"},
		{"en", "Counterrevolutionaries weathered countermeasures", "o-u i-a t-h e-a a-r i-e"},
		{"en", "Chickenhousekeepers misrepresented photographers", "c-h c-k o-u e-e p-h"},
		{"es", "Desarrollosinfraestructurales guerrilleras", "l-l r-r a-e u-e"},
		{"it", "Famigliarizzazione straordinariamente", "g-l i-a a-o"},
		{"fr", "Campagnologiquement anticonstitutionnellement", "g-n q-u u-e l-l"},
	} {
		st := display
		st.Lang = tt.lang
		for width := 260.0; width < 700; width += 10 {
			b := s.Fit(Paragraph{Text: tt.text}, []Step{{SizePx: 48}}, st, Box{WidthPx: width})
			all := strings.Join(texts(b), "")
			for part := range strings.FieldsSeq(tt.never) {
				if strings.Contains(all, part) {
					t.Errorf("%s at %v: %s: %q", tt.lang, width, part, texts(b))
				}
			}
		}
	}
}

// Dividing a word at a worse place is better than cutting the text.
func TestWorsePlacesBeforeACut(t *testing.T) {
	s := setter(t)
	text := "Donaudampfschifffahrtsgesellschaftskapitän"
	for width := 200.0; width < 600; width += 5 {
		least := s.Width(text, 48, display)
		lines := int(least/(width-80)) + 1
		if b := s.Fit(Paragraph{Text: text}, []Step{{SizePx: 48, MaxLines: lines}}, display, Box{WidthPx: width}); b.Truncated {
			t.Errorf("at %v, %d lines: %q", width, lines, texts(b))
		}
	}
}

func TestAddressesTakeNoHyphen(t *testing.T) {
	s := setter(t)
	for _, text := range []string{"https://averylongnameofanewspaper.example/story", "desk@averylongnameofanewspaper.example", "www.averylongnameofanewspaper.example"} {
		b := s.Fit(Paragraph{Text: text}, []Step{{SizePx: 48}}, display, Box{WidthPx: 300})
		if got := strings.Join(texts(b), ""); got != text {
			t.Errorf("%q was set as %q", text, texts(b))
		}
	}
}

func TestLanguageIsGuessed(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"미국과 북한, 연락사무소 설치", "ko"},
		{"美 연준 “연내 인하 없다”", "ko"},
		{"애플 iPhone 18 Pro Max 공개", "ko"},
		{"Samsung Galaxy S26 Ultra 공개", "ko"},
		{"도쿄 すし 맛집 인기", "ko"},
		{"The band 방탄소년단 returns to the stage after a long break", "en"},
		{"首相、衆院解散を表明", "ja"},
		{"ハーバータウンのコンサートホール", "ja"},
		{"央行宣布下调存款准备金率", "zh"},
		{"港口居民準備迎接第二晚的風暴", "zh-Hant"},
		{"الميناء يُغلق أبوابه", "ar"},
		{"بندر پیش از طوفان بسته شد", "fa"},
		{"طوفان سے پہلے بندرگاہ بند کر دی گئی ہے", "ur"},
		{"הנמל נסגר לקראת הסערה", "he"},
		{"तूफ़ान से पहले बंदरगाह बंद", "hi"},
		{"ท่าเรือปิดก่อนพายุเข้า", "th"},
		{"Порт закрыли перед штормом", "ru"},
		{"Порт закрили перед бурею і дощем", "uk"},
		{"Cảng đóng cửa trước cơn bão", "vi"},
		{"Storm front stalls over the west coast", "en"},
		{"Hafen schließt vor dem Sturm und der Flut", "de"},
		{"Le port ferme avant la tempête", "fr"},
		{"El puerto cierra por la tormenta", "es"},
		{"Reopened", "en"},
		{"3.50%", "en"},
		{"", "en"},
	} {
		if got, _ := tagOf("", []rune(tt.text)); got != tt.want {
			t.Errorf("%q: %s, want %s", tt.text, got, tt.want)
		}
		if got, sure := tagOf("xx-Yyyy", []rune(tt.text)); got != "xx-Yyyy" || !sure {
			t.Errorf("%q: %s though its language was given", tt.text, got)
		}
	}
	for tag, want := range map[string]string{"zh": "zh-hans", "zh-TW": "zh-hant", "yue": "zh-hant", "cmn-Hans": "zh-hans", "zh-Hans-HK": "zh-hans", "ja-JP": "ja-JP"} {
		if got := shapingLanguage(tag); got != want {
			t.Errorf("%s is shaped as %s, want %s", tag, got, want)
		}
	}
}

// A text that was cut is set in the language that was guessed from the complete text.
func TestCutKeepsTheLanguage(t *testing.T) {
	s := setter(t)
	text := "骨 骨 骨 " + strings.Repeat("港口居民準備迎接風暴，", 40)
	b := s.Fit(Paragraph{Text: text}, []Step{{SizePx: 48, MaxLines: 1}}, Style{Weight: fonts.Bold}, Box{WidthPx: 500})
	want := s.Fit(Paragraph{Text: "骨"}, []Step{{SizePx: 48}}, Style{Weight: fonts.Bold, Lang: "zh-Hant"}, Box{WidthPx: 500})
	if !b.Truncated || b.Lines[0].glyphs[0].id != want.Lines[0].glyphs[0].id {
		t.Errorf("%q begins with glyph %d, want %d", texts(b), b.Lines[0].glyphs[0].id, want.Lines[0].glyphs[0].id)
	}
}
