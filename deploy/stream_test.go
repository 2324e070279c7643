package deploy

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
)

// stream is a steady stream of requests.
type stream struct {
	answered atomic.Int64
	stopped  atomic.Bool
	workers  sync.WaitGroup
	mu       sync.Mutex
	failures []string
}

// stream begins a stream of so many requests at a time.
func (s *site) stream(workers int) *stream {
	st := new(stream)
	for w := range workers {
		st.workers.Go(func() {
			for i := 0; !st.stopped.Load(); i++ {
				if failure := s.next(w, i); failure != "" {
					st.mu.Lock()
					st.failures = append(st.failures, failure)
					st.mu.Unlock()
				}
				st.answered.Add(1)
			}
		})
	}
	return st
}

// next sends a request that no cache answers: a tap, a picture by another address, or the story again. It returns what
// is wrong with the answer.
func (s *site) next(worker, i int) string {
	method, path, headers, want := "GET", s.short, []string{"User-Agent", fmt.Sprintf("%s %d", browser, worker)}, 302
	switch i % 8 {
	case 1, 3, 5:
		path, want = fmt.Sprintf("%s?n=%d-%d", s.picture, worker, i), 200
	case 7:
		method, path, want = "PUT", "/v1/articles/storm", 200
		headers = append(headers, "Authorization", "Bearer "+token)
	}
	got, err := s.try(method, path, headers...)
	if err != nil || got.status != want {
		return fmt.Sprintf("%s %s: %d, %v: %.200q", method, path, got.status, err, got.body)
	}
	return ""
}

// wait waits until so many more requests were answered.
func (st *stream) wait(t *testing.T, more int64) {
	t.Helper()
	from := st.answered.Load()
	if !eventually(func() bool { return st.answered.Load() >= from+more }) {
		t.Error("requests are not answered")
	}
}

// end stops the stream and returns what was wrong.
func (st *stream) end() []string {
	st.stopped.Store(true)
	st.workers.Wait()
	return st.failures
}
