package handlers

import (
	"context"

	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/stories"
)

// articleService is Articles by another name, since one of its methods has that one.
type articleService = Articles

// watched is the articles, with a call for each that may have changed.
type watched struct {
	articleService
	changed func(id string)
}

// Put implements Articles.
func (w watched) Put(ctx context.Context, a article.Article, o stories.PutOptions) (stories.Result, error) {
	defer w.changed(a.ID)
	return w.articleService.Put(ctx, a, o)
}

// Delete implements Articles.
func (w watched) Delete(ctx context.Context, id string) error {
	defer w.changed(id)
	return w.articleService.Delete(ctx, id)
}

// changed drops what the caches hold of an article.
func (s *server) changed(id string) {
	s.answers.Invalidate(id)
	s.top.forget(id)
}
