package photo

import "sync/atomic"

// Bytes is the memory of a photo's file, which several may hold. When the last of them lets go, it serves
// the next photo. Who never lets go leaves it to the collector: that costs memory, and never a photo. A
// nil Bytes is memory that serves no other. It is safe for concurrent use.
type Bytes struct {
	holders atomic.Int64
	data    []byte
	pool    *buffers
}

// newBytes has one holder.
func newBytes(data []byte, pool *buffers) *Bytes {
	b := &Bytes{data: data, pool: pool}
	b.holders.Store(1)
	return b
}

// Hold is for one more holder, who must have been told of the bytes by another. False says that they
// are gone: none was left.
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

// Release is for a holder, once; the bytes are not to be looked at any more.
func (b *Bytes) Release() {
	if b == nil {
		return
	}
	switch n := b.holders.Add(-1); {
	case n < 0:
		panic("photo: bytes were released more often than held")
	case n == 0:
		data := b.data
		b.data = nil
		b.pool.put(data)
	}
}
