package render

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

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
	case "deck":
		return c.Deck
	case "badge":
		return l.tongue().badge(c.Badge)
	case "kicker":
		if l.theme.UpperKicker {
			return cases.Upper(language.Make(l.language())).String(c.Kicker)
		}
		return c.Kicker
	case "time":
		return c.Time
	case "quotation":
		return unquoted(c.Headline)
	case "credit":
		return c.Credit
	case "byline":
		return c.Byline
	case "date":
		return l.tongue().date(c.Date)
	case "site":
		return c.Site
	case "speaker":
		return c.Speaker
	case "position":
		return c.SpeakerRole
	}
	if own, ok := strings.CutPrefix(role, "fields."); ok {
		return c.Fields[own]
	}
	return ""
}

// caption returns the photo's caption, with the credit after a slash. Without the photo there is none.
func (l *layout) caption() text.Paragraph {
	var p text.Paragraph
	if l.photo == nil {
		return p
	}
	if !l.absent["caption"] {
		p.Text = l.card.Caption
	}
	if credit := l.credit(); credit != "" {
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

// quotes are pairs of quotation marks.
var quotes = []string{
	"“”", "„“", "„”", "””", "““", "‘’", "‚‘", "‚’", "’’", "«»", "»«", "»»", "‹›", "›‹", "「」", "『』", "﹁﹂", "﹃﹄", "｢｣",
	"〝〟", "〝〞", "《》", "״״", "＂＂", `„"`, `""`, "''",
}

// unquoted returns the headline without its surrounding quotation marks, which the template draws larger.
func unquoted(s string) string {
	runes := []rune(s)
	for _, pair := range quotes {
		q := []rune(pair)
		n, closing := len(runes), string(q[1])
		once := 1 + strings.Count(string(q[0]), closing) // where both marks are the same one, it stands twice
		if n > 2 && runes[0] == q[0] && runes[n-1] == q[1] && standing(runes, q[1]) == once {
			return strings.TrimSpace(string(runes[1 : n-1])) // in French there are spaces inside the marks
		}
	}
	return s
}

// standing counts a quotation mark, without those inside words, which are apostrophes or in acronyms (ארה״ב).
func standing(runes []rune, mark rune) (n int) {
	for i, r := range runes {
		inside := i > 0 && i+1 < len(runes) && unicode.IsLetter(runes[i-1]) && unicode.IsLetter(runes[i+1])
		if r == mark && !inside {
			n++
		}
	}
	return n
}

// openingMark returns the opening quotation mark of the card's language.
func (l *layout) openingMark() string {
	switch l.language() {
	case "ja", "zh-Hant":
		return "「"
	case "fr", "ru", "uk", "be", "it", "es", "pt", "ca", "el", "ar", "fa", "hy", "nb", "no", "nn":
		return "«"
	case "de", "pl", "cs", "sk", "bg", "hu", "ro", "ka", "hr", "sr", "bs", "sl", "lt", "et", "is", "mk":
		return "„"
	case "da":
		return "»"
	case "sv", "fi":
		return "”"
	}
	return "“"
}

// roleOf returns the public name of the first of the roles that the card has.
func (l *layout) roleOf(roles string) string {
	for _, role := range design.SplitRoles(roles) {
		if l.words(role).Text != "" {
			return roleOf(role)
		}
	}
	return roleOf(roles)
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
	case "position":
		return "speaker"
	case "quotation":
		return "headline"
	}
	return all[0]
}
