package s3

import (
	"context"
	"hash/maphash"
	"slices"
	"strings"
	"sync"
	"time"
)

// queue holds pictures that wait to be written. It drops pictures beyond its bounds. Pictures with one key are written
// one after the other. It is safe for concurrent use.
type queue struct {
	label func(data []byte) string
	seed  maphash.Seed
	lanes [writers]chan *write // by key
	work  sync.WaitGroup
	open  context.Context // until close gives up
	end   context.CancelFunc

	mu      sync.Mutex
	waiting map[string]*write // by key
	busy    map[string]*write // by key; is being written
	bytes   int64             // that wait or are being written
	closed  bool
}

// write is a picture that waits or is being written.
type write struct {
	key, label string // IDs of photos, with spaces between
	data       []byte
	done       chan struct{} // closed when it was written, or will not be
}

// has reports whether the label has the photo with the ID.
func (w *write) has(id string) bool { return slices.Contains(strings.Fields(w.label), id) }

const (
	writers    = 4        // pictures that are written at once
	maxWaiting = 256      // pictures that wait for each of them
	maxBytes   = 32 << 20 // that wait or are being written
)

// closeWait is how long what waits is still written at the end.
const closeWait = 2 * time.Second

func newQueue(label func([]byte) string, do func(context.Context, *write)) *queue {
	q := &queue{label: label, seed: maphash.MakeSeed(), waiting: map[string]*write{}, busy: map[string]*write{}}
	q.open, q.end = context.WithCancel(context.Background())
	for i := range q.lanes {
		lane := make(chan *write, maxWaiting)
		q.lanes[i] = lane
		q.work.Go(func() {
			for w := range lane {
				if q.begin(w) {
					do(q.open, w)
					q.finish(w)
				}
			}
		})
	}
	return q
}

// put adds a picture, in place of one with the same key that waits. It drops one with a photo that names no folder:
// nobody could find it again. ok is false if it drops the picture for lack of room.
func (q *queue) put(key string, data []byte) (ok bool) {
	label := q.label(data)
	for id := range strings.FieldsSeq(label) {
		if folder(id) == "" {
			return true
		}
	}
	w := &write{key: key, label: label, data: data, done: make(chan struct{})}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return true
	}
	q.removeLocked(q.waiting[key])
	if q.bytes+int64(len(data)) > maxBytes {
		return false
	}
	select {
	case q.lanes[maphash.String(q.seed, key)%writers] <- w:
		q.waiting[key] = w
		q.bytes += int64(len(data))
		return true
	default:
		return false
	}
}

// removeLocked forgets a picture that waits, if it is not nil. The caller holds q.mu.
func (q *queue) removeLocked(w *write) {
	if w != nil {
		delete(q.waiting, w.key)
		q.bytes -= int64(len(w.data))
		close(w.done)
	}
}

// begin marks a picture as being written, unless it no longer waits.
func (q *queue) begin(w *write) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.waiting[w.key] != w {
		return false
	}
	delete(q.waiting, w.key)
	q.busy[w.key] = w
	return true
}

func (q *queue) finish(w *write) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.busy, w.key)
	q.bytes -= int64(len(w.data))
	close(w.done)
}

// get returns the picture of the key that will be stored.
func (q *queue) get(key string) (data []byte, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, writes := range []map[string]*write{q.waiting, q.busy} {
		if w := writes[key]; w != nil {
			return w.data, true
		}
	}
	return nil, false
}

// drop forgets the waiting pictures for which match returns true, and calls gone for each, if that is not nil. Then it
// waits for those that are being written.
func (q *queue) drop(ctx context.Context, match func(*write) bool, gone func(key string)) error {
	for _, w := range q.forget(match, gone) {
		select {
		case <-w.done:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// forget returns the matching pictures that are being written.
func (q *queue) forget(match func(*write) bool, gone func(key string)) (busy []*write) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for key, w := range q.waiting {
		if match(w) {
			q.removeLocked(w)
			if gone != nil {
				gone(key)
			}
		}
	}
	for _, w := range q.busy {
		if match(w) {
			busy = append(busy, w)
		}
	}
	return busy
}

// close writes what waits, for at most closeWait, and ends the writers.
func (q *queue) close() {
	q.mu.Lock()
	if q.closed {
		q.mu.Unlock()
		return
	}
	q.closed = true
	for _, lane := range q.lanes {
		close(lane)
	}
	q.mu.Unlock()
	giveUp := time.AfterFunc(closeWait, q.end)
	q.work.Wait()
	giveUp.Stop()
	q.end()
}
