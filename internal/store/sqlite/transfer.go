package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/transfer"
)

var _ transfer.Target = (*DB)(nil)

// Name implements transfer.Source.
func (db *DB) Name(context.Context) (string, error) {
	path, err := filepath.Abs(db.path)
	return "sqlite " + path, err
}

// names returns the names of columns, for a query.
func names(all []transfer.Column) string {
	list := make([]string, len(all))
	for i, c := range all {
		list[i] = c.Name
	}
	return strings.Join(list, ", ")
}

// marks returns n parameters, for a query.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// condition returns the conditions of a range, and their values.
func condition(t transfer.Table, in transfer.Range) (where string, args []any) {
	where = "TRUE"
	for _, end := range []struct {
		operator string
		key      transfer.Row
	}{{">", in.After}, {"<=", in.Through}} {
		if end.key != nil {
			where += fmt.Sprintf(" AND (%s) %s (%s)", names(t.Key), end.operator, marks(len(end.key)))
			args = append(args, stored(t.Key, end.key)...)
		}
	}
	return where, args
}

// stored returns values as they are stored: all bytes that are a key are text.
func stored(columns []transfer.Column, row transfer.Row) []any {
	all := make([]any, len(row))
	for i, value := range row {
		if raw, ok := value.([]byte); ok && columns[i].Name == "receipt" {
			value = string(raw)
		}
		all[i] = value
	}
	return all
}

// Rows implements transfer.Source.
func (db *DB) Rows(
	ctx context.Context, t transfer.Table, in transfer.Range, limit int,
) (all []transfer.Row, err error) {
	columns := t.All()
	where, args := condition(t, in)
	rows, err := db.lists.QueryContext(ctx, fmt.Sprintf("SELECT %s FROM %s WHERE %s ORDER BY %s LIMIT ?", names(columns),
		t.Name, where, names(t.Key)), append(args, limit)...)
	if err != nil {
		return nil, fault("copy", err)
	}
	defer rows.Close()
	for rows.Next() {
		row, err := scanRow(rows, columns)
		if err != nil {
			return nil, fault("copy", err)
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		return nil, fault("copy", err)
	}
	return all, nil
}

// scanRow reads a row.
func scanRow(rows *sql.Rows, columns []transfer.Column) (transfer.Row, error) {
	into := make([]any, len(columns))
	for i, c := range columns {
		switch c.Kind {
		case transfer.Number:
			into[i] = new(int64)
		case transfer.Text:
			into[i] = new(string)
		case transfer.Bytes:
			into[i] = new([]byte)
		case transfer.Boolean:
			into[i] = new(bool)
		}
	}
	if err := rows.Scan(into...); err != nil {
		return nil, err
	}
	row := make(transfer.Row, len(columns))
	for i := range into {
		switch value := into[i].(type) {
		case *int64:
			row[i] = *value
		case *string:
			row[i] = *value
		case *[]byte:
			row[i] = *value
		case *bool:
			row[i] = *value
		}
	}
	return row, nil
}

// Totals implements transfer.Source.
func (db *DB) Totals(ctx context.Context, t transfer.Table) (totals transfer.Totals, err error) {
	sum := t.Sum
	if sum == "" {
		sum = "0"
	}
	err = db.lists.QueryRowContext(ctx, "SELECT count(*), coalesce(sum("+sum+"), 0) FROM "+t.Name).
		Scan(&totals.Rows, &totals.Sum)
	if err != nil {
		return totals, fault("count", err)
	}
	return totals, nil
}

// Claim implements transfer.Target.
func (db *DB) Claim(ctx context.Context, source string) (ok bool, err error) {
	tx, err := db.articles.BeginTx(ctx, nil)
	if err != nil {
		return false, fault("claim", err)
	}
	defer tx.Rollback()
	if of, claimed, err := claimOf(ctx, tx); err != nil || claimed {
		return claimed && of == source, err
	}
	for _, t := range transfer.Tables {
		if t.Initial {
			continue
		}
		var used bool
		if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM "+t.Name+")").Scan(&used); err != nil || used {
			return false, err
		}
	}
	if err := claim(ctx, tx, source); err != nil {
		return false, err
	}
	return true, nil
}

// claim stores whose the database is, and commits.
func claim(ctx context.Context, tx *sql.Tx, source string) error {
	for _, statement := range []string{"CREATE TABLE IF NOT EXISTS claim (source TEXT NOT NULL)", "DELETE FROM claim"} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return fault("claim", err)
		}
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO claim (source) VALUES (?)", source); err != nil {
		return fault("claim", err)
	}
	if err := tx.Commit(); err != nil {
		return fault("claim", err)
	}
	return nil
}

// claimOf returns the source that the database is claimed for.
func claimOf(ctx context.Context, q interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}) (source string, claimed bool, err error) {
	err = q.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'claim')").
		Scan(&claimed)
	if err == nil && claimed {
		err = q.QueryRowContext(ctx, "SELECT source FROM claim").Scan(&source)
	}
	if err != nil {
		return "", false, fault("claim", err)
	}
	return source, claimed, nil
}

// Replace implements transfer.Target.
func (db *DB) Replace(
	ctx context.Context, source string, t transfer.Table, in transfer.Range, rows []transfer.Row,
) error {
	tx, err := db.articles.BeginTx(ctx, nil)
	if err != nil {
		return fault("copy", err)
	}
	defer tx.Rollback()
	switch of, claimed, err := claimOf(ctx, tx); {
	case err != nil:
		return err
	case !claimed || of != source:
		return transfer.ErrInUse
	}
	where, args := condition(t, in)
	//nolint:gosec // the name is one of our tables
	if _, err := tx.ExecContext(ctx, "DELETE FROM "+t.Name+" WHERE "+where, args...); err != nil {
		return fault("copy", err)
	}
	columns := t.All()
	insert, err := tx.PrepareContext(ctx, fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", t.Name, names(columns),
		marks(len(columns))))
	if err != nil {
		return fault("copy", err)
	}
	defer insert.Close()
	for _, row := range rows {
		if _, err := insert.ExecContext(ctx, stored(columns, row)...); err != nil {
			return fault("copy", err)
		}
	}
	if err := tx.Commit(); err != nil {
		return fault("copy", err)
	}
	return nil
}

// Use marks the database as one that a service uses: no copy is made in it any more.
func (db *DB) Use(ctx context.Context) error {
	of, claimed, err := claimOf(ctx, db.read)
	if err != nil || claimed && of == transfer.ByService {
		return err
	}
	tx, err := db.articles.BeginTx(ctx, nil)
	if err != nil {
		err = fault("use", err)
	} else {
		defer tx.Rollback()
		err = claim(ctx, tx, transfer.ByService)
	}
	if !claimed && errors.Is(err, store.ErrUnavailable) {
		return nil // a service starts on a full disk too; a later start marks the database
	}
	return err
}
