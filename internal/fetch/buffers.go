package fetch

import (
	"slices"
	"sync"
)

// Bounds of the buffers that are not in use.
const (
	maxIdle      = 8       // buffers
	maxIdleBytes = 8 << 20 // in all
)

// buffers is a pool of memory for bodies, which would be most of the garbage of a card. It is safe for
// concurrent use; the zero value is ready to use.
type buffers struct {
	mu    sync.Mutex
	idle  [][]byte // the last put last
	bytes int      // of those
}

// take returns an empty buffer with room for n bytes, and for at most half as many again.
func (p *buffers) take(n int) []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, b := range slices.Backward(p.idle) {
		if cap(b) >= n && cap(b) <= n+n/2 {
			p.drop(i)
			return b[:0]
		}
	}
	return make([]byte, 0, n)
}

// put returns a buffer to the pool. Those that have been there longest make room for it.
func (p *buffers) put(b []byte) {
	if cap(b) > maxIdleBytes {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, b)
	p.bytes += cap(b)
	for len(p.idle) > maxIdle || p.bytes > maxIdleBytes {
		p.drop(0)
	}
}

func (p *buffers) drop(i int) {
	p.bytes -= cap(p.idle[i])
	p.idle = slices.Delete(p.idle, i, i+1)
}
