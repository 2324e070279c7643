package photos

import (
	"container/list"
	"strings"
	"sync"
)

// Spill holds temporary photos that memory has no room for, for as long as the process lives and there is room. A
// *blob.Ring is one.
type Spill interface {
	Get(key string) (data []byte, ok bool)
	Has(key string) bool
	Put(key string, data []byte) error
}

// cache holds the photos that were used last in memory, within a number of bytes. It is safe for concurrent use.
//
// Of what it evicts, those who draw from it keep the bytes, and stored photos can be read again. Temporary ones
// that still wait to be drawn go to the spill: otherwise they would be fetched again in a slot for drawing, and of
// 34 requests at a time, for photos of 2.8 MB from a source that takes 100 ms, a third as many would be drawn.
//
// The bytes belong to the garbage collector: counting their holders and using buffers again saved 1 % of the
// processor time of a card whose photo is new.
type cache struct {
	most  int64 // bytes
	spill Spill

	mu    sync.Mutex
	bytes int64
	byKey map[string]*list.Element
	order *list.List // of *original, the last used first
}

func newCache(most int64, spill Spill) *cache {
	return &cache{most: most, spill: spill, byKey: map[string]*list.Element{}, order: list.New()}
}

// get is the photo of the key; nil where memory does not hold it.
func (c *cache) get(key string) *original {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.byKey[key]
	if e == nil {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*original)
}

// add holds the photo by the key, unless one is held by it already, and returns the one that is. It evicts
// what was used longest ago, but never the photo itself.
func (c *cache) add(key string, o *original) *original {
	held, evicted := c.insert(key, o)
	for _, e := range evicted {
		if strings.HasPrefix(e.key, temporary) && !e.drawn.Load() && !c.spill.Has(e.key) {
			_ = c.spill.Put(e.key, e.data) // one that is not there is fetched again
		}
	}
	return held
}

func (c *cache) insert(key string, o *original) (held *original, evicted []*original) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.byKey[key]; e != nil {
		c.order.MoveToFront(e)
		return e.Value.(*original), nil
	}
	o.key = key
	c.byKey[key] = c.order.PushFront(o)
	c.bytes += o.size()
	for c.bytes > c.most && c.order.Len() > 1 {
		last := c.order.Remove(c.order.Back()).(*original)
		delete(c.byKey, last.key)
		c.bytes -= last.size()
		evicted = append(evicted, last)
	}
	return o, evicted
}
