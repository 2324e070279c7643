package articles

import (
	"newsroom.example/cards/handlers/request"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/page"
)

// Decode returns the article of the body of a PUT, not normalized. Errors are those of the PUT.
func Decode(id string, body []byte) (article.Article, error) {
	var in api.Article
	if err := request.Decode(body, &in); err != nil {
		return article.Article{}, withOtherFaults(err, id, in)
	}
	return fromAPI(id, in)
}

// OfPage returns the article that Preview answers for a page, normalized.
func OfPage(s page.Story) (article.Article, error) { return acceptable(s) }
