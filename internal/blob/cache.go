package blob

import (
	"context"
	"iter"
	"sync"
	"sync/atomic"
	"time"
)

// Cache is a Store of pictures that can be drawn again: a Memory for the most requested ones in front of a folder,
// each with its own budget of bytes. From the folder it evicts the least recently used pictures first; their order
// survives a restart. It is safe for concurrent use, also by several processes on one folder: two processes together
// stay within the budget, and each further process may exceed it by 5 %.
type Cache struct {
	disk   *Disk
	prefix string // of the keys that are counted
	memory *Memory
	budget int64         // bytes in the folder
	reads  chan struct{} // one element for each read of the folder

	onDisk   atomic.Int64 // bytes in the folder: counted by each sweep, increased by Put
	pending  atomic.Int64 // the part of onDisk that is being written
	written  atomic.Int64 // bytes written since the last sweep
	sweeping sync.Mutex   // held during a sweep
	sweeps   sync.WaitGroup
	open     context.Context // until Close
	close    context.CancelFunc
}

var _ Store = (*Cache)(nil)

// maxReads is the maximum number of pictures that are read from the folder at once. Each is a new copy in memory, of up
// to several megabytes.
const maxReads = 8

// touchEvery is the minimum interval, in nanoseconds, between updates of the modification time of a picture that is
// served from memory. The modification time is its last use for the eviction order after a restart.
const touchEvery = int64(time.Minute)

// NewCache returns a cache with at most memoryBytes in memory and diskBytes in the folder of disk, and starts counting
// the folder. It counts and removes the blobs whose keys begin with prefix, and no others: the folder may hold what
// cannot be made again. All keys of the cache must begin with prefix. On the disk a picture counts as whole blocks of
// 4 KiB. If diskBytes is 0, no picture is written to the disk. Close the cache before the disk. The disk may have
// DiskOptions.NoSync.
func NewCache(disk *Disk, prefix string, memoryBytes, diskBytes int64) (*Cache, error) {
	memory, err := NewMemory(memoryBytes)
	if err != nil {
		return nil, err
	}
	c := &Cache{disk: disk, prefix: prefix, memory: memory, budget: diskBytes, reads: make(chan struct{}, maxReads)}
	c.open, c.close = context.WithCancel(context.Background())
	c.sweeps.Go(c.sweep)
	return c, nil
}

// Close ends the sweeps in progress.
func (c *Cache) Close() error {
	c.close()
	c.sweeps.Wait()
	return nil
}

// Get implements Store.
func (c *Cache) Get(ctx context.Context, key string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if data, ok := c.held(key); ok {
		return data, nil
	}
	select {
	case c.reads <- struct{}{}:
		defer func() { <-c.reads }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if data, ok := c.held(key); ok { // another request has read it meanwhile
		return data, nil
	}
	data, err := c.disk.Get(ctx, key)
	if err == nil {
		c.disk.touch(key)
		c.memory.put(key, data)
	}
	return data, err
}

// held returns a picture that is in memory.
func (c *Cache) held(key string) (data []byte, ok bool) {
	h, ok := c.memory.get(key)
	if !ok {
		return nil, false
	}
	c.touch(key, h)
	return h.data, true
}

// touch updates the modification time of a picture's file, unless that was done less than touchEvery ago.
func (c *Cache) touch(key string, h *held) {
	now := h.used.Load()
	if last := h.touched.Load(); now-last >= touchEvery && h.touched.CompareAndSwap(last, now) {
		c.disk.touch(key)
	}
}

// Put implements Store. The picture is in memory even if the disk has no room for it or fails.
func (c *Cache) Put(ctx context.Context, key string, data []byte) error {
	if err := check(ctx, key); err != nil {
		return err
	}
	c.memory.put(key, data)
	return c.write(ctx, key, data)
}

// Hold caches a picture in memory only.
func (c *Cache) Hold(key string, data []byte) { c.memory.put(key, data) }

// List implements Store. It lists the pictures in the folder only. Info.Modified is the last use, to about a minute.
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
