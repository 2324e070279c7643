package icc

import (
	"bytes"
	"crypto/sha256"
	"sync"
)

// Limits of a Cache. The cameras and programs of a newsroom use only a few profiles. The profile of a press has about
// 500 KB, and a parsed profile takes at most about twice its size.
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

// Profile returns the parsed profile, from the cache if possible. It returns nil if the profile cannot be used or is
// sRGB. The result refers to raw only if raw is too long to be cached.
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
	found = usable(bytes.Clone(raw)) // the curves refer to it, and raw may be a part of a photo
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

// usable parses a profile, and returns nil if that fails.
func usable(raw []byte) *Profile {
	p, err := Parse(raw)
	if err != nil {
		return nil
	}
	return p
}
