package stories

import (
	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
)

// photoField is the API's name of the field with the photo's URL.
const photoField = "photo.url"

// normalize returns the article with clean fields. Unless strict is set, a photo whose URL cannot be one is left out,
// which is a warning: a photo that fails does not stop a story.
func normalize(a article.Article, strict bool) (article.Article, []Warning, error) {
	normal, err := a.Normalize()
	if err == nil || strict {
		return normal, nil, err
	}
	faults := card.FieldErrors(err)
	for _, f := range faults {
		if f.Field != photoField {
			return article.Article{}, nil, err
		}
	}
	if len(faults) == 0 {
		return article.Article{}, nil, err
	}
	a.Photo.URL = ""
	if normal, err = a.Normalize(); err != nil {
		return article.Article{}, nil, err
	}
	problem := "The photo's URL " + faults[0].Problem + "; the card is drawn without a photo."
	return normal, []Warning{ofPhotoURL(fault.Invalid, problem)}, nil
}
