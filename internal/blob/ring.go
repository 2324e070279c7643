package blob

import (
	"errors"
	"fmt"
	"hash/maphash"
	"maps"
	"os"
	"slices"
	"sync"
)

// Ring is a ring buffer of blobs in one temporary file of fixed size: new blobs overwrite the oldest. It lasts as long
// as the process. It creates no file per blob and does not sync. It does not implement Store, and keys may have any
// form. It is safe for concurrent use.
type Ring struct {
	size int64
	seed maphash.Seed

	mu    sync.RWMutex
	file  *os.File
	next  int64 // offset of the next blob
	spans map[string]span
	order []entry // in the order in which they will be overwritten
}

// maxBlobs is the maximum number of blobs in a ring. With the smallest photos, of a few dozen bytes, their spans would
// otherwise use as much memory as the file has bytes.
const maxBlobs = 1 << 15

// span is the offset and length of a blob, and the hash of its bytes.
type span struct {
	at, n int64
	sum   uint64
}

// entry is a blob in the file. It is obsolete if Ring.spans has another span for the key.
type entry struct {
	key string
	span
}

// NewRing returns a ring of the given size in bytes, with a file in dir, the folder of a Disk. The file has no name in
// the folder. If the operating system cannot remove the name of an open file, Disk.RemoveStale removes it later.
func NewRing(dir string, size int64) (*Ring, error) {
	f, err := os.CreateTemp(dir, tempPrefix+"*")
	if err != nil {
		return nil, fmt.Errorf("ring of pictures: %w", err)
	}
	_ = os.Remove(f.Name()) // some systems cannot remove an open file
	return &Ring{size: size, seed: maphash.MakeSeed(), file: f, spans: map[string]span{}}, nil
}

// Close closes the file, which frees its space on the disk.
func (r *Ring) Close() error { return r.file.Close() }

// Get returns the blob of the key. ok is false if there is none, or if it is damaged.
func (r *Ring) Get(key string) (data []byte, ok bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	s, ok := r.spans[key]
	if !ok {
		return nil, false
	}
	data = make([]byte, s.n)
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

// Put adds the blob, and replaces an earlier one with the key. It drops the oldest blobs for lack of room, or if there
// are more than 32,768. It returns an error if the blob is empty or larger than the ring.
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
	if len(r.order) == maxBlobs {
		r.dropOldest()
	}
	r.spans[key], r.next = s, s.at+n
	r.order = append(r.order, entry{key, s})
	return nil
}

// DeleteFunc deletes the blobs for which match returns true, and overwrites their bytes in the file. A blob that is put
// during the call may remain.
func (r *Ring) DeleteFunc(match func(data []byte) bool) error {
	r.mu.RLock()
	keys := slices.Collect(maps.Keys(r.spans))
	r.mu.RUnlock()
	var errs []error
	for _, key := range keys {
		if data, ok := r.Get(key); ok && match(data) {
			errs = append(errs, r.erase(key, data))
		}
	}
	return errors.Join(errs...)
}

// erase deletes the blob of the key and overwrites its bytes, unless other bytes have been put meanwhile.
func (r *Ring) erase(key string, data []byte) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	s, ok := r.spans[key]
	if !ok || s.sum != maphash.Bytes(r.seed, data) {
		return nil
	}
	delete(r.spans, key)
	if _, err := r.file.WriteAt(make([]byte, s.n), s.at); err != nil {
		return fmt.Errorf("ring of pictures: %w", err)
	}
	return nil
}

// room drops the blobs that the next n bytes will overwrite, and returns the offset of these bytes: behind the last
// blob, or 0 if they do not fit there.
func (r *Ring) room(n int64) (at int64) {
	at, end := r.next, r.next+n
	if end > r.size {
		r.drop(r.next, r.size)
		at, end = 0, n
	}
	r.drop(at, end)
	return at
}

// drop removes the oldest blobs, as long as they overlap the part of the file from from to to.
func (r *Ring) drop(from, to int64) {
	for len(r.order) > 0 {
		oldest := r.order[0]
		if oldest.at >= to || oldest.at+oldest.n <= from {
			return
		}
		r.dropOldest()
	}
}

// dropOldest removes the oldest blob.
func (r *Ring) dropOldest() {
	if oldest := r.order[0]; r.spans[oldest.key] == oldest.span {
		delete(r.spans, oldest.key)
	}
	r.order = r.order[1:]
}
