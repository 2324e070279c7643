package render

import (
	"time"

	"newsroom.example/cards/internal/langid"
	"newsroom.example/cards/internal/locale"
	"newsroom.example/cards/render/text"
)

// tongue is what is known about the language of the words that a card adds to its texts.
type tongue struct {
	likely []string // the card's language or, if its texts do not tell it, those that it may be in
	sure   bool
	home   string // the language of the theme or the service; it may be empty
}

// tongueOf returns the language that the card says, else the one that its headline and caption are in.
func tongueOf(lang, home string, texts ...string) tongue {
	if lang != "" {
		return tongue{likely: []string{lang}, sure: true}
	}
	g := langid.OfStory(home, texts...)
	if g.Sure {
		return tongue{likely: []string{g.Tag}, sure: true}
	}
	return tongue{likely: g.Likely, home: home}
}

// say returns the words of the card's language. If that is not known, it returns those of all languages that it may be
// in, if they agree, else those of the home language. A word in the wrong language is worse than a word that readers
// know from other newspapers, so there may be none.
func (t tongue) say(words func(lang string) (string, bool)) (string, bool) {
	said := ""
	for i, lang := range t.likely {
		s, ok := words(lang)
		if !ok || i > 0 && s != said {
			said = ""
			break
		}
		said = s
	}
	if said == "" && !t.sure {
		return words(t.home)
	}
	return said, said != ""
}

// badge returns the text of a badge: translated if it is a named one, else as given. Without a language it is the
// English one, which is the name of the badge.
func (t tongue) badge(badge string) string {
	in := func(lang string) (string, bool) { return locale.Badge(lang, badge) }
	if s, ok := t.say(in); ok {
		return s
	}
	if s, ok := in("en"); ok {
		return s
	}
	return badge
}

// date formats a date, YYYY-MM-DD. Without a language it is in the form of ISO 8601, which is understood everywhere.
func (t tongue) date(date string) string {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return ""
	}
	if s, ok := t.say(func(lang string) (string, bool) { return locale.Date(lang, day) }); ok {
		if text.DirectionOf("", s) == text.RightToLeft {
			return rightToLeftIsolate + s + popIsolate // a byline in Latin letters would take the day from it
		}
		return s
	}
	return date
}

// Marks of Annex #9 around a part that has a direction of its own.
const (
	rightToLeftIsolate = "\u2067"
	popIsolate         = "\u2069"
)

// tongue returns the language of the words that the card adds.
func (l *layout) tongue() tongue {
	if l.said == nil {
		t := tongueOf(l.card.Lang, l.home, l.card.Headline, l.card.Caption)
		l.said = &t
	}
	return *l.said
}

// story returns the card's language, if it does not say it but there is little doubt.
func (l *layout) story() string {
	if t := l.tongue(); l.card.Lang == "" && t.sure {
		return t.likely[0]
	}
	return ""
}

// language returns the language that quotation marks, capitals and conditions of templates follow, where a wrong guess
// does little harm: the likeliest, unless the home language may as well be it.
func (l *layout) language() string {
	t := l.tongue()
	switch {
	case t.sure:
		return langid.Canonical(t.likely[0])
	case t.home != "":
		return langid.Canonical(t.home)
	}
	return langid.Canonical(text.LanguageOf("", l.card.Headline))
}
