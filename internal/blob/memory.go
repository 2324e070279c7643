package blob

import (
	"context"
	"iter"
	"strings"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"
)

// Memory is a Store in memory, bounded in bytes. It evicts the blobs that are used least. It is safe for concurrent
// use.
type Memory struct {
	blobs *otter.Cache[string, *held]
	most  int64 // bytes of one blob
}

var _ Store = (*Memory)(nil)

// held is a blob in memory. Times are in Unix nanoseconds.
type held struct {
	data    []byte
	written int64        // time of Put
	used    atomic.Int64 // time of the last Get
	touched atomic.Int64 // time of the last update of its file's modification time; see Cache
}

const (
	entryBytes = 256 // approximate size of an entry in memory, without its key and data

	// share limits one blob to 1/32 of the memory. Cards are smaller: at most 300 KB, except for PNGs of photos.
	share = 32
)

// NewMemory returns a Memory of at most bytes bytes. It never holds a blob of more than 1/32 of that.
func NewMemory(bytes int64) (*Memory, error) {
	blobs, err := otter.New(&otter.Options[string, *held]{
		MaximumWeight: uint64(bytes),
		Weigher:       func(key string, h *held) uint32 { return uint32(len(key) + len(h.data) + entryBytes) },
	})
	if err != nil {
		return nil, err
	}
	return &Memory{blobs: blobs, most: bytes / share}, nil
}

// get returns the blob of the key and updates its last use.
func (m *Memory) get(key string) (h *held, ok bool) {
	if h, ok = m.blobs.GetIfPresent(key); ok {
		h.used.Store(time.Now().UnixNano())
	}
	return h, ok
}

// put adds the blob, unless it is too large.
func (m *Memory) put(key string, data []byte) {
	if int64(len(data)) > m.most {
		m.blobs.Invalidate(key) // remove an earlier, smaller blob of the key
		return
	}
	h := &held{data: data, written: time.Now().UnixNano()}
	h.used.Store(h.written)
	h.touched.Store(h.written)
	m.blobs.Set(key, h)
}

// lastUse returns the last use of the blob, in Unix nanoseconds, or 0 if it is not in memory.
func (m *Memory) lastUse(key string) int64 {
	if e, ok := m.blobs.GetEntryQuietly(key); ok {
		return e.Value.used.Load()
	}
	return 0
}

// check returns the error of ctx, or ErrKey for an invalid key.
func check(ctx context.Context, key string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return CheckKey(key)
}

// Get implements Store.
func (m *Memory) Get(ctx context.Context, key string) ([]byte, error) {
	if err := check(ctx, key); err != nil {
		return nil, err
	}
	if h, ok := m.get(key); ok {
		return h.data, nil
	}
	return nil, ErrNotFound
}

// Put implements Store.
func (m *Memory) Put(ctx context.Context, key string, data []byte) error {
	if err := check(ctx, key); err != nil {
		return err
	}
	m.put(key, data)
	return nil
}

// List implements Store.
func (m *Memory) List(ctx context.Context, prefix string) iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) {
		err := CheckPrefix(prefix)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			yield(Info{}, err)
			return
		}
		for key, h := range m.blobs.All() {
			info := Info{key, int64(len(h.data)), time.Unix(0, h.written)}
			if strings.HasPrefix(key, prefix) && !yield(info, nil) {
				return
			}
		}
	}
}

// Delete implements Store.
func (m *Memory) Delete(ctx context.Context, key string) error {
	if err := check(ctx, key); err != nil {
		return err
	}
	m.blobs.Invalidate(key)
	return nil
}
