package render

import (
	"os"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/design"
)

// TestPaidContent: in every template a card of paid content says so in its language, and has neither the name nor the
// logo of the publication, nor another badge.
func TestPaidContent(t *testing.T) {
	r := renderer(t)
	own, err := r.designs().With(os.DirFS("../docs/design/example"), families(t))
	if err != nil {
		t.Fatal(err)
	}
	r.designs = func() *design.Set { return own }
	for _, template := range r.Templates() {
		for kind, marked := range map[string]bool{"news": true, "paid": false} {
			c := normal(t, card.Card{Headline: "지금 가입하면 두 달 무료", Lang: "ko", Site: "The Harbor Post", Badge: "exclusive",
				Theme: "harbor", Template: template, Kind: kind}, card.OpenGraph)
			plan, err := r.Plan(t.Context(), c, nil)
			if err != nil {
				t.Fatal(err)
			}
			logos := 0
			for _, op := range plan.Ops {
				if _, ok := op.(Logo); ok {
					logos++
				}
			}
			_, site := runOf(plan, "site")
			if !marked && (site || logos > 0) {
				t.Errorf("%s: paid content has the logo %d times, the name %t", template, logos, site)
			}
			if badge, ok := runOf(plan, "badge"); ok {
				want := map[bool]string{true: "단독", false: "광고"}[marked]
				if got := badge.Block.Lines[0].Text; got != want {
					t.Errorf("%s, %s: the badge is %q, want %q", template, kind, got, want)
				}
			} else if template == "text" || template == "photo" {
				t.Errorf("%s, %s: there is no badge", template, kind)
			}
			if template == "text" && marked && logos == 0 {
				t.Error("the theme has no logo: the test shows nothing")
			}
		}
	}
}
