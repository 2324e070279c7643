package render

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/fonts"
	"newsroom.example/cards/render/raster"
	"newsroom.example/cards/render/text"
)

var headlineCount = flag.Int("headlines", 112, "how many headlines TestGeneratedHeadlines makes")

// vocabularies are the words from which headlines are generated. The words of a headline come from one vocabulary,
// and in mixed headlines sometimes from another.
var vocabularies = []struct {
	lang  string
	words []string
}{
	{"en", strings.Fields("Storm front “stalls” over the WEST coast as Ångström naïve fjord fly office ffi AVATAR — 3.50% $4.2 bn harbor towns’ council, (update) Jóhannsson Ṽ")},
	{"ko", strings.Fields("서해안 강풍 특보 확대… 여객선 전면 통제, 주민 3,200명 대피 “금리 동결” 美 연준 中企 10조원 원·달러 (종합) 비핵화 협상")},
	{"ja", strings.Fields("明日の天気は、 「晴れ」 最高気温は二十度。 港町が備える ニュースセンター 過去最大の114兆円 っーぱい")},
	{"zh", strings.Fields("央行宣布下调存款准备金率 0.5个百分点， 释放长期资金 约1万亿元； 市场反应积极 《规划》")},
	{"ar", strings.Fields("الميناء يُغلق قبل العاصفة، ٣٫٥٪ 2026 iPhone والبحّارة")},
	{"he", strings.Fields("הנמל נסגר לקראת הסערה, שָׁלוֹם 18 iPhone (עדכון)")},
	{"hi", strings.Fields("तूफ़ान से पहले बंदरगाह बंद, क्षेत्रीय परिषद की बैठक")},
	{"th", strings.Fields("ท่าเรือปิดก่อนพายุเข้า ชาวเมืองเตรียมรับมือ ผู้ที่กี่ปั้น")},
	{"vi", strings.Fields("Cảng đóng cửa trước bão, Hội đồng thành phố họp khẩn Ế Ổ Ặ")},
	{"ru", strings.Fields("Порт закрыли перед штормом: жители готовятся ко второй ночи, совет собрался")},
	{"en", strings.Fields("🎉 🇰🇷 👩‍👩‍👧‍👦 👍🏽 3️⃣ ❤️ win medals")},
	{"de", strings.Fields("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz 가나다라마바사아자차카타파하가나다라마바사 https://news.example/a/0123456789/0123456789")},
}

// generated returns words of the vocabulary own and, if mixed is set, some of others.
func generated(random *rand.Rand, own int, mixed bool) []string {
	var words []string
	for range 1 + random.IntN(12) {
		from := vocabularies[own].words
		if mixed && random.IntN(6) == 0 {
			from = vocabularies[random.IntN(len(vocabularies))].words
		}
		words = append(words, from[random.IntN(len(from))])
	}
	return words
}

// oneStep is the most that a headline with uneven lines gives up: 1/0.87, see fullerFrom in package text.
const oneStep = 1.15

// TestGeneratedHeadlines sets headlines of growing length in six sizes. No pixel is drawn outside the box, and a
// longer headline is not set larger, but for the one step that a headline with uneven lines gives up. Every second
// headline mixes languages; as it grows its script may change, so only the first rule is checked.
func TestGeneratedHeadlines(t *testing.T) {
	r := renderer(t)
	const shards, growth = 4, 4
	count := *headlineCount
	if testing.Short() {
		count /= 2
	}
	for shard := range shards {
		t.Run(strconv.Itoa(shard), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(uint64(shard), 24))
			sheet := newSheet()
			for chain := range count / shards / growth {
				mixed, own := chain%2 == 1, random.IntN(len(vocabularies))
				words := generated(random, own, mixed)
				last := map[string]float64{}
				for i := 0; i < growth && len(strings.Join(words, " ")) < 1000; i++ {
					for _, size := range card.Sizes[:6] {
						run := headlineOf(t, r, card.Card{Headline: strings.Join(words, " "), Lang: vocabularies[own].lang, Size: size.Size})
						if was, ok := last[size.Name]; ok && !mixed && run.Block.SizePx > was*oneStep {
							t.Errorf("%s: %q is set at %v px, less of it at %v", size.Name, words, run.Block.SizePx, was)
						}
						last[size.Name] = run.Block.SizePx
						if fault := sheet.fault(r, run, size.Size); fault != "" {
							t.Errorf("%s: %q: %s", size.Name, words, fault)
						}
					}
					words = append(words, generated(random, own, mixed)...)
				}
			}
		})
	}
}

func headlineOf(t *testing.T, r *Renderer, c card.Card) Run {
	t.Helper()
	c, err := c.Normalize()
	if err != nil {
		t.Fatal(err)
	}
	plan, err := r.Layout(c, nil, Plan{})
	if err != nil {
		t.Fatal(err)
	}
	for _, op := range plan.Ops {
		if run, ok := op.(Run); ok && run.Role == "headline" {
			return run
		}
	}
	t.Fatalf("%q has no headline", c.Headline)
	return Run{}
}

