package photos

import (
	"sync"
	"time"

	"newsroom.example/cards/internal/fetch"
)

// maxSources bounds the URLs that are remembered: with the longest URL, about 10 MB.
const maxSources = 4096

// sources remembers which photo a URL gave last, and until when it need not be asked again. It is in
// memory alone: after a start, each photo is fetched once more.
type sources struct {
	mu  *sync.Mutex
	all map[string]source
	now func() time.Time
}

type source struct {
	key        string // of the photo: in the cache
	validators fetch.Validators
	until      time.Time
	cut        bool // the photo's end is missing
}

// cutFresh is how long half a photo is taken as it is without asking: it may be whole soon, and yet a
// source that breaks off each time is not asked for each picture.
const cutFresh = 10 * time.Second

func newSources(now func() time.Time) sources {
	return sources{mu: new(sync.Mutex), all: map[string]source{}, now: now}
}

// get is what is known of a URL, the zero source where nothing is, and whether it still holds.
func (s sources) get(url string) (known source, fresh bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	known = s.all[url]
	return known, s.now().Before(known.until)
}

// put remembers an answer. When there are too many, any one is forgotten.
func (s sources) put(url, key string, a fetch.Answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.all[url]; !known && len(s.all) >= maxSources {
		for other := range s.all {
			delete(s.all, other)
			break
		}
	}
	s.all[url] = source{key: key, validators: a.Validators, until: s.now().Add(a.Fresh)}
	if a.Incomplete {
		s.halve(url)
	}
}

// renew is put for an answer that confirms the photo, unless the URL has given another since.
func (s sources) renew(url, key string, a fetch.Answer) {
	if known, _ := s.get(url); known.key == key {
		s.put(url, key, a)
	}
}

// cut says that the end of the photo is missing, as decoding found.
func (s sources) cut(url, key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if known, ok := s.all[url]; ok && known.key == key && !known.cut {
		s.halve(url)
	}
}

// halve marks the photo of the URL as half of one. What the source said of it is of the whole: it would
// confirm that for ever.
func (s sources) halve(url string) {
	known := s.all[url]
	s.all[url] = source{key: known.key, until: s.now().Add(cutFresh), cut: true}
}

// forget is for a URL that gives its photo no longer.
func (s sources) forget(url string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.all, url)
}
