package render

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// badges are the words of the badges that every language has; en stands for the others.
var badges = map[string]map[string]string{
	"en": {"breaking": "Breaking", "live": "Live", "exclusive": "Exclusive", "opinion": "Opinion", "update": "Update"},
	"ko": {"breaking": "속보", "live": "생중계", "exclusive": "단독", "opinion": "오피니언", "update": "업데이트"},
	"ja": {"breaking": "速報", "live": "ライブ", "exclusive": "独自", "opinion": "オピニオン", "update": "更新"},
	"zh": {"breaking": "快讯", "live": "直播", "exclusive": "独家", "opinion": "评论", "update": "更新"},
	"es": {"breaking": "Última hora", "live": "En directo", "exclusive": "Exclusiva", "opinion": "Opinión", "update": "Actualización"},
	"fr": {"breaking": "Urgent", "live": "En direct", "exclusive": "Exclusif", "opinion": "Opinion", "update": "Mise à jour"},
	"de": {"breaking": "Eilmeldung", "live": "Live", "exclusive": "Exklusiv", "opinion": "Meinung", "update": "Update"},
	"ar": {"breaking": "عاجل", "live": "مباشر", "exclusive": "حصري", "opinion": "رأي", "update": "تحديث"},
}

// badgeWords is what a badge says: translated where it has a name, else as it is given.
func badgeWords(badge, lang, headline string) string {
	words, ok := badges[primary(lang, headline)]
	if !ok {
		words = badges["en"]
	}
	if said, ok := words[badge]; ok {
		return said
	}
	return badge
}

// dateForms write a day in each language; en stands for the others.
var dateForms = map[string]func(time.Time) string{
	"en": func(t time.Time) string { return t.Format("2 Jan 2006") },
	"ko": func(t time.Time) string { return fmt.Sprintf("%d. %d. %d.", t.Year(), t.Month(), t.Day()) },
	"ja": func(t time.Time) string { return fmt.Sprintf("%d年%d月%d日", t.Year(), t.Month(), t.Day()) },
	"zh": func(t time.Time) string { return fmt.Sprintf("%d年%d月%d日", t.Year(), t.Month(), t.Day()) },
	"de": func(t time.Time) string { return t.Format("2.1.2006") },
	"fr": func(t time.Time) string { return t.Format("02/01/2006") },
	"es": func(t time.Time) string { return t.Format("02/01/2006") },
	"ar": func(t time.Time) string { return t.Format("2006/1/2") },
}

// dateWords is a day, YYYY-MM-DD, as the language writes it.
func dateWords(date, lang, headline string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return ""
	}
	form, ok := dateForms[primary(lang, headline)]
	if !ok {
		form = dateForms["en"]
	}
	return form(t)
}

// primary is the language's primary subtag, told by the headline's script where it is missing.
func primary(lang, headline string) string {
	if lang != "" {
		lang, _, _ = strings.Cut(strings.ToLower(lang), "-")
		return lang
	}
	guess := "en"
	for _, r := range headline {
		switch {
		case unicode.Is(unicode.Hangul, r):
			return "ko"
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			return "ja"
		case guess == "en" && unicode.Is(unicode.Han, r):
			guess = "zh"
		case guess == "en" && unicode.Is(unicode.Arabic, r):
			guess = "ar"
		}
	}
	return guess
}
