package registry

import (
	"sync"
	"sync/atomic"
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
