package fetch

import "sync"

// freshFetches shares fetches among requests that must ask the source now. For each key at most one fetch runs
// and one waits: a request that comes while one runs shares the next, which starts when that has ended and so
// asks the source after the request was made. It is safe for concurrent use.
type freshFetches struct {
	mu   sync.Mutex
	next map[string]*flight // the fetch that waits, nil for none, by the keys for which one runs
}

// flight is one fetch for all requests that share it.
type flight struct {
	fetch  func(known Validators) (Answer, error)
	known  Validators    // that all of the requests have; not changed after the fetch has started
	done   chan struct{} // closed when answer and err are set
	answer Answer
	err    error
}

// join returns the flight that the request shares. Requests that know different versions share an
// unconditional fetch. fetch must not panic.
func (f *freshFetches) join(key string, known Validators, fetch func(Validators) (Answer, error)) *flight {
	f.mu.Lock()
	defer f.mu.Unlock()
	next, running := f.next[key]
	if next != nil {
		if next.known != known {
			next.known = Validators{}
		}
		return next
	}
	mine := &flight{fetch: fetch, known: known, done: make(chan struct{})}
	if running {
		f.next[key] = mine
		return mine
	}
	f.next[key] = nil
	go f.run(key, mine)
	return mine
}

// run makes the fetch, and then those that wait, one after the other.
func (f *freshFetches) run(key string, now *flight) {
	for now != nil {
		now.answer, now.err = now.fetch(now.known)
		next := f.pop(key)
		close(now.done)
		now = next
	}
}

// pop removes and returns the flight that waits; nil where none does, and then none runs for the key.
func (f *freshFetches) pop(key string) *flight {
	f.mu.Lock()
	defer f.mu.Unlock()
	next := f.next[key]
	if next == nil {
		delete(f.next, key)
	} else {
		f.next[key] = nil
	}
	return next
}
