package clicks

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"newsroom.example/cards/internal/store"
)

const (
	suffix     = ".spool"
	newSuffix  = ".new"     // of a file that is not a spool yet
	badSuffix  = ".damaged" // of one that is no more
	maxSpools  = 256 << 20  // bytes of all spools of a folder
	tidyBytes  = 1 << 20    // counted events that may stay in a file while others wait behind them
	chunkBytes = 512 << 10  // that are read at once
)

var (
	errGone = errors.New("the file was removed or replaced")
	errBusy = errors.New("the file is being written to")
)

// spool is a file of events that wait to be counted. As long as it is open, no other process uses it. One goroutine
// appends to it, and another reads from it.
type spool struct {
	id   string
	path string

	// writing is held while the file is written to or replaced. It is taken before mu.
	writing sync.Mutex
	info    os.FileInfo
	buffer  []byte // of append

	mu         *sync.Mutex // of the counter; guards what follows, up to waiting
	file       file        // changes while writing is held
	start, end int64       // where the events are that are not counted, in bytes; end changes while writing is held
	newest     int64       // the number of the last event; changes while writing is held
	counted    int64       // the number of the last event that was counted
	fresh      bool        // the file has events that may be in memory only
	waiting    []waiter    // in the order of their numbers

	chunk []byte // of next
	sizes []int  // of the records of the last batch
}

// file is what a spool needs of its file.
type file interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
	Truncate(size int64) error
	Sync() error
}

// waiter is a caller of Flush, who waits until an event and those before it are counted.
type waiter struct {
	number int64      // 0, of a spool that an earlier process has left: all
	done   chan error // has room for the result
}

// createSpool creates a spool in the folder, which it creates too.
func createSpool(dir string, mu *sync.Mutex) (*spool, error) {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, err
	}
	id := rand.Text()
	s := &spool{id: id, path: filepath.Join(dir, id+suffix), mu: mu}
	return s, s.replace(nil)
}

// openSpool opens a spool that another process has left. The error wraps os.ErrNotExist if it is gone meanwhile.
func openSpool(path string, mu *sync.Mutex) (*spool, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	s := &spool{id: filepath.Base(path[:len(path)-len(suffix)]), path: path, file: f, mu: mu}
	if err = lock(f); err == nil {
		s.info, err = f.Stat()
	}
	if err == nil {
		err = s.present() // it may have been replaced before it was locked
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	s.end, s.fresh = s.info.Size(), true
	return s, nil
}

// replace puts a file with the content in the place of the spool's file. Other processes never see it unlocked.
func (s *spool) replace(content io.Reader) (err error) {
	name := s.path + newSuffix
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close(), os.Remove(name))
		}
	}()
	if err := lock(f); err != nil {
		return err
	}
	if content != nil {
		if _, err := io.Copy(f, content); err != nil {
			return err
		}
		if err := f.Sync(); err != nil { // as the events may be in the old file
			return err
		}
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := os.Rename(name, s.path); err != nil {
		return err
	}
	old := s.file
	s.mu.Lock()
	s.file, s.info = f, info
	s.mu.Unlock()
	if old != nil {
		_ = old.Close() // nothing of it is needed
	}
	return nil
}

// present returns nil if the open file is at its path.
func (s *spool) present() error {
	now, err := os.Stat(s.path)
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%w: %w", errGone, err)
	}
	if err != nil {
		return err
	}
	if !os.SameFile(now, s.info) {
		return fmt.Errorf("%s: %w", s.path, errGone)
	}
	return nil
}

