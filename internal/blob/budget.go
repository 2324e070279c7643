package blob

import (
	"cmp"
	"context"
	"crypto/sha256"
	"io/fs"
	"slices"
)

// cachedPrefix begins the keys of the pictures that a Cache counts and removes. The folder has photos too,
// which cannot be drawn again.
const cachedPrefix = "card-"

// block is the unit in which file systems give room, in bytes.
const block = 4 << 10

// room is what a picture of n bytes takes on the disk.
func room(n int64) int64 { return (n + sha256.Size + block - 1) / block * block }

// Bounds at which removing begins and ends: they leave room for what is put meanwhile.
func (c *Cache) high() int64 { return c.budget - c.budget/10 }
func (c *Cache) low() int64  { return c.budget - c.budget/5 }

// unseen is how much this process writes before it counts the folder again: other processes write there too.
func (c *Cache) unseen() int64 { return c.budget / 20 }

// write puts a picture into the folder, when there is room for it within the budget or others can be removed.
// Others are removed before the budget is used up, if there is time.
func (c *Cache) write(ctx context.Context, key string, data []byte) error {
	n := room(int64(len(data)))
	if n > c.low() || !c.reserve(n) {
		return nil
	}
	err := c.disk.Put(ctx, key, data)
	c.pending.Add(-n)
	if err != nil {
		c.onDisk.Add(-n)
		return err
	}
	if written := c.written.Add(n); (written > c.unseen() || c.onDisk.Load() > c.high()) && c.sweeping.TryLock() {
		c.sweeps.Go(func() {
			defer c.sweeping.Unlock()
			c.sweepLocked()
		})
	}
	return nil
}

// reserve counts n bytes, as pending too, before they are written, and reports whether there is room for them.
func (c *Cache) reserve(n int64) bool {
	for {
		c.pending.Add(n)
		if c.onDisk.Add(n) <= c.budget {
			return true
		}
		c.onDisk.Add(-n)
		c.pending.Add(-n)
		if !c.makeRoom(n) {
			return false
		}
	}
}

// makeRoom sweeps the folder unless another goroutine just did, and reports whether there is room for n bytes.
func (c *Cache) makeRoom(n int64) bool {
	c.sweeping.Lock()
	defer c.sweeping.Unlock()
	if c.onDisk.Load()+n > c.budget {
		c.sweepLocked()
	}
	return c.onDisk.Load()+n <= c.budget
}

func (c *Cache) sweep() {
	c.sweeping.Lock()
	defer c.sweeping.Unlock()
	c.sweepLocked()
}

// sweepLocked counts the folder and removes the least recently used pictures where they are too many bytes.
// It holds no keys: a folder of a million pictures takes 16 MB while it is swept.
func (c *Cache) sweepLocked() {
	type picture struct{ used, bytes int64 }
	var all []picture
	c.written.Store(0)
	before := c.onDisk.Load()
	pending := c.pending.Load() // after the bytes on the disk: what is counted twice is counted too high
	total := int64(0)
	c.walk(func(_ string, used, bytes int64) bool {
		all = append(all, picture{used, bytes})
		total += bytes
		return true
	})
	if total > c.high() {
		slices.SortFunc(all, func(a, b picture) int { return cmp.Compare(a.used, b.used) })
		need, until := total-c.low(), int64(0)
		for _, p := range all {
			if need <= 0 {
				break
			}
			need -= p.bytes
			until = p.used
		}
		total -= c.removeUntil(until, total-c.low())
	}
	// What is being written may not have been seen, and what was written since may have been: both stay counted,
	// some of it twice until the next sweep.
	c.onDisk.Add(total + pending - before)
}

// removeUntil removes pictures that were last used at a time or before it, until so many bytes are free.
func (c *Cache) removeUntil(until, need int64) (freed int64) {
	c.walk(func(file string, used, bytes int64) bool {
		if used <= until && c.disk.files.Remove(file) == nil {
			freed += bytes
		}
		return freed < need
	})
	return freed
}

// walk visits the pictures in the folder: when each was last used, in unix nanoseconds, and the room that it
// takes. It ends when visit returns false. What goes away or cannot be read meanwhile is passed over.
func (c *Cache) walk(visit func(file string, used, bytes int64) bool) {
	_ = c.disk.walk(context.Background(), cachedPrefix, func(file string, info fs.FileInfo) bool {
		used := max(info.ModTime().UnixNano(), c.memory.lastUse(info.Name()))
		return visit(file, used, room(info.Size()-sha256.Size))
	})
}
