package blob

import (
	"cmp"
	"context"
	"crypto/sha256"
	"io/fs"
	"iter"
	"slices"
	"sync"
	"sync/atomic"
)

// budgeted is the part of a folder that belongs to a Cache: the blobs whose keys begin with prefix, at most budget
// bytes of them.
type budgeted struct {
	disk    *Disk
	prefix  string
	budget  int64                  // bytes in the folder
	lastUse func(key string) int64 // in Unix nanoseconds, as far as memory knows it; else 0

	onDisk   atomic.Int64 // bytes in the folder: counted by each sweep, increased by Put
	pending  atomic.Int64 // the part of onDisk that is being written
	written  atomic.Int64 // bytes written since the last sweep
	sweeping sync.Mutex   // held during a sweep
	sweeps   sync.WaitGroup
	open     context.Context // until Close
	close    context.CancelFunc
}

var _ Behind = (*budgeted)(nil)

// newBudgeted returns the part of the folder, and starts counting it.
func newBudgeted(disk *Disk, prefix string, budget int64, lastUse func(key string) int64) *budgeted {
	b := &budgeted{disk: disk, prefix: prefix, budget: budget, lastUse: lastUse}
	b.open, b.close = context.WithCancel(context.Background())
	b.sweeps.Go(b.sweep)
	return b
}

// Close ends the sweeps in progress.
func (b *budgeted) Close() error {
	b.close()
	b.sweeps.Wait()
	return nil
}

// Get implements Store.
func (b *budgeted) Get(ctx context.Context, key string) ([]byte, error) { return b.disk.Get(ctx, key) }

// Used implements Behind: the modification time of a file is its last use, which is the order of eviction after a
// restart.
func (b *budgeted) Used(key string) { b.disk.touch(key) }

// List implements Store.
func (b *budgeted) List(ctx context.Context, prefix string) iter.Seq2[Info, error] {
	return b.disk.List(ctx, prefix)
}

// Delete implements Store.
func (b *budgeted) Delete(ctx context.Context, key string) error { return b.disk.Delete(ctx, key) }

// block is the allocation unit of common file systems, in bytes.
const block = 4 << 10

// room returns the bytes that a picture of n bytes occupies on the disk.
func room(n int64) int64 { return (n + sha256.Size + block - 1) / block * block }

// A sweep removes pictures if the folder has more than high bytes, until it has at most low bytes. The difference to
// the budget leaves room for Puts during the sweep.
func (b *budgeted) high() int64 { return b.budget - b.budget/10 }
func (b *budgeted) low() int64  { return b.budget - b.budget/5 }

// unseen is how many bytes this process writes before it counts the folder again. Other processes write there too.
func (b *budgeted) unseen() int64 { return b.budget / 20 }

// Put implements Store. It writes a picture to the folder if the budget has room for it, or if removing others makes
// room; otherwise it does nothing. It starts a sweep in the background before the budget is used up.
func (b *budgeted) Put(ctx context.Context, key string, data []byte) error {
	n := room(int64(len(data)))
	if n > b.low() || !b.reserve(n) {
		return nil
	}
	err := b.disk.Put(ctx, key, data)
	b.pending.Add(-n)
	if err != nil {
		b.onDisk.Add(-n)
		return err
	}
	if written := b.written.Add(n); (written > b.unseen() || b.onDisk.Load() > b.high()) && b.sweeping.TryLock() {
		b.sweeps.Go(func() {
			defer b.sweeping.Unlock()
			b.sweepLocked()
		})
	}
	return nil
}

// reserve adds n bytes to onDisk and pending before they are written. It reports whether the budget has room for them.
func (b *budgeted) reserve(n int64) bool {
	for {
		b.pending.Add(n)
		if b.onDisk.Add(n) <= b.budget {
			return true
		}
		b.onDisk.Add(-n)
		b.pending.Add(-n)
		if !b.makeRoom(n) {
			return false
		}
	}
}

// makeRoom sweeps the folder, unless another goroutine has just made room. It reports whether there is room for n
// bytes.
func (b *budgeted) makeRoom(n int64) bool {
	b.sweeping.Lock()
	defer b.sweeping.Unlock()
	if b.onDisk.Load()+n > b.budget {
		b.sweepLocked()
	}
	return b.onDisk.Load()+n <= b.budget
}

func (b *budgeted) sweep() {
	b.sweeping.Lock()
	defer b.sweeping.Unlock()
	b.sweepLocked()
}

// sweepLocked counts the bytes in the folder, and removes the least recently used pictures if there are too many. The
// caller holds b.sweeping. A sweep of a million pictures uses 16 MB of memory, since it does not hold their keys.
func (b *budgeted) sweepLocked() {
	type picture struct{ used, bytes int64 }
	var all []picture
	b.written.Store(0)
	before := b.onDisk.Load()
	pending := b.pending.Load() // loaded after onDisk, so that the sum is never too low
	total := int64(0)
	err := b.walk(func(_ string, used, bytes int64) bool {
		all = append(all, picture{used, bytes})
		total += bytes
		return true
	})
	if err != nil { // the folder has more than was seen: the count stays
		return
	}
	if total > b.high() {
		slices.SortFunc(all, func(a, b picture) int { return cmp.Compare(a.used, b.used) })
		need, until := total-b.low(), int64(0)
		for _, p := range all {
			if need <= 0 {
				break
			}
			need -= p.bytes
			until = p.used
		}
		total -= b.removeUntil(until, total-b.low())
	}
	// The walk may have missed pictures that were being written, and may have seen pictures written since it began.
	// Both are counted; some are counted twice until the next sweep.
	b.onDisk.Add(total + pending - before)
}

// removeUntil removes pictures that were last used at or before the time until (Unix nanoseconds), as long as fewer
// than need bytes are freed.
func (b *budgeted) removeUntil(until, need int64) (freed int64) {
	_ = b.walk(func(file string, used, bytes int64) bool { // what it does not reach is for the next sweep
		if used <= until && b.disk.files().Remove(file) == nil {
			freed += bytes
		}
		return freed < need
	})
	return freed
}

// walk calls visit for each picture in the folder, with the time of its last use in Unix nanoseconds and the bytes it
// occupies, until visit returns false or the cache is closed. It skips files that are removed meanwhile. The error says
// that a part of the folder was not visited.
func (b *budgeted) walk(visit func(file string, used, bytes int64) bool) error {
	return b.disk.walk(b.open, b.prefix, func(file string, info fs.FileInfo) bool {
		used := max(info.ModTime().UnixNano(), b.lastUse(info.Name()))
		return visit(file, used, room(info.Size()-sha256.Size))
	})
}
