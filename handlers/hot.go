package handlers

import (
	"maps"
	"sync"
	"sync/atomic"
	"time"
)

// Bounds of the hot pictures: their number, and the bytes of pictures and addresses that they hold.
// Most of these bytes are held by the memory of drawn cards too, and are counted here once more.
const (
	maxHot      = 4096
	maxHotBytes = 32 << 20
)

// hotPictures are those that were just answered, by the request's target: path and query as they
// were sent. A target is here only if nothing about the request but the target decided whether it
// may be answered: where the request's origin or a rate counted, it is not. Safe for concurrent use.
type hotPictures struct {
	changes *atomic.Uint64
	mu      sync.RWMutex
	all     map[string]*hotPicture
	bytes   int
	swept   time.Time
}

// hotPicture is an answer with its headers' values made. It is never changed, but for its renewal.
type hotPicture struct {
	renewal *renewal
	article string // id; empty for a signed picture
	until   time.Time
	asOf    uint64 // as of its card
	data    []byte // nil: known by its tag alone, which suffices for 304
	tag     string // as If-None-Match gives it, quotes included

	etag, mediaType, length []string
}

func newHotPictures(changes *atomic.Uint64) *hotPictures {
	return &hotPictures{changes: changes, all: map[string]*hotPicture{}}
}

func (h *hotPictures) recall(target string) *hotPicture {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.all[target]
}

// keep takes in an answer, unless an article was changed since its card was asked for.
func (h *hotPictures) keep(target string, p *hotPicture, now time.Time) {
	if target == "" || !now.Before(p.until) || weight(target, p) > maxHotBytes {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if p.asOf != h.changes.Load() {
		return
	}
	if now.Sub(h.swept) >= shownFor {
		h.drop(func(_ string, p *hotPicture) bool { return !now.Before(p.until) })
		h.swept = now
	}
	old := h.all[target]
	if old != nil {
		p.inherit(old)
	}
	if len(h.all) >= maxHot || h.bytes+weight(target, p) > maxHotBytes {
		clear(h.all)
		h.bytes, old = 0, nil
	}
	if old != nil {
		h.bytes -= weight(target, old)
	}
	h.all[target] = p
	h.bytes += weight(target, p)
}

// inherit takes over what p has not from the answer whose place it takes: the picture, where it is the
// same one by its tag, and the renewal, where p is not believed for longer.
func (p *hotPicture) inherit(old *hotPicture) {
	if p.data == nil && p.tag == old.tag {
		p.data, p.mediaType, p.length = old.data, old.mediaType, old.length
	}
	if !p.until.After(old.until) {
		p.renewal = old.renewal
	}
}

// weight is what a picture counts for, in bytes.
func weight(target string, p *hotPicture) int { return len(target) + len(p.data) }

// forget lets go of an article's pictures.
func (h *hotPictures) forget(id string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drop(func(_ string, p *hotPicture) bool { return p.article == id })
}

// drop removes what is gone; the lock is held.
func (h *hotPictures) drop(gone func(string, *hotPicture) bool) {
	maps.DeleteFunc(h.all, func(target string, p *hotPicture) bool {
		if !gone(target, p) {
			return false
		}
		h.bytes -= weight(target, p)
		return true
	})
}
