package render

import (
	"encoding/json"
	"fmt"
	"image"
	"math"
	"strings"
	"testing"

	"newsroom.example/cards/card"
)

// TestHangingMarks: in every template and size the ink of a headline's lines begins at one edge, and quotation marks
// with which a line begins stand before it, on the card, if they are not full-width. The plan says where the ink is.
func TestHangingMarks(t *testing.T) {
	const marks = "«„“”‘»\"'"
	r := renderer(t)
	headlines := map[string][]string{
		"fr": {"«\u202fNous ne céderons pas\u202f», dit la ministre", "Grève\u202f: «\u202fnous ne céderons pas sur les retraites\u202f», prévient le syndicat"},
		"de": {"„Wir bleiben, bis das Wasser geht“, sagt die Bürgermeisterin", "»Wir bleiben«, sagt sie"},
		"en": {"“We are staying until the water is gone,” says the mayor", "‘Stay away from the shore tonight’"},
		"ar": {"«لن نغادر قبل انحسار المياه» تقول رئيسة البلدية", "«لن نغادر» هكذا قالت"},
		"he": {"„לא נעזוב לפני שהמים ייסוגו”, אומרת ראש העיר", `"לא נעזוב", אמרה`},
		"ko": {"“물이 빠질 때까지 남겠다”…시장의 다짐", "‘강풍 특보’ 확대, 주민 3200명 대피"},
		"sv": {"”Vi stannar tills vattnet är borta”, säger borgmästaren"},
		"ja": {"「水が引くまで残る」と市長、避難所で語る"},
		"zh": {"「水退之前不走」市長在避難所說"},
	}
	hung := map[string]int{}
	for lang, all := range headlines {
		for _, headline := range all {
			for _, template := range r.Templates() {
				for _, size := range card.Sizes {
					c := card.Card{Headline: headline, Lang: lang, Template: template, Site: "The Harbor Post", Speaker: "Ida Moen"}
					c = normal(t, c, size.Size)
					look, err := r.look(c, false)
					if err != nil {
						t.Fatal(err)
					}
					l := newLayout(r.setter, c, look.theme, look.template, nil)
					p, err := l.compose()
					if err != nil {
						t.Fatal(err)
					}
					run, ok := runOf(p, "headline")
					if !ok {
						t.Fatalf("%s in %s: no headline", headline, template)
					}
					name := fmt.Sprintf("%s in %s, %s", headline, template, size.Name)
					if !run.Center {
						hung[lang] += beginsAtTheEdge(t, name, marks, l, run)
					}
					saysWhereItIs(t, name, p, run)
				}
			}
		}
	}
	for lang := range headlines {
		if wide := lang == "ja" || lang == "zh"; (hung[lang] == 0) != wide {
			t.Errorf("%s: %d marks hang", lang, hung[lang])
		}
	}
}

// beginsAtTheEdge checks where the ink of a headline's lines begins, and returns how many marks hang.
func beginsAtTheEdge(t *testing.T, name, marks string, l *layout, run Run) (hung int) {
	t.Helper()
	slack := .14*run.Block.SizePx + 1 // what letters such as H have at their sides
	for i, line := range run.Block.Lines {
		x, baseline := run.line(i)
		from, to := run.extent(i)
		ink := l.setter.Ink(line).Add(image.Pt(int(math.Round(x)), int(baseline)))
		edge, begin, inside := x, from, float64(ink.Min.X)-from
		if run.Right {
			edge, begin, inside = x+line.WidthPx, to, to-float64(ink.Max.X)
		}
		if inside < -2 || inside > slack {
			t.Errorf("%s: the ink of line %d begins %.1f px after %.1f", name, i, inside, begin)
		}
		if first := run.XPx; !run.Right && edge != first || run.Right && edge != first+run.WidthPx {
			t.Errorf("%s: line %d begins at %.1f, the text at %.1f", name, i, edge, first)
		}
		if line.HangPx > 0 {
			hung++
			if !strings.ContainsAny(line.Text[:2], marks) && !strings.ContainsAny(line.Text[:3], marks) {
				t.Errorf("%s: %.1f px hang of %q", name, line.HangPx, line.Text)
			}
			if least := .9 * float64(hangKeeps) * l.k; from < least || to > float64(l.plan.Width)-least {
				t.Errorf("%s: line %d extends from %.1f to %.1f", name, i, from, to)
			}
		} else if strings.ContainsRune(marks, []rune(line.Text)[0]) && run.Block.SizePx < 70*l.k && atMargin(l) {
			t.Errorf("%s: nothing hangs of %q at %.1f px", name, line.Text, run.Block.SizePx)
		}
	}
	return hung
}

// atMargin reports whether the headline's area begins at the card's margin.
func atMargin(l *layout) bool {
	for _, s := range l.template.Stacks {
		for i := range s.Items {
			if it := &s.Items[i]; it.IsHeadline() && s.When.Holds(l.holds) && it.When.Holds(l.holds) {
				return l.area(s.Area).Left == 0
			}
		}
	}
	return false
}

// saysWhereItIs checks that the plan's JSON has the extent of the headline's lines.
func saysWhereItIs(t *testing.T, name string, p Plan, run Run) {
	t.Helper()
	data, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var out planJSON
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	for _, said := range out.Texts {
		if said.Role != "headline" {
			continue
		}
		for i, line := range said.Lines {
			from, to := run.extent(i)
			if math.Abs(line.X-from) > .02 || math.Abs(line.X+line.Width-to) > .1+.03*run.Block.SizePx {
				t.Errorf("%s: line %d is said to extend from %.2f to %.2f, and does from %.2f to %.2f", name, i, line.X, line.X+line.Width, from, to)
			}
		}
	}
}
