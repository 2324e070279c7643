package text

import (
	"slices"
	"testing"
)

// TestDigitsOfTheStory: a short text whose own language is doubtful has the digits of its story's language.
func TestDigitsOfTheStory(t *testing.T) {
	s := setter(t)
	glyphs := func(text, lang, story string) (ids []uint32) {
		st := Style{Lang: lang, Story: story, Weight: 400}
		for _, g := range s.Fit(Paragraph{Text: text}, []Step{{SizePx: 24}}, st, Box{WidthPx: 900}).Lines[0].glyphs {
			ids = append(ids, uint32(g.id))
		}
		return ids
	}
	for _, date := range []string{"۸ ژوئن ۲۰۲۶", "۱ مهٔ ۲۰۲۶", "۱ ژانویهٔ ۲۰۲۶", "۱۶ اوت ۲۰۲۶"} {
		if got, want := glyphs(date, "", "fa"), glyphs(date, "fa", ""); !slices.Equal(got, want) {
			t.Errorf("%s: glyphs %v, want %v", date, got, want)
		}
	}
	if slices.Equal(glyphs("۲۰۲۶", "fa", ""), glyphs("۲۰۲۶", "ur", "")) {
		t.Error("the fonts have the same digits for Persian and Urdu: the dates prove nothing")
	}
	for _, tt := range []struct{ text, story, want string }{
		{"Coast News", "fa", "en"}, {"Новини", "uk", "uk"}, {"港口居民準備迎接第二晚的風暴", "fa", "zh-Hant"},
	} {
		if sh := read(Paragraph{Text: tt.text}, Style{Story: tt.story}); sh.tag != tt.want {
			t.Errorf("%s in a story in %s: %s, want %s", tt.text, tt.story, sh.tag, tt.want)
		}
	}
}
