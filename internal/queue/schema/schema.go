// Package schema makes the tables of package queue, in the transaction that migrates the tables of articles.
package schema

import (
	"context"
	"database/sql"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
)

// Versions of the tables. A larger Newest comes with a new migration of both stores.
const (
	Newest = 8 // that the queue needs
	Enum   = 5 // the last one of PostgreSQL whose transaction must be committed before the next one can begin
)

// SQLite makes the tables of the version, or of an earlier one, those of the version.
func SQLite(version int) func(context.Context, *sql.Tx) error {
	return func(ctx context.Context, tx *sql.Tx) error { return migrate(ctx, riversqlite.New(nil), tx, version) }
}

// Postgres is like SQLite.
func Postgres(version int) func(context.Context, pgx.Tx) error {
	return func(ctx context.Context, tx pgx.Tx) error { return migrate(ctx, riverpgxv5.New(nil), tx, version) }
}

func migrate[Tx any](ctx context.Context, driver riverdriver.Driver[Tx], tx Tx, version int) error {
	m, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	//nolint:staticcheck // Migrate commits each version by itself: a start that fails would leave half of the tables
	_, err = m.MigrateTx(ctx, tx, rivermigrate.DirectionUp, &rivermigrate.MigrateOpts{TargetVersion: version})
	return err
}
