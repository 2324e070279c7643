package blob

import (
	"errors"
	"fmt"
	"hash/maphash"
	"os"
	"sync"
)

// Ring holds the blobs that were put last in one file of bounded size, the new ones written over the oldest, for
// the life of the process alone. It makes no file for a blob and waits for no disk, and it is no Store: keys have
// any form. It is safe for concurrent use.
type Ring struct {
	size int64
	seed maphash.Seed

	mu    sync.RWMutex
	file  *os.File
	next  int64 // where the next blob begins
	spans map[string]span
	order []entry // as they will be written over
}

// span is where a blob lies, and the hash of its bytes.
type span struct {
	at, n int64
	sum   uint64
}

// entry is a blob that was put. It is void where the key has another span by now.
type entry struct {
	key string
	span
}

// NewRing makes a ring of the size in bytes in a folder that a Disk has. Its file has no name there, or one that
// NewDisk removes an hour after its last use.
func NewRing(dir string, size int64) (*Ring, error) {
	f, err := os.CreateTemp(dir, tempPrefix+"*")
	if err != nil {
		return nil, fmt.Errorf("ring of pictures: %w", err)
	}
	_ = os.Remove(f.Name()) // some systems remove no open file
	return &Ring{size: size, seed: maphash.MakeSeed(), file: f, spans: map[string]span{}}, nil
}

// Close frees the disk's room.
func (r *Ring) Close() error { return r.file.Close() }

// Get is the blob of the key. It is false where there is none, or none whose bytes are whole.
func (r *Ring) Get(key string) ([]byte, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	s, ok := r.spans[key]
	if !ok {
		return nil, false
	}
	data := make([]byte, s.n)
	if _, err := r.file.ReadAt(data, s.at); err != nil || maphash.Bytes(r.seed, data) != s.sum {
		return nil, false
	}
	return data, true
}

// Has reports whether there is a blob of the key.
func (r *Ring) Has(key string) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	_, ok := r.spans[key]
	return ok
}

// Put holds the blob, in place of an earlier one of the key. One that is larger than the ring is refused.
func (r *Ring) Put(key string, data []byte) error {
	n := int64(len(data))
	if n == 0 || n > r.size {
		return errors.New("a ring of pictures cannot hold this one")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.spans, key)
	s := span{r.room(n), n, maphash.Bytes(r.seed, data)}
	if _, err := r.file.WriteAt(data, s.at); err != nil {
		return fmt.Errorf("ring of pictures: %w", err)
	}
	r.spans[key], r.next = s, s.at+n
	r.order = append(r.order, entry{key, s})
	return nil
}

// room makes room for n bytes that follow the last blob, or begin at the start again where they do not fit before
// the end.
func (r *Ring) room(n int64) (at int64) {
	at, end := r.next, r.next+n
	if end > r.size {
		r.drop(r.next, r.size)
		at, end = 0, n
	}
	r.drop(at, end)
	return at
}

// drop forgets the oldest blobs, as far as they begin in the part of the file or reach into it.
func (r *Ring) drop(from, to int64) {
	for len(r.order) > 0 {
		oldest := r.order[0]
		if oldest.at >= to || oldest.at+oldest.n <= from {
			return
		}
		if r.spans[oldest.key] == oldest.span {
			delete(r.spans, oldest.key)
		}
		r.order = r.order[1:]
	}
}
