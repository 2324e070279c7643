package fetch

import "sync/atomic"

// Bytes is the memory of a body, with a count of its holders. When the last one releases it, it is used for the
// next body. A holder that never does leaves it to the garbage collector, which is correct, and only costs
// memory. A nil Bytes is memory that is not used again. It is safe for concurrent use.
type Bytes struct {
	holders atomic.Int64
	data    []byte
	pool    *buffers
}

// newBytes returns Bytes with one holder.
func newBytes(data []byte, pool *buffers) *Bytes {
	b := &Bytes{data: data, pool: pool}
	b.holders.Store(1)
	return b
}

// Hold adds a holder. It returns false where there was none left: the memory may be another body's by now.
func (b *Bytes) Hold() bool {
	if b == nil {
		return true
	}
	for n := b.holders.Load(); n > 0; n = b.holders.Load() {
		if b.holders.CompareAndSwap(n, n+1) {
			return true
		}
	}
	return false
}

// Release removes a holder, which must not read the bytes any more. It panics where there is none.
func (b *Bytes) Release() {
	if b == nil {
		return
	}
	switch n := b.holders.Add(-1); {
	case n < 0:
		panic("fetch: bytes were released more often than held")
	case n == 0:
		data := b.data
		b.data = nil
		b.pool.put(data)
	}
}
