package clicks

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"newsroom.example/cards/internal/store"
)

// spooled opens a counter with a spool in a new folder.
func spooled(t *testing.T, s Store) (c *Counter, dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "clicks")
	return Open(dir, s, nil, nil), dir
}

// deferred adds n clicks to the article a while the store cannot be written. Their callers learn that as soon as it is
// known.
func deferred(t *testing.T, c *Counter, n int) {
	t.Helper()
	known := c.Ping(t.Context()) != nil
	for range n {
		if err := c.AddClick(t.Context(), tap("a")); !errors.Is(err, store.ErrDeferred) && (err != nil || known) {
			t.Fatal(err)
		}
		if err := c.Flush(t.Context()); !errors.Is(err, store.ErrDeferred) {
			t.Fatal(err)
		}
		known = true
	}
}

// crashed returns a copy of the folder, as it is after a crash: nobody has its files open.
func crashed(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "clicks")
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

// left returns the names of the files in the folder.
func left(t *testing.T, dir string) (names []string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		names = append(names, f.Name())
	}
	return names
}

// TestTheNextProcessCounts what a killed one had accepted, and no more than once what that one had counted already.
func TestTheNextProcessCounts(t *testing.T) {
	for _, counted := range []int{0, 1, 2} { // batches
		synctest.Test(t, func(t *testing.T) {
			l := new(ledger)
			l.set(always(errAway), nil)
			c, dir := spooled(t, l)
			deferred(t, c, 1400)
			if err := c.AddUncounted(store.Uncounted{ArticleID: "b", Reason: store.ByRobot, At: time.Now()}); err != nil {
				t.Error(err)
			}
			synctest.Wait()
			n := 0
			l.set(func(store.Batch) error {
				if n++; n > counted {
					return errAway
				}
				return nil
			}, nil)
			time.Sleep(retryAfter)
			synctest.Wait()
			dir = crashed(t, dir)
			l.set(nil, nil)
			for range 2 {
				next := Open(dir, l, nil, nil)
				synctest.Wait()
				if files := left(t, dir); len(files) > 0 {
					t.Errorf("left: %v", files)
				}
				if err := next.Close(); err != nil {
					t.Error(err)
				}
			}
			l.has(t, map[string]int{"a": 1400, "b": 1})
			for _, e := range l.events {
				if e.ArticleID == "b" && e.Reason != store.ByRobot {
					t.Errorf("%+v", e)
				}
			}
			if err := c.Close(); err != nil { // that of the first process was not killed
				t.Error(err)
			}
			l.has(t, map[string]int{"a": 1400, "b": 1})
		})
	}
}

// TestFlushCountsWhatAnEarlierProcessLeft, also if it is called before that was found.
func TestFlushCountsWhatAnEarlierProcessLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		away, l := new(ledger), new(ledger)
		away.set(always(errAway), nil)
		one, dir := spooled(t, away)
		deferred(t, one, maxBatch+7)
		dir = crashed(t, dir)
		two := Open(dir, l, nil, nil)
		flush(t, two)
		l.has(t, map[string]int{"a": maxBatch + 7})
		_, _ = one.Close(), two.Close()
	})
}

// TestTheEndLeavesTheRest: what cannot be counted at the end is counted by the next process. What can is, and leaves
// nothing.
func TestTheEndLeavesTheRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		l.set(always(errAway), nil)
		c, dir := spooled(t, l)
		deferred(t, c, 5)
		if err := c.Close(); err != nil {
			t.Errorf("nothing is lost: %v", err)
		}
		if files := left(t, dir); len(files) != 1 {
			t.Errorf("left: %v", files)
		}
		l.set(nil, nil)
		c = Open(dir, l, nil, nil)
		if err := c.AddClick(t.Context(), tap("b")); err != nil {
			t.Error(err)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		if files := left(t, dir); len(files) > 0 {
			t.Errorf("left: %v", files)
		}
		l.has(t, map[string]int{"a": 5, "b": 1})
	})
}

// TestProcessesShareAFolder: nobody touches the spool of a living process, and everybody counts that of a dead one.
func TestProcessesShareAFolder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		away, l := new(ledger), new(ledger)
		away.set(always(errAway), nil)
		one, dir := spooled(t, away)
		deferred(t, one, 3)
		two := Open(dir, l, nil, nil)
		if err := two.AddClick(t.Context(), tap("b")); err != nil {
			t.Error(err)
		}
		time.Sleep(2 * lookEvery)
		l.has(t, map[string]int{"b": 1})
		if err := one.Close(); err != nil {
			t.Error(err)
		}
		time.Sleep(lookEvery)
		synctest.Wait()
		l.has(t, map[string]int{"a": 3, "b": 1})
		if err := two.Close(); err != nil {
			t.Error(err)
		}
		if files := left(t, dir); len(files) > 0 {
			t.Errorf("left: %v", files)
		}
	})
}

