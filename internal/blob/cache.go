package blob

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"
)

// Cache holds pictures that can be drawn again: those that are asked for most in memory, the others in a
// folder, both within a number of bytes. In the folder the least recently used are removed first, in an order
// that survives a restart. It is safe for concurrent use, by several processes on one folder too: two stay
// within the budget together, and each more may exceed it by a twentieth.
type Cache struct {
	disk   *Disk
	memory *otter.Cache[string, *held]
	most   int64 // bytes of one picture that memory takes
	budget int64 // bytes in the folder

	onDisk   atomic.Int64 // bytes in the folder: counted at each sweep, added to by Put
	pending  atomic.Int64 // bytes of it that are being written
	written  atomic.Int64 // bytes that were written since the folder was counted
	sweeping sync.Mutex
	sweeps   sync.WaitGroup
}

var _ Store = (*Cache)(nil)

// held is a picture in memory.
type held struct {
	data    []byte
	used    atomic.Int64 // when it was last asked for, unix nanoseconds
	touched atomic.Int64 // when the file was last told so
}

const (
	entryBytes = 256 // what an entry takes in memory beside its data, roughly

	// share is the part of the memory that one picture may take: cards are smaller, of 300 KB at most but
	// for PNGs of photos.
	share = 32

	// touchEvery is how often a picture in memory tells its file that it is in use, for the time after it
	// has left memory or the process has ended.
	touchEvery = int64(time.Minute)
)

// NewCache makes a cache of at most so many bytes in memory, and on the disk in the disk's folder, which it
// begins to count. On the disk a picture counts for whole blocks; zero bytes keep none there. Close the cache
// before the disk.
func NewCache(disk *Disk, memoryBytes, diskBytes int64) (*Cache, error) {
	memory, err := otter.New(&otter.Options[string, *held]{
		MaximumWeight: uint64(memoryBytes),
		Weigher:       func(name string, h *held) uint32 { return uint32(len(name) + len(h.data) + entryBytes) },
	})
	if err != nil {
		return nil, err
	}
	c := &Cache{disk: disk.unsynced(), memory: memory, most: memoryBytes / share, budget: diskBytes}
	c.sweeps.Go(c.sweep)
	return c, nil
}

// Close waits for the work on the folder to end.
func (c *Cache) Close() error {
	c.sweeps.Wait()
	return nil
}

// Get implements Store.
func (c *Cache) Get(ctx context.Context, name string) ([]byte, error) {
	if h, ok := c.memory.GetIfPresent(name); ok {
		c.use(name, h)
		return h.data, nil
	}
	data, err := c.disk.Get(ctx, name)
	if err == nil {
		c.disk.touch(name)
		c.Hold(name, data)
	}
	return data, err
}

// use records that a picture in memory was asked for.
func (c *Cache) use(name string, h *held) {
	now := time.Now().UnixNano()
	h.used.Store(now)
	if last := h.touched.Load(); now-last >= touchEvery && h.touched.CompareAndSwap(last, now) {
		c.disk.touch(name)
	}
}

// Put implements Store, within the budget. What the disk refuses is held in memory all the same.
func (c *Cache) Put(ctx context.Context, name string, data []byte) error {
	c.Hold(name, data)
	return c.write(ctx, name, data)
}

// Hold keeps a picture in memory alone, for as long as it is asked for more than others.
func (c *Cache) Hold(name string, data []byte) {
	if int64(len(data)) > c.most {
		c.memory.Invalidate(name) // a smaller one may have had the name
		return
	}
	h := &held{data: data}
	now := time.Now().UnixNano()
	h.used.Store(now)
	h.touched.Store(now)
	c.memory.Set(name, h)
}

// Delete implements Store.
func (c *Cache) Delete(ctx context.Context, name string) error {
	c.memory.Invalidate(name)
	return c.disk.Delete(ctx, name)
}
