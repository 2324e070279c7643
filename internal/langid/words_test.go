package langid_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/internal/langid"
	"newsroom.example/cards/internal/locale"
)

// lacking are the languages that package langid can name and that have no words of badges here, or no form of dates.
var lacking = map[string]string{
	"af": "badges", "as": "badges", "ceb": "both", "ckb": "badges", "dv": "both", "lb": "badges",
	"mn": "badges", "or": "badges", "ps": "badges", "sd": "both", "si": "both", "tg": "both", "ti": "both", "tl": "badges",
	"ug": "both", "yi": "both", "yo": "badges",
}

// TestEveryLanguage: each language that can be detected has words and dates, or is known to lack them.
func TestEveryLanguage(t *testing.T) {
	all := langid.Languages()
	if len(all) < 80 {
		t.Fatalf("%d languages", len(all))
	}
	for _, lang := range all {
		_, badge := locale.Badge(lang, "breaking")
		_, date := locale.Date(lang, time.Now())
		got := map[[2]bool]string{{true, true}: "", {true, false}: "dates", {false, true}: "badges", {}: "both"}[[2]bool{badge, date}]
		if got != lacking[lang] {
			t.Errorf("%s lacks %q, and is listed with %q", lang, got, lacking[lang])
		}
	}
	for lang := range lacking {
		if !slices.Contains(all, lang) {
			t.Errorf("%s is never detected", lang)
		}
	}
}

// TestGallery: the languages of the gallery lack nothing.
func TestGallery(t *testing.T) {
	for lang := range strings.FieldsSeq("en ko ja zh-Hans zh-Hant ar he fa ur hi bn ta te th vi id ms ru uk de fr es pt it nl pl " +
		"cs ro hu sv da nb fi el tr ka hy am km my") {
		if lacking[lang] != "" {
			t.Errorf("%s lacks %s", lang, lacking[lang])
		}
	}
}
