package advice

import (
	"slices"

	"newsroom.example/cards/internal/article"
)

// Kind is a kind of check: a row of the tables of docs/checks.md.
type Kind struct {
	Code  string // in the API
	Level Level
	// Hint says that the check is no warning. A warning is about the article or its cards: readers would see or hear
	// something else than was meant, and another article would mend it. A hint is about what a network shows of a good
	// card, or about what a card may well lack. Only the studio shows hints, to a person who decides.
	Hint bool
}

func warning(code string, level Level) Kind { return Kind{Code: code, Level: level} }
func hint(code string, level Level) Kind    { return Kind{Code: code, Level: level, Hint: true} }

type storyRow struct {
	Kind
	find func(Story) []finding
}

type cardsRow struct {
	Kind
	find func(Story, []Drawn) []finding
}

func (r storyRow) kind() Kind { return r.Kind }
func (r cardsRow) kind() Kind { return r.Kind }

// ofStory are the checks of a story, in the order in which they are shown.
var ofStory = []storyRow{
	{warning("text_cleaned", Note), cleaned},
	{warning("duplicate_url", Fault), duplicate},
	{warning("all_capitals", Note), capitals},
	{warning("language_uncertain", Note), language},
	{warning("tag_doubled", Note), doubled},
	{warning("photo_unused", Fault), unused},
	{warning(string(article.BarSocial), Note), barred(article.BarSocial, "social",
		"The %s may not be shown on social networks; the cards are drawn without it.")},
	{warning(string(article.BarExpired), Fault), barred(article.BarExpired, "expires",
		"The rights of the %s have ended; the cards are drawn without it.")},
	{warning(string(article.BarTerritory), Note), barred(article.BarTerritory, "territories",
		"The %s may be shown in some countries only, and networks show a card everywhere; the cards are drawn without it.")},
	{warning("no_alt", Note), withoutAlt},
	{warning("no_credit", Note), withoutCredit},
	{warning("caption_from_photo", Note), captionFromPhoto},
	{warning("credit_from_photo", Note), creditFromPhoto},
	{hint("no_url", Fault), withoutURL},
	{hint("not_https", Note), notHTTPS},
	{hint("post_cut", Fault), postCut},
	{hint("long_for_x", Note), longForX},
	{hint("no_photo", Note), withoutPhoto},
	{hint("no_caption", Note), withoutCaption},
	{hint("no_description", Note), withoutDescription},
	{hint("no_site", Note), withoutSite},
}

// ofCards are the checks of a story's cards, in the order in which they are shown.
var ofCards = []cardsRow{
	{warning("missing_glyph", Fault), missing},
	{warning("headline_cut", Fault), cutIn("headline")},
	{warning("caption_cut", Note), cutIn("caption")},
	{warning("text_cut", Note), cutIn("credit", "byline", "kicker", "site", "badge")},
	{warning("small_photo", Fault), smallPhoto},
	{warning("face_under_text", Fault), onFace},
	{warning("low_contrast", Fault), lowContrast},
	{hint("small_headline", Note), smallHeadline},
}

// Kinds returns all kinds of checks, in the order in which they are shown.
func Kinds() (all []Kind) {
	for _, r := range ofStory {
		all = append(all, r.Kind)
	}
	for _, r := range ofCards {
		all = append(all, r.Kind)
	}
	return slices.Clip(all)
}
