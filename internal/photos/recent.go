package photos

import (
	"container/list"
	"strings"
	"sync"
)

// passing begins the keys of photos that were fetched for a picture and are not kept for good.
const passing = "passing:"

// Spill has what memory has no room for, for as long as the process lives and it has room itself. A
// *blob.Ring is one.
type Spill interface {
	Get(key string) ([]byte, bool)
	Has(key string) bool
	Put(key string, data []byte) error
}

// recent holds the photos that were had last in memory, so that a drawing that waits for its slot
// holds nothing, and reads nothing when its turn comes. Photos that are not kept for good it spills.
type recent struct {
	most  int64 // bytes; of those whose turn has not come, waiting times as many
	spill Spill
	aside chan struct{} // full while someone spills beside the requests

	mu    sync.Mutex
	bytes int64 // of those in order
	held  map[string]*list.Element
	order *list.List // of *original, the last first; without those that are being spilled
}

// waiting is how much more there may be of photos whose turn has not come: what is spilled of them must
// be read again.
const waiting = 4

func newRecent(most int64, spill Spill) *recent {
	return &recent{most: most, spill: spill, aside: make(chan struct{}, 1), held: map[string]*list.Element{}, order: list.New()}
}

// get is the photo of the key, which the caller holds too; nil where it is not held.
func (r *recent) get(key string) *original {
	r.mu.Lock()
	defer r.mu.Unlock()
	e := r.held[key]
	if e == nil {
		return nil
	}
	r.order.MoveToFront(e)
	return shared(e)
}

// shared is a held photo, for one more holder.
func shared(e *list.Element) *original {
	o := e.Value.(*original)
	o.held.Hold() // true: it is let go of when it is held no longer
	return o
}

// add takes the photo over from its holder and holds it by the key, or has the one that is held by it.
// The caller holds what it returns.
func (r *recent) add(key string, o *original) *original {
	r.mu.Lock()
	if e := r.held[key]; e != nil {
		defer r.mu.Unlock()
		r.order.MoveToFront(e)
		return shared(e)
	}
	o.held.Hold()
	o.key = key
	r.held[key] = r.order.PushFront(o)
	r.bytes += o.bytes()
	leaving := r.shrink()
	r.mu.Unlock()
	if len(leaving) > 0 {
		r.seeOff(leaving)
	}
	return o
}

// seeOff has photos leave: beside the request, unless those before are still leaving.
func (r *recent) seeOff(leaving []*list.Element) {
	select {
	case r.aside <- struct{}{}:
		go func() {
			defer func() { <-r.aside }()
			r.leave(leaving)
		}()
	default:
		r.leave(leaving)
	}
}

// keyOf is what the photo is held by, or was; empty: it never was.
func (r *recent) keyOf(o *original) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return o.key
}

// drawn says that the photo's turn has come: whoever draws from it holds it.
func (r *recent) drawn(o *original) {
	r.mu.Lock()
	defer r.mu.Unlock()
	o.drawn = true
}

// shrink takes photos out of the order, but not the very last: those whose turn has come, while there
// are too many bytes, and others while there are waiting times as many; of each those that were had longest
// ago. They are held until they have left.
func (r *recent) shrink() (leaving []*list.Element) {
	for _, bound := range []struct {
		bytes int64
		all   bool
	}{{r.most, false}, {waiting * r.most, true}} {
		for e := r.order.Back(); e != nil && e != r.order.Front() && r.bytes > bound.bytes; {
			o, before := e.Value.(*original), e.Prev()
			if bound.all || o.drawn {
				r.order.Remove(e)
				r.bytes -= o.bytes()
				leaving = append(leaving, e)
			}
			e = before
		}
	}
	return leaving
}

// leave spills photos that shrink took, and holds them no longer. One that cannot be spilled is
// fetched once more; it is not let go of, for those who were just told of it.
func (r *recent) leave(leaving []*list.Element) {
	for _, e := range leaving {
		o, lost := e.Value.(*original), false
		if key := r.keyOf(o); strings.HasPrefix(key, passing) && !r.spill.Has(key) {
			lost = r.spill.Put(key, o.data) != nil
		}
		r.mu.Lock()
		if r.held[o.key] == e {
			delete(r.held, o.key)
		}
		r.mu.Unlock()
		if !lost {
			o.letGo()
		}
	}
}
