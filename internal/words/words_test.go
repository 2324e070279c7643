package words

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// TestComplete: every language has every text that English has, and no other.
func TestComplete(t *testing.T) {
	all := languages()
	if got, want := slices.Sorted(maps.Keys(all)), slices.Sorted(slices.Values(Tags)); !slices.Equal(got, want) {
		t.Fatalf("words.json has %v, Tags %v", got, want)
	}
	if len(Tags) < 20 {
		t.Errorf("%d languages", len(Tags))
	}
	english := all[Fallback]
	keys := slices.Sorted(maps.Keys(english.Words))
	for tag, l := range all {
		if got := slices.Sorted(maps.Keys(l.Words)); !slices.Equal(got, keys) {
			t.Errorf("%s has the texts %v, not %v", tag, got, keys)
		}
		texts := slices.Collect(maps.Values(l.Words))
		texts = slices.AppendSeq(texts, maps.Values(l.Reads))
		texts = slices.AppendSeq(texts, maps.Values(l.Actions))
		texts = slices.AppendSeq(texts, maps.Values(l.Names))
		for _, text := range append(texts, append(l.Sizes, l.Name, l.On)...) {
			if strings.TrimSpace(text) == "" || text != strings.TrimSpace(text) || strings.ContainsAny(text, "<>&\"") {
				t.Errorf("%s: the text %q", tag, text)
			}
		}
		for target := range english.Actions {
			if l.Actions[target] == "" {
				t.Errorf("%s: %s has no button", tag, target)
			}
		}
		if strings.Count(l.On, "{x}") != 1 || len(l.Sizes) != 5 {
			t.Errorf("%s: %q, %q", tag, l.On, l.Sizes)
		}
	}
}

// TestNoneIsEnglish: texts of other languages were not left in English, apart from letters and signs.
func TestNoneIsEnglish(t *testing.T) {
	english := languages()[Fallback]
	for tag, l := range languages() {
		for key, text := range l.Words {
			if tag != Fallback && key != "letter" && text == english.Words[key] {
				t.Errorf("%s: %s is English: %s", tag, key, text)
			}
		}
	}
}

// TestDirection: the direction is that of the language's own name, and so of its script.
func TestDirection(t *testing.T) {
	for tag, l := range languages() {
		dir := "ltr"
		for _, r := range l.Name {
			if unicode.In(r, unicode.Arabic, unicode.Hebrew) {
				dir = "rtl"
			}
		}
		if l.Dir != dir {
			t.Errorf("%s: %s", tag, l.Dir)
		}
	}
}

// TestPlurals: for every number, each language has the form that CLDR asks for. (The kit asks the browser for the
// category; x/text has an older CLDR, in which no Romance language has "many" and Hebrew has it.)
func TestPlurals(t *testing.T) {
	forms := map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few",
		plural.Many: "many", plural.Other: "other"}
	for tag, l := range languages() {
		needed := map[string]bool{"other": true}
		for n := range 2000 {
			needed[forms[plural.Cardinal.MatchPlural(language.MustParse(tag), n, 0, 0, 0, 0)]] = true
		}
		for form := range needed {
			if l.Reads[form] == "" {
				t.Errorf("%s: no form %q", tag, form)
			}
		}
		for form := range l.Reads {
			if later := form == "many" && slices.Contains([]string{"es", "fr", "it", "pt"}, tag); !needed[form] && !later {
				t.Errorf("%s has the form %q, which no number takes", tag, form)
			}
		}
	}
}

func TestMatch(t *testing.T) {
	for tag, want := range map[string]string{
		"": "en", "en-GB": "en", "KO": "ko", "ko-KR": "ko", "zh": "zh-Hans", "zh-CN": "zh-Hans", "zh-Hant": "zh-Hant", "zh-TW": "zh-Hant",
		"zh_HK": "zh-Hant", "zh-Hans-HK": "zh-Hans", "zh-Hant-CN": "zh-Hant", "iw-IL": "he", "in": "id", "pt-BR": "pt", "sw": "en", "x": "en",
		"-": "en", "عربي": "en",
	} {
		if got := Match(tag); got != want {
			t.Errorf("%q: %s", tag, got)
		}
		if got := Of(tag).Tag; got != want {
			t.Errorf("%q has the texts of %s", tag, got)
		}
	}
	for accept, want := range map[string]string{
		"": "en", "ko-KR,ko;q=0.9,en;q=0.8": "ko", "zh-TW,zh;q=0.9": "zh-Hant", "zh-CN": "zh-Hans", "fr-CH, fr;q=0.9, *;q=0.5": "fr",
		"sw,ar;q=0.5": "ar", "xx": "en", ";;;": "en", strings.Repeat("a,", 5000): "en",
	} {
		if got := Preferred(accept); got != want {
			t.Errorf("%.40q: %s", accept, got)
		}
	}
}

func TestTexts(t *testing.T) {
	for _, tt := range []struct{ tag, target, own, name, action string }{
		{"en", "facebook", "Facebook", "Facebook", "Share on Facebook"},
		{"en", "link", "Link", "Link", "Copy link"},
		{"ko", "facebook", "Facebook", "페이스북", "페이스북에 공유하기"},
		{"ko", "line", "LINE", "라인", "라인으로 공유하기"},
		{"tr", "facebook", "Facebook", "Facebook", "Facebook üzerinde paylaş"},
	} {
		l := Of(tt.tag)
		if name, action := l.TargetName(tt.target, tt.own), l.Action(tt.target, tt.own); name != tt.name || action != tt.action {
			t.Errorf("%s, %s: %q, %q", tt.tag, tt.target, name, action)
		}
	}
	if got := Of("xx").Say("read"); got != "Read the story" {
		t.Errorf("%q", got)
	}
	if got := Of("ko").Say("no such key"); got != "" {
		t.Errorf("%q", got)
	}
}
