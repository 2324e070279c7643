package blob

import (
	"context"
	"iter"
	"sync"
	"sync/atomic"
	"time"
)

// Cache is a Store of pictures that can be drawn again: those that are asked for most in memory, the others in
// a folder, both within a number of bytes. In the folder the least recently used are removed first, in an order
// that survives a restart. It is safe for concurrent use, by several processes on one folder too: two stay
// within the budget together, and each more may exceed it by a twentieth.
type Cache struct {
	disk   *Disk
	memory *Memory
	budget int64 // bytes in the folder

	onDisk   atomic.Int64 // bytes in the folder: counted at each sweep, added to by Put
	pending  atomic.Int64 // bytes of it that are being written
	written  atomic.Int64 // bytes that were written since the folder was counted
	sweeping sync.Mutex
	sweeps   sync.WaitGroup
}

var _ Store = (*Cache)(nil)

// touchEvery is how often the file of a picture that memory answers is touched, for the order in the folder
// once the picture has left memory or the process has ended.
const touchEvery = int64(time.Minute)

// NewCache makes a cache of at most so many bytes in memory, and on the disk in the disk's folder, which it
// begins to count. On the disk a picture counts for whole blocks; zero bytes keep none there. Close the cache
// before the disk, whose Puts need not be synced (DiskOptions).
func NewCache(disk *Disk, memoryBytes, diskBytes int64) (*Cache, error) {
	memory, err := NewMemory(memoryBytes)
	if err != nil {
		return nil, err
	}
	c := &Cache{disk: disk, memory: memory, budget: diskBytes}
	c.sweeps.Go(c.sweep)
	return c, nil
}

// Close waits for the work on the folder to end.
func (c *Cache) Close() error {
	c.sweeps.Wait()
	return nil
}

// Get implements Store.
func (c *Cache) Get(ctx context.Context, key string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if h, ok := c.memory.get(key); ok {
		c.touch(key, h)
		return h.data, nil
	}
	data, err := c.disk.Get(ctx, key)
	if err == nil {
		c.disk.touch(key)
		c.memory.put(key, data)
	}
	return data, err
}

// touch has the file of a picture in memory touched, unless that was done a moment ago.
func (c *Cache) touch(key string, h *held) {
	now := h.used.Load()
	if last := h.touched.Load(); now-last >= touchEvery && h.touched.CompareAndSwap(last, now) {
		c.disk.touch(key)
	}
}

// Put implements Store, within the budget. What the disk refuses is held in memory all the same.
func (c *Cache) Put(ctx context.Context, key string, data []byte) error {
	if err := check(ctx, key); err != nil {
		return err
	}
	c.memory.put(key, data)
	return c.write(ctx, key, data)
}

// Hold keeps a picture in memory alone, for as long as it is asked for more than others.
func (c *Cache) Hold(key string, data []byte) { c.memory.put(key, data) }

// List implements Store for the pictures in the folder. They count as modified when they were last asked for,
// to about a minute.
func (c *Cache) List(ctx context.Context, prefix string) iter.Seq2[Info, error] {
	return c.disk.List(ctx, prefix)
}

// Delete implements Store.
func (c *Cache) Delete(ctx context.Context, key string) error {
	if err := check(ctx, key); err != nil {
		return err
	}
	c.memory.blobs.Invalidate(key)
	return c.disk.Delete(ctx, key)
}
