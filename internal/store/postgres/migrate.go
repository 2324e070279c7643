package postgres

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/internal/queue/schema"
)

//go:embed migrations/*.sql
var migrations embed.FS

// made are the migrations whose tables other packages make.
var made = map[string]func(ctx context.Context, tx pgx.Tx) error{
	"0002_jobs_begin.sql": schema.Postgres(schema.Enum),
	"0003_jobs.sql":       schema.Postgres(schema.Newest),
}

// apart are the migrations that need what those before them have committed: a new value of an enumeration can be used
// only in a later transaction.
var apart = []string{"0003_jobs.sql"}

// migrate runs the migrations that the schema does not have yet, in order, and returns their names. The table migrated
// has their number. They are one transaction, except that those that are apart begin another. Processes that start at
// once wait for each other: the lock ends with the connection. An up-to-date schema is only read.
func migrate(ctx context.Context, conn *pgx.Conn) (names []string, err error) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	if done, err := version(ctx, conn, len(files)); err != nil || done == len(files) {
		return nil, err
	}
	const alone = "SELECT pg_advisory_lock(hashtextextended('cards migrate ' || current_schema(), 0))"
	if _, err := conn.Exec(ctx, alone); err != nil {
		return nil, fault(ctx, "lock", err)
	}
	for {
		done, err := version(ctx, conn, len(files)) // another process may have migrated meanwhile
		if err != nil || done == len(files) {
			return names, err
		}
		some, err := migrateSome(ctx, conn, files, done)
		if names = append(names, some...); err != nil {
			return names, err
		}
	}
}

// migrateSome runs the migrations of one transaction, after those that are done.
func migrateSome(ctx context.Context, conn *pgx.Conn, files []string, done int) (names []string, err error) {
	tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.ReadCommitted})
	if err != nil {
		return nil, fault(ctx, "migrate", err)
	}
	defer rollBack(ctx, tx)
	for _, name := range files[done:] {
		if len(names) > 0 && slices.Contains(apart, path.Base(name)) {
			break
		}
		if err := run(ctx, tx, name); err != nil {
			return nil, fault(ctx, path.Base(name), err)
		}
		names = append(names, path.Base(name))
	}
	if err := setVersion(ctx, tx, done+len(names)); err != nil {
		return nil, fault(ctx, "migrate", err)
	}
	if err := tx.Commit(ctx); err != nil {
		return nil, fault(ctx, "migrate", err)
	}
	return names, nil
}

// run runs a migration.
func run(ctx context.Context, tx pgx.Tx, name string) error {
	if make := made[path.Base(name)]; make != nil {
		// It would take tables of the same names in another schema of the search path for its own.
		const alone = "SELECT set_config('search_path', quote_ident(current_schema()), true)"
		if _, err := tx.Exec(ctx, alone); err != nil {
			return err
		}
		return make(ctx, tx)
	}
	script, err := migrations.ReadFile(name)
	if err != nil {
		return err
	}
	_, err = tx.Conn().PgConn().Exec(ctx, string(script)).ReadAll()
	return err
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
