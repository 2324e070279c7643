package render

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"newsroom.example/cards/card"
)

// TestPlanNamesRolesOnce: each role occurs once, and a role without lines does not occur.
func TestPlanNamesRolesOnce(t *testing.T) {
	r := renderer(t)
	for _, template := range r.Templates() {
		c := normal(t, card.Card{Headline: "Tide turns", Credit: "Coast News", Template: template}, card.OpenGraph)
		plan, err := r.Plan(t.Context(), c, Decoded(photos(900, 600)["coast"]))
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(plan)
		if err != nil {
			t.Fatal(err)
		}
		if s := string(data); strings.Contains(s, `"lines":null`) || strings.Count(s, `"role":"credit"`) > 1 {
			t.Errorf("%s: %s", template, s)
		}
	}
}

// TestTheMarkDarkensNothing: the box of a quotation mark is its ink, and does not extend into the photo above.
func TestTheMarkDarkensNothing(t *testing.T) {
	r := renderer(t)
	c := normal(t, card.Card{Headline: "Tide turns", Template: "quote", Theme: "ledger"}, card.Square)
	d := drawn(t, r, c, photos(900, 600)["coast"])
	defer d.Release()
	for _, op := range d.Plan.Ops {
		switch op := op.(type) {
		case Run:
			if ink := r.setter.Ink(op.Block.Lines[0]).Size(); op.Role == "mark" && op.box(0).Size() != ink {
				t.Errorf("the mark's box is %v, its ink %v", op.box(0), ink)
			}
		case Shade:
			for y, a := range op.Rows {
				if a > 0 {
					t.Fatalf("the photo is shaded at row %d", y)
				}
			}
			if len(op.Lobes) > 0 {
				t.Fatalf("the photo is shaded at %v", op.Lobes[0].Rect)
			}
		}
	}
}

// TestFontStepInEveryTemplate: each step down makes the headline smaller, and each step up larger if it fits.
func TestFontStepInEveryTemplate(t *testing.T) {
	r := renderer(t)
	for _, template := range r.Templates() {
		var sizes []float64
		for step := -2; step <= 2; step++ {
			c := stories["korean"]
			c.Template, c.FontStep = template, step
			sizes = append(sizes, headlineOf(t, r, func() card.Card { c.Size = card.OpenGraph; return c }()).Block.SizePx)
		}
		if !(sizes[0] < sizes[1] && sizes[1] < sizes[2] && sizes[2] <= sizes[3] && sizes[3] <= sizes[4]) {
			t.Errorf("%s: %v", template, sizes)
		}
	}
}

// TestQuotationsWithoutMarks: the marks around a quotation are not shown twice, in whatever way a language quotes.
func TestQuotationsWithoutMarks(t *testing.T) {
	for quoted, want := range map[string]string{
		"“We sail”": "We sail", "„Wir fahren“": "Wir fahren", "„Jedziemy”": "Jedziemy", "”Vi seglar”": "Vi seglar", "»Vi sejler«": "Vi sejler",
		"»Purjehdimme»": "Purjehdimme", "« Nous partons »": "Nous partons", "«\u202fNous partons\u202f»": "Nous partons", "「出航する」": "出航する",
		"‹Wir fahren›": "Wir fahren", `"We sail"`: "We sail", "“We sail” and “we stay”": "“We sail” and “we stay”", "”Vi” och ”de”": "”Vi” och ”de”",
		"״אני לא מחכה לנס, אני מחכה לאוטובוס״": "אני לא מחכה לנס, אני מחכה לאוטובוס", "״צה״ל נסוג״": "צה״ל נסוג",
		"‘We don’t sail’": "We don’t sail", "‚Wir fahren’": "Wir fahren", "›Wir fahren‹": "Wir fahren", "《出航》": "出航", "｢出航する｣": "出航する",
		"〝出航〟": "出航", "＂出航＂": "出航", "״כן״ אמר ״לא״": "״כן״ אמר ״לא״",
		"We sail": "We sail", "“": "“",
	} {
		if got := unquoted(quoted); got != want {
			t.Errorf("%s: %q, want %q", quoted, got, want)
		}
	}
}

// TestTheMarkOpens: the large mark of a quotation turns with the direction of its language, also if no language is given.
func TestTheMarkOpens(t *testing.T) {
	r := renderer(t)
	const arabic = "«لم نأت لنصنع التاريخ، جئنا لنصل إلى الاثنين»"
	var pictures [][]byte
	for _, lang := range []string{"ar", ""} {
		d := drawn(t, r, normal(t, card.Card{Headline: arabic, Lang: lang, Template: "quote"}, card.OpenGraph), nil)
		pictures = append(pictures, bytes.Clone(d.Image.Pix))
		d.Release()
	}
	if !bytes.Equal(pictures[0], pictures[1]) {
		t.Error("the card of an Arabic quotation changes if its language is given")
	}
}
