package clicks

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// cutFile remembers what is on the disk: what a power cut leaves.
type cutFile struct {
	file
	path   string
	broken error // of Sync
	disk   []byte
}

func (f *cutFile) Sync() (err error) {
	if f.broken != nil {
		return f.broken
	}
	f.disk, err = os.ReadFile(f.path)
	return err
}

// TestPowerCut: events that wait are on the disk after a second, those of a process that has ended too.
func TestPowerCut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := new(ledger)
		l.set(always(errAway), nil)
		c, dir := spooled(t, l)
		deferred(t, c, 1)
		cut := &cutFile{file: c.live.file, path: c.live.path}
		c.live.use(cut)
		deferred(t, c, 2)
		time.Sleep(syncEvery)
		synctest.Wait()
		first := cut.disk
		deferred(t, c, 2)
		if got := afterCut(t, first); got != 3 {
			t.Errorf("%d of 3 clicks are on the disk", got)
		}
		time.Sleep(syncEvery)
		synctest.Wait()
		if got := afterCut(t, cut.disk); got != 5 {
			t.Errorf("%d of 5 clicks are on the disk", got)
		}
		cut.disk = nil
		time.Sleep(3 * syncEvery)
		synctest.Wait()
		if cut.disk != nil {
			t.Error("what is on the disk is written again")
		}
		next := Open(crashed(t, dir), l, nil, nil) // its spool may be in memory only
		synctest.Wait()
		adopted := &cutFile{file: next.others[0].file, path: next.others[0].path}
		next.others[0].use(adopted)
		time.Sleep(syncEvery)
		synctest.Wait()
		if got := afterCut(t, adopted.disk); got != 5 {
			t.Errorf("%d of 5 clicks of an earlier process are on the disk", got)
		}
		_, _ = c.Close(), next.Close()
	})
}

// afterCut returns how many clicks a spool with the content has.
func afterCut(t *testing.T, content []byte) int {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "A"+suffix), content, 0o600); err != nil {
		t.Fatal(err)
	}
	l := new(ledger)
	if err := Open(dir, l, nil, nil).Close(); err != nil {
		t.Error(err)
	}
	return len(l.events)
}

// TestCountedClicksAreNotSynced: the store has them, and a busy service does not wait for its disk twice.
func TestCountedClicksAreNotSynced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _ := spooled(t, new(ledger))
		if err := c.AddClick(t.Context(), tap("a")); err != nil {
			t.Fatal(err)
		}
		cut := &cutFile{file: c.live.file, path: c.live.path}
		c.live.use(cut)
		if err := c.AddClick(t.Context(), tap("a")); err != nil {
			t.Fatal(err)
		}
		time.Sleep(3 * syncEvery)
		synctest.Wait()
		if cut.disk != nil {
			t.Error("clicks that are counted are written to the disk")
		}
		_ = c.Close()
	})
}

// TestSyncFails: it is logged once, and tried again.
func TestSyncFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		l := new(ledger)
		l.set(always(errAway), nil)
		c := Open(filepath.Join(t.TempDir(), "clicks"), l, slog.New(slog.NewTextHandler(&log, nil)), nil)
		deferred(t, c, 1)
		cut := &cutFile{file: c.live.file, path: c.live.path, broken: errors.New("input/output error")}
		c.live.use(cut)
		deferred(t, c, 1)
		time.Sleep(3 * syncEvery)
		synctest.Wait()
		if n := strings.Count(log.String(), "power cut"); n != 1 {
			t.Errorf("logged %d times: %s", n, &log)
		}
		repaired := &cutFile{file: cut.file, path: cut.path}
		c.live.use(repaired)
		time.Sleep(syncEvery)
		synctest.Wait()
		if afterCut(t, repaired.disk) != 2 {
			t.Error("clicks are not on the disk after the disk works again")
		}
		_ = c.Close()
	})
}