// append writes the events at the end, with one call. It returns how many of them were written whole; they survive the
// process.
func (s *spool) append(entries []entry) (written int, err error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.present(); err != nil {
		return 0, err
	}
	buf, ends := s.buffer[:0], make([]int, len(entries))
	for i, e := range entries {
		buf = appendRecord(buf, s.newest+1+int64(i), e.event)
		ends[i] = len(buf)
	}
	s.buffer = buf
	n, err := s.file.WriteAt(buf, s.end)
	size := 0
	for written < len(ends) && ends[written] <= n {
		size = ends[written]
		written++
	}
	if n > size {
		_ = s.file.Truncate(s.end + int64(size)) // if that fails, the next event is written over the rest
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.end += int64(size)
	s.newest += int64(written)
	s.fresh = s.fresh || written > 0
	return written, err
}

// next implements source.
func (s *spool) next() (b store.Batch, err error) {
	s.mu.Lock()
	start, end := s.start, s.end
	s.mu.Unlock()
	b.Spool, s.sizes = s.id, s.sizes[:0]
	if start == end {
		return b, nil
	}
	if s.chunk == nil {
		s.chunk = make([]byte, chunkBytes)
	}
	buf := s.chunk[:min(end-start, chunkBytes)]
	n, err := s.file.ReadAt(buf, start)
	if err != nil && !errors.Is(err, io.EOF) {
		return b, err
	}
	for buf = buf[:n]; len(b.Events) < maxBatch; {
		number, e, size, err := readRecord(buf)
		switch {
		case err != nil && len(b.Events) == 0:
			return b, err
		case err != nil, b.First > 0 && number != b.Last()+1: // the next batch begins with it
			return b, nil
		case b.First == 0:
			b.First = number
		}
		b.Events = append(b.Events, e)
		s.sizes = append(s.sizes, size)
		buf = buf[size:]
	}
	return b, nil
}

// drop implements source. Nobody waits for the result of an event, only for its end.
func (s *spool) drop(b store.Batch, _ error) {
	for _, size := range s.sizes[:len(b.Events)] {
		s.start += int64(size)
	}
	s.sizes = s.sizes[len(b.Events):]
	s.counted = b.Last()
	n := 0
	for n < len(s.waiting) && (s.start == s.end || s.newest > 0 && s.waiting[n].number <= s.counted) {
		s.waiting[n].done <- nil
		n++
	}
	clear(s.waiting[:n]) // the array may live long
	if s.waiting = s.waiting[n:]; len(s.waiting) == 0 {
		s.waiting = nil
	}
}

// release gives the callers that wait the result; the events stay. The counter is locked.
func (s *spool) release(result error) {
	for _, w := range s.waiting {
		w.done <- result
	}
	s.waiting = nil
}

// pending returns the number of events that are not counted, 0 if it is not known. mu must be held.
func (s *spool) pending() int64 { return max(s.newest-s.counted, 0) }

// tidy removes the events that were counted from the file, if that takes little work: all of them if no other is left.
// It does not wait for a write.
func (s *spool) tidy() error {
	if !s.writing.TryLock() {
		return nil
	}
	defer s.writing.Unlock()
	s.mu.Lock()
	start, end := s.start, s.end // nothing is appended meanwhile
	s.mu.Unlock()
	switch {
	case start == 0:
		return nil
	case start == end:
		if err := s.file.Truncate(0); err != nil {
			return err
		}
	case start < tidyBytes || end-start > start:
		return nil
	default:
		err := s.present()
		if err == nil {
			err = s.replace(io.NewSectionReader(s.file, start, end-start))
		}
		if err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.start, s.end = 0, end-start
	return nil
}

// putAside renames the file, so that nothing reads it again, and closes it. It does not wait for a write.
func (s *spool) putAside() (path string, err error) {
	if !s.writing.TryLock() {
		return "", errBusy
	}
	defer s.writing.Unlock()
	path = s.path + badSuffix
	if err = s.present(); err == nil {
		err = os.Rename(s.path, path)
	}
	return path, errors.Join(err, s.file.Close())
}

// close closes the file. It removes it if all of its events are counted, and otherwise writes them to the disk.
func (s *spool) close() error {
	s.mu.Lock()
	done := s.start == s.end
	s.mu.Unlock()
	var err error
	if !done {
		err = s.sync()
	} else if s.present() == nil {
		err = os.Remove(s.path)
	}
	return errors.Join(err, s.file.Close())
}
