package blob

import (
	"cmp"
	"context"
	"crypto/sha256"
	"io/fs"
	"slices"
)

// block is the allocation unit of common file systems, in bytes.
const block = 4 << 10

// room returns the bytes that a picture of n bytes occupies on the disk.
func room(n int64) int64 { return (n + sha256.Size + block - 1) / block * block }

// A sweep removes pictures if the folder has more than high bytes, until it has at most low bytes. The difference to
// the budget leaves room for Puts during the sweep.
func (c *Cache) high() int64 { return c.budget - c.budget/10 }
func (c *Cache) low() int64  { return c.budget - c.budget/5 }

// unseen is how many bytes this process writes before it counts the folder again. Other processes write there too.
func (c *Cache) unseen() int64 { return c.budget / 20 }

// write writes a picture to the folder if the budget has room for it, or if removing others makes room; otherwise it
// does nothing. It starts a sweep in the background before the budget is used up.
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

// reserve adds n bytes to onDisk and pending before they are written. It reports whether the budget has room for them.
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

// makeRoom sweeps the folder, unless another goroutine has just made room. It reports whether there is room for n
// bytes.
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

// sweepLocked counts the bytes in the folder, and removes the least recently used pictures if there are too many. The
// caller holds c.sweeping. A sweep of a million pictures uses 16 MB of memory, since it does not hold their keys.
func (c *Cache) sweepLocked() {
	type picture struct{ used, bytes int64 }
	var all []picture
	c.written.Store(0)
	before := c.onDisk.Load()
	pending := c.pending.Load() // loaded after onDisk, so that the sum is never too low
	total := int64(0)
	err := c.walk(func(_ string, used, bytes int64) bool {
		all = append(all, picture{used, bytes})
		total += bytes
		return true
	})
	if err != nil { // the folder has more than was seen: the count stays
		return
	}
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
	// The walk may have missed pictures that were being written, and may have seen pictures written since it began.
	// Both are counted; some are counted twice until the next sweep.
	c.onDisk.Add(total + pending - before)
}

// removeUntil removes pictures that were last used at or before the time until (Unix nanoseconds), as long as fewer
// than need bytes are freed.
func (c *Cache) removeUntil(until, need int64) (freed int64) {
	_ = c.walk(func(file string, used, bytes int64) bool { // what it does not reach is for the next sweep
		if used <= until && c.disk.files().Remove(file) == nil {
			freed += bytes
		}
		return freed < need
	})
	return freed
}

// walk calls visit for each picture in the folder, with the time of its last use in Unix nanoseconds and the bytes it
// occupies, until visit returns false or the cache is closed. It skips files that are removed meanwhile. The error says
// that a part of the folder was not visited.
func (c *Cache) walk(visit func(file string, used, bytes int64) bool) error {
	return c.disk.walk(c.open, c.prefix, func(file string, info fs.FileInfo) bool {
		used := max(info.ModTime().UnixNano(), c.memory.lastUse(info.Name()))
		return visit(file, used, room(info.Size()-sha256.Size))
	})
}
