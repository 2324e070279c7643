package advice

import (
	"fmt"
	"image"
	"net/url"
	"strings"
	"testing"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/pictures"
)

// whole returns a story in which nothing is found.
func whole() Story {
	return Story{
		Article: article.Article{
			URL: "https://news.example/storm", Headline: "Storm front stalls", Caption: "Ferries are in port.",
			Credit: "Coast News", Site: "The Harbor Post", Kicker: "Weather", Badge: "live", Description: "By four.",
			Photo: article.Photo{URL: "https://pictures.example/a.jpg", Alt: "Ferries in the rain"},
		},
		XPost: "https://x.com/intent/post?text=" + url.QueryEscape("Storm front stalls"),
	}
}

// said returns the code and field of each check.
func said(all []Check) string {
	var s []string
	for _, c := range all {
		s = append(s, strings.TrimSpace(c.Code+" "+c.Field))
	}
	return strings.Join(s, ", ")
}

func TestOfStory(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*Story)
		want   string
	}{
		"nothing":         {func(*Story) {}, ""},
		"HTML":            {func(s *Story) { s.HTML = []string{"headline", "tags"} }, "text_cleaned headline, text_cleaned tags"},
		"a twin":          {func(s *Story) { s.Twin = "storm-2" }, "duplicate_url url"},
		"no address":      {func(s *Story) { s.Article.URL, s.XPost = "", "" }, "no_url url"},
		"not https":       {func(s *Story) { s.Article.URL = "http://news.example/storm" }, "not_https url"},
		"a cut post":      {func(s *Story) { s.XPost = "https://x.com/intent/post?text=Storm%E2%80%A6" }, "post_cut headline"},
		"70 letters":      {func(s *Story) { s.Article.Headline = strings.Repeat("가", 70); s.XPost = "" }, ""},
		"71 letters":      {func(s *Story) { s.Article.Headline = strings.Repeat("가", 71); s.XPost = "" }, "long_for_x headline"},
		"no photo":        {func(s *Story) { s.Article.Photo, s.Article.Credit = article.Photo{}, "" }, "no_photo photo.url"},
		"a bare photo":    {func(s *Story) { s.Article.Photo.Alt, s.Article.Caption, s.Article.Credit = "", "", "" }, "no_alt photo.alt, no_credit credit, no_caption caption"},
		"an unused photo": {func(s *Story) { s.PhotoUnused, s.Article.Photo.Alt, s.Article.Credit = true, "", "" }, "photo_unused template"},
		"no description":  {func(s *Story) { s.Article.Description, s.Article.Caption = "", "" }, "no_caption caption, no_description description"},
		"caption will do": {func(s *Story) { s.Article.Description = "" }, ""},
		"no site":         {func(s *Story) { s.Article.Site = "" }, "no_site site"},
		"a card alone": {func(s *Story) {
			s.CardOnly, s.Article.URL, s.Article.Photo.Alt, s.Article.Description, s.Article.Caption = true, "", "", "", ""
			s.XPost = ""
		}, "no_caption caption"},
	} {
		s := whole()
		tt.change(&s)
		if got := said(OfStory(s)); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestCapitals(t *testing.T) {
	for headline, want := range map[string]bool{
		"STORM HITS COAST":                        true,
		"STORM FRONT STALLS OVER THE WEST COAST!": true,
		"McDONALD'S CLOSES HUNDREDS OF STORES":    true,
		"ШТОРМ ЗАКРЫЛ ПОРТЫ":                      true,
		"Storm hits coast":                        false,
		"NASA, ESA and UNESCO agree":              false,
		"FIFA UEFA OPEC":                          false, // acronyms
		"NATO":                                    false,
		"NATO, BBC, CNN, EU, UN, WHO, IMF, FIFA":  false,
		"UNESCO, UNICEF, NATO":                    false, // long ones
		"ASEAN/BRICS: UNHCR–UNRWA Q&A":            false,
		"UNESCO WARNS NATO":                       true,
		"UNESCO, UNICEF WARN: STORMS":             true,
		"EARTHQUAKE":                              false, // one word
		"UNESCO UNICEF 협약 체결":                     false, // a script without capitals
		"서해안 강풍 특보 확대":                            false,
		"2026 – 3:1, 4:2":                         false,
	} {
		s := whole()
		s.Article.Headline, s.XPost = headline, ""
		if got := strings.Contains(said(OfStory(s)), "all_capitals headline"); got != want {
			t.Errorf("%s: %t", headline, got)
		}
	}
}

func TestDoubled(t *testing.T) {
	for _, tt := range []struct {
		badge, kicker, site string
		want                bool
	}{
		{"live", "LIVE", "", true}, {"live", "Live:", "", true}, {"live", "생중계", "", true}, {"breaking", "速報", "", true},
		{"update", "Politics", "", false}, {"live", "Live music", "", false}, {"live", "", "", false},
		{"Election", "ELECTION", "", true}, {"", "LIVE", "", false}, {"Élection", "ÉLECTION", "", true},
		{"", "The Harbor Post", "The Harbor Post", true}, {"", "the harbor post | Weather", "The Harbor Post", true},
		{"", "Postal news", "Post", false}, {"", "Post news", "Post", true}, {"", "Top 24 hours", "24", false},
		{"", "한강일보 사회", "한강일보", true}, {"", "한강일보21", "한강일보", false}, {"", "Weather", "The Harbor Post", false},
	} {
		s := whole()
		s.Article.Badge, s.Article.Kicker, s.Article.Site = tt.badge, tt.kicker, tt.site
		if got := strings.Contains(said(OfStory(s)), "tag_doubled kicker"); got != tt.want {
			t.Errorf("%s, %s, %s: %t", tt.badge, tt.kicker, tt.site, got)
		}
	}
}

func TestLanguage(t *testing.T) {
	for _, tt := range []struct{ headline, caption, lang, want string }{
		{"Central bank holds rates for a ninth month", "", "", ""},
		{"Apa arti perjanjian iklim bagi pulau kecil", "", "", "No language is given, and the texts do not tell it surely: it may be “id” or “ms”."},
		{"Apa arti perjanjian iklim bagi pulau kecil", "Pemerintah Indonesia mengirim delegasi.", "", ""}, // the caption decides
		{"Apa arti perjanjian iklim bagi pulau kecil", "", "id", ""},
		{"Dhoruba yasimamisha safari za feri", "", "", "No language is given, and the texts do not tell it."},
		{"Vláda padla", "", "", "No language is given, and the texts do not tell it surely: it may be “cs” or “sk”."},
		{"Markets rally now", "", "", ""}, // too short to tell
		{"Der Bundestag und die Länder", "", "", ""},
		{"東京五輪開幕", "", "", "No language is given, and the texts do not tell it surely: it may be “zh-Hant” or “ja”."},
		{"東京五輪開幕", "", "ja", ""},
		{"서해안 강풍 특보", "", "", ""},
		{"Шторм закрыл порты", "", "", ""},
		{"2026", "", "", ""},
	} {
		s := whole()
		s.Article.Headline, s.Article.Caption, s.Article.Lang, s.XPost, s.Article.Description = tt.headline, tt.caption, tt.lang, "", ""
		got := ""
		for _, c := range OfStory(s) {
			if c.Code == "language_uncertain" {
				got = c.Message
			}
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.headline, got, tt.want)
		}
	}
}

