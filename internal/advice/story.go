package advice

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsroom.example/cards/internal/clean"
	"newsroom.example/cards/internal/locale"
)

// one returns a finding in a field if something is wrong.
func one(wrong bool, field, format string, args ...any) []finding {
	if !wrong {
		return nil
	}
	return []finding{{field: field, message: fmt.Sprintf(format, args...)}}
}

func cleaned(s Story) (all []finding) {
	for _, field := range s.HTML {
		all = append(all, finding{field: field, message: clean.Warning})
	}
	return all
}

func duplicate(s Story) []finding {
	return one(s.Twin != "", "url", "The article %s has the same URL: oEmbed and the Top 10 show only one of the two.",
		s.Twin)
}

// What makes a headline one in capitals: several words, of which some are too long for acronyms.
const (
	capitalWords   = 3  // fewer may be a name or an acronym
	capitalLetters = 12 // in all
	longWords      = 2  // words of at least longWord letters
	longWord       = 5
)

// longAcronyms are well-known acronyms of at least longWord letters. A headline of nothing but acronyms is written as
// it should be.
var longAcronyms = map[string]bool{
	"ASEAN": true, "AUKUS": true, "BRICS": true, "CENTCOM": true, "CONCACAF": true, "CONMEBOL": true, "COVID": true,
	"ECOWAS": true, "EUROPOL": true, "FRONTEX": true, "ICANN": true, "INTERPOL": true, "LGBTQ": true, "MERCOSUR": true,
	"NAACP": true, "NAFTA": true, "NASDAQ": true, "NORAD": true, "POTUS": true, "SCOTUS": true, "UNCTAD": true,
	"UNESCO": true, "UNHCR": true, "UNICEF": true, "UNIFIL": true, "UNRWA": true, "USMCA": true,
	"ЮНЕСКО": true, "ЮНИСЕФ": true,
}

// capitals finds a headline that is all in capitals. Readers recognize words by their shape, and some screen readers
// spell capitals. A few small letters (McDONALD'S) change nothing. Scripts without capitals have none.
func capitals(s Story) []finding {
	upper, lower, words, long, acronyms := 0, 0, 0, 0, 0
	for _, word := range strings.FieldsFunc(s.Article.Headline, func(r rune) bool { return !unicode.IsLetter(r) }) {
		n := 0
		for _, r := range word {
			switch {
			case unicode.IsUpper(r):
				upper, n = upper+1, n+1
			case unicode.IsLower(r):
				lower, n = lower+1, n+1
			case unicode.Is(unicode.Lo, r):
				return nil
			}
		}
		words++
		if n >= longWord {
			long++
		}
		if longAcronyms[word] {
			acronyms++
		}
	}
	loud := upper >= capitalLetters && 10*lower <= upper
	return one(loud && words >= capitalWords && long >= longWords && long > acronyms, "headline",
		"The headline is all in capitals: it is harder to read, and some screen readers spell it.")
}

// doubled finds a section that repeats what the card says next to it: the badge, or the publication's name.
func doubled(s Story) []finding {
	a := s.Article
	section, badge, site := core(a.Kicker), core(a.Badge), core(a.Site)
	switch {
	case section == "":
		return nil
	case badge != "" && locale.IsBadge(badge, section):
		return one(true, "kicker", "The badge and the section both say “%s”.", short(section))
	}
	return one(site != "" && names(section, site), "kicker",
		"The section “%s” repeats the publication's name, which the card shows as well.", short(section))
}

// core returns a text without marks and spaces around it.
func core(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return !isWord(r) })
}

// names reports whether words are a name, or contain it as words of their own.
func names(words, name string) bool {
	if strings.EqualFold(words, name) {
		return true
	}
	words, name = strings.ToLower(words), strings.ToLower(name)
	i := strings.Index(words, name)
	if i < 0 || utf8.RuneCountInString(name) < minName {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(words[:i])
	after, _ := utf8.DecodeRuneInString(words[i+len(name):])
	return !isWord(before) && !isWord(after)
}

// minName is the shortest name of a site that is looked for inside a section: "24" is not the site in "Top 24 hours".
const minName = 4

func isWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r))
}

// maxQuoted is how much of a field a message repeats, in characters.
const maxQuoted = 40

func short(s string) string {
	if r := []rune(s); len(r) > maxQuoted {
		return string(r[:maxQuoted-1]) + "…"
	}
	return s
}

func unused(s Story) []finding {
	instead := s.Article.Template == "" && s.Article.Portrait.URL != "" // a quotation shows its speaker
	unused := hasPhoto(s) && s.PhotoUnused && !instead
	return one(unused, "template", "The template “%s” shows no photo.", s.Article.Template)
}

func hasPhoto(s Story) bool { return s.Article.Photo.URL != "" }

// shows reports whether the card shows the photo, as far as the story decides.
func shows(s Story) bool { return hasPhoto(s) && !s.PhotoUnused }

func withoutAlt(s Story) []finding {
	return one(!s.CardOnly && shows(s) && s.Article.Photo.Alt == "", "photo.alt",
		"The photo has no alt text: readers who can't see it get the headline instead.")
}

func withoutCredit(s Story) []finding {
	return one(shows(s) && s.Article.Credit == "", "credit",
		"The photo has no credit: add the agency or photographer.")
}

func captionFromPhoto(s Story) []finding {
	from := s.Article.FromPhoto.Caption
	return one(shows(s) && from != "", "caption", "There is no caption: cards show that of the photo's file, “%s”.", short(from))
}

func creditFromPhoto(s Story) []finding {
	from := s.Article.FromPhoto.Credit
	return one(shows(s) && from != "", "credit", "There is no credit: cards show that of the photo's file, “%s”.", short(from))
}

func withoutURL(s Story) []finding {
	return one(!s.CardOnly && s.Article.URL == "", "url", "Enter the story's URL to get its share links and tags.")
}

func notHTTPS(s Story) []finding {
	return one(strings.HasPrefix(s.Article.URL, "http://"), "url",
		"The URL is not https: KakaoTalk and others fetch only https.")
}

// postCut finds a headline that does not fit in a post on X: 280 characters, of which the URL takes 23.
func postCut(s Story) []finding {
	u, err := url.Parse(s.XPost)
	wide := ""
	if strings.ContainsFunc(s.Article.Headline, isWide) {
		wide = ", and letters such as 가 and 字 count as two"
	}
	return one(s.XPost != "" && err == nil && u.Query().Get("text") != s.Article.Headline, "headline",
		"The post on X cuts the headline: a post has 280 characters for text and URL%s.", wide)
}

func isWide(r rune) bool {
	return unicode.In(r, unicode.Hangul, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// xTitle is how many characters of a headline X shows over the picture (X Developer Platform, Cards markup).
const xTitle = 70

func longForX(s Story) []finding {
	n := utf8.RuneCountInString(s.Article.Headline)
	return one(n > xTitle, "headline", "X shows about %d characters of the headline over the picture; this one has %d.",
		xTitle, n)
}

func withoutPhoto(s Story) []finding {
	return one(!hasPhoto(s), "photo.url", "There is no photo: the card shows only text.")
}

func withoutCaption(s Story) []finding {
	return one(shows(s) && s.Article.Caption == "", "caption", "The photo has no caption.")
}

func withoutDescription(s Story) []finding {
	return one(!s.CardOnly && s.Article.Description == "" && s.Article.Caption == "", "description",
		"There is no description: networks repeat the headline instead.")
}

func withoutSite(s Story) []finding {
	return one(s.Article.Site == "", "site", "The publication is not named on the card.")
}
