// Package sqlite stores articles and clicks in one SQLite file. It needs no server.
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	driver "modernc.org/sqlite" // registers "sqlite"

	"newsroom.example/cards/internal/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Options change how clicks are counted. The zero value counts every click.
type Options struct {
	Window time.Duration // a visitor's repeated tap within it is counted once; 0: every tap is counted
}

// DB is a store.Store in a file. It is safe for concurrent use, also by several processes on one file. Articles are on
// the disk when PutArticle returns. A power cut may lose the last second of clicks.
type DB struct {
	read     *sql.DB // four read-only connections for queries of one record
	lists    *sql.DB // two read-only connections for lists, so that short links never wait for a list
	long     *sql.DB // one read-only connection for sums over all stories, which take seconds
	articles *sql.DB // one connection, synchronous=FULL
	clicks   *sql.DB // one connection, synchronous=NORMAL: commits survive the death of the process
	counter  *counter
	keeper   *logKeeper
	window   time.Duration

	statements statements
}

var _ store.Store = (*DB)(nil)

// Open opens the file, creates it with mode 0600 if it does not exist, and runs the pending migrations.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	db := &DB{window: o.Window}
	for _, part := range []struct {
		pool    **sql.DB
		conns   int
		pragmas []string
	}{
		{&db.articles, 1, []string{"synchronous(FULL)"}},
		{&db.clicks, 1, []string{"synchronous(NORMAL)"}},
		{&db.read, 4, []string{"query_only(1)"}},
		{&db.lists, 2, []string{"query_only(1)"}},
		{&db.long, 1, []string{"query_only(1)"}},
	} {
		if *part.pool, err = connect(path, part.conns, part.pragmas); err != nil {
			return nil, errors.Join(err, db.Close())
		}
	}
	if err := migrate(ctx, db.articles); err != nil {
		return nil, errors.Join(fmt.Errorf("database %s: %w", filepath.Base(path), err), db.Close())
	}
	if err := keepWAL(ctx, db.articles); err != nil {
		return nil, errors.Join(fmt.Errorf("database %s: %w", filepath.Base(path), err), db.Close())
	}
	if db.statements, err = prepare(ctx, db.clicks); err != nil {
		return nil, errors.Join(fmt.Errorf("database %s: %w", filepath.Base(path), err), db.Close())
	}
	db.counter = newCounter(db)
	db.keeper = newLogKeeper(db, path)
	return db, nil
}

// keepWAL keeps the write-ahead log and its index, empty, after the last connection is closed. Otherwise a start on a
// full disk would fail, because it could not create them.
func keepWAL(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(c any) error {
		control, ok := c.(driver.FileControl)
		if !ok {
			return errors.New("the driver has no file control")
		}
		_, err := control.FileControlPersistWAL("main", 1)
		return err
	})
}

// connect opens a pool of conns connections, each with the common pragmas and the given ones.
func connect(path string, conns int, pragmas []string) (*sql.DB, error) {
	q := url.Values{"_txlock": {"immediate"}}
	for _, p := range append([]string{"journal_mode(WAL)", "busy_timeout(10000)", "foreign_keys(1)", "temp_store(MEMORY)"},
		pragmas...) {
		q.Add("_pragma", p)
	}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return db, nil
}

// migrate runs the migrations that the file does not have yet, in order and in one transaction. The file's
// user_version is their number. An up-to-date file is not written to, so that the service can start on a full disk.
func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	if done, err := version(ctx, db, len(files)); err != nil || done == len(files) {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	done, err := version(ctx, tx, len(files)) // another process may have migrated meanwhile
	if err != nil {
		return err
	}
	for _, name := range files[done:] {
		script, err := migrations.ReadFile(name)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, string(script)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", len(files))); err != nil {
		return err
	}
	return tx.Commit()
}

// version returns the number of migrations that the file has. More than known is an error.
func version(ctx context.Context, db interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}, known int) (done int, err error) {
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&done); err != nil {
		return 0, err
	}
	if done > known {
		return 0, fmt.Errorf("is of a newer version (%d) than this program (%d)", done, known)
	}
	return done, nil
}

// Ping implements store.Store.
func (db *DB) Ping(ctx context.Context) error {
	var n int
	if err := db.read.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT 1 FROM articles LIMIT 1)").Scan(&n); err != nil {
		return fault("read", err)
	}
	if _, err := db.clicks.ExecContext(ctx, "INSERT OR REPLACE INTO probe (id, data) VALUES (1, zeroblob(?))",
		probeBytes); err != nil {
		return fault("write", err)
	}
	return db.counter.failure()
}

// probeBytes is the size of the row that Ping writes: large enough to need space on the disk, but still small.
const probeBytes = 16 << 10

// Close commits the waiting clicks and closes the file. It closes the pool articles last: its connection keeps the
// write-ahead log.
func (db *DB) Close() error {
	var errs []error
	if db.keeper != nil {
		db.keeper.close()
	}
	if db.counter != nil {
		errs = append(errs, db.counter.stop())
	}
	for _, pool := range []*sql.DB{db.clicks, db.long, db.lists, db.read, db.articles} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(errs...)
}
