package handlers

import (
	"context"
	"maps"
	"sync"
	"sync/atomic"
	"time"

	"newsroom.example/cards/card"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/stories"
)

// shownFor is how long a picture's card is believed without asking the store, so that a story
// that everybody opens costs it one question a second. Other instances' changes show that late.
const shownFor = time.Second

// maxShown bounds the cards that are remembered.
const maxShown = 8192

// shown is the card behind an address, and the name of its picture.
type shown struct {
	card  card.Card
	key   card.Key  // empty: it has no lasting name, since its photo may be another tomorrow
	until time.Time // believed without asking; zero: it must be asked for each time
	asOf  uint64    // the changes that had been made when it was asked for

	renewal *renewal // nil: it is not remembered
}

// shownCards remembers cards by the picture that was asked for. Safe for concurrent use.
type shownCards struct {
	changes *atomic.Uint64
	mu      sync.RWMutex
	all     map[stories.PictureRequest]shown
}

func newShownCards(changes *atomic.Uint64) *shownCards {
	return &shownCards{changes: changes, all: map[stories.PictureRequest]shown{}}
}

// recall is what is remembered; fresh says that it need not be asked for again by who asks now.
func (s *shownCards) recall(q stories.PictureRequest, now time.Time) (e shown, known, fresh bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	e, known = s.all[q]
	return e, known, known && now.Before(e.until) && !e.renewal.due(now, e.until)
}

// keep remembers e, unless an article was changed since it was asked for: it may be that one.
func (s *shownCards) keep(q stories.PictureRequest, e shown) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e.asOf != s.changes.Load() {
		return
	}
	if len(s.all) >= maxShown {
		clear(s.all)
	}
	s.all[q] = e
}

// forget lets go of an article's cards.
func (s *shownCards) forget(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.all, func(q stories.PictureRequest, _ shown) bool { return q.ID == id })
}

// articleService is Articles by another name, since one of its methods has that one.
type articleService = Articles

// watched is the articles, which tells of each that may have changed.
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

// changed forgets what is remembered of an article. It is counted first, so that what was asked for
// before is either not kept any more or forgotten here.
func (s *server) changed(id string) {
	s.changes.Add(1)
	s.shown.forget(id)
	s.hot.forget(id)
	s.top.forget(id)
}

// shownCard is the card of an article's picture. Where the store cannot answer, what it said last
// stands: readers go on seeing pictures that were drawn before.
func (s *server) shownCard(ctx context.Context, q stories.PictureRequest) (shown, error) {
	e, known, fresh := s.shown.recall(q, s.Now())
	if fresh {
		return e, nil
	}
	asOf := s.changes.Load()
	c, err := s.Articles.Card(ctx, q)
	if err != nil {
		if kind := fault.KindOf(err); known && (kind == fault.Internal || kind == fault.Unavailable) {
			return e, nil
		}
		return shown{}, err
	}
	e = shown{card: c, until: s.Now().Add(shownFor), asOf: asOf, renewal: new(renewal)}
	if s.Pictures.Lasts(c) {
		e.key = s.Pictures.Key(c, q.Format)
	}
	s.shown.keep(q, e)
	return e, nil
}
