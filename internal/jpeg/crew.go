package jpeg

import "sync"

// crew reads the scans of a progressive file, with any number of goroutines. They take a few rows of a scan at a time.
// A scan may read a row of blocks when the scan that it builds on has read it, so several scans of a component are
// under way, one behind the other.
type crew struct {
	*Content
	scans []passage

	mu    sync.Mutex
	more  sync.Cond // something below, or a scan, has changed
	first int       // all scans before it are read
	busy  int       // scans of which rows are being read
	bad   bool      // the file is damaged
}

// Bounds of what is under way: rows that are read at once, and scans that may be begun, each with a reader.
const (
	crewRows  = 8
	crewScans = 8
)

// pairLeast is the least size in bytes of a file for which a second goroutine is worth while.
const pairLeast = 64 << 10

// newCrew returns the crew that reads all scans of a file. There is none if anything about the file is unusual.
func newCrew(c *Content) *crew {
	if !c.progressive || c.arithmetic {
		return nil
	}
	scans, ok := c.script()
	if !ok {
		return nil
	}
	w := &crew{Content: c, scans: scans}
	w.more.L = &w.mu
	return w
}

// smooth reads all scans of a file without damage. Otherwise it returns false, and the content has parts of the file.
func (w *crew) smooth(pair bool) bool {
	if pair && len(w.data) > pairLeast {
		done := make(chan struct{})
		go func() {
			defer close(done)
			w.help()
		}()
		defer func() { <-done }()
	}
	w.help()
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.busy > 0 {
		w.more.Wait()
	}
	return !w.bad
}

// help reads scans until all are read, or one is damaged.
func (w *crew) help() {
	for s, n := w.take(); s != nil; s, n = w.take() {
		w.done(s, n, w.read(s, n))
		yield()
	}
}

// take returns the first scan of which rows can be read now, and how many. It waits if there is none yet. When all is
// read, it returns nil.
func (w *crew) take() (s *passage, rows int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for !w.bad && w.first < len(w.scans) {
		for i := w.first; i < min(w.first+crewScans, len(w.scans)); i++ {
			if s := &w.scans[i]; !s.taken {
				if n := w.ready(s); n > 0 {
					s.taken = true
					w.busy++
					return s, n
				}
			}
		}
		w.more.Wait()
	}
	return nil, 0
}

// ready returns how many rows of a scan can be read at once.
func (w *crew) ready(s *passage) int {
	n := min(crewRows, s.down-s.rows)
	if s.after < 0 {
		return n
	}
	switch other := &w.scans[s.after]; {
	case other.rows == other.down:
		return n
	case s.ss > 0 && other.rows-s.rows >= n:
		return n
	}
	return 0
}

// done notes that rows of a scan are read, or that it is damaged.
func (w *crew) done(s *passage, rows int, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	s.rows += rows
	s.taken = s.rows == s.down
	for w.first < len(w.scans) && w.scans[w.first].rows == w.scans[w.first].down {
		w.first++
	}
	w.bad = w.bad || !ok
	w.busy--
	w.more.Broadcast()
}

// passing is a reader of a scan.
type passing interface {
	// begin starts with a restart interval.
	begin()
	// row reads n MCUs of a row, from MCU x on. It returns false if there is anything unusual about them.
	row(row, x, n int) bool
}

// readers has readers that are not used.
var readers = sync.Pool{New: func() any { return new(reader) }}

// read reads rows of a scan. It returns false if anything about it is unusual. So is a panic, which would end the
// process in a goroutine of its own.
func (w *crew) read(s *passage, rows int) (ok bool) {
	defer func() { ok = recover() == nil && ok }()
	if s.reader == nil && !w.open(s) {
		return false
	}
	for row := s.rows; row < s.rows+rows; row++ {
		if !s.readRow(row) {
			return false
		}
	}
	if s.rows+rows == s.down {
		s.reader.src = nil
		readers.Put(s.reader)
		s.reader = nil
	}
	return true
}

// open begins a scan.
func (w *crew) open(s *passage) (ok bool) {
	s.reader = readers.Get().(*reader)
	s.reader.start(s.data, nil)
	s.until, s.marker = s.tables.restart, markRST0
	if s.ss == 0 {
		s.passing, ok = newMeanScan(w.Content, s)
	} else {
		s.passing, ok = newBandScan(w.Content, s)
	}
	return ok
}

// readRow reads a row.
func (s *passage) readRow(row int) bool {
	for x := 0; x < s.across; {
		n := s.across - x
		if every := s.tables.restart; every > 0 {
			if s.until == 0 {
				if !s.reader.resume(s.marker) {
					return false
				}
				s.passing.begin()
				s.until, s.marker = every, markRST0|(s.marker+1)&7
			}
			n = min(n, s.until)
			s.until -= n
		}
		if !s.passing.row(row, x, n) {
			return false
		}
		x += n
	}
	return !s.reader.spent()
}
