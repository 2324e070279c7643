package registry

import (
	"context"
	"sync"
)

// turns lets one at a time change an article. It is safe for concurrent use.
type turns struct {
	mu  sync.Mutex
	all map[string]*turn
}

type turn struct {
	busy  chan struct{} // full while someone has it
	users int           // who has it and who wait
}

func newTurns() *turns { return &turns{all: map[string]*turn{}} }

// take waits for the article's turn, which leave ends. The error is the context's.
func (t *turns) take(ctx context.Context, id string) (leave func(), err error) {
	t.mu.Lock()
	mine := t.all[id]
	if mine == nil {
		mine = &turn{busy: make(chan struct{}, 1)}
		t.all[id] = mine
	}
	mine.users++
	t.mu.Unlock()
	select {
	case mine.busy <- struct{}{}:
		return func() { <-mine.busy; t.drop(id, mine) }, nil
	case <-ctx.Done():
		t.drop(id, mine)
		return nil, ctx.Err()
	}
}

func (t *turns) drop(id string, mine *turn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if mine.users--; mine.users == 0 {
		delete(t.all, id)
	}
}
