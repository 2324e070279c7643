package icc

import (
	"bytes"
	"crypto/sha256"
	"sync"
)

// Bounds of a Cache. A newsroom's cameras and programs embed a few profiles, a press's has half a megabyte,
// and a parsed one takes at most about twice its bytes.
const (
	maxCached      = 8
	maxCachedBytes = 640 << 10 // of a profile; a longer one is parsed each time
)

// Cache caches parsed profiles: parsing one takes longer than hashing it. It is safe for concurrent use.
type Cache struct {
	mu     sync.Mutex
	parsed map[[sha256.Size]byte]*Profile // nil: cannot be used, or is sRGB
}

// NewCache returns an empty cache.
func NewCache() *Cache { return &Cache{parsed: map[[sha256.Size]byte]*Profile{}} }

// Profile parses a profile, or returns it from the cache; nil where it cannot be used or is sRGB's own. raw
// is not kept unless it is too long to be cached.
func (c *Cache) Profile(raw []byte) *Profile {
	if len(raw) > maxCachedBytes {
		return usable(raw)
	}
	key := sha256.Sum256(raw)
	c.mu.Lock()
	found, ok := c.parsed[key]
	c.mu.Unlock()
	if ok {
		return found
	}
	found = usable(bytes.Clone(raw)) // its curves read from it, and raw may be a part of a photo
	c.mu.Lock()
	defer c.mu.Unlock()
	for old := range c.parsed { // any of them
		if len(c.parsed) < maxCached {
			break
		}
		delete(c.parsed, old)
	}
	c.parsed[key] = found
	return found
}

// usable parses a profile; nil where that fails.
func usable(raw []byte) *Profile {
	p, err := Parse(raw)
	if err != nil {
		return nil
	}
	return p
}
