// Package respcache caches which picture a request was answered with, so that the same request can be answered again
// without checking access again. It stores the keys of pictures, not their bytes.
package respcache

import (
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"

	"newsroom.example/cards/card"
)

// Entry describes the picture that a request was answered with.
type Entry struct {
	Article string // id of the article whose picture it is; empty for a signed picture
	Key     card.Key
	ByURL   bool      // the card has the URL of a photo; see card.Card.ByURL
	Photo   string    // ID of the photo in the picture; empty: none
	Tag     string    // the picture's entity tag
	Format  string    // "jpg" or "png"
	Until   time.Time // the entry is fresh before this time
	Expires time.Time // when the URL expires, or the picture must not be shown any more; zero: never
	Latest  string    // the current version, if the picture is one of an earlier one; else empty
	Brief   bool      // caches may keep the picture for a minute: another one may come back
}

// Cache holds the entries of the most frequent requests. It is safe for concurrent use.
type Cache struct {
	entries *otter.Cache[string, Entry]
	changes atomic.Uint64
	hits    atomic.Uint64
	misses  atomic.Uint64
	writing sync.Mutex
}

// entryBytes is the approximate size of an entry in memory, without its strings.
const entryBytes = 256

// New returns a cache that uses at most the given number of bytes.
func New(bytes int64) *Cache {
	return &Cache{entries: otter.Must(&otter.Options[string, Entry]{MaximumWeight: uint64(bytes), Weigher: size})}
}

// size returns the approximate size of an entry in bytes.
func size(request string, e Entry) uint32 {
	texts := len(request) + len(e.Article) + len(e.Key) + len(e.Photo) + len(e.Tag) + len(e.Format) + len(e.Latest)
	return uint32(entryBytes + texts)
}

// Get returns the entry of a request, which may have expired.
func (c *Cache) Get(request string) (Entry, bool) { return c.entries.GetIfPresent(request) }

// Used counts a request that was answered by its entry, or was not. Only the caller knows whether it could use the
// entry.
func (c *Cache) Used(answered bool) {
	if answered {
		c.hits.Add(1)
	} else {
		c.misses.Add(1)
	}
}

// Counts returns the number of requests that were answered by their entries, and that of the others.
func (c *Cache) Counts() (hits, misses uint64) { return c.hits.Load(), c.misses.Load() }

// Changes returns the number of calls of Invalidate so far, which Put needs. Call it before reading the data from which
// the entry is made.
func (c *Cache) Changes() uint64 { return c.changes.Load() }

// Put adds an entry that was made after Changes returned asOf. It does nothing if an article was invalidated since,
// because the entry may be out of date. It copies the strings: they may be parts of the request's first line, which is
// much longer and would stay in memory.
func (c *Cache) Put(request string, e Entry, asOf uint64) {
	request, e.Article, e.Format = strings.Clone(request), strings.Clone(e.Article), strings.Clone(e.Format)
	e.Photo = strings.Clone(e.Photo)
	c.writing.Lock()
	defer c.writing.Unlock()
	if c.changes.Load() == asOf {
		c.entries.Set(request, e)
	}
}

// Drop removes the entry of a request.
func (c *Cache) Drop(request string) { c.entries.Invalidate(request) }

// Invalidate removes all entries of an article. When it returns, Get returns none of them.
func (c *Cache) Invalidate(article string) {
	c.writing.Lock()
	defer c.writing.Unlock()
	c.changes.Add(1)
	for request, e := range c.entries.All() {
		if e.Article == article {
			c.entries.Invalidate(request)
		}
	}
}