// TestManySpools: of many that were left, a limited number is open at once, and all are counted in the end.
func TestManySpools(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		for i := range maxAdopted + 6 {
			record := appendRecord(nil, 1, store.Event{Click: tap("a")})
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i, suffix)), record, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		l := new(ledger)
		c := Open(dir, l, nil, nil)
		synctest.Wait()
		l.has(t, map[string]int{"a": maxAdopted})
		time.Sleep(lookEvery)
		synctest.Wait()
		l.has(t, map[string]int{"a": maxAdopted + 6})
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
}

// TestTornTail: wherever a crash has cut the file off, the events before the cut are counted, and the rest is kept.
func TestTornTail(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		l.set(always(errAway), nil)
		c, dir := spooled(t, l)
		defer c.Close()
		for range 3 {
			if err := c.AddUncounted(store.Uncounted{ArticleID: "a", Reason: store.ByRobot, At: time.Now()}); err != nil {
				t.Error(err)
			}
		}
		synctest.Wait()
		whole, err := os.ReadFile(filepath.Join(dir, left(t, dir)[0]))
		if err != nil {
			t.Fatal(err)
		}
		size := len(whole) / 3
		for cut := range len(whole) + 1 {
			for _, garbage := range []string{"", "\x00\x00\x00\x00\x00\x00\x00\x00\x00", "garbage, of some length"} {
				dir := t.TempDir()
				if err := os.WriteFile(filepath.Join(dir, "torn"+suffix), append(whole[:cut:cut], garbage...), 0o600); err != nil {
					t.Fatal(err)
				}
				l := new(ledger)
				var out bytes.Buffer
				c := Open(dir, l, slog.New(slog.NewTextHandler(&out, nil)), nil)
				if err := c.Close(); err != nil {
					t.Error(err)
				}
				damaged := cut%size != 0 || garbage != ""
				if len(l.events) != cut/size || strings.Contains(out.String(), "damaged") != damaged {
					t.Errorf("cut at %d of %d and %q: %d events, %s", cut, len(whole), garbage, len(l.events), &out)
				}
				files := left(t, dir)
				if len(files) > 1 || (len(files) == 1) != damaged || damaged && files[0] != "torn"+suffix+badSuffix {
					t.Errorf("cut at %d and %q: left %v", cut, garbage, files)
				}
			}
		}
	})
}

// TestADamagedSpoolOfALivingProcess does not hold up what comes after it.
func TestADamagedSpoolOfALivingProcess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		l.set(always(errAway), nil)
		c, dir := spooled(t, l)
		deferred(t, c, 700)
		f, err := os.OpenFile(filepath.Join(dir, left(t, dir)[0]), os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := f.WriteAt([]byte{0xff}, c.live.end-1); err != nil {
			t.Fatal(err)
		}
		l.set(nil, nil)
		time.Sleep(retryAfter)
		synctest.Wait()
		for range 3 {
			if err := c.AddClick(t.Context(), tap("b")); err != nil {
				t.Error(err)
			}
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		l.has(t, map[string]int{"a": 699, "b": 3})
	})
}

// use puts a file in the place of the spool's.
func (s *spool) use(f file) {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.file = f
}

// brokenFile writes whole until room bytes are written, then no more.
type brokenFile struct {
	file
	room int
}

func (f *brokenFile) WriteAt(b []byte, at int64) (int, error) {
	if f.room >= len(b) {
		f.room -= len(b)
		return f.file.WriteAt(b, at)
	}
	n, err := f.file.WriteAt(b[:f.room], at)
	f.room = 0
	return n, errors.Join(err, errors.New("no space left"))
}

// Truncate fails: on some disks nothing works.
func (f *brokenFile) Truncate(size int64) error {
	if f.room == 0 {
		return errors.New("not now")
	}
	return f.file.Truncate(size)
}

