// Package lookup finds the article that a path names, by its id or its short code, for those who may see it.
package lookup

import (
	"context"
	"errors"
	"regexp"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/store"
)

// Articles finds articles; package stories. Current, ByCode and ByURL find none under embargo.
type Articles interface {
	Article(ctx context.Context, id string) (store.Record, error)
	Current(ctx context.Context, id string) (store.Record, error)
	ByCode(ctx context.Context, code string) (store.Record, error)
	ByURL(ctx context.Context, url string) (store.Record, error)
}

// Finder finds articles. It is safe for concurrent use.
type Finder struct {
	Articles Articles
	Misses   *access.Limiter // of codes that lead nowhere
	Now      func() time.Time
}

// Article is the article that the path names, for the newsroom's own programs.
func (f Finder) Article(c echo.Context) (store.Record, error) {
	if err := article.CheckID(c.Param("id")); err != nil {
		return store.Record{}, err
	}
	return f.Articles.Article(c.Request().Context(), c.Param("id"))
}

// Public is the same for readers: store.ErrNotFound under embargo.
func (f Finder) Public(c echo.Context) (store.Record, error) {
	if err := article.CheckID(c.Param("id")); err != nil {
		return store.Record{}, err
	}
	return f.Articles.Current(c.Request().Context(), c.Param("id"))
}

var codeForm = regexp.MustCompile(`^[A-Za-z0-9]{7,32}$`)

// IsCode reports a text that has the form of a short code.
func IsCode(code string) bool { return codeForm.MatchString(code) }

// Coded is the article behind the path's short code.
func (f Finder) Coded(c echo.Context) (store.Record, error) { return f.ByCode(c, c.Param("code")) }

// ByCode is the article behind a short code. A client that guesses codes is limited; codes that lead somewhere
// are never refused, so that readers behind the same address still reach their stories.
func (f Finder) ByCode(c echo.Context, code string) (store.Record, error) {
	rec, err := store.Record{}, store.ErrNotFound
	if IsCode(code) {
		rec, err = f.Articles.ByCode(c.Request().Context(), code)
	}
	if errors.Is(err, store.ErrNotFound) && !f.Misses.Take(access.Client(c.RealIP()), f.Now()) {
		err = access.ErrLimited
	}
	return rec, err
}
