// Package sqlite stores articles and clicks in one SQLite file. It needs no server.
package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"sync"
	"time"

	sqlite "modernc.org/sqlite" // registers "sqlite"

	"newsroom.example/cards/internal/store"
)

// Options change how clicks are counted, and name the log. The zero value counts every click and logs nothing.
type Options struct {
	// Window is the time within which a visitor's repeated tap is counted once. 0: every tap is counted, also if the
	// visitor's network has reached its share.
	Window time.Duration
	Log    *slog.Logger // of damage that was found; nil: none
	// Stored is called in each transaction that changes what is stored of an article and leaves it live, with what is
	// stored then. If it returns an error, nothing is stored. nil: nothing is called.
	Stored func(ctx context.Context, tx *sql.Tx, r store.Record) error
}

// DB is a store.Store in a file. It is safe for concurrent use, also by several processes on one file. Articles are on
// the disk when PutArticle returns. A power cut may lose the last second of clicks.
//
// If the file, its write-ahead log or the log's index is removed or replaced, reads continue from the open files, and
// writes fail with store.ErrUnavailable and fault.ErrRemoved. Check opens the files again.
type DB struct {
	read     *sql.DB // four read-only connections for queries of one record
	lists    *sql.DB // two read-only connections for lists, so that short links never wait for a list
	long     *sql.DB // one read-only connection for sums over all stories, which take seconds
	articles *sql.DB // one connection, synchronous=FULL
	clicks   *sql.DB // one connection, synchronous=NORMAL: commits survive the death of the process
	jobs     *sql.DB // one connection for package queue, synchronous=NORMAL: what a power cut undoes is done again
	keeper   *logKeeper
	window   time.Duration
	stored   func(ctx context.Context, tx *sql.Tx, r store.Record) error
	pruner   pruner // used in transactions of clicks alone

	statements statements

	path     string
	log      *slog.Logger
	files    files
	checking sync.Mutex // held by Check
	waiting  candidate  // for Check
}

var _ store.Store = (*DB)(nil)

// Open opens the file, creates it with mode 0600 if it does not exist, and runs the pending migrations. It logs what a
// damaged write-ahead log has lost. If the file is damaged, Open returns an error and changes nothing.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	db := &DB{window: o.Window, stored: o.Stored, path: path, log: o.Log, waiting: candidate{settle: settleTime}}
	if db.log == nil {
		db.log = slog.New(slog.DiscardHandler)
	}
	if err := db.connect(ctx); err != nil {
		return nil, errors.Join(err, db.closePools())
	}
	if db.statements, err = prepare(ctx, db.clicks); err != nil {
		return nil, errors.Join(fmt.Errorf("database %s: %w", path, err), db.closePools())
	}
	db.keeper = newLogKeeper(db)
	return db, nil
}

// connect makes the pools and opens the files.
func (db *DB) connect(ctx context.Context) (err error) {
	for _, part := range []struct {
		pool    **sql.DB
		conns   int
		full    bool
		keeps   bool
		pragmas []string
	}{
		{&db.articles, 1, true, true, []string{"synchronous(FULL)"}},
		{&db.clicks, 1, false, false, []string{"synchronous(NORMAL)"}}, // its statements are prepared by name
		{&db.jobs, 1, false, true, []string{"synchronous(NORMAL)"}},
		{&db.read, 4, false, true, []string{"query_only(1)"}},
		{&db.lists, 2, false, false, []string{"query_only(1)"}},
		{&db.long, 1, false, false, []string{"query_only(1)"}},
	} {
		driver, err := connectorTo(db.path, part.pragmas)
		if err != nil {
			return err
		}
		*part.pool = sql.OpenDB(connector{driver, &db.files, part.full, part.keeps})
		(*part.pool).SetMaxOpenConns(part.conns)
		(*part.pool).SetMaxIdleConns(part.conns)
	}
	first, err := db.openFiles(ctx)
	if err != nil {
		return err
	}
	return errors.Join(db.fillPools(ctx), first.Close())
}

// pools are in the order in which they are closed.
func (db *DB) pools() []*sql.DB {
	return []*sql.DB{db.jobs, db.clicks, db.long, db.lists, db.read, db.articles}
}

// Jobs returns the connection for package queue. It is closed with the database.
func (db *DB) Jobs() *sql.DB { return db.jobs }

// connectorTo returns a connector for connections with the common pragmas and the given ones. They never create the
// file.
func connectorTo(path string, pragmas []string) (driver.Connector, error) {
	q := url.Values{"_txlock": {"immediate"}, "mode": {"rw"}}
	for _, p := range append([]string{"journal_mode(WAL)", "busy_timeout(10000)", "foreign_keys(1)", "temp_store(MEMORY)"},
		pragmas...) {
		q.Add("_pragma", p)
	}
	return sqlite.NewConnector("file:" + escaped(path) + "?" + q.Encode())
}

// escaped returns the path as a part of the URI that SQLite opens.
func escaped(path string) string { return (&url.URL{Path: path}).EscapedPath() }

// Ping implements store.Store.
func (db *DB) Ping(ctx context.Context) error {
	var n int
	if err := db.read.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT 1 FROM articles LIMIT 1)").Scan(&n); err != nil {
		return fault("read", err)
	}
	if _, err := db.articles.ExecContext(ctx, "INSERT OR REPLACE INTO probe (id, data) VALUES (1, zeroblob(?))",
		probeBytes); err != nil {
		return fault("write", err)
	}
	return nil
}

// probeBytes is the size of the row that Ping writes: large enough to need space on the disk, but still small.
const probeBytes = 16 << 10

// Close closes the files.
func (db *DB) Close() error {
	db.keeper.close()
	return db.closePools()
}

func (db *DB) closePools() error {
	var errs []error
	for _, pool := range db.pools() {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	if at := db.files.at.Load(); at != nil {
		errs = append(errs, at.close())
	}
	return errors.Join(errs...)
}