// sheet is a white picture that is drawn on and cleared.
type sheet struct {
	white []byte
	used  map[card.Size]*raster.Canvas
}

func newSheet() *sheet {
	return &sheet{white: bytes.Repeat([]byte{255}, 4*2000), used: map[card.Size]*raster.Canvas{}}
}

// fault draws only the headline and describes ink outside its box. Letters may extend beyond it by 1/12 of their
// size at the sides, and marks by 1/5 above and below.
func (s *sheet) fault(r *Renderer, run Run, size card.Size) string {
	canvas, ok := s.used[size]
	if !ok {
		canvas = raster.New(size.W, size.H)
		s.used[size] = canvas
		for y := range size.H {
			s.wipe(&canvas.RGBA, y, 0, size.W)
		}
	}
	img := &canvas.RGBA
	run.Ink, run.TailInk = color.NRGBA{A: 255}, color.NRGBA{A: 255}
	paintRun(canvas, r.setter, run)
	k := run.Block.SizePx
	from, to := run.XPx, run.XPx+run.WidthPx
	for i := range run.Block.Lines { // with what hangs
		begin, end := run.extent(i)
		from, to = min(from, begin), max(to, end)
	}
	box := image.Rect(int(from-k/12)-1, int(run.TopPx-k/5)-1, int(to+k/12)+2, int(run.TopPx+run.Block.HeightPx+k/5)+2).Intersect(img.Rect)
	margin := marginX * scaleOf(size)
	if run.XPx < margin-1 || run.XPx+run.WidthPx > float64(size.W)-margin+1 {
		return fmt.Sprintf("box from %.0f to %.0f of %d", run.XPx, run.XPx+run.WidthPx, size.W)
	}
	fault := ""
	for y := range size.H {
		left, right := box.Min.X, box.Max.X
		if y < box.Min.Y || y >= box.Max.Y {
			left, right = size.W, size.W
		}
		row := img.Pix[y*img.Stride : y*img.Stride+4*size.W]
		if !bytes.Equal(row[:4*left], s.white[:4*left]) || !bytes.Equal(row[4*right:], s.white[:4*(size.W-right)]) {
			fault = fmt.Sprintf("ink outside %v in row %d", box, y)
			s.wipe(img, y, 0, size.W)
		}
		s.wipe(img, y, left, right)
	}
	return fault
}

func (s *sheet) wipe(img *image.RGBA, y, left, right int) {
	copy(img.Pix[y*img.Stride+4*left:y*img.Stride+4*right], s.white)
}

// BenchmarkDistinctHeadlines sets and draws headlines that are all different, and reports the remaining heap. It is
// the same with -benchtime 1000x and 100000x.
func BenchmarkDistinctHeadlines(b *testing.B) {
	set, err := fonts.Load()
	if err != nil {
		b.Fatal(err)
	}
	setter := text.NewSetter(set)
	random := rand.New(rand.NewPCG(1, 1))
	img := image.NewRGBA(image.Rect(0, 0, 1200, 630))
	b.ReportAllocs()
	for b.Loop() {
		block := setter.Fit(text.Paragraph{Text: strings.Join(generated(random, random.IntN(len(vocabularies)), true), " ")}, []text.Step{{SizePx: 56, MaxLines: 2}, {SizePx: 50, MaxLines: 4}},
			text.Style{Weight: fonts.ExtraBold, Display: true}, text.Box{WidthPx: 1072})
		for i, line := range block.Lines {
			setter.Draw(img, line, 64, 100+float64(i)*block.LeadingPx, text.Inks{Body: color.NRGBA{A: 255}})
		}
	}
	runtime.GC()
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	b.ReportMetric(float64(mem.HeapAlloc)/(1<<20), "heap-MiB")
	runtime.KeepAlive(setter)
}

// TestFontStepMovesTheHeadline tries all font steps with headlines of all vocabularies: no step makes the headline
// smaller than the previous step, and the last makes a short headline larger than the first.
func TestFontStepMovesTheHeadline(t *testing.T) {
	r := renderer(t)
	random := rand.New(rand.NewPCG(5, 24))
	for own, v := range vocabularies {
		for i, headline := range []string{"A", strings.Join(generated(random, own, false), " "), strings.Join(append(generated(random, own, false), generated(random, own, false)...), " ")} {
			for _, size := range card.Sizes[:2] {
				var px []float64
				for step := -2; step <= 2; step++ {
					px = append(px, headlineOf(t, r, card.Card{Headline: headline, Lang: v.lang, Size: size.Size, FontStep: step}).Block.SizePx)
				}
				if !slices.IsSorted(px) || i == 0 && px[0] == px[4] {
					t.Errorf("%s: %q is set at %v px", size.Name, headline, px)
				}
			}
		}
	}
}
