package photo

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/jpeg"
)

// contents has what was read of progressive files. Such a file must be read from its beginning to its end before there
// is a picture, of whatever part and size. So all sizes of a photo that are drawn at the same time share one reading,
// and so do those that follow each other in a moment. It is safe for concurrent use.
type contents struct {
	memory *semaphore.Weighted
	linger time.Duration // how long a content is kept that nobody uses

	mu      sync.Mutex
	byFile  map[uint64]*content // the last of each file, by its fingerprint
	idle    *content            // the last that nobody uses, if it is kept
	waiting int                 // how many wait for memory: meanwhile nothing is kept
	reads   int                 // so far
}

// content is what was read of a file, or is being read.
type content struct {
	file  uint64 // its fingerprint
	bytes int64  // admitted memory
	users int
	drop  *time.Timer // when it is idle

	shrink  int
	reading *jpeg.Reading
	ready   chan struct{} // closed once the next two are set
	*jpeg.Content
	err error
}

// lingering is how long a content is kept that nobody uses: a moment, in which the next size of a story comes.
const lingering = 250 * time.Millisecond

func newContents(memory *semaphore.Weighted) *contents {
	return &contents{memory: memory, linger: lingering, byFile: map[uint64]*content{}}
}

// acquire waits until n bytes of memory are free, and reserves them. What nobody uses is given up for them.
func (s *contents) acquire(ctx context.Context, n int64) error {
	if s.memory.TryAcquire(n) {
		return nil
	}
	s.wait(1)
	defer s.wait(-1)
	return s.memory.Acquire(ctx, n)
}

// wait changes how many wait for memory.
func (s *contents) wait(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting += n
	s.forget(s.idle)
}

// join returns the content of a file from which pictures at 1/(1<<shrink) can be made, which the caller must leave. If
// there is none yet, mine is set: the caller must read it, as for 1/(1<<least), and then call finish. The caller has
// reserved bytes of memory for it, which are released if another one has read it.
func (s *contents) join(name uint64, f *jpeg.File, shrink, least int, bytes int64) (c *content, mine bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.byFile[name]; c != nil && shrink >= c.shrink {
		if c.users++; c == s.idle {
			c.drop.Stop()
			s.idle = nil
		}
		s.memory.Release(bytes)
		return c, false
	}
	c = &content{
		file: name, shrink: least, bytes: bytes, users: 1,
		reading: jpeg.NewReading(f, least), ready: make(chan struct{}),
	}
	if s.reads++; f.Progressive() { // of others pictures of one size can be made
		s.byFile[name] = c
	}
	return c, true
}

// finish sets what was read.
func (c *content) finish(got *jpeg.Content, err error) {
	c.Content, c.err = got, err
	close(c.ready)
}

// leave ends the use of a content.
func (s *contents) leave(c *content) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.users--; c.users > 0 {
		return
	}
	s.forget(s.idle)
	s.idle = c
	if c.err != nil || s.waiting > 0 || s.byFile[c.file] != c {
		s.forget(c)
		return
	}
	c.drop = time.AfterFunc(s.linger, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.idle == c {
			s.forget(c)
		}
	})
}

// forget releases the memory of the idle content, if there is one. s.mu must be held.
func (s *contents) forget(c *content) {
	if c == nil {
		return
	}
	if c.drop != nil {
		c.drop.Stop()
	}
	if s.byFile[c.file] == c {
		delete(s.byFile, c.file)
	}
	if c.Content != nil {
		c.Release()
	}
	s.memory.Release(c.bytes)
	s.idle = nil
}

// await waits until a content is read, and helps reading it.
func (c *content) await(ctx context.Context) error {
	c.reading.Help()
	select {
	case <-c.ready:
		return c.err
	case <-ctx.Done():
		return fmt.Errorf("wait for a photo to be read: %w: %w", fault.ErrPhotoOverloaded, ctx.Err())
	}
}
