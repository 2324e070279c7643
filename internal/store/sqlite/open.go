package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
)

// openFiles opens the files that are at the path, for all connections that are opened from now on. The caller closes
// first, a connection to them, when the others are open: the last connection that is closed empties the log.
func (db *DB) openFiles(ctx context.Context) (first *sql.DB, err error) {
	if err := db.keepOrphan(); err != nil {
		return nil, err
	}
	db.keepPrivate()
	damaged := db.reportLog()
	if first, err = db.prepare(ctx, damaged); err != nil {
		return nil, err
	}
	at, err := locate(db.path)
	if err != nil {
		return nil, errors.Join(err, first.Close())
	}
	if old := db.files.at.Swap(at); old != nil {
		_ = old.close() // it was only read
	}
	return first, nil
}

// keepOrphan puts aside the log of a database file that is gone: beside an empty file SQLite would remove it.
func (db *DB) keepOrphan() error {
	main, err := os.Stat(db.path)
	if err != nil || main.Size() > 0 {
		return err
	}
	orphan := pathsOf(db.path)[logFile]
	if info, err := os.Stat(orphan); err != nil || info.Size() == 0 {
		return nil //nolint:nilerr // there is none
	}
	kept := asideOf(orphan)
	db.log.Warn("there is a write-ahead log, but no database: it is kept, and not used", "file", kept)
	return os.Rename(orphan, kept)
}

// keepPrivate lets only the owner of the files read them: stories under embargo are in them, and the key of the day. A
// backup that was put in place may have another mode, which SQLite would give to the other files too.
func (db *DB) keepPrivate() {
	for _, path := range pathsOf(db.path) {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm()&0o077 == 0 {
			continue
		}
		if err := os.Chmod(path, info.Mode().Perm()&^0o077); err != nil {
			db.log.Warn("other users can read the database", "file", path, "error", err)
			continue
		}
		db.log.Warn("other users could read the database; its mode was changed", "file", path)
	}
}

// fillPools opens all connections, so that reads continue if the files are removed.
func (db *DB) fillPools(ctx context.Context) error {
	for _, pool := range db.pools() {
		if err := openAll(ctx, pool); err != nil {
			return err
		}
	}
	return nil
}

// openAll opens all connections of the pool.
func openAll(ctx context.Context, pool *sql.DB) error {
	for range pool.Stats().MaxOpenConnections {
		conn, err := pool.Conn(ctx)
		if err != nil {
			return err
		}
		defer conn.Close()
	}
	return nil
}

// checkedBytes is the size of the largest database file that is checked at every start. It takes about a second.
const checkedBytes = 256 << 20

// prepare opens the file that is at the path and runs the pending migrations. It checks the file first, if it is small
// or the log was damaged. If the file is damaged, the error says what to do.
func (db *DB) prepare(ctx context.Context, suspect bool) (first *sql.DB, err error) {
	info, err := os.Stat(db.path)
	if err != nil {
		return nil, err
	}
	driver, err := connectorTo(db.path, []string{"synchronous(FULL)"})
	if err != nil {
		return nil, err
	}
	first = sql.OpenDB(keptLog{driver})
	first.SetMaxOpenConns(1)
	if suspect || info.Size() <= checkedBytes {
		err = quickCheck(ctx, first)
	}
	if err == nil {
		err = migrate(ctx, first)
	}
	if err == nil {
		return first, nil
	}
	if errors.Is(err, errDamaged) || isDamage(err) {
		err = fmt.Errorf("is damaged, and nothing in it was changed; put a backup in its place and remove the files "+
			"-wal and -shm beside it, or move all three away to begin with an empty database: %w", err)
	}
	return nil, errors.Join(fmt.Errorf("database %s %w", db.path, err), first.Close())
}

var errDamaged = errors.New("damaged")

// quickCheck returns an error if the file is damaged: SQLite's check of everything but the content of indexes.
func quickCheck(ctx context.Context, db *sql.DB) error {
	var found string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return fmt.Errorf("%w: %s", errDamaged, strings.Join(strings.Fields(found), " "))
	}
	return nil
}
