package render

import (
	"testing"

	"newsroom.example/cards/card"
)

// TestTagsOnce: a tag of the headline is not repeated by badge or section, in any language.
func TestTagsOnce(t *testing.T) {
	for _, tt := range []struct{ headline, badge, kicker, wantBadge, wantKicker string }{
		{"[속보] 여객선 전면 통제", "breaking", "사회", "", "사회"},
		{"[속보]여객선 전면 통제", "속보", "속보", "", ""},
		{"[단독] 여객선 전면 통제", "exclusive", "단독", "", ""},
		{"【速報】台風が接近", "breaking", "", "", ""},
		{"Opinion: the ferries must sail", "opinion", "Opinion", "", ""},
		{"OPINION | The ferries must sail", "opinion", "Harbor", "", "Harbor"},
		{"عاجل: إغلاق الموانئ", "breaking", "طقس", "", "طقس"},
		{"Ferries sail", "opinion", "Opinion", "opinion", ""},
		{"Ferries sail", "opinion", "Meinung", "opinion", ""},
		{"Ferries sail", "Podcast", "podcast", "Podcast", ""},
		{"إغلاق الموانئ", "breaking", "عاجل", "breaking", ""},
		{"Ferries: what to know", "breaking", "Harbor", "breaking", "Harbor"},
		{"[종합] 여객선 전면 통제", "breaking", "사회", "breaking", "사회"},
		{"[", "breaking", "사회", "breaking", "사회"},
		{"EIL: Staumauer gebrochen", "breaking", "Inland", "", "Inland"},
		{"SON DAKİKA: Ege’de deprem", "breaking", "Gündem", "", "Gündem"},
		{"CANLI: Meclis oturumu", "live", "CANLI", "live", ""},
		{"ΕΚΤΑΚΤΟ: Σεισμός στο Αιγαίο", "breaking", "", "", ""},
		{"ULTIM'ORA: frana sulla statale", "breaking", "", "", ""},
		{"BREAKING NEWS: Ports close", "breaking", "", "", ""},
		{"URGENTE: apagón en la península", "breaking", "", "", ""},
		{"[긴급] 여객선 전면 통제", "breaking", "", "", ""},
		{"Liveticker: Wahl in den Küstenbezirken", "live", "Wahl", "live", "Wahl"},
		{"Mubashara: kura zahesabiwa", "live", "", "live", ""},
		{"Live and let live", "live", "", "live", ""},
	} {
		got := withoutDoubles(card.Card{Headline: tt.headline, Badge: tt.badge, Kicker: tt.kicker})
		if got.Badge != tt.wantBadge || got.Kicker != tt.wantKicker {
			t.Errorf("%q with %q, %q: %q, %q", tt.headline, tt.badge, tt.kicker, got.Badge, got.Kicker)
		}
	}
}

// TestLiveKeepsItsBadge: the headline of a live story loses the tag that its badge shows, and begins with a capital.
func TestLiveKeepsItsBadge(t *testing.T) {
	for headline, want := range map[string]string{
		"Live: count resumes":     "Count resumes",
		"LIVE | Count resumes":    "Count resumes",
		"[생중계] 개표 재개":             "개표 재개",
		"Live: iPhone maker":      "iPhone maker",
		"EN DIRECT : élections":   "Élections",
		"Live:":                   "Live:",
		"Live and let live":       "Live and let live",
		"[Update] Count resumes":  "[Update] Count resumes",
		"Count: 12 of 90 resumed": "Count: 12 of 90 resumed",
	} {
		got := withoutDoubles(card.Card{Headline: headline, Badge: "live", Kicker: "Election"})
		if got.Headline != want {
			t.Errorf("%q became %q, want %q", headline, got.Headline, want)
		}
		if shown := got.Badge == "live"; shown == (headline == "Live:") {
			t.Errorf("%q: the badge is %q", headline, got.Badge)
		}
	}
}
