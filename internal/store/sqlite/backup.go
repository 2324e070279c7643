package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"newsroom.example/cards/internal/fsync"
)

// Contents is how much a database file holds.
type Contents struct{ Articles, Versions int64 }

// Backup writes a copy of the database file at path, as it is at one moment, into a new file, which only its owner can
// read. Services may use the database meanwhile. The copy is checked before it gets its name, and is on the disk then.
func Backup(ctx context.Context, path, file string) (c Contents, err error) {
	if _, err := os.Stat(path); err != nil {
		return c, err
	}
	if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
		return c, fmt.Errorf("%s exists already", file)
	}
	part, err := newFile(file + ".part")
	if err != nil {
		return c, err
	}
	defer os.Remove(part)
	db, err := openKept(path)
	if err != nil {
		return c, err
	}
	defer db.Close()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		return c, fmt.Errorf("database %s: %w", path, err)
	}
	if c, err = inspect(ctx, part); err != nil {
		return c, err
	}
	if err := fsync.Path(part); err != nil {
		return c, err
	}
	if err := os.Link(part, file); err != nil { // which does not replace a file
		return c, err
	}
	return c, fsync.Path(filepath.Dir(file))
}

// openKept opens a database file with one connection that keeps its log.
func openKept(path string) (*sql.DB, error) {
	driver, err := connectorTo(path, nil)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(keptLog{driver})
	db.SetMaxOpenConns(1)
	return db, nil
}

// newFile creates an empty file that only its owner can read. A file that an earlier call left behind is removed.
func newFile(path string) (string, error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	return path, f.Close()
}

// inspect checks a whole file, which nobody writes to, and returns what it holds.
func inspect(ctx context.Context, path string) (c Contents, err error) {
	db, err := sql.Open("sqlite", "file:"+escaped(path)+"?mode=ro&immutable=1")
	if err != nil {
		return c, err
	}
	defer db.Close()
	var found string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&found); err != nil {
		return c, fmt.Errorf("%s is no database, or damaged: %w", path, err)
	}
	if found != "ok" {
		return c, fmt.Errorf("%s is damaged: %s", path, found)
	}
	known, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return c, err
	}
	if _, err := version(ctx, db, len(known)); err != nil {
		return c, fmt.Errorf("%s %w", path, err)
	}
	err = db.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM versions)").
		Scan(&c.Articles, &c.Versions)
	if err != nil {
		return c, fmt.Errorf("%s is no database of this service: %w", path, err)
	}
	return c, nil
}

// ErrInUse says that a process has the database open.
var ErrInUse = errors.New("a service uses the database: stop it first")

// Restore puts a copy of a file that Backup has written in the place of the database at path. The files of the old
// database, if any, are kept under other names; aside is that of the first. It returns ErrInUse if a process has the
// old one open, and changes nothing with an error.
func Restore(ctx context.Context, file, path string) (c Contents, aside string, err error) {
	if log, err := os.Stat(file + suffixes[logFile]); err == nil && log.Size() > 0 {
		return c, "", fmt.Errorf("%s has a write-ahead log beside it, so it is no backup: make one with cards backup", file)
	}
	if c, err = inspect(ctx, file); err != nil {
		return c, "", err
	}
	if inUse(path) {
		return c, "", ErrInUse
	}
	part, err := newFile(path + ".part")
	if err != nil {
		return c, "", err
	}
	defer os.Remove(part)
	if err := copyInto(part, file); err != nil {
		return c, "", err
	}
	if inUse(path) { // since
		return c, "", ErrInUse
	}
	if aside, err = putAside(path); err != nil {
		return c, "", errors.Join(err, putBack(aside, path))
	}
	if err := os.Rename(part, path); err != nil {
		return c, "", errors.Join(err, putBack(aside, path))
	}
	return c, aside, fsync.Path(filepath.Dir(path))
}

// copyInto copies a file into another, onto the disk.
func copyInto(to, from string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Sync(), target.Close())
}

// putBack undoes putAside.
func putBack(aside, path string) error {
	var errs []error
	for i, name := range pathsOf(path) {
		if err := os.Rename(aside+suffixes[i], name); aside != "" && err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// putAside renames the files of a database that nobody uses.
func putAside(path string) (aside string, err error) {
	aside = asideOf(path)
	for i, name := range pathsOf(path) {
		if err := os.Rename(name, aside+suffixes[i]); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return aside, err
		}
	}
	if _, err := os.Stat(aside); err != nil {
		return "", nil //nolint:nilerr // there was no database
	}
	return aside, nil
}
