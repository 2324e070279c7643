package postgres

import (
	"cmp"
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/tables"
)

// Statements of a batch. Rows are locked and written in the order of their keys, as those of sums.
const (
	lockSpool = `INSERT INTO spools AS s (id, counted, used) VALUES ($1, 0, 0)
		ON CONFLICT (id) DO UPDATE SET used = s.used RETURNING counted`
	// makeNetworks makes the rows that are missing, so that lockNetworks finds all.
	makeNetworks = `INSERT INTO networks (hour, id, shared, counts)
		SELECT k.Hour, k.id, k.Shared, '' FROM unnest($1::bigint[], $2::text[], $3::boolean[]) k (hour, id, shared)
		ORDER BY k.Hour, k.id COLLATE "C", k.Shared ON CONFLICT (hour, id, shared) DO NOTHING`
	lockNetworks = `SELECT n.hour, n.id, n.shared, n.counts FROM networks n
		JOIN unnest($1::bigint[], $2::text[], $3::boolean[]) k (hour, id, shared)
			ON n.hour = k.Hour AND n.id = k.id AND n.shared = k.Shared
		ORDER BY n.hour, n.id, n.shared FOR UPDATE OF n`
	readSeen = "SELECT mark, at FROM seen WHERE mark = ANY ($1::uuid[])"

	putSeen = `INSERT INTO seen (mark, at) SELECT k.mark, k.at FROM unnest($1::uuid[], $2::bigint[]) k (mark, at)
		ORDER BY k.mark ON CONFLICT (mark) DO UPDATE SET at = excluded.at`
	putNetworks = `UPDATE networks n SET counts = k.counts
		FROM unnest($1::bigint[], $2::text[], $3::boolean[], $4::bytea[]) k (hour, id, shared, counts)
		WHERE n.hour = k.Hour AND n.id = k.id AND n.shared = k.Shared`
	putSpool = "UPDATE spools SET counted = $2, used = greatest(used, $3) WHERE id = $1"
)

// keys is a set.
type keys[K comparable] map[K]struct{}

func (k *keys[K]) add(key K) {
	if *k == nil {
		*k = keys[K]{}
	}
	(*k)[key] = struct{}{}
}

// ordered returns the keys of a map in order.
func ordered[K comparable, V any](m map[K]V, compare func(a, b K) int) []K {
	all := make([]K, 0, len(m))
	for key := range m {
		all = append(all, key)
	}
	slices.SortFunc(all, compare)
	return all
}

// column returns a column of rows.
func column[R, C any](rows []R, of func(R) C) []C {
	all := make([]C, len(rows))
	for i, row := range rows {
		all[i] = of(row)
	}
	return all
}

func compareNetworks(a, b tables.NetworksKey) int {
	return cmp.Or(cmp.Compare(a.Hour, b.Hour), cmp.Compare(a.ID, b.ID), compareBools(a.Shared, b.Shared))
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func compareMarks(a, b mark) int { return slices.Compare(a[:], b[:]) }

// read locks the spool and the networks, and reads all that the events are judged by.
func (b *batch) read(ctx context.Context, tx pgx.Tx) error {
	locks := ordered(b.locks, compareNetworks)
	hours, ids, shared := networksColumns(locks)
	for _, key := range locks {
		b.networks[key] = &tables.Networks{}
	}
	marks := ordered(b.marks, compareMarks)
	for _, m := range marks {
		b.seen[m] = &lastSeen{}
	}
	var all pgx.Batch
	all.Queue(lockSpool, b.spool).QueryRow(func(row pgx.Row) error { return row.Scan(&b.counted) })
	if len(locks) > 0 {
		all.Queue(makeNetworks, hours, ids, shared)
		all.Queue(lockNetworks, hours, ids, shared).Query(b.scanNetworks)
	}
	if len(marks) > 0 {
		all.Queue(readSeen, marks).Query(b.scanSeen)
	}
	return tx.SendBatch(ctx, &all).Close()
}

func networksColumns(all []tables.NetworksKey) (hours []int64, ids []string, shared []bool) {
	return column(all, func(k tables.NetworksKey) int64 { return k.Hour }),
		column(all, func(k tables.NetworksKey) string { return k.ID }),
		column(all, func(k tables.NetworksKey) bool { return k.Shared })
}

func (b *batch) scanNetworks(rows pgx.Rows) error {
	var key tables.NetworksKey
	var raw []byte
	for rows.Next() {
		if err := rows.Scan(&key.Hour, &key.ID, &key.Shared, &raw); err != nil {
			return err
		}
		counts, err := store.ParseNetworkCounts(slices.Clone(raw))
		if err != nil {
			return err
		}
		b.networks[key] = &tables.Networks{NetworkCounts: counts}
	}
	return rows.Err()
}

func (b *batch) scanSeen(rows pgx.Rows) error {
	var m mark
	var at int64
	for rows.Next() {
		if err := rows.Scan((*[16]byte)(&m), &at); err != nil {
			return err
		}
		b.seen[m] = &lastSeen{at: at, known: true}
	}
	return rows.Err()
}

// commit writes what has changed. since is when the sums of five minutes begin that are kept; 0: as before.
func (b *batch) commit(ctx context.Context, tx pgx.Tx, sent store.Batch, since int64) error {
	var all pgx.Batch
	b.writeNetworks(&all)
	b.writeSeen(&all)
	b.sums.write(&all)
	if since != 0 {
		all.Queue("UPDATE recent SET since = $1 WHERE since < $1", since)
	}
	all.Queue(putSpool, sent.Spool, sent.Last(), sent.Latest().UnixMilli())
	return tx.SendBatch(ctx, &all).Close()
}

func (b *batch) writeNetworks(all *pgx.Batch) {
	var changed []tables.NetworksKey
	for _, key := range ordered(b.networks, compareNetworks) {
		if b.networks[key].Changed {
			changed = append(changed, key)
		}
	}
	if len(changed) == 0 {
		return
	}
	hours, ids, shared := networksColumns(changed)
	counts := column(changed, func(k tables.NetworksKey) []byte { return b.networks[k].Bytes() })
	all.Queue(putNetworks, hours, ids, shared, counts)
}

func (b *batch) writeSeen(all *pgx.Batch) {
	var changed []mark
	for _, m := range ordered(b.seen, compareMarks) {
		if b.seen[m].changed {
			changed = append(changed, m)
		}
	}
	if len(changed) > 0 {
		all.Queue(putSeen, changed, column(changed, func(m mark) int64 { return b.seen[m].at }))
	}
}
