package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/internal/store/transfer"
)

var _ transfer.Target = (*DB)(nil)

// Name implements transfer.Source.
func (db *DB) Name(ctx context.Context) (name string, err error) {
	err = db.value(ctx, "name of the database", &name, `SELECT 'postgres ' || system_identifier || ' ' ||
		current_database() || ' ' || current_schema() FROM pg_control_system()`)
	return name, err
}

// names returns the names of columns, for a query.
func names(all []transfer.Column) string {
	list := make([]string, len(all))
	for i, c := range all {
		list[i] = c.Name
	}
	return strings.Join(list, ", ")
}

// within returns the conditions of a range.
func condition(t transfer.Table, in transfer.Range, args *values) string {
	where := "TRUE"
	for _, end := range []struct {
		operator string
		key      transfer.Row
	}{{">", in.After}, {"<=", in.Through}} {
		if end.key == nil {
			continue
		}
		list := make([]string, len(end.key))
		for i, value := range end.key {
			list[i] = args.add(value)
		}
		where += fmt.Sprintf(" AND (%s) %s (%s)", names(t.Key), end.operator, strings.Join(list, ", "))
	}
	return where
}

// Rows implements transfer.Source.
func (db *DB) Rows(
	ctx context.Context, t transfer.Table, in transfer.Range, limit int,
) (all []transfer.Row, err error) {
	var args values
	query := fmt.Sprintf("SELECT %s FROM %s WHERE %s ORDER BY %s LIMIT %s", names(t.All()), t.Name,
		condition(t, in, &args), names(t.Key), args.add(limit))
	err = db.rows(ctx, func() { all = nil }, func(row pgx.Row) error {
		values := make(transfer.Row, len(t.All()))
		into := make([]any, len(values))
		for i := range values {
			into[i] = &values[i]
		}
		if err := row.Scan(into...); err != nil {
			return err
		}
		all = append(all, values)
		return nil
	}, query, args...)
	if err != nil {
		return nil, fault(ctx, "copy", err)
	}
	return all, nil
}

// Totals implements transfer.Source.
func (db *DB) Totals(ctx context.Context, t transfer.Table) (totals transfer.Totals, err error) {
	sum := t.Sum
	if sum == "" {
		sum = "0"
	}
	err = db.rows(ctx, func() {}, func(row pgx.Row) error { return row.Scan(&totals.Rows, &totals.Sum) },
		"SELECT count(*), coalesce(sum("+sum+"), 0)::bigint FROM "+t.Name)
	if err != nil {
		return totals, fault(ctx, "count", err)
	}
	return totals, nil
}

// Claim implements transfer.Target.
func (db *DB) Claim(ctx context.Context, source string) (ok bool, err error) {
	err = db.within(ctx, "claim", longTime, func(ctx context.Context, tx pgx.Tx) error {
		var of string
		err := tx.QueryRow(ctx, "SELECT source FROM claim").Scan(&of)
		if err == nil {
			ok = of == source
			return nil
		}
		if !errors.Is(err, pgx.ErrNoRows) {
			return fault(ctx, "claim", err)
		}
		for _, t := range transfer.Tables {
			if t.Initial {
				continue
			}
			var used bool
			if err := tx.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM "+t.Name+")").Scan(&used); err != nil {
				return fault(ctx, "claim", err)
			}
			if used {
				return nil
			}
		}
		ok = true
		if _, err := tx.Exec(ctx, "INSERT INTO claim (one, source) VALUES (TRUE, $1)", source); err != nil {
			return fault(ctx, "claim", err)
		}
		return nil
	})
	return ok, err
}

// Replace implements transfer.Target.
func (db *DB) Replace(
	ctx context.Context, source string, t transfer.Table, in transfer.Range, rows []transfer.Row,
) error {
	columns := t.All()
	if t.Name == "versions" {
		columns = append(columns, transfer.Column{Name: "photo_url"})
	}
	return db.within(ctx, "copy", longTime, func(ctx context.Context, tx pgx.Tx) error {
		var claimed bool
		err := tx.QueryRow(ctx, "SELECT source = $1 FROM claim FOR SHARE", source).Scan(&claimed)
		if errors.Is(err, pgx.ErrNoRows) || err == nil && !claimed {
			return transfer.ErrInUse
		}
		if err != nil {
			return fault(ctx, "copy", err)
		}
		var args values
		if _, err := tx.Exec(ctx, "DELETE FROM "+t.Name+" WHERE "+condition(t, in, &args), args...); err != nil {
			return fault(ctx, "copy", err)
		}
		_, err = tx.CopyFrom(ctx, pgx.Identifier{t.Name}, strings.Split(names(columns), ", "),
			pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) {
				if t.Name != "versions" {
					return rows[i], nil
				}
				url, err := photoURL(rows[i][2].(string))
				return append(rows[i], url), err
			}))
		if err != nil {
			return fault(ctx, "copy", err)
		}
		return numberOn(ctx, tx, t)
	})
}

// photoURL returns the address of the photo in the content of a version.
func photoURL(content string) (string, error) {
	var a struct{ Photo struct{ URL string } }
	err := json.Unmarshal([]byte(content), &a)
	return a.Photo.URL, err
}

// numberOn makes the numbers of withdrawn photos and of the journal go on after those that were copied.
func numberOn(ctx context.Context, tx pgx.Tx, t transfer.Table) error {
	if t.Name != "withdrawn_photos" && t.Name != "journal" {
		return nil
	}
	_, err := tx.Exec(ctx, fmt.Sprintf(`SELECT setval(pg_get_serial_sequence('%[1]s', 'seq'),
		(SELECT coalesce(max(seq), 0) + 1 FROM %[1]s), false)`, t.Name))
	if err != nil {
		return fault(ctx, "copy", err)
	}
	return nil
}

// Use marks the database as one that a service uses: no copy is made in it any more.
func (db *DB) Use(ctx context.Context) error {
	return db.within(ctx, "use", fastTime, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO claim (one, source) VALUES (TRUE, $1)
			ON CONFLICT (one) DO UPDATE SET source = excluded.source WHERE claim.source <> excluded.source`, transfer.ByService)
		if err != nil {
			return fault(ctx, "use", err)
		}
		return nil
	})
}
