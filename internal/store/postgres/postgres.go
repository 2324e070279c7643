// Package postgres stores articles and clicks in a PostgreSQL database, version 15 or newer, which many processes on
// many machines may share.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"newsroom.example/cards/internal/store"
)

// DB is a store.Store in a PostgreSQL database. It is safe for concurrent use, also by several processes on one
// database. Whatever a method has stored is on the server's disk when it returns.
//
// While the server cannot be reached, methods fail with store.ErrUnavailable, after at most a few seconds. When it can
// be reached again, they work again.
type DB struct {
	fast  *pgxpool.Pool // for reads of one record, and for writes
	lists *pgxpool.Pool // for lists and sums, so that short links never wait for one
	jobs  *pgxpool.Pool // for package queue

	summing chan struct{} // holds a value while Top sums all stories
	window  time.Duration
	stored  func(ctx context.Context, tx pgx.Tx, r store.Record) error
	pruner  pruner
}

// Options change how clicks are counted, and name the log. The zero value counts every click and logs nothing.
type Options struct {
	// Window is the time within which a visitor's repeated tap is counted once. 0: every tap is counted, also if the
	// visitor's network has reached its share.
	Window time.Duration
	Log    *slog.Logger // of settings of the server that may lose data; nil: none
	// Stored is called in each transaction that changes what is stored of an article and leaves it live, with what is
	// stored then. If it returns an error, nothing is stored. nil: nothing is called.
	Stored func(ctx context.Context, tx pgx.Tx, r store.Record) error
}

// Open connects to the database and runs the pending migrations. If the server cannot be reached now, the error wraps
// store.ErrUnavailable, and a later call may succeed. No error shows a password.
func Open(ctx context.Context, url string, o Options) (*DB, error) {
	c, err := parse(url)
	if err != nil {
		return nil, err
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if _, err := prepare(ctx, c.fast.ConnConfig, o.Log); err != nil {
		return nil, err
	}
	db := &DB{window: o.Window, stored: o.Stored, summing: make(chan struct{}, 1)}
	for pool, config := range map[**pgxpool.Pool]*pgxpool.Config{&db.fast: c.fast, &db.lists: c.lists, &db.jobs: c.jobs} {
		if *pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
			db.closePools()
			return nil, err
		}
	}
	return db, nil
}

// Migrate runs the pending migrations. It returns their names. Errors are those of Open.
func Migrate(ctx context.Context, url string) (done []string, err error) {
	c, err := parse(url)
	if err != nil {
		return nil, err
	}
	return prepare(ctx, c.fast.ConnConfig, slog.New(slog.DiscardHandler))
}

// IsLasting reports whether an error of Open is one that no later call is without, unless somebody changes the settings
// or the server: a wrong password, an unknown database.
func IsLasting(err error) bool { return isLasting(err) }

// oldest is the oldest version of the server that is supported, as server_version_num has it.
const oldest = 150_000

// prepare connects once, checks the server and runs the pending migrations.
func prepare(ctx context.Context, pooled *pgx.ConnConfig, log *slog.Logger) (done []string, err error) {
	config := pooled.Copy()
	delete(config.RuntimeParams, "statement_timeout") // a migration may take long
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, fault(ctx, "connect", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var version int
	var fsync, pages bool
	var schema *string
	err = conn.QueryRow(ctx, `SELECT current_setting('server_version_num')::int, current_setting('fsync')::bool,
		current_setting('full_page_writes')::bool, current_schema()`).Scan(&version, &fsync, &pages, &schema)
	switch {
	case err != nil:
		return nil, fault(ctx, "connect", err)
	case version < oldest:
		return nil, fmt.Errorf("the server has version %d.%d; 15 or newer is needed", version/10_000, version%10_000)
	case schema == nil:
		return nil, errors.New("no schema of the search_path exists: create it, or name another one")
	case !fsync || !pages:
		log.Warn("the database server may lose acknowledged articles: fsync or full_page_writes is off")
	}
	return migrate(ctx, conn)
}

// Ping implements store.Store.
func (db *DB) Ping(ctx context.Context) error {
	err := again(ctx, db.fast, func() error {
		_, err := db.fast.Exec(ctx, `INSERT INTO probe (one, at) VALUES (true, now())
			ON CONFLICT (one) DO UPDATE SET at = now()`)
		return err
	})
	if err != nil {
		return fault(ctx, "write", err)
	}
	return nil
}

// Close closes the connections, after the calls that are in progress.
func (db *DB) Close() error {
	db.pruner.close()
	db.closePools()
	return nil
}

func (db *DB) closePools() {
	for _, pool := range []*pgxpool.Pool{db.jobs, db.lists, db.fast} {
		if pool != nil {
			pool.Close()
		}
	}
}

// Jobs returns the connections for package queue. They are closed with the database.
func (db *DB) Jobs() *pgxpool.Pool { return db.jobs }

var _ store.Store = (*DB)(nil)
