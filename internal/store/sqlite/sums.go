package sqlite

import (
	"context"
	"database/sql"

	"newsroom.example/cards/internal/store/tables"
)

// sums are the clicks that a transaction adds.
type sums struct{ tables.Sums }

// write adds the sums to the stored ones.
func (s sums) write(ctx context.Context, tx *sql.Tx, to statements) error {
	byTarget := func(key tables.TargetKey, n int64) []any { return []any{key.Bucket, key.ID, key.Target, n} }
	byStory := func(key tables.StoryKey, n tables.Taps) []any { return []any{key.Bucket, key.ID, n.Opened, n.Shared} }
	if err := addAll(ctx, tx, to.addClicks, s.Recent, byTarget); err != nil {
		return err
	}
	if err := addAll(ctx, tx, to.addTarget, s.Targets, byTarget); err != nil {
		return err
	}
	if err := addAll(ctx, tx, to.addHour, s.Hours, byStory); err != nil {
		return err
	}
	if err := addAll(ctx, tx, to.addDay, s.Days, byStory); err != nil {
		return err
	}
	return addAll(ctx, tx, to.addUncounted, s.Uncounted, func(key tables.ReasonKey, n int64) []any {
		return []any{key.Bucket, key.ID, key.Reason, n}
	})
}

// addAll runs a statement for each of the sums.
func addAll[K comparable, V any](
	ctx context.Context, tx *sql.Tx, statement *sql.Stmt, sums map[K]V, args func(K, V) []any,
) error {
	add := tx.StmtContext(ctx, statement)
	defer add.Close()
	for key, n := range sums {
		if _, err := add.ExecContext(ctx, args(key, n)...); err != nil {
			return err
		}
	}
	return nil
}
