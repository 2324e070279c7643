package blob

import (
	"crypto/rand"
	"errors"
	"fmt"
	"hash/maphash"
	"os"
	"sync"
)

// Ring keeps the blobs that were put last in one file of bounded size, the new ones over the oldest, for
// the life of the process alone. No file is made for a blob, and the disk is not waited for. It is
// safe for concurrent use.
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

// entry is a blob that was put. It is void where the name has another span by now.
type entry struct {
	name string
	span
}

// NewRing makes a ring of the size in bytes in the disk's folder. Its file has no name there, or one
// that the next start removes.
func NewRing(d *Disk, size int64) (*Ring, error) {
	name := tempPrefix + rand.Text()
	opened, err := d.files.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("ring of pictures: %w", err)
	}
	f := opened.(*os.File)
	_ = d.files.Remove(name) // some systems remove no open file
	return &Ring{size: size, seed: maphash.MakeSeed(), file: f, spans: map[string]span{}}, nil
}

// Close gives the disk's room back.
func (r *Ring) Close() error { return r.file.Close() }

// Get is the blob of the name. False says that it is not there, or not whole.
func (r *Ring) Get(name string) ([]byte, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	s, ok := r.spans[name]
	if !ok {
		return nil, false
	}
	data := make([]byte, s.n)
	if _, err := r.file.ReadAt(data, s.at); err != nil || maphash.Bytes(r.seed, data) != s.sum {
		return nil, false
	}
	return data, true
}

// Has reports that the blob of the name is there.
func (r *Ring) Has(name string) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	_, ok := r.spans[name]
	return ok
}

// Put keeps the blob, in place of one of the same name. One that is larger than the ring is refused.
func (r *Ring) Put(name string, data []byte) error {
	n := int64(len(data))
	if n == 0 || n > r.size {
		return errors.New("a ring of pictures cannot hold this one")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.spans, name)
	s := span{r.room(n), n, maphash.Bytes(r.seed, data)}
	if _, err := r.file.WriteAt(data, s.at); err != nil {
		return fmt.Errorf("ring of pictures: %w", err)
	}
	r.spans[name], r.next = s, s.at+n
	r.order = append(r.order, entry{name, s})
	return nil
}

// room makes room for n bytes that follow the last blob, or begin anew where they do not fit before the end.
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
		if r.spans[oldest.name] == oldest.span {
			delete(r.spans, oldest.name)
		}
		r.order = r.order[1:]
	}
}
