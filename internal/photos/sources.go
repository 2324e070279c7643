package photos

import (
	"strings"
	"sync"
	"time"

	"newsroom.example/cards/internal/fetch"
)

// maxSources is the maximum number of URLs in sources. With the longest URLs they use about 10 MB.
const maxSources = 4096

// sources remembers, for each URL, the photo that it returned last and how long that is fresh. It is in memory only:
// after a restart, each photo is fetched again. It is safe for concurrent use.
type sources struct {
	mu  *sync.Mutex
	all map[string]source
	now func() time.Time
}

type source struct {
	key        string // key of the photo in the cache
	validators fetch.Validators
	until      time.Time // the answer is fresh until then
	cut        bool      // the end of the photo is missing
	withdrawn  string    // ID of the photo if it was withdrawn; then key is empty
}

// cutFresh is how long an incomplete photo is fresh. It is short, since the photo may be complete soon, but it keeps
// a source that always breaks off from being asked for every picture.
const cutFresh = 10 * time.Second

func newSources(now func() time.Time) sources {
	return sources{mu: new(sync.Mutex), all: map[string]source{}, now: now}
}

// get returns the last answer of a URL, or the zero source, and whether it is still fresh.
func (s sources) get(url string) (known source, fresh bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	known = s.all[url]
	return known, s.now().Before(known.until)
}

// put remembers an answer. If there are too many URLs, it first forgets an arbitrary one.
func (s sources) put(url, key string, a fetch.Answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.all[url]; !known && len(s.all) >= maxSources {
		for other := range s.all {
			delete(s.all, other)
			break
		}
	}
	url = strings.Clone(url) // it may be a part of a much longer request
	s.all[url] = source{key: key, validators: a.Validators, until: s.now().Add(a.Fresh)}
	if a.Incomplete {
		s.setCut(url)
	}
}

// renew is put for an answer that confirms the photo. It does nothing if the URL has returned another photo since.
func (s sources) renew(url, key string, a fetch.Answer) {
	if known, _ := s.get(url); known.key == key {
		s.put(url, key, a)
	}
}

// markCut records that the end of the photo is missing, as the decoder found.
func (s sources) markCut(url, key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if known, ok := s.all[url]; ok && known.key == key && !known.cut {
		s.setCut(url)
	}
}

// setCut marks the photo of the URL as incomplete and drops its validators: they belong to the complete photo, which
// the source would confirm for ever.
func (s sources) setCut(url string) {
	known := s.all[url]
	s.all[url] = source{key: known.key, until: s.now().Add(cutFresh), cut: true}
}

// markWithdrawn records that the photo of the URL was withdrawn, so that it is not fetched for each picture while the
// answer is fresh. key is that of the photo in the cache; empty if it was not cached.
func (s sources) markWithdrawn(url, key, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if known, ok := s.all[url]; ok && (key == "" || known.key == key) {
		s.all[url] = source{until: known.until, withdrawn: id}
	}
}

// forget removes a URL that no longer returns its photo.
func (s sources) forget(url string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.all, url)
}
