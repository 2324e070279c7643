package handlers

import (
	"context"
	"errors"
	"time"

	"newsroom.example/cards/handlers/access"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

// A token can be bound to a site. For its requests, the stories of other sites do not exist: they are not found, and
// not in lists. What it writes must name its site. Photos belong to no site, so it can upload them, but not look them
// up or withdraw them.

// ofSites are the articles as a request sees them whose token may be bound to a site.
type ofSites struct{ all Articles }

// otherSite is the error of a story that a token bound to a site may not store.
func otherSite(site string) error {
	return errors.Join(&fault.Error{Kind: fault.Forbidden, Message: "this token may only write stories of the site \"" +
		site + "\", and the id must not be that of a story of another site"},
		fault.InField("site", "must be \""+site+"\""))
}

var errPhotosOfAll = fault.Public(fault.Forbidden, "photo asked for with a token of one site",
	"this token is bound to one site, and photos belong to all: it may only upload them")

// own returns store.ErrNotFound if the request's token is bound to a site, and the article is not of it, also a
// withdrawn one. The last version decides.
func (a ofSites) own(ctx context.Context, id string) error {
	site := access.SiteOf(ctx)
	if site == "" {
		return nil
	}
	periods, err := a.all.History(ctx, id, 0, 1)
	if err != nil {
		return err
	}
	if len(periods) == 0 || periods[0].Article.Site != site {
		return store.ErrNotFound
	}
	return nil
}

// within returns the condition that the article is of the site, in addition to another one, which may be nil. It holds
// also when the article changes meanwhile.
func within(site string, also stories.Condition) stories.Condition {
	return func(current store.Record, live bool) bool {
		return (!live || current.Article.Site == site) && (also == nil || also(current, live))
	}
}

// Put implements Articles.
func (a ofSites) Put(ctx context.Context, given article.Article, o stories.PutOptions) (stories.Result, error) {
	if site := access.SiteOf(ctx); site != "" {
		if given.Site != site {
			return stories.Result{}, otherSite(site)
		}
		switch periods, err := a.all.History(ctx, given.ID, 0, 1); {
		case err != nil && !errors.Is(err, store.ErrNotFound):
			return stories.Result{}, err
		case len(periods) > 0 && periods[0].Article.Site != site:
			return stories.Result{}, otherSite(site)
		}
		o.If = within(site, o.If)
	}
	return a.all.Put(ctx, given, o)
}

// Update implements Articles.
func (a ofSites) Update(
	ctx context.Context, id string, change func(article.Article) (article.Article, error), o stories.PutOptions,
) (stories.Result, error) {
	site := access.SiteOf(ctx)
	if site == "" {
		return a.all.Update(ctx, id, change, o)
	}
	if err := a.own(ctx, id); err != nil {
		return stories.Result{}, err
	}
	return a.all.Update(ctx, id, func(current article.Article) (article.Article, error) {
		if current.Site != site {
			return current, store.ErrNotFound
		}
		changed, err := change(current)
		if err == nil && changed.Site != site {
			err = otherSite(site)
		}
		return changed, err
	}, o)
}

// Articles implements Articles. Another site than the token's has no stories.
func (a ofSites) Articles(ctx context.Context, q store.ArticleQuery) ([]store.Record, store.Cursor, error) {
	if site := access.SiteOf(ctx); site != "" {
		if q.Site != "" && q.Site != site {
			return nil, store.Cursor{}, nil
		}
		q.Site = site
	}
	return a.all.Articles(ctx, q)
}

// History implements Articles.
func (a ofSites) History(ctx context.Context, id string, before int64, limit int) ([]store.Period, error) {
	if err := a.own(ctx, id); err != nil {
		return nil, err
	}
	return a.all.History(ctx, id, before, limit)
}

// DeleteIf implements Articles.
func (a ofSites) DeleteIf(ctx context.Context, id string, condition stories.Condition) error {
	if site := access.SiteOf(ctx); site != "" {
		if err := a.own(ctx, id); err != nil {
			return err
		}
		condition = within(site, condition)
	}
	return a.all.DeleteIf(ctx, id, condition)
}

// Refresh implements Articles.
func (a ofSites) Refresh(ctx context.Context, id string, o stories.PutOptions) (stories.Result, error) {
	if err := a.own(ctx, id); err != nil {
		return stories.Result{}, err
	}
	return a.all.Refresh(ctx, id, o)
}

// Retract implements Articles.
func (a ofSites) Retract(ctx context.Context, id string, condition stories.Condition) (stories.Result, error) {
	if site := access.SiteOf(ctx); site != "" {
		if err := a.own(ctx, id); err != nil {
			return stories.Result{}, err
		}
		condition = within(site, condition)
	}
	return a.all.Retract(ctx, id, condition)
}

// Audit implements Articles.
func (a ofSites) Audit(ctx context.Context, id string) (stories.Result, error) {
	if err := a.own(ctx, id); err != nil {
		return stories.Result{}, err
	}
	return a.all.Audit(ctx, id)
}

// Article implements lookup.Articles.
func (a ofSites) Article(ctx context.Context, id string) (store.Record, error) {
	if err := a.own(ctx, id); err != nil {
		return store.Record{}, err
	}
	return a.all.Article(ctx, id)
}

// The readers' side of lookup.Articles is the same for all.

// Current implements lookup.Articles.
func (a ofSites) Current(ctx context.Context, id string) (store.Record, error) {
	return a.all.Current(ctx, id)
}

// ByCode implements lookup.Articles.
func (a ofSites) ByCode(ctx context.Context, code string) (store.Record, error) {
	return a.all.ByCode(ctx, code)
}

// ByURL implements lookup.Articles.
func (a ofSites) ByURL(ctx context.Context, urls ...string) (store.Record, error) {
	return a.all.ByURL(ctx, urls...)
}

// Photo implements Articles.
func (a ofSites) Photo(ctx context.Context, id string) (stories.StoredPhoto, error) {
	if access.SiteOf(ctx) != "" {
		return stories.StoredPhoto{}, errPhotosOfAll
	}
	return a.all.Photo(ctx, id)
}

// WithdrawPhoto implements Articles.
func (a ofSites) WithdrawPhoto(ctx context.Context, id string) (stories.Withdrawal, error) {
	if access.SiteOf(ctx) != "" {
		return stories.Withdrawal{}, errPhotosOfAll
	}
	return a.all.WithdrawPhoto(ctx, id)
}

// clicksOfSites are the clicks as a request sees them whose token may be bound to a site.
type clicksOfSites struct {
	Clicks
	of ofSites
}

// Stats implements articles.Clicks.
func (c clicksOfSites) Stats(ctx context.Context, id string, since time.Time) (store.Stats, error) {
	if err := c.of.own(ctx, id); err != nil {
		return store.Stats{}, err
	}
	return c.Clicks.Stats(ctx, id, since)
}
