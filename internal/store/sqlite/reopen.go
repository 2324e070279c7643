package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"time"
)

// settleTime is how long a file that was put in the place of the database must not change before it is opened: it may
// still be being copied.
const settleTime = 1500 * time.Millisecond

// candidate is the files that are in the place of the database, until they are opened.
type candidate struct {
	settle time.Duration
	print  string    // of the files' sizes and times
	since  time.Time // when they had another print
}

// settled reports whether the files have not changed for the time settle.
func (c *candidate) settled(path string) bool {
	now := ""
	for _, path := range pathsOf(path) {
		if info, err := os.Stat(path); err == nil {
			now += fmt.Sprintln(info.Size(), info.ModTime().UnixNano())
		}
	}
	if c.print != now {
		c.print, c.since = now, time.Now()
	}
	return time.Since(c.since) >= c.settle
}

// refuse makes settled wait for the time before the same files are tried again.
func (c *candidate) refuse(wait time.Duration) { c.since = time.Now().Add(wait - c.settle) }

// retryDamaged is how long a file that cannot be opened is left alone.
const retryDamaged = 10 * time.Second

// Check returns nil if the open files are those at the database's path. Otherwise it opens the files that are there
// now, and returns the reason if that cannot be done:
//
//   - If there is no database file, none is created: Check waits until one is there.
//   - If another database file is there and has not changed for a while, or another process uses it already, it is
//     checked, migrated and used.
//   - If only the write-ahead log or its index is missing, everything in the open log is moved into the database file,
//     and a new log is opened. Nothing is lost.
//
// Call it about every second.
func (db *DB) Check(ctx context.Context) error {
	db.checking.Lock()
	defer db.checking.Unlock()
	at := db.files.at.Load()
	err := at.check()
	if err == nil {
		return nil
	}
	unlock, lockErr := lockFolder(at.paths[logFile])
	if lockErr != nil { // the folder is gone, or another process is here
		return err
	}
	defer unlock()
	if at.has(mainFile) {
		if renewErr := db.renewLog(ctx, at); renewErr != nil {
			return errors.Join(err, renewErr)
		}
		return nil
	}
	if _, statErr := os.Stat(db.path); statErr != nil || !db.waiting.settled(db.path) && !inUse(db.path) {
		return err
	}
	if adoptErr := db.adopt(ctx, at); adoptErr != nil {
		db.waiting.settled(db.path)
		db.waiting.refuse(retryDamaged)
		return errors.Join(err, adoptErr)
	}
	return nil
}

// adopt opens the database file that is in the place of the open one.
func (db *DB) adopt(ctx context.Context, old *place) error {
	kept, err := old.leave()
	if err != nil {
		return err
	}
	if kept != "" {
		db.log.Warn("the write-ahead log of the database that was replaced is kept", "file", kept)
	}
	first, err := db.openFiles(ctx)
	if err != nil {
		return err
	}
	db.log.Warn("another database file was put in place and is used from now on", "file", db.path)
	return db.refill(ctx, first)
}

// refillTime is how long refill waits for connections that are in use.
const refillTime = 2 * time.Second

// refill opens the connections of all pools to the present files, and closes first.
func (db *DB) refill(ctx context.Context, first *sql.DB) error {
	ctx, cancel := context.WithTimeout(ctx, refillTime)
	defer cancel()
	db.dropIdle()
	_ = db.fillPools(ctx) // those that are in use now are opened again when they are needed
	return first.Close()
}

// dropIdle closes the connections that are not in use.
func (db *DB) dropIdle() {
	for _, pool := range db.pools() {
		n := pool.Stats().MaxOpenConnections
		pool.SetMaxIdleConns(0)
		pool.SetMaxIdleConns(n)
	}
}

// renewLog opens a new write-ahead log and index for the open database file.
func (db *DB) renewLog(ctx context.Context, old *place) error {
	if !old.otherIndex() {
		if err := db.saveLog(ctx, old); err != nil {
			return err
		}
	}
	if db.lists.Stats().InUse+db.long.Stats().InUse > 0 {
		return errBusyLog // readers of short links would wait for them
	}
	first, err := db.renewFiles(ctx, old)
	if err != nil {
		return err
	}
	db.log.Warn("the write-ahead log of the database was removed; nothing is lost, and there is a new one",
		"file", db.path)
	return db.refill(ctx, first)
}

// saveLog moves everything that is in the open log into the database file.
func (db *DB) saveLog(ctx context.Context, old *place) error {
	if size, err := old.logSize(); err != nil || size == 0 {
		return err // 0: done before, perhaps by another process
	}
	if err := truncateLog(ctx, db.articles); err != nil {
		return err
	}
	now, err := os.Stat(old.paths[logFile])
	if err != nil || os.SameFile(now, old.files[logFile]) || now.Size() == 0 {
		return nil
	}
	// What somebody has put there is not the log of this file as it is now.
	return os.Rename(old.paths[logFile], asideOf(old.paths[logFile]))
}

// closeTime is how long renewFiles waits for connections that are in use.
const closeTime = 2 * time.Second

// renewFiles closes all connections and opens the files again. Otherwise the new ones would share the index of the old
// log.
func (db *DB) renewFiles(ctx context.Context, old *place) (*sql.DB, error) {
	db.files.opening.Lock()
	defer db.files.opening.Unlock()
	db.files.at.Store(nil)
	db.dropIdle()
	for end := time.Now().Add(closeTime); old.conns.Load() > 0; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			db.files.at.Store(old)
			return nil, errBusyLog
		}
	}
	first, err := db.openFiles(ctx)
	if err != nil {
		db.files.at.Store(old)
		return nil, err
	}
	return first, old.close()
}
