package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// batch is one transaction that counts clicks. It reads the networks of each story once, and writes each sum that
// changed once, at the end. Other processes cannot write in between, because the transaction is immediate.
type batch struct {
	db        *DB
	tx        *sql.Tx
	see, read *sql.Stmt // of tx
	sums      sums
	networks  map[tables.NetworksKey]*tables.Networks
}

// Count implements store.Store.
func (db *DB) Count(ctx context.Context, sent store.Batch) (store.Counted, error) {
	if err := ctx.Err(); err != nil {
		return store.Counted{}, err
	}
	// It takes milliseconds. Stopped half-way, its outcome would be unknown.
	done, err := db.countBatch(context.WithoutCancel(ctx), sent)
	if err != nil {
		return store.Counted{}, fault("count clicks", err)
	}
	return done, nil
}

func (db *DB) countBatch(ctx context.Context, sent store.Batch) (done store.Counted, err error) {
	tx, err := db.clicks.BeginTx(ctx, nil)
	if err != nil {
		return done, err
	}
	defer tx.Rollback()
	b := newBatch(ctx, db, tx)
	counted, err := b.countedOf(ctx, sent.Spool)
	if err != nil {
		return done, err
	}
	rest, known := sent.After(counted)
	done = store.Counted{Known: known, Against: make([]store.Reason, len(rest))}
	if len(rest) == 0 {
		return done, tx.Commit() // which looks whether this is still the database
	}
	for i, e := range rest {
		if e.Reason != "" {
			b.sums.Refuse(e.Click, e.Reason)
			done.Against[i] = e.Reason
		} else if done.Against[i], err = b.count(ctx, e.Click); err != nil {
			return done, err
		}
	}
	if err := b.write(ctx); err != nil {
		return done, err
	}
	if err := db.pruner.prune(ctx, tx, db.window, sent.Latest()); err != nil {
		return done, err
	}
	put := tx.StmtContext(ctx, db.statements.putSpool)
	defer put.Close()
	if _, err := put.ExecContext(ctx, sent.Spool, sent.Last(), sent.Latest().UnixMilli()); err != nil {
		return done, err
	}
	return done, tx.Commit()
}

// countedOf returns the number of the last event of the spool that was counted, 0 if none was.
func (b *batch) countedOf(ctx context.Context, spool string) (counted int64, err error) {
	read := b.tx.StmtContext(ctx, b.db.statements.spool)
	defer read.Close()
	err = read.QueryRowContext(ctx, spool).Scan(&counted)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return counted, err
}

func newBatch(ctx context.Context, db *DB, tx *sql.Tx) *batch {
	return &batch{
		db: db, tx: tx,
		see: tx.StmtContext(ctx, db.statements.see), read: tx.StmtContext(ctx, db.statements.networks),
		sums: sums{tables.NewSums()}, networks: map[tables.NetworksKey]*tables.Networks{},
	}
}

// count adds a click to its sum, unless its network has its share or the visitor was seen within the window; without a
// window every click is counted. It returns why it did not. The network is asked first: one that has its share writes
// nothing but a sum.
func (b *batch) count(ctx context.Context, click store.Click) (against store.Reason, err error) {
	counts, err := b.networksOf(ctx, click)
	if err != nil {
		return "", err
	}
	if b.db.window > 0 && !store.NetworkShare.Admits(click.Network, counts.NetworkCounts) {
		b.sums.Refuse(click, store.OverShare)
		return store.OverShare, nil
	}
	if first, err := b.isFirst(ctx, click); err != nil || !first {
		b.sums.Refuse(click, store.Repeat)
		return store.Repeat, err
	}
	b.sums.Add(click)
	counts.Add(click.Network)
	counts.Changed = true
	return "", nil
}

// isFirst reports whether the visitor was not seen within the window, and remembers the visitor.
func (b *batch) isFirst(ctx context.Context, click store.Click) (bool, error) {
	if b.db.window == 0 || click.Visitor == [16]byte{} {
		return true, nil
	}
	res, err := b.see.ExecContext(ctx, click.Visitor[:], click.ArticleID, click.Target, click.At.UnixMilli(),
		click.At.Add(-b.db.window).UnixMilli())
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// networksOf returns the networks of the click's article in its hour.
func (b *batch) networksOf(ctx context.Context, click store.Click) (*tables.Networks, error) {
	key := tables.NetworksKeyOf(click)
	if known := b.networks[key]; known != nil {
		return known, nil
	}
	var raw []byte
	err := b.read.QueryRowContext(ctx, key.Hour, key.ID, key.Shared).Scan(&raw)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	counts, err := store.ParseNetworkCounts(raw)
	if err != nil {
		return nil, err
	}
	b.networks[key] = &tables.Networks{NetworkCounts: counts}
	return b.networks[key], nil
}

// write writes the sums that changed.
func (b *batch) write(ctx context.Context) error {
	if err := b.sums.write(ctx, b.tx, b.db.statements); err != nil {
		return err
	}
	put := b.tx.StmtContext(ctx, b.db.statements.putNetworks)
	defer put.Close()
	for key, counts := range b.networks {
		if !counts.Changed {
			continue
		}
		if _, err := put.ExecContext(ctx, key.Hour, key.ID, key.Shared, counts.Bytes()); err != nil {
			return err
		}
	}
	return nil
}