func TestOfCards(t *testing.T) {
	sound := pictures.Figures{HeadlinePx: 60, Headline: 7, Caption: 7, Photo: image.Pt(2400, 1600)}
	for name, tt := range map[string]struct {
		og, square  func(*pictures.Figures)
		field, size string
		want        string
	}{
		"nothing":     {},
		"cut in one":  {square: cutAfter("credit", "Coast", 5), field: "credit", size: "square", want: "The credit is cut in Square after “Coast”."},
		"cut in both": {og: cutAfter("headline", "a flood barrier", 40), square: cutAfter("headline", "on a shared", 20), field: "headline", size: "square", want: "The headline is cut in Square after “on a shared”, and in Link."},
		"nothing left": {og: cutAfter("caption", "", 0), field: "caption", size: "og",
			want: "The caption is cut in Link."},
		"no room": {og: withoutRoom("byline"), field: "byline", size: "og", want: "The byline has no room in Link."},
		"no room in one": {og: cutAfter("byline", "Jo", 2), square: withoutRoom("byline"), field: "byline", size: "square",
			want: "The byline has no room in Square; it is cut in Link after “Jo”."},
		"a section":         {og: cutAfter("kicker", "Wea", 3), field: "kicker", size: "og", want: "The section is cut in Link after “Wea”."},
		"small":             {og: func(f *pictures.Figures) { f.HeadlinePx = 38 }, field: "font_step", want: "The headline is small: 16 pixels high in a feed."},
		"just large enough": {og: func(f *pictures.Figures) { f.HeadlinePx = 38.4 }},
		"one pixel":         {og: func(f *pictures.Figures) { f.Photo = image.Pt(1, 1) }, field: "photo.url", want: "The photo has only 1x1 pixels: below 600x315 it looks blurred, or does not fill its place."},
		"599 pixels":        {og: func(f *pictures.Figures) { f.Photo.X = 599 }, field: "photo.url", want: "The photo has only 599x1600 pixels: below 600x315 it looks blurred, or does not fill its place."},
		"600 pixels":        {og: func(f *pictures.Figures) { f.Photo = image.Pt(600, 315) }},
		"314 high":          {og: func(f *pictures.Figures) { f.Photo.Y = 314 }, field: "photo.url", want: "The photo has only 2400x314 pixels: below 600x315 it looks blurred, or does not fill its place."},
		"on a face":         {square: func(f *pictures.Figures) { f.OnFace = "headline" }, field: "photo.focal", size: "square", want: "The headline lies on a face in Square: move the focal point, or choose another template."},
		"pale":              {square: func(f *pictures.Figures) { f.Caption = 4.4 }, field: "theme", size: "square", want: "In Square the text has a contrast of 4.4 to 1; it should be at least 4.5."},
		"two pale ones":     {og: func(f *pictures.Figures) { f.Headline, f.Caption = 3, 0 }, square: func(f *pictures.Figures) { f.Headline = 2 }, field: "theme", size: "square", want: "In Square the text has a contrast of 2.0 to 1; it should be at least 4.5."},
		"just dark enough":  {square: func(f *pictures.Figures) { f.Headline = 4.5 }},
		"a character":       {og: func(f *pictures.Figures) { f.Missing = []rune("🪉") }, field: "headline", want: "No font of this service has 🪉 (U+1FA89): a box is drawn instead."},
		"nowhere":           {og: func(f *pictures.Figures) { f.Missing = []rune{0xe000} }, want: "No font of this service has U+E000: a box is drawn instead."},
	} {
		og, square := sound, sound
		if tt.og != nil {
			tt.og(&og)
		}
		if tt.square != nil {
			tt.square(&square)
		}
		s := whole()
		s.Article.Headline = "New harp 🪉"
		got, field, size := "", "", ""
		for i, c := range OfCards(s, []Drawn{{card.OpenGraph, "Link", og}, {card.Square, "Square", square}}) {
			got, field, size = c.Message, c.Field, c.Size
			if i > 0 {
				t.Errorf("%s: more than one: %s", name, got)
			}
		}
		if got != tt.want || field != tt.field || size != tt.size {
			t.Errorf("%s: %q of %q in %q, want %q of %q in %q", name, got, field, size, tt.want, tt.field, tt.size)
		}
	}
	if got := OfCards(whole(), nil); len(got) != 0 {
		t.Errorf("nothing drawn: %v", got)
	}
}

