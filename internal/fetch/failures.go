package fetch

import (
	"sync"
	"time"
)

// maxFailures bounds the failures that are remembered.
const maxFailures = 1024

// failures remembers for a moment which URLs failed, so that a broken source costs one fetch and not one for
// each card that shows its photo.
type failures struct {
	mu    sync.Mutex
	keep  time.Duration
	until map[string]failure
}

type failure struct {
	err error
	end time.Time
}

func newFailures(keep time.Duration) *failures {
	return &failures{keep: keep, until: map[string]failure{}}
}

func (f *failures) recent(key string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if e, ok := f.until[key]; ok && time.Now().Before(e.end) {
		return e.err
	}
	delete(f.until, key)
	return nil
}

func (f *failures) forget(key string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.until, key)
}

func (f *failures) remember(key string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.until) >= maxFailures {
		clear(f.until)
	}
	f.until[key] = failure{err, time.Now().Add(f.keep)}
}
