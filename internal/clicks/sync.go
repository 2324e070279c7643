package clicks

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"newsroom.example/cards/internal/fsync"
)

// syncEvery is how often the events that wait are written to the disk, so that a power cut takes those of the last
// second at most. Usually none waits: the store has them.
const syncEvery = time.Second

// sync writes the spools to the disk until the counter is closed. A disk that hangs holds up nothing else.
func (c *Counter) sync() {
	tick := time.NewTicker(syncEvery)
	defer tick.Stop()
	failed := false
	for {
		select {
		case <-c.open.Done():
			return
		case <-tick.C:
		}
		c.mu.Lock()
		spools := c.spools()
		c.mu.Unlock()
		var errs []error
		for _, s := range spools {
			errs = append(errs, s.sync())
		}
		err := errors.Join(errs...)
		if err != nil && !failed {
			c.log.Error("clicks that wait may not outlive a power cut: they cannot be written to the disk", "error", err)
		}
		failed = err != nil
	}
}

// sync writes the events that wait to the disk, and the name of their file.
func (s *spool) sync() error {
	s.mu.Lock()
	due, f := s.fresh && s.start < s.end, s.file
	s.fresh = false
	s.mu.Unlock()
	if !due {
		return nil
	}
	err := f.Sync() // append does not wait for it
	if errors.Is(err, os.ErrClosed) {
		return nil // all events were counted, or moved to a file that is on the disk
	}
	if err == nil {
		err = fsync.Path(filepath.Dir(s.path))
	}
	if err != nil {
		s.mu.Lock()
		s.fresh = true
		s.mu.Unlock()
	}
	return err
}
