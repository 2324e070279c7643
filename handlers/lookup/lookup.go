// Package lookup finds the article that a path names, by its id or its short code, and the article of a URL.
package lookup

import (
	"context"
	"errors"
	"time"

	"github.com/labstack/echo/v4"

	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/lazyregexp"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/share"
)

// Articles finds articles; package stories. Current, ByCode and ByURL do not find articles under embargo.
type Articles interface {
	Article(ctx context.Context, id string) (store.Record, error)
	Current(ctx context.Context, id string) (store.Record, error)
	ByCode(ctx context.Context, code string) (store.Record, error)
	ByURL(ctx context.Context, urls ...string) (store.Record, error)
}

// Finder finds articles. It is safe for concurrent use.
type Finder struct {
	Articles Articles
	Misses   *access.Limiter // lookups of unknown short codes
	Now      func() time.Time
}

// Article returns the article that the path names, also under embargo, for requests with the API token.
func (f Finder) Article(c echo.Context) (store.Record, error) {
	if err := article.CheckID(c.Param("id")); err != nil {
		return store.Record{}, err
	}
	return f.Articles.Article(c.Request().Context(), c.Param("id"))
}

// Public is like Article for readers: it returns store.ErrNotFound for an article under embargo.
func (f Finder) Public(c echo.Context) (store.Record, error) {
	if err := article.CheckID(c.Param("id")); err != nil {
		return store.Record{}, err
	}
	return f.Articles.Current(c.Request().Context(), c.Param("id"))
}

var codeForm = lazyregexp.New(`^[A-Za-z0-9]{7,32}$`)

// IsCode reports whether the text has the form of a short code.
func IsCode(code string) bool { return codeForm().MatchString(code) }

// Coded returns the article of the path's short code.
func (f Finder) Coded(c echo.Context) (store.Record, error) { return f.ByCode(c, c.Param("code")) }

// ByCode returns the article of a short code. It rate-limits lookups of unknown codes by client. Known codes are
// never refused, so that readers who share an IP address with a guesser still reach their stories.
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

// AtAddress is like AtURL for an address of a request. A story whose URL has the &amp; of the address comes before that
// with the & that it usually means. Other errors: fault.ErrInvalid, with the field "url".
func (f Finder) AtAddress(ctx context.Context, address string) (store.Record, error) {
	meant, err := share.Canonical(address)
	if err != nil {
		return store.Record{}, err
	}
	literal, err := share.CanonicalAs(share.PlainText, address)
	if err != nil || literal == meant {
		return f.AtURL(ctx, meant)
	}
	return f.Articles.ByURL(ctx, append([]string{literal, meant}, share.Variants(meant)...)...)
}

// AtURL returns the public article with a canonical URL or, if there is none, one with a variant of it (see
// share.Variants). It returns stories.ErrEmbargoed for an article under embargo, and no other article in its place.
func (f Finder) AtURL(ctx context.Context, canonical string) (store.Record, error) {
	return f.Articles.ByURL(ctx, append([]string{canonical}, share.Variants(canonical)...)...)
}
