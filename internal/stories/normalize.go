package stories

import (
	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
)

// The API's names of the fields with the URLs of the photo and the portrait.
const (
	photoField    = "photo.url"
	portraitField = "portrait.url"
)

// normalize returns the article with clean fields. Unless strict is set, a photo or a portrait whose URL cannot be one
// is left out, which is a warning: a photo that fails does not stop a story.
func normalize(a article.Article, strict bool) (article.Article, []Warning, error) {
	normal, err := a.Normalize()
	if err == nil || strict {
		return normal, nil, err
	}
	faults := card.FieldErrors(err)
	var said []Warning
	for _, f := range faults {
		p := thePhoto
		switch f.Field {
		case photoField:
			a.Photo.URL = ""
		case portraitField:
			p, a.Portrait.URL = thePortrait, ""
		default:
			return article.Article{}, nil, err
		}
		problem := "The " + p.name + "'s URL " + f.Problem + "; the card is drawn without a " + p.name + "."
		said = append(said, p.warning(fault.Invalid, problem))
	}
	if len(faults) == 0 {
		return article.Article{}, nil, err
	}
	if normal, err = a.Normalize(); err != nil {
		return article.Article{}, nil, err
	}
	return normal, said, nil
}
