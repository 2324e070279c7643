package postgres

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"github.com/jackc/pgx/v5"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate runs the migrations that the schema does not have yet, in order and in one transaction, and returns their
// names. The table migrated has their number. Processes that start at once wait for each other. An up-to-date schema is
// only read.
func migrate(ctx context.Context, conn *pgx.Conn) (names []string, err error) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	if done, err := version(ctx, conn, len(files)); err != nil || done == len(files) {
		return nil, err
	}
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.ReadCommitted})
	if err != nil {
		return nil, fault(ctx, "migrate", err)
	}
	defer rollBack(ctx, tx)
	const alone = "SELECT pg_advisory_xact_lock(hashtextextended('cards migrate ' || current_schema(), 0))"
	if err := lock(ctx, tx, alone); err != nil {
		return nil, err
	}
	done, err := version(ctx, tx, len(files)) // another process may have migrated meanwhile
	if err != nil || done == len(files) {
		return nil, err
	}
	for _, name := range files[done:] {
		script, err := migrations.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if _, err := tx.Conn().PgConn().Exec(ctx, string(script)).ReadAll(); err != nil {
			return nil, fault(ctx, path.Base(name), err)
		}
		names = append(names, path.Base(name))
	}
	if err := setVersion(ctx, tx, len(files)); err != nil {
		return nil, fault(ctx, "migrate", err)
	}
	if err := tx.Commit(ctx); err != nil {
		return nil, fault(ctx, "migrate", err)
	}
	return names, nil
}

// querier is a connection or a transaction.
type querier interface {
	QueryRow(ctx context.Context, query string, args ...any) pgx.Row
}

// version returns the number of migrations that the schema has. More than known is an error. It looks for the table
// with a query: to_regclass may not see one that another process has created since the transaction began.
func version(ctx context.Context, conn querier, known int) (done int, err error) {
	var exists bool
	if err := conn.QueryRow(ctx, `SELECT EXISTS
		(SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'migrated')`).Scan(&exists); err != nil {
		return 0, fault(ctx, "migrate", err)
	}
	if !exists {
		return 0, nil
	}
	if err := conn.QueryRow(ctx, "SELECT number FROM migrated").Scan(&done); err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return 0, fault(ctx, "migrate", err)
	}
	if done > known {
		return 0, fmt.Errorf("the database is of a newer version (%d) than this program (%d)", done, known)
	}
	return done, nil
}

// setVersion stores the number of migrations.
func setVersion(ctx context.Context, tx pgx.Tx, n int) error {
	if _, err := tx.Exec(ctx, `CREATE TABLE IF NOT EXISTS migrated
		(one BOOLEAN PRIMARY KEY CHECK (one), number INTEGER NOT NULL)`); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO migrated (one, number) VALUES (true, $1)
		ON CONFLICT (one) DO UPDATE SET number = $1`, n)
	return err
}
