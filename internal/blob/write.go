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
	entries, err := d.files().ReadDir(".")
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
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > staleAfter && d.files().Remove(e.Name()) == nil {
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
	at, err := d.current()
	if err == nil {
		err = d.put(at, dir, file, data)
	}
	if err != nil {
		return unavailable("store blob "+key, at, err)
	}
	return nil
}

// put stores a file in the folder dir of at. It returns an error if at was moved meanwhile.
func (d *Disk) put(at *openFolder, dir, file string, data []byte) error {
	temp := tempPrefix + rand.Text()
	err := d.write(at.files, temp, data)
	if err == nil {
		err = d.move(at.files, temp, dir, file)
	}
	if err != nil {
		_ = at.files.Remove(temp)
		return err
	}
	if err := d.syncDir(at.files, dir); err != nil {
		return err
	}
	return at.check()
}

// unavailable adds ErrUnavailable and what was being done to an error of the folder. If the folder was moved, that is
// the error.
func unavailable(doing string, at *openFolder, err error) error {
	if moved := at.check(); moved != nil {
		err = moved
	}
	if errors.Is(err, ErrUnavailable) { // it says why
		return fmt.Errorf("%s: %w", doing, err)
	}
	return fmt.Errorf("%s: %w: %w", doing, ErrUnavailable, err)
}

// Ping returns an error unless the folder can be written now.
func (d *Disk) Ping(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	at, err := d.current()
	if err == nil {
		temp := tempPrefix + rand.Text()
		err = errors.Join(d.write(at.files, temp, make([]byte, probeBytes)), at.files.Remove(temp))
	}
	if err != nil {
		return unavailable("write to the folder of pictures", at, err)
	}
	return nil
}

// probeBytes is the size of the file that Ping writes: large enough to need space on the disk.
const probeBytes = 16 << 10

// write creates a file with the hash of the data and the data.
func (d *Disk) write(files FS, file string, data []byte) error {
	f, err := files.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
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
func (d *Disk) move(files FS, temp, dir, file string) error {
	err := files.Rename(temp, file)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := files.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := files.Rename(temp, file); err != nil {
		return err
	}
	return d.syncDir(files, ".")
}

// syncDir commits the entries of a folder to the disk.
func (d *Disk) syncDir(files FS, dir string) error {
	if d.noSync {
		return nil
	}
	f, err := files.OpenFile(dir, os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
