package blob

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"
)

// tempPrefix begins the names of temporary files. No key begins with it.
const tempPrefix = ".new-"

// staleAfter is the age at which a temporary file is stale. No write, of this or another process, takes that long: the
// longest request ends after a minute.
const staleAfter = time.Hour

// RemoveStale removes stale temporary files and returns their number. It leaves newer ones alone, since another
// process may be writing them. It ignores files that cannot be removed: they only take space.
func (d *Disk) RemoveStale(ctx context.Context) (removed int, err error) {
	entries, err := d.files.ReadDir(".")
	if err != nil {
		return 0, err
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), tempPrefix) || !e.Type().IsRegular() {
			continue
		}
		if ctx.Err() != nil {
			return removed, ctx.Err()
		}
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > staleAfter && d.files.Remove(e.Name()) == nil {
			removed++
		}
	}
	return removed, nil
}

// Put implements Store. It writes and syncs a temporary file, then renames it.
func (d *Disk) Put(ctx context.Context, key string, data []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	dir, file, err := place(key)
	if err != nil {
		return err
	}
	temp := tempPrefix + rand.Text()
	if err = d.write(temp, data); err == nil {
		err = d.move(temp, dir, file)
	}
	if err != nil {
		_ = d.files.Remove(temp)
	} else {
		err = d.syncDir(dir)
	}
	if err != nil {
		return fmt.Errorf("store blob %s: %w: %w", key, ErrUnavailable, err)
	}
	return nil
}

// Ping returns an error unless the folder can be written now.
func (d *Disk) Ping(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	temp := tempPrefix + rand.Text()
	err := d.write(temp, make([]byte, probeBytes))
	if err := errors.Join(err, d.files.Remove(temp)); err != nil {
		return fmt.Errorf("write to the folder of pictures: %w: %w", ErrUnavailable, err)
	}
	return nil
}

// probeBytes is the size of the file that Ping writes: large enough to need space on the disk.
const probeBytes = 16 << 10

// write creates a file with the hash of the data and the data.
func (d *Disk) write(file string, data []byte) error {
	f, err := d.files.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	_, err = f.Write(sum[:])
	if err == nil {
		_, err = f.Write(data)
	}
	if err == nil && !d.noSync {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// move renames a temporary file to its place. It creates the folder dir if necessary.
func (d *Disk) move(temp, dir, file string) error {
	err := d.files.Rename(temp, file)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := d.files.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := d.files.Rename(temp, file); err != nil {
		return err
	}
	return d.syncDir(".")
}

// syncDir commits the entries of a folder to the disk.
func (d *Disk) syncDir(dir string) error {
	if d.noSync {
		return nil
	}
	f, err := d.files.OpenFile(dir, os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