func cutAfter(role, after string, shown int) func(*pictures.Figures) {
	return func(f *pictures.Figures) {
		f.Cuts = append(f.Cuts, pictures.Cut{Role: role, After: after, Shown: shown})
	}
}

func withoutRoom(role string) func(*pictures.Figures) {
	return func(f *pictures.Figures) { f.Cuts = append(f.Cuts, pictures.Cut{Role: role, LeftOut: true}) }
}

// TestFewWarnings: whatever is wrong, there is at most one warning of each kind for a field, and messages are short.
func TestFewWarnings(t *testing.T) {
	var chars []rune
	for r := rune(0x12000); r < 0x12300; r++ { // cuneiform
		chars = append(chars, r)
	}
	long := strings.Repeat("LIVE", 75)
	a := article.Article{URL: "http://news.example/", Headline: strings.Repeat("STORM ", 160), Caption: string(chars), Kicker: long,
		Badge: "live", Site: long, Byline: string(chars[:200]), Photo: article.Photo{URL: "https://pictures.example/a.jpg"}}
	f := pictures.Figures{Missing: chars, OnFace: "mark", Headline: 1, Caption: 1, Photo: image.Pt(1, 1), HeadlinePx: 1}
	for _, role := range []string{"headline", "caption", "credit", "byline", "kicker", "site"} {
		f.Cuts = append(f.Cuts, pictures.Cut{Role: role, After: strings.Repeat("x", 36), Shown: 36})
	}
	s := Story{Article: a, HTML: a.HTMLFields(), Twin: strings.Repeat("x", 128), XPost: "https://x.com/?text=a"}
	all := append(OfStory(s), OfCards(s, InSizes([]pictures.Figures{f, f, f, f, f, f}))...)
	seen := map[string]bool{}
	for _, c := range all {
		key := fmt.Sprint(c.Code, " ", c.Field)
		if seen[key] || len(c.Message) > 300 || c.Message == "" {
			t.Errorf("%s, twice: %t, %d bytes: %s", key, seen[key], len(c.Message), c.Message)
		}
		seen[key] = true
	}
	if len(all) < 15 || len(all) > 40 {
		t.Errorf("%d checks", len(all))
	}
}

// TestWarningsAreNoHints: a hint is for a person at the studio.
func TestWarningsAreNoHints(t *testing.T) {
	got := Warnings([]Check{{Kind: hint("no_site", Note)}, {Kind: warning("no_alt", Note), Field: "photo.alt", Size: "og", Message: "m"}})
	if len(got) != 1 || got[0] != (article.Warning{Code: "no_alt", Field: "photo.alt", Size: "og", Message: "m"}) {
		t.Errorf("%+v", got)
	}
}
