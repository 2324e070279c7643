package advice

import (
	"maps"
	"slices"
	"strings"

	"newsroom.example/cards/internal/article"
)

// Unshown is a field that was filled in, but that not every size of the card shows: its design has no place for it.
type Unshown struct {
	Field   string // the API's name, such as "byline" or "fields.score"
	Message string // a sentence
}

// UnshownIn returns the fields of the story that not every size shows, in the order of the article's fields. It leaves
// out what has a place but no room in it, which OfCards reports.
func UnshownIn(s Story, drawn []Drawn) (all []Unshown) {
	for _, f := range givenFields(s.Article) {
		var with, without []string
		for _, d := range drawn {
			switch {
			case slices.Contains(d.Shown, f.name):
				with = append(with, d.Label)
			case !leftOut(f.name, d):
				without = append(without, d.Label)
			}
		}
		if len(without) > 0 {
			all = append(all, Unshown{f.name, unshownMessage(s, f, with, without)})
		}
	}
	return all
}

func unshownMessage(s Story, f field, with, without []string) string {
	switch needsPhoto := f.name == "caption" || f.name == "credit"; {
	case needsPhoto && !hasPhoto(s):
		return "Not on the card: it is shown only with a photo."
	case len(with) == 0:
		return "Not on the card: this design has no place for it."
	default:
		return "Not on the card in " + strings.Join(without, ", ") + "."
	}
}

// givenFields returns the texts that an article has for its card, by the API's names.
func givenFields(a article.Article) (given []field) {
	all := []field{{"deck", a.Deck}, {"caption", a.Caption}, {"credit", a.Credit}, {"kicker", a.Kicker},
		{"badge", a.Badge}, {"site", a.Site}, {"byline", a.Byline}, {"speaker", a.Speaker},
		{"speaker_role", a.SpeakerRole}}
	if !a.PublishedAt.IsZero() {
		all = append(all, field{"date", a.PublishedAt.String()})
	}
	for _, name := range slices.Sorted(maps.Keys(a.Fields)) {
		all = append(all, field{"fields." + name, a.Fields[name]})
	}
	return slices.DeleteFunc(all, func(f field) bool { return f.text == "" })
}

// leftOut reports whether the text has a place in the size, but no room.
func leftOut(role string, d Drawn) bool {
	for _, c := range d.Cuts {
		if c.Role == role && c.LeftOut {
			return true
		}
	}
	return false
}
