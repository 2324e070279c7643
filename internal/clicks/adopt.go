package clicks

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"newsroom.example/cards/internal/store"
)

// maxAdopted is the number of spools of other processes that are open at once.
const maxAdopted = 64

// adopt opens the spools that other processes have left, some of them if there are many. Those of living processes are
// locked.
func (c *Counter) adopt() {
	if c.dir == "" {
		return
	}
	files, err := os.ReadDir(c.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		c.log.Error("the folder of clicks cannot be read", "error", err)
	}
	for _, f := range files {
		path := filepath.Join(c.dir, f.Name())
		switch {
		case strings.HasSuffix(path, suffix) && c.mayAdopt(path):
			if s, err := openSpool(path, &c.mu); err == nil {
				c.mu.Lock()
				c.others = append(c.others, s)
				c.mu.Unlock()
			}
		case strings.HasSuffix(path, suffix+newSuffix):
			if info, err := f.Info(); err == nil && time.Since(info.ModTime()) > lookEvery {
				removeAbandoned(path)
			}
		}
	}
}

// removeAbandoned removes a file that a process was making when it ended.
func removeAbandoned(path string) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return
	}
	defer f.Close()
	if lock(f) == nil {
		_ = os.Remove(path) // a later look tries again
	}
}

// mayAdopt reports whether the file is none of the counter's spools, and these are not too many.
func (c *Counter) mayAdopt(path string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.others) < maxAdopted && !slices.ContainsFunc(c.spools(), func(s *spool) bool { return s.path == path })
}

// putAside gives up a spool that cannot be read any further: its file is renamed, and kept. It reports whether it did;
// otherwise the file is being written to, and it is tried again.
func (c *Counter) putAside(s *spool, reason error) bool {
	path, err := s.putAside()
	c.mu.Lock()
	defer c.mu.Unlock()
	if errors.Is(err, errBusy) {
		c.nudgeLater(retryAfter)
		return false
	}
	c.log.Error("a spool of clicks is damaged: what follows is not counted, and the file is kept", "error", reason,
		"file", path, "offset", s.start, "bytes", s.end-s.start, "renamed", err == nil)
	s.release(fmt.Errorf("count clicks: %w: %w", store.ErrUnavailable, reason))
	c.remove(s)
	return true
}

// remove forgets a spool. c.mu must be held.
func (c *Counter) remove(s *spool) {
	if c.live == s {
		c.live = nil
	}
	c.others = slices.DeleteFunc(c.others, func(other *spool) bool { return other == s })
}

// tidy makes the spools smaller, and removes those of other processes that are counted. idle says that all are.
func (c *Counter) tidy(idle bool) {
	c.mu.Lock()
	var done, large []*spool
	spent, failing := false, time.Since(c.untidy) < tidyEvery // on a full disk; it is tried again later
	for _, s := range c.spools() {
		switch {
		case s.start == s.end && s != c.live:
			done = append(done, s)
			c.remove(s)
		case !failing && s.start >= tidyBytes, idle && s.start > 0 && time.Since(c.tidied) >= tidyEvery:
			large = append(large, s)
		case s.start > 0:
			spent = true
		}
	}
	if spent && idle && !c.closed {
		c.nudgeLater(tidyEvery) // visitors are not to be remembered on the disk
	}
	c.mu.Unlock()
	for _, s := range done {
		if err := s.close(); err != nil {
			c.log.Error("a spool of clicks that is counted cannot be removed", "file", s.path, "error", err)
		}
	}
	for _, s := range large {
		c.tidied = time.Now()
		if s.tidy() != nil {
			c.untidy = c.tidied
		}
	}
}
