package advice

import (
	"time"

	"newsroom.example/cards/internal/article"
)

// Barred is a picture that cards may not show, by the rights that the story says.
type Barred struct {
	Why   article.Bar
	Field string // with the rights, such as photo.rights
	Name  string // photo or portrait
}

// BarredIn returns the pictures of an article that its cards may not show at the time now. home has the countries of
// all readers; empty: the world.
func BarredIn(a article.Article, now time.Time, home []string) (all []Barred) {
	for _, p := range []struct {
		name  string
		photo article.Photo
	}{{"photo", a.Photo}, {"portrait", a.Portrait}} {
		if why := p.photo.Bar(now, home); why != article.NoBar {
			all = append(all, Barred{Why: why, Field: p.name + ".rights", Name: p.name})
		}
	}
	return all
}

// barred finds the pictures that are left out for a reason.
func barred(why article.Bar, part, sentence string) func(Story) []finding {
	return func(s Story) (all []finding) {
		for _, b := range s.Barred {
			if b.Why == why {
				all = append(all, one(true, b.Field+"."+part, sentence, b.Name)...)
			}
		}
		return all
	}
}
