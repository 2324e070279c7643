package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// again calls f, which reads, until it finds a connection that works: after a restart of the server each connection of
// the pool fails once, and is not used again. It does not try if the server cannot be reached.
//
// It also tries again if f was cancelled early: the server has taken the end of an earlier statement of the connection,
// whose caller had left, for the end of this one. Such a request comes over a way of its own, and may come late.
func again(ctx context.Context, pool *pgxpool.Pool, f func() error) error {
	for tries := int32(0); ; tries++ {
		began := time.Now()
		err := f()
		code := codeOf(err)
		passes := isBroken(err) || code == stalePlan || code == queryCanceled && time.Since(began) < fastTime/2
		if err == nil || ctx.Err() != nil || !passes || tries > pool.Stat().MaxConns() {
			return err
		}
	}
}

// within calls f in a transaction of at most the time, and commits it. What f has read is what other transactions had
// committed at each of its statements. The error of f is returned as it is.
func (db *DB) within(
	ctx context.Context, doing string, most time.Duration, f func(ctx context.Context, tx pgx.Tx) error,
) error {
	ctx, cancel := context.WithTimeoutCause(ctx, most, errSlow)
	defer cancel()
	var tx pgx.Tx
	err := again(ctx, db.fast, func() (err error) {
		tx, err = db.fast.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.ReadCommitted})
		return err
	})
	if err != nil {
		return fault(ctx, doing, err)
	}
	defer rollBack(ctx, tx)
	if err := f(ctx, tx); err != nil {
		return err
	}
	if err := tx.Commit(ctx); err != nil {
		return fault(ctx, doing, err)
	}
	return nil
}

// rollBack ends a transaction that was not committed. It does not wait long for a server that hangs: the connection is
// closed then.
func rollBack(ctx context.Context, tx pgx.Tx) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), rollBackTime)
	defer cancel()
	_ = tx.Rollback(ctx) // after a commit there is nothing to do
}

const rollBackTime = time.Second

// row reads one row. scan gets it, and may be called several times.
func (db *DB) row(ctx context.Context, scan func(pgx.Row) error, query string, args ...any) error {
	return again(ctx, db.fast, func() error { return scan(db.fast.QueryRow(ctx, query, args...)) })
}

// rows reads rows of a list. scan is called for each, after clear, which may be called several times.
func (db *DB) rows(
	ctx context.Context, clear func(), scan func(pgx.Row) error, query string, args ...any,
) error {
	return again(ctx, db.lists, func() error {
		clear()
		found, err := db.lists.Query(ctx, query, args...)
		if err != nil {
			return err
		}
		defer found.Close()
		for found.Next() {
			if err := scan(found); err != nil {
				return err
			}
		}
		return found.Err()
	})
}
