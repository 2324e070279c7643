// Package advice checks a story and its cards, and says what is missing, cut, too small or has too little contrast. It
// has the one list of checks: the warnings of the API, of the command line and of an audit, and the issues of the
// studio come from here. docs/checks.md describes the list. The package measures and draws nothing: it reads a story
// and the figures of its cards.
package advice

import (
	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/pictures"
)

// Level is the importance of a check.
type Level string

// The levels.
const (
	Fault Level = "fault" // readers will see something wrong
	Note  Level = "note"  // somebody should have a look
)

// Check is something that a check found.
type Check struct {
	Kind
	Field   string // the API's name, such as "photo.alt"; empty if it concerns no field
	Size    string // name of the card's size that it concerns, the worst one if several; empty if it concerns none
	Message string // a sentence
}

// Story is what is checked. The zero value of a field says that there is nothing to check.
type Story struct {
	Article article.Article // normalized
	// HTML has the names of the fields whose text was decoded from HTML.
	HTML []string
	// CardOnly says that there is no page: the address, the alt text and the description are not checked.
	CardOnly bool
	// PhotoUnused says that the template has no place for the article's photo.
	PhotoUnused bool
	// Barred are the pictures that cards may not show. Article is without them.
	Barred []Barred
	// Twin is the ID of another article that readers can find under the same canonical URL.
	Twin string
	// Home is the language of cards and tags whose texts do not tell theirs, which nothing needs to be asked about.
	Home string
	// XPost is the URL that posts the story on X.
	XPost string
}

// Drawn has the figures of the card in one size.
type Drawn struct {
	Size  card.Size
	Label string // what messages call the size
	pictures.Figures
}

// InSizes returns the figures of a card in the named sizes, which messages call by their names.
func InSizes(figures []pictures.Figures) (drawn []Drawn) {
	for i, f := range figures[:min(len(figures), len(card.Sizes))] {
		drawn = append(drawn, Drawn{Size: card.Sizes[i].Size, Label: card.Sizes[i].Name, Figures: f})
	}
	return drawn
}

// OfStory checks a story, before its cards are drawn. It finds at most one thing of each kind in each field.
func OfStory(s Story) []Check { return find(ofStory, func(r storyRow) []finding { return r.find(s) }) }

// OfCards checks the story's card in all sizes in which it was measured. It does not check whether the photo could be
// used.
func OfCards(s Story, drawn []Drawn) []Check {
	if len(drawn) == 0 {
		return nil
	}
	return find(ofCards, func(r cardsRow) []finding { return r.find(s, drawn) })
}

// Warnings returns the checks that are warnings, in the API's form.
func Warnings(checks []Check) (warnings []article.Warning) {
	for _, c := range checks {
		if !c.Hint {
			warnings = append(warnings, article.Warning{Code: c.Code, Field: c.Field, Message: c.Message, Size: c.Size})
		}
	}
	return warnings
}

// finding is what a row of the tables has found.
type finding struct{ field, size, message string }

func find[R interface{ kind() Kind }](rows []R, of func(R) []finding) (all []Check) {
	for _, r := range rows {
		for _, f := range of(r) {
			all = append(all, Check{Kind: r.kind(), Field: f.field, Size: f.size, Message: f.message})
		}
	}
	return all
}

// PhotoProblem returns the check for a photo that could not be used, for which the service has the code and the reason.
func PhotoProblem(code, reason string) Check {
	return Check{Kind: Kind{Code: code, Level: Fault}, Field: "photo.url",
		Message: "The photo cannot be used: " + reason + "."}
}
