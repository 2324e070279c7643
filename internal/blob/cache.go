package blob

import (
	"context"
	"errors"
	"iter"
	"sync/atomic"
	"time"
)

// Cache is a Store of pictures that can be drawn again: a Memory for the most requested ones in front of a Behind. It
// is safe for concurrent use.
type Cache struct {
	memory *Memory
	behind Behind
	reads  chan struct{} // one element for each read of behind

	inMemory, stored, missed, failed atomic.Uint64 // requests
}

// Counts are numbers of requests to a Cache by what became of them.
type Counts struct {
	Memory, Stored uint64 // found in memory; found behind it
	Missed, Failed uint64 // not found; not readable
}

// Counts returns the numbers of requests since the start.
func (c *Cache) Counts() Counts {
	return Counts{c.inMemory.Load(), c.stored.Load(), c.missed.Load(), c.failed.Load()}
}

var _ Store = (*Cache)(nil)

// Behind holds the pictures of a Cache that its memory has no room for: a folder with a budget (NewCache), or a bucket
// of an object store (package s3). Put may drop a picture, since it can be drawn again. It is safe for concurrent use.
type Behind interface {
	Store
	// Used notes that a picture was used just now. It is called after a Get, and about once a minute for a picture that
	// memory serves.
	Used(key string)
	// DeleteFunc deletes pictures as Cache.DeleteFunc does, and calls gone with the key of each.
	DeleteFunc(ctx context.Context, labels []string, n int, match func(key string, head []byte) bool,
		gone func(key string)) error
	// Close ends the work in the background.
	Close() error
}

// maxReads is the maximum number of pictures that are read from the folder at once. Each is a new copy in memory, of up
// to several megabytes.
const maxReads = 8

// touchEvery is the minimum interval, in nanoseconds, between calls of Behind.Used for a picture that is served from
// memory.
const touchEvery = int64(time.Minute)

// NewCache returns a cache with at most memoryBytes in memory and diskBytes in the folder of disk, and starts counting
// the folder. It counts and removes the blobs whose keys begin with prefix, and no others: the folder may hold what
// cannot be made again. All keys of the cache must begin with prefix. On the disk a picture counts as whole blocks of
// 4 KiB. If diskBytes is 0, no picture is written to the disk. Close the cache before the disk. The disk may have
// DiskOptions.NoSync.
//
// From the folder the least recently used pictures are evicted first; their order survives a restart. Several processes
// may share a folder: two together stay within the budget, and each further process may exceed it by 5 %.
func NewCache(disk *Disk, prefix string, memoryBytes, diskBytes int64) (*Cache, error) {
	memory, err := NewMemory(memoryBytes)
	if err != nil {
		return nil, err
	}
	return &Cache{
		memory: memory, behind: newBudgeted(disk, prefix, diskBytes, memory.lastUse), reads: make(chan struct{}, maxReads),
	}, nil
}

// NewCacheOver returns a cache with at most memoryBytes in memory, in front of behind, which Close closes. At most
// reads pictures are read from behind at once.
func NewCacheOver(behind Behind, memoryBytes int64, reads int) (*Cache, error) {
	memory, err := NewMemory(memoryBytes)
	if err != nil {
		return nil, err
	}
	return &Cache{memory: memory, behind: behind, reads: make(chan struct{}, reads)}, nil
}

// Close ends the work in the background, such as sweeps in progress.
func (c *Cache) Close() error { return c.behind.Close() }

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
	data, err := c.behind.Get(ctx, key)
	switch {
	case err == nil:
		c.stored.Add(1)
		c.behind.Used(key)
		c.memory.put(key, data)
	case errors.Is(err, ErrNotFound):
		c.missed.Add(1)
	default:
		c.failed.Add(1)
	}
	return data, err
}

// held returns a picture that is in memory.
func (c *Cache) held(key string) (data []byte, ok bool) {
	h, ok := c.memory.get(key)
	if !ok {
		return nil, false
	}
	c.inMemory.Add(1)
	c.touch(key, h)
	return h.data, true
}

// touch tells behind that the picture is used, unless that was done less than touchEvery ago.
func (c *Cache) touch(key string, h *held) {
	now := h.used.Load()
	if last := h.touched.Load(); now-last >= touchEvery && h.touched.CompareAndSwap(last, now) {
		c.behind.Used(key)
	}
}

// Put implements Store. The picture is in memory even if what is behind it has no room for it or fails.
func (c *Cache) Put(ctx context.Context, key string, data []byte) error {
	if err := check(ctx, key); err != nil {
		return err
	}
	c.memory.put(key, data)
	return c.behind.Put(ctx, key, data)
}

// Hold caches a picture in memory only.
func (c *Cache) Hold(key string, data []byte) { c.memory.put(key, data) }

// List implements Store. It lists the pictures behind the memory only. In a folder, Info.Modified is the last use, to
// about a minute.
func (c *Cache) List(ctx context.Context, prefix string) iter.Seq2[Info, error] {
	return c.behind.List(ctx, prefix)
}

// Delete implements Store.
func (c *Cache) Delete(ctx context.Context, key string) error {
	if err := check(ctx, key); err != nil {
		return err
	}
	c.memory.blobs.Invalidate(key)
	return c.behind.Delete(ctx, key)
}

// DeleteFunc deletes the pictures for which match returns true, from memory and from behind it, and returns their
// number. match gets the key and at most the first n bytes of each picture. Where looking at every picture would take
// too long, as in an object store, only those with one of the labels are looked for there: match must return true for
// them. What a label is, the store there says. A picture that is put during the call may remain. A picture that cannot
// be read or removed does not end the call; the error is that of one of them.
func (c *Cache) DeleteFunc(
	ctx context.Context, labels []string, n int, match func(key string, head []byte) bool,
) (deleted int, err error) {
	err = c.behind.DeleteFunc(ctx, labels, n, match, func(key string) {
		c.memory.blobs.Invalidate(key)
		deleted++
	})
	for key, h := range c.memory.blobs.All() {
		if match(key, h.data[:min(n, len(h.data))]) {
			c.memory.blobs.Invalidate(key)
			deleted++
		}
	}
	return deleted, err
}
