package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsroom.example/cards/internal/design"
	"newsroom.example/cards/render/text"
)

// words returns the text of a role, or of several roles joined by "+".
func (l *layout) words(roles string) text.Paragraph {
	if roles == "credit" {
		return text.Paragraph{Tail: l.credit()} // which is never cut
	}
	var parts []string
	for _, role := range design.SplitRoles(roles) {
		if role == "caption" {
			return l.caption()
		}
		if s := l.role(role); s != "" && !l.absent[role] {
			parts = append(parts, s)
		}
	}
	return text.Paragraph{Text: strings.Join(parts, " · ")}
}

func (l *layout) role(role string) string {
	c := &l.card
	switch role {
	case "headline":
		return c.Headline
	case "quotation":
		return unquoted(c.Headline)
	case "credit":
		return c.Credit
	case "byline":
		return c.Byline
	case "date":
		return dateWords(c.Date, c.Lang, c.Headline)
	case "site":
		return c.Site
	case "speaker":
		speaker, _ := l.speaker()
		return speaker
	case "position":
		_, position := l.speaker()
		return position
	}
	return ""
}

// caption returns the caption, with the credit after a slash. The caption of a missing photo is omitted.
func (l *layout) caption() text.Paragraph {
	if l.photo == nil && l.card.Photo.URL != "" {
		return text.Paragraph{}
	}
	var p text.Paragraph
	if !l.absent["caption"] {
		p.Text = l.card.Caption
	}
	if credit := l.credit(); credit != "" && l.photo != nil {
		p.Tail = credit
		if p.Text != "" {
			p.Tail = "/ " + credit
		}
	}
	return p
}

// credit returns the photo's credit, unless it was dropped for lack of room.
func (l *layout) credit() string {
	if l.absent["credit"] {
		return ""
	}
	return l.card.Credit
}

// speaker splits a quotation's caption at its first comma into the speaker and their position. Without a caption
// the byline is the speaker.
func (l *layout) speaker() (name, position string) {
	if l.card.Caption == "" {
		return l.card.Byline, ""
	}
	if i := comma(l.card.Caption); i > 0 {
		rest := strings.TrimLeft(l.card.Caption[i:], ",،，、 ")
		return strings.TrimSpace(l.card.Caption[:i]), rest
	}
	return l.card.Caption, ""
}

// comma returns the index of the first comma that is not inside a number, or -1.
func comma(s string) int {
	for i, r := range s {
		if !strings.ContainsRune(",،，、", r) {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		if !unicode.IsDigit(before) || !unicode.IsDigit(after) {
			return i
		}
	}
	return -1
}

// quotes are pairs of quotation marks.
var quotes = []string{"“”", "„“", "‘’", "«»", "「」", "『』", `""`, "''"}

// unquoted returns the headline without its surrounding quotation marks, which the template draws larger.
func unquoted(s string) string {
	runes := []rune(s)
	for _, pair := range quotes {
		q := []rune(pair)
		n, closing := len(runes), string(q[1])
		once := 1 + strings.Count(string(q[0]), closing) // where both marks are the same one, it stands twice
		if n > 2 && runes[0] == q[0] && runes[n-1] == q[1] && strings.Count(s, closing) == once {
			return string(runes[1 : n-1])
		}
	}
	return s
}

// openingMark returns the opening quotation mark of the card's language.
func (l *layout) openingMark() string {
	switch spoken(l.card.Lang, l.card.Headline) {
	case "ja", "zh-hant":
		return "「"
	case "fr", "ru", "uk", "it", "es", "pt", "el", "ar", "fa":
		return "«"
	case "de", "pl", "cs", "sk", "bg", "hu", "ro":
		return "„"
	case "sv", "fi":
		return "”"
	}
	return "“"
}

// roleOf returns the public name of a role in a plan.
func roleOf(roles string) string {
	all := design.SplitRoles(roles)
	if len(all) == 0 {
		return ""
	}
	switch all[0] {
	case "date":
		return "byline"
	case "speaker", "position":
		return "caption"
	case "quotation":
		return "headline"
	}
	return all[0]
}
