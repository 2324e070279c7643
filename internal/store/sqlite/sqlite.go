// Package sqlite keeps articles and clicks in one SQLite file. It needs no server.
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
	Window time.Duration // the same visitor's same tap within it is counted once; 0: always
}

// DB is a store.Store in a file. What a power cut may take is the last second of clicks; an
// article that was acknowledged is on the disk.
type DB struct {
	read     *sql.DB // many connections, which cannot write: one record a question
	lists    *sql.DB // two more for lists, so that these never keep a short link waiting
	long     *sql.DB // one more for sums over all stories, which take seconds
	articles *sql.DB // one connection, synchronous=FULL
	clicks   *sql.DB // one connection, synchronous=NORMAL: not lost when the process dies
	counter  *counter
	window   time.Duration
}

var _ store.Store = (*DB)(nil)

// Open opens the file, made where it is missing with mode 0600, and brings its tables up to date.
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
	db.counter = newCounter(db)
	return db, nil
}

// keepWAL lets the write-ahead log and its index stay, empty, when the last connection is closed: to make
// them again, a start would need room on the disk.
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

// migrate runs the migrations that the file has not seen, in order and in one transaction. The file's
// user_version counts them. A file that has seen all is not written to: a full disk must not keep the service
// from starting.
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

// version is how many migrations the file has seen; more than known is an error.
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

// probeBytes is what Ping writes: enough to need room on the disk, little beside a page of articles.
const probeBytes = 16 << 10

// Close waits for the clicks under way and closes the file. The connection that keeps the log is the last.
func (db *DB) Close() error {
	var errs []error
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
