package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"newsroom.example/cards/internal/queue/schema"
)

//go:embed migrations/*.sql
var migrations embed.FS

// made are the migrations whose tables other packages make.
var made = map[string]func(ctx context.Context, tx *sql.Tx) error{"0009_jobs.sql": schema.SQLite(schema.Newest)}

// migrate runs the migrations that the file does not have yet, in order and in one transaction. The file's
// user_version is their number. An up-to-date file is not written to, so that the service can start on a full disk.
func migrate(ctx context.Context, db *sql.DB) error {
	if err := errors.Join(foldable, summable); err != nil {
		return err
	}
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	if done, err := version(ctx, db, len(files)); err != nil || done == len(files) {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	done, err := version(ctx, tx, len(files)) // another process may have migrated meanwhile
	if err != nil {
		return err
	}
	for _, name := range files[done:] {
		if err := run(ctx, tx, name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", len(files))); err != nil {
		return err
	}
	return tx.Commit()
}

// run runs a migration.
func run(ctx context.Context, tx *sql.Tx, name string) error {
	if make := made[path.Base(name)]; make != nil {
		return make(ctx, tx)
	}
	script, err := migrations.ReadFile(name)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, string(script))
	return err
}

// Pending returns how many migrations a database file, which must exist, does not have yet. It changes nothing.
func Pending(ctx context.Context, file string) (n int, err error) {
	if _, err := os.Stat(file); err != nil {
		return 0, err
	}
	db, err := openKept(file)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return 0, err
	}
	done, err := version(ctx, db, len(files))
	return len(files) - done, err
}

// Migrate runs the pending migrations of a database file, which must exist, and returns their names.
func Migrate(ctx context.Context, file string) (names []string, err error) {
	if _, err := os.Stat(file); err != nil {
		return nil, err
	}
	db, err := openKept(file)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	all, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	before, err := version(ctx, db, len(all))
	if err == nil {
		err = migrate(ctx, db)
	}
	if err != nil {
		return nil, fmt.Errorf("database %s: %w", file, err)
	}
	for _, name := range all[before:] {
		names = append(names, path.Base(name))
	}
	return names, nil
}

// version returns the number of migrations that the file has. More than known is an error.
func version(ctx context.Context, db interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}, known int) (done int, err error) {
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&done); err != nil {
		return 0, err
	}
	if done > known {
		return 0, fmt.Errorf("is of a newer version (%d) than this program (%d)", done, known)
	}
	return done, nil
}