// TestADiskThatTakesNoMore: events that cannot be written wait in memory and are counted from there, and those that
// were written whole are counted from the file, however far the write came. After a crash none is counted twice.
func TestADiskThatTakesNoMore(t *testing.T) {
	for room := range 150 {
		synctest.Test(t, func(t *testing.T) {
			l := new(ledger)
			l.set(always(errAway), nil)
			c, dir := spooled(t, l)
			deferred(t, c, 1)
			synctest.Wait()
			broken := &brokenFile{c.live.file, room}
			c.live.use(broken)
			c.mu.Lock()
			for range 3 { // one call writes them
				c.queue = append(c.queue, entry{event: store.Event{Click: tap("a")}, done: make(chan error, 1)})
			}
			c.mu.Unlock()
			nudge(c.written)
			synctest.Wait()
			if len(c.held.entries) == 0 && room < 100 {
				t.Errorf("room %d: nothing waits in memory", room)
			}
			l.set(nil, nil)
			time.Sleep(retryAfter)
			synctest.Wait()
			l.has(t, map[string]int{"a": 4})
			next := Open(crashed(t, dir), l, nil, nil)
			if err := next.Close(); err != nil {
				t.Error(err)
			}
			l.has(t, map[string]int{"a": 4})
			broken.room = 1 << 20
			if err := c.AddClick(t.Context(), tap("b")); err != nil {
				t.Error(err)
			}
			if err := c.Close(); err != nil {
				t.Error(err)
			}
			l.has(t, map[string]int{"a": 4, "b": 1})
		})
	}
}

// TestAFolderThatIsMovedAway: nothing is created in its place as long as that of the data is gone, and all is counted
// when it is back.
func TestAFolderThatIsMovedAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		l.set(always(errAway), nil)
		data := filepath.Join(t.TempDir(), "data")
		if err := os.Mkdir(data, 0o700); err != nil {
			t.Fatal(err)
		}
		c := Open(filepath.Join(data, "clicks"), l, nil, nil)
		deferred(t, c, 2)
		move := func(from, to string) {
			t.Helper()
			if err := os.Rename(from, to); err != nil {
				t.Fatal(err)
			}
		}
		move(data, data+".away")
		deferred(t, c, 3)
		if _, err := os.Stat(data); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("there is a folder: %v", err)
		}
		move(data+".away", data)
		deferred(t, c, 4)
		if len(c.held.entries) != 3 {
			t.Errorf("%d wait in memory", len(c.held.entries))
		}
		move(filepath.Join(data, "clicks"), data+".clicks")
		deferred(t, c, 5) // in a new folder
		if len(c.held.entries) != 3 {
			t.Errorf("%d wait in memory", len(c.held.entries))
		}
		l.set(nil, nil)
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		l.has(t, map[string]int{"a": 14})
	})
}

// TestSpoolsAreBounded: a spool takes a limited number of bytes, with those of earlier processes, and what is counted
// makes room.
func TestSpoolsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		l.set(always(errAway), nil)
		c, dir := spooled(t, l)
		c.limit = 20_000
		fill := func(c *Counter) (n int) {
			for {
				err := c.AddClick(t.Context(), tap("a"))
				switch {
				case errors.Is(err, store.ErrUnavailable) && !errors.Is(err, store.ErrDeferred):
					return n
				case err != nil && !errors.Is(err, store.ErrDeferred):
					t.Fatal(err)
				}
				n++
			}
		}
		n := fill(c)
		if err := c.AddUncounted(store.Uncounted{ArticleID: "a", Reason: store.ByRobot}); !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("a request more: %v", err)
		}
		if size := c.live.end; n < 100 || size > c.limit || size < c.limit/2 {
			t.Errorf("%d events in %d bytes", n, size)
		}
		next := Open(crashed(t, dir), l, nil, nil)
		synctest.Wait()
		next.limit = 20_000
		n2 := fill(next)
		if n2 > 5 {
			t.Errorf("%d more after a restart", n2)
		}
		l.set(nil, nil)
		time.Sleep(retryAfter)
		synctest.Wait()
		if err := errors.Join(c.Close(), next.AddClick(t.Context(), tap("b")), next.Close()); err != nil {
			t.Error(err)
		}
		l.has(t, map[string]int{"a": n + n2, "b": 1})
	})
}

// TestSpoolsStaySmall: what is counted leaves the file, also if there is always more to count, and a second after the
// last event nothing of it is on the disk.
func TestSpoolsStaySmall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		c, dir := spooled(t, l)
		l.set(func(store.Batch) error { // while each batch is counted, others come
			for range maxBatch - 1 {
				if err := c.AddUncounted(store.Uncounted{ArticleID: strings.Repeat("a", 128), Reason: store.ByRobot}); err != nil {
					t.Error(err)
				}
			}
			time.Sleep(time.Millisecond)
			return nil
		}, nil)
		size := func() int64 {
			info, err := os.Stat(filepath.Join(dir, left(t, dir)[0]))
			if err != nil {
				t.Fatal(err)
			}
			return info.Size()
		}
		deferredErr := errors.Join(c.AddClick(t.Context(), tap("a")), c.Flush(t.Context()))
		var largest int64
		for range 200 {
			time.Sleep(time.Millisecond)
			largest = max(largest, size())
		}
		if largest > 2*tidyBytes || largest < tidyBytes || deferredErr != nil {
			t.Errorf("%d bytes, %v", largest, deferredErr)
		}
		l.set(nil, nil)
		time.Sleep(2 * tidyEvery)
		synctest.Wait()
		if n := size(); n != 0 {
			t.Errorf("%d bytes", n)
		}
		if err := c.AddClick(t.Context(), tap("b")); err != nil {
			t.Error(err)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		if n := len(l.events); int64(n) != c.held.first-1+l.counted[c.live.id] {
			t.Errorf("%d events", n)
		}
	})
}

