package links

import (
	"context"
	"sync"
	"time"
)

// clickWait is the maximum time that a reader waits for the click to be stored.
const clickWait = time.Second

// patience limits how long readers wait. Those of a moment share one context: a timer for each took as long as the rest
// of counting. The zero value is ready to use. It is safe for concurrent use.
type patience struct {
	mu    sync.Mutex
	ctx   context.Context
	stop  context.CancelFunc // of ctx, which ends by itself
	until time.Time          // when later readers get another context
}

// context returns a context that ends after clickWait, or up to a tenth of that earlier. It does not end when the
// reader leaves.
func (p *patience) context() context.Context {
	now := time.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ctx == nil || !now.Before(p.until) {
		p.ctx, p.stop = context.WithTimeout(context.Background(), clickWait) //nolint:gosec // it ends by itself
		p.until = now.Add(clickWait / 10)
	}
	return p.ctx
}
