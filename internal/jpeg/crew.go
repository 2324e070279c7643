package jpeg

import "sync"

// crew reads the scans of a progressive file, with any number of goroutines. A scan may read a row of blocks when the
// scan that it builds on has read it, so two scans of a component are read at the same time too, one behind the other.
type crew struct {
	*Content
	scans []passage

	mu   sync.Mutex
	more sync.Cond // something below has changed
	next int       // the next scan that nobody reads yet
	busy int       // scans that are being read
	rows []int     // that each scan has read
	bad  bool      // the file is damaged
}

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
	w := &crew{Content: c, scans: scans, rows: make([]int, len(scans))}
	w.more.L = &w.mu
	return w
}

// smooth reads all scans of a file without damage. Otherwise it returns false, and the content has parts of the file.
func (w *crew) smooth(r *reader, pair bool) bool {
	if pair && len(w.data) > pairLeast {
		done := make(chan struct{})
		go func() {
			defer close(done)
			w.help()
		}()
		defer func() { <-done }()
	}
	w.work(r)
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.busy > 0 {
		w.more.Wait()
	}
	return !w.bad
}

// readers has readers for further goroutines.
var readers = sync.Pool{New: func() any { return new(reader) }}

// help reads scans until nobody need read any more.
func (w *crew) help() {
	r := readers.Get().(*reader)
	w.work(r)
	r.src = nil
	readers.Put(r)
}

// work reads scans that nobody reads yet, in order.
func (w *crew) work(r *reader) {
	for i := w.take(); i >= 0; i = w.take() {
		w.done(w.read(i, r))
	}
}

// take returns the next scan, or -1.
func (w *crew) take() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.bad || w.next == len(w.scans) {
		return -1
	}
	w.next, w.busy = w.next+1, w.busy+1
	return w.next - 1
}

// done notes that a scan is read, or that it is damaged: that ends the reading.
func (w *crew) done(ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.bad = w.bad || !ok
	w.busy--
	w.more.Broadcast()
}

// report notes that a scan has read a number of rows. It returns false if the reading must end.
func (w *crew) report(i, rows int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rows[i] = rows
	w.more.Broadcast()
	return !w.bad
}

// await waits until a scan has read a number of rows, and returns how many it has read.
func (w *crew) await(i, rows int) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.rows[i] < rows && !w.bad {
		w.more.Wait()
	}
	return w.rows[i]
}

// passing is a reader of a scan.
type passing interface {
	// begin starts with a restart interval.
	begin()
	// row reads n MCUs of a row, from MCU x on. It returns false if there is anything unusual about them.
	row(row, x, n int) bool
}

// batch is how many rows a scan waits for at once, so that it need not wait for each.
const batch = 8

// read reads a scan. It returns false if anything about it is unusual. So is a panic, which would end the process in a
// goroutine of its own.
func (w *crew) read(i int, r *reader) (ok bool) {
	defer func() { ok = recover() == nil && ok }()
	s := &w.scans[i]
	across, down := w.grid(&s.scanHeader)
	r.start(s.data, nil)
	p, ok := w.passing(s, r)
	if !ok {
		return false
	}
	there := down
	if s.after >= 0 {
		there = 0
	}
	until, marker := s.tables.restart, byte(markRST0)
	for row := range down {
		if row == there {
			want := min(row+batch, down)
			if s.ss == 0 {
				want = allRows
			}
			there = min(w.await(s.after, want), down)
		}
		for x := 0; x < across; {
			n := across - x
			if s.tables.restart > 0 {
				if until == 0 {
					if !r.resume(marker) {
						return false
					}
					p.begin()
					until, marker = s.tables.restart, markRST0|(marker+1)&7
				}
				n = min(n, until)
				until -= n
			}
			if !p.row(row, x, n) {
				return false
			}
			x += n
		}
		if r.spent() || !w.report(i, row+1) {
			return false
		}
		if row%batch == 0 {
			yield()
		}
	}
	return w.report(i, allRows)
}

// allRows is more rows than a file has: all of a scan was read.
const allRows = 1 << 16

// passing returns the reader of a scan.
func (w *crew) passing(s *passage, r *reader) (passing, bool) {
	if s.ss == 0 {
		m, ok := newMeanScan(w.Content, s)
		m.reader = r
		return m, ok
	}
	b, ok := newBandScan(w.Content, s)
	b.reader = r
	return b, ok
}
