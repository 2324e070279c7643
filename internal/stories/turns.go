package stories

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"newsroom.example/cards/internal/store"
)

// turns orders what is stored of one article by Puts and Deletes that overlap. It is safe for concurrent use.
type turns struct {
	mu  sync.Mutex
	all map[string]*turn // of the articles that are being put or deleted
}

// turn is of one article. It is locked while the store is asked and changed, and never while a photo is
// fetched or drawn.
type turn struct {
	sync.Mutex
	withdrawn atomic.Int64 // Deletes while the turn was in use
	users     int          // guarded by turns.mu
}

func newTurns() *turns { return &turns{all: map[string]*turn{}} }

// of returns the article's turn, which the caller uses until leave.
func (t *turns) of(id string) (mine *turn, leave func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	mine = t.all[id]
	if mine == nil {
		mine = &turn{}
		t.all[id] = mine
	}
	mine.users++
	return mine, func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if mine.users--; mine.users == 0 {
			delete(t.all, id)
		}
	}
}

// errOutdated says that the photo that an article showed before is another by now.
var errOutdated = errors.New("the photo before is another")

// saveInTurn stores the version, unless the article was withdrawn since Put began, or its choice of the photo
// is out of date.
func (s *Service) saveInTurn(
	ctx context.Context, t *turn, withdrawn int64, rec store.Record, got fetched,
) (stored store.Record, created bool, err error) {
	t.Lock()
	defer t.Unlock()
	if t.withdrawn.Load() != withdrawn {
		return store.Record{}, false, fmt.Errorf("put %s: withdrawn meanwhile: %w", rec.Article.ID, store.ErrGone)
	}
	if got.outage() {
		id, err := s.photoBefore(ctx, rec.Article)
		if err == nil && id != rec.PhotoID {
			err = errOutdated
		}
		if err != nil {
			return store.Record{}, false, err
		}
	}
	return s.save(ctx, rec)
}