// TestLongEvents are refused: none of the service is as long.
func TestLongEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		c, _ := spooled(t, l)
		for _, n := range []int{128, 900, maxPayload, 100_000} {
			if err := c.AddClick(t.Context(), tap(strings.Repeat("x", n))); (err == nil) != (n < maxPayload) {
				t.Errorf("%d bytes: %v", n, err)
			}
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		if len(l.events) != 2 {
			t.Errorf("%d events", len(l.events))
		}
	})
}

// stuckFile hangs.
type stuckFile struct {
	file
	until chan struct{}
}

func (f *stuckFile) WriteAt(b []byte, at int64) (int, error) {
	<-f.until
	return f.file.WriteAt(b, at)
}

// TestADiskThatHangs holds up readers for a moment, and later ones not at all.
func TestADiskThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		c, _ := spooled(t, l)
		if err := c.AddClick(t.Context(), tap("a")); err != nil {
			t.Error(err)
		}
		synctest.Wait()
		stuck := &stuckFile{c.live.file, make(chan struct{})}
		c.live.use(stuck)
		go func() { _ = c.AddClick(t.Context(), tap("a")) }()
		time.Sleep(stuckAfter + 1)
		began := time.Now()
		for range 10 {
			if err := c.AddClick(t.Context(), tap("a")); !errors.Is(err, store.ErrDeferred) {
				t.Error(err)
			}
		}
		if time.Since(began) > 0 {
			t.Error("readers wait")
		}
		close(stuck.until)
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		l.has(t, map[string]int{"a": 12})
	})
}

// FuzzSpool: whatever follows them, the records of a spool are read back as they were written.
func FuzzSpool(f *testing.F) {
	f.Add("storm-1", "mail", "", int64(1_795_000_000_123), uint16(3), uint16(4), byte(9), []byte{0})
	f.Add("a", "", "robot", int64(0), uint16(0), uint16(0), byte(0), []byte("\x05\x00\x00\x00garbage"))
	f.Fuzz(func(t *testing.T, id, target, reason string, at int64, wide, narrow uint16, visitor byte, rest []byte) {
		want := store.Event{Click: store.Click{ArticleID: id, Target: target, At: time.UnixMilli(at).UTC(),
			Visitor: [16]byte{15: visitor}, Network: store.Network{Wide: wide, Narrow: narrow}}, Reason: store.Reason(reason)}
		if sizeOf(want) > recordHead+maxPayload {
			return
		}
		raw := appendRecord(nil, 7, want)
		if len(raw) > sizeOf(want) {
			t.Errorf("%d bytes, announced %d", len(raw), sizeOf(want))
		}
		number, got, size, err := readRecord(append(raw, rest...))
		if err != nil || number != 7 || size != len(raw) || got != want {
			t.Fatalf("%d %+v of %d bytes, %v", number, got, size, err)
		}
		if _, _, _, err := readRecord(raw[:len(raw)-1]); err == nil {
			t.Error("a record that is cut off was read")
		}
		number, got, size, err = readRecord(rest)
		if err != nil {
			return
		}
		if again := appendRecord(nil, number, got); len(again) > size { // other forms of a number are longer
			t.Errorf("%d bytes were read as an event of %d", size, len(again))
		}
	})
}

// BenchmarkKeep writes events to a spool and reads them back, in groups of 64. One operation is one event.
func BenchmarkKeep(b *testing.B) {
	var mu sync.Mutex
	s, err := createSpool(filepath.Join(b.TempDir(), "clicks"), &mu)
	if err != nil {
		b.Fatal(err)
	}
	group := make([]entry, 64)
	for i := range group {
		group[i].event.Click = store.Click{ArticleID: fmt.Sprint("story-", i), At: time.Now(), Visitor: [16]byte{1}}
	}
	for n := 0; b.Loop(); n++ {
		if n%len(group) > 0 {
			continue
		}
		if _, err := s.append(group); err != nil {
			b.Fatal(err)
		}
		batch, err := s.next()
		if err != nil || len(batch.Events) != len(group) {
			b.Fatal(len(batch.Events), err)
		}
		s.drop(batch, nil)
		if s.start > tidyBytes {
			if err := s.tidy(); err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := s.close(); err != nil {
		b.Fatal(err)
	}
}
