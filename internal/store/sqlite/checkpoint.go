package sqlite

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

// SQLite begins its write-ahead log anew only at a moment when the log is copied to the file and nobody reads from it.
// While lists of top stories are read one after the other, as any client can bring about, that moment never comes: a
// hundred thousand clicks left a log of 540 MB. So a log of more than maxLog bytes is emptied while lists wait.
const (
	maxLog = 64 << 20
	// logEvery is how often its size is looked at, and clicks are written to the disk. It leaves the rest of a second to
	// clicks on their way to the log (package clicks).
	logEvery = 700 * time.Millisecond
)

// logKeeper keeps the write-ahead log small, and writes the commits of clicks to the disk, which do not wait for it: a
// power cut takes those of the last second at most. It is safe for concurrent use.
type logKeeper struct {
	db   *DB
	stop context.CancelFunc
	done chan struct{} // closed when run has returned

	failed bool // the last sync; used by run alone

	// lists is held for reading while a list is read, and for writing while the log is emptied.
	lists sync.RWMutex
}

func newLogKeeper(db *DB) *logKeeper {
	ctx, stop := context.WithCancel(context.Background())
	k := &logKeeper{db: db, stop: stop, done: make(chan struct{})}
	go k.run(ctx)
	return k
}

// read is called before a list is read, and returns the function to call afterwards. It waits while the log is emptied.
func (k *logKeeper) read() (end func()) {
	k.lists.RLock()
	return k.lists.RUnlock
}

func (k *logKeeper) run(ctx context.Context) {
	defer close(k.done)
	tick := time.NewTicker(logEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			k.sync()
			_ = k.check(ctx, maxLog) // on failure it is tried again
		}
	}
}

// close ends the work in progress.
func (k *logKeeper) close() {
	k.stop()
	<-k.done
}

// sync writes the commits of clicks to the disk. It logs the first of failures that follow each other.
func (k *logKeeper) sync() {
	at := k.db.files.at.Load()
	if at == nil {
		return
	}
	err := at.sync()
	if err != nil && !k.failed && k.db.files.at.Load() == at { // otherwise the files were closed meanwhile
		k.db.log.Error("clicks may not outlive a power cut: the write-ahead log cannot be written to the disk", "error", err)
	}
	k.failed = err != nil
}

// check empties the log if it has more than most bytes. It waits for the lists that are being read, but the writing of
// clicks only waits for the copying.
func (k *logKeeper) check(ctx context.Context, most int64) error {
	at := k.db.files.at.Load()
	if at == nil || at.check() != nil { // DB.Check mends that
		return nil
	}
	if size, err := at.logSize(); err != nil || size <= most {
		return err
	}
	k.lists.Lock()
	defer k.lists.Unlock()
	return truncateLog(ctx, k.db.clicks)
}

// truncateLog empties the log with a connection of the pool. It returns errBusyLog if the log is in use.
func truncateLog(ctx context.Context, pool *sql.DB) error {
	var busy, frames, moved int
	if err := pool.QueryRowContext(ctx, emptyLog).Scan(&busy, &frames, &moved); err != nil {
		return fault("empty the write-ahead log", err)
	}
	if busy != 0 {
		return errBusyLog
	}
	return nil
}
