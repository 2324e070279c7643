package picture

import (
	"context"

	"github.com/maypok86/otter/v2"
)

// Cached keeps the blobs that are asked for most in memory, bounded in bytes, in front of
// another store.
type Cached struct {
	behind Store
	memory *otter.Cache[string, []byte]
	most   int64 // bytes of one blob that is kept in memory
}

var _ Store = (*Cached)(nil)

// entryBytes is about what an entry takes beside its data.
const entryBytes = 256

// share is the part of the memory that one blob may take: cards are smaller, of 300 KB at most but for PNGs
// of photos.
const share = 32

// NewCached keeps at most maxBytes in memory; a blob of more than a 32nd of it is not.
func NewCached(behind Store, maxBytes int64) (*Cached, error) {
	memory, err := otter.New(&otter.Options[string, []byte]{
		MaximumWeight: uint64(maxBytes),
		Weigher:       func(name string, data []byte) uint32 { return uint32(len(name) + len(data) + entryBytes) },
	})
	if err != nil {
		return nil, err
	}
	return &Cached{behind: behind, memory: memory, most: maxBytes / share}, nil
}

// Get implements Store.
func (c *Cached) Get(ctx context.Context, name string) ([]byte, error) {
	if data, ok := c.memory.GetIfPresent(name); ok {
		return data, nil
	}
	data, err := c.behind.Get(ctx, name)
	if err == nil {
		c.keep(name, data)
	}
	return data, err
}

// Put implements Store.
func (c *Cached) Put(ctx context.Context, name string, data []byte) error {
	err := c.behind.Put(ctx, name, data)
	if err == nil {
		c.keep(name, data)
	}
	return err
}

// Delete implements Store.
func (c *Cached) Delete(ctx context.Context, name string) error {
	c.memory.Invalidate(name)
	return c.behind.Delete(ctx, name)
}

func (c *Cached) keep(name string, data []byte) {
	if int64(len(data)) > c.most {
		c.memory.Invalidate(name) // a smaller one may have had the name
		return
	}
	c.memory.Set(name, data)
}
