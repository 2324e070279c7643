package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"newsroom.example/cards/internal/app"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/postgres"
	"newsroom.example/cards/internal/store/sqlite"
	"newsroom.example/cards/internal/store/transfer"
)

// databaseSettings name the database of a service.
type databaseSettings struct {
	Data     string `default:"./data" placeholder:"DIR" help:"Folder of the database, if --database does not name one. Default: ./data."`
	Database string `placeholder:"URL" help:"sqlite://PATH or postgres://USER:PASSWORD@HOST:PORT/DATABASE. Default: cards.db in the data folder."`
}

// file returns the path of the SQLite database.
func (d databaseSettings) file() (string, error) {
	if postgres.IsURL(d.Database) {
		return "", usagef("--database: a PostgreSQL database is backed up with its own tools, such as pg_dump")
	}
	path, err := app.SQLiteFile(d.Database, d.Data)
	return path, usage(err)
}

// open opens the database, which must exist and be up to date. Services may use it meanwhile. The caller closes it.
func (d databaseSettings) open(ctx context.Context) (s store.Store, err error) {
	if postgres.IsURL(d.Database) {
		checked, err := postgres.OpenJobs(ctx, d.Database)
		if err != nil {
			return nil, fmt.Errorf("--database: %w", err)
		}
		checked.Close()
		s, err = postgres.Open(ctx, d.Database, postgres.Options{})
		if err != nil {
			return nil, fmt.Errorf("--database: %w", err)
		}
		return s, nil
	}
	path, err := d.file()
	if err != nil {
		return nil, err
	}
	switch n, err := sqlite.Pending(ctx, path); {
	case err != nil:
		return nil, fmt.Errorf("database %s: %w", path, err)
	case n > 0:
		return nil, sqlite.ErrPending
	}
	return sqlite.Open(ctx, path, sqlite.Options{})
}

// with calls use with the database, as open opens it.
func (d databaseSettings) with(ctx context.Context, use func(store.Store) error) error {
	db, err := d.open(ctx)
	if err != nil {
		return err
	}
	return errors.Join(use(db), db.Close())
}

type migrateCommand struct{ databaseSettings }

// Run brings the database up to date, which the service also does at its start.
func (c migrateCommand) Run(ctx context.Context, std stdio) error {
	var names []string
	var err error
	if postgres.IsURL(c.Database) {
		names, err = postgres.Migrate(ctx, c.Database)
	} else {
		var path string
		if path, err = c.file(); err != nil {
			return err
		}
		names, err = sqlite.Migrate(ctx, path)
	}
	if err != nil {
		return fmt.Errorf("--database: %w", err)
	}
	if len(names) == 0 {
		_, err = fmt.Fprintln(std.out, "the database is up to date")
		return err
	}
	_, err = fmt.Fprintln(std.out, strings.Join(names, "\n"))
	return err
}

type copyCommand struct {
	From string `required:"" placeholder:"URL" help:"The database that is copied: sqlite://PATH or postgres://USER:PASSWORD@HOST:PORT/DATABASE. A service may use it meanwhile."`
	To   string `required:"" placeholder:"URL" help:"The database that becomes the copy. It must be empty, or a copy of the same database that was begun before and that no service has used since."`
}

// Run copies a database, table by table, and prints what it has compared.
func (c copyCommand) Run(ctx context.Context, std stdio) error {
	from, closeFrom, err := openSide(ctx, "from", c.From)
	if err != nil {
		return err
	}
	defer closeFrom()
	to, closeTo, err := openSide(ctx, "to", c.To)
	if err != nil {
		return err
	}
	defer closeTo()
	fmt.Fprintf(std.out, "%-18s %10s %14s %10s\n", "table", "rows", "sum", "written")
	return transfer.Copy(ctx, from, to, func(done transfer.Copied) { printCopied(std.out, done) })
}

func printCopied(out io.Writer, done transfer.Copied) {
	sum := ""
	if done.Table.Sum != "" {
		sum = strconv.FormatInt(done.Totals.Sum, 10)
	}
	fmt.Fprintf(out, "%-18s %10d %14s %10d", done.Name, done.Rows, sum, done.Changed)
	if done.Totals != done.Of {
		fmt.Fprintf(out, "  differs: the source has %d rows, sum %d", done.Of.Rows, done.Of.Sum)
	}
	fmt.Fprintln(out)
}

// openSide opens a database of a copy.
func openSide(ctx context.Context, flag, setting string) (side transfer.Target, closer func(), err error) {
	if postgres.IsURL(setting) {
		db, err := postgres.Open(ctx, setting, postgres.Options{})
		if err != nil {
			return nil, nil, usagef("--%s: %v", flag, err)
		}
		return db, func() { _ = db.Close() }, nil
	}
	if setting == "" {
		return nil, nil, usagef("--%s: is empty", flag)
	}
	path, err := app.SQLiteFile(setting, "")
	if err != nil {
		return nil, nil, usagef("--%s: must have the form sqlite://PATH or postgres://USER:PASSWORD@HOST:PORT/DATABASE", flag)
	}
	if flag == "from" { // Open would create it, or migrate it under a service of an earlier release
		switch n, err := sqlite.Pending(ctx, path); {
		case err != nil:
			return nil, nil, usagef("--from: %v", err)
		case n > 0:
			return nil, nil, usagef("--from: the database is of an earlier release: let the service run with this one first")
		}
	}
	db, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		return nil, nil, usagef("--%s: %v", flag, err)
	}
	return db, func() { _ = db.Close() }, nil
}

type backupCommand struct {
	File string `arg:"" help:"The new file."`
	databaseSettings
}

// Run writes a copy of the embedded database, also while services use it.
func (c backupCommand) Run(ctx context.Context, std stdio) error {
	path, err := c.file()
	if err != nil {
		return err
	}
	held, err := sqlite.Backup(ctx, path, c.File)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(std.out, "%s has %d articles in %d versions; it was checked\n", c.File, held.Articles, held.Versions)
	return err
}

type restoreCommand struct {
	File string `arg:"" help:"A file that cards backup has written."`
	databaseSettings
}

// Run puts a backup in the place of the embedded database.
func (c restoreCommand) Run(ctx context.Context, std stdio) error {
	path, err := c.file()
	if err != nil {
		return err
	}
	held, aside, err := sqlite.Restore(ctx, c.File, path)
	if errors.Is(err, sqlite.ErrInUse) {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(std.out, "%s has %d articles in %d versions\n", path, held.Articles, held.Versions)
	if aside != "" {
		fmt.Fprintf(std.out, "the database that was there is kept as %s\n", aside)
	}
	return nil
}
