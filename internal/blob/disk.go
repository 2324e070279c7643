package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"log/slog"
	"os"
	"path"
	"strings"
	"sync/atomic"
	"time"
)

// Disk is a Store of files in one folder. Each file begins with the SHA-256 of its data, which Get verifies. A blob
// survives a power cut once Put has returned, unless DiskOptions.NoSync is set. It is safe for concurrent use, also by
// several processes on one folder.
//
// If the folder is removed or replaced, reads continue from the open one, and Put fails with ErrUnavailable and
// fault.ErrRemoved until a folder is there again.
type Disk struct {
	at     atomic.Pointer[openFolder]
	wrap   func(FS) FS
	noSync bool
	log    *slog.Logger
}

var _ Store = (*Disk)(nil)

// DiskOptions change how a Disk stores blobs. The zero value is for blobs that cannot be produced again.
type DiskOptions struct {
	// NoSync is for blobs that can be produced again: Put does not call fsync, and Get removes a damaged blob. Blobs
	// survive the death of the process. After a power cut a blob may be damaged.
	NoSync bool
	Log    *slog.Logger // gets an error for each damaged blob that is put aside; nil: none does
	// Wrap, if not nil, wraps the file system of the folder. It is for tests.
	Wrap func(FS) FS
}

// NewDisk returns a Disk in the folder dir, which it creates with mode 0700 if it does not exist.
func NewDisk(dir string, o DiskOptions) (*Disk, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	at, err := openAt(dir, o.Wrap)
	if err != nil {
		return nil, err
	}
	d := &Disk{wrap: o.Wrap, noSync: o.NoSync, log: o.Log}
	if d.log == nil {
		d.log = slog.New(slog.DiscardHandler)
	}
	d.at.Store(at)
	return d, nil
}

// files is the open folder.
func (d *Disk) files() FS { return d.at.Load().files }

// Close closes the folder.
func (d *Disk) Close() error { return d.files().Close() }

// place returns the folder and the path of a blob. There are 256 folders, chosen by the hash of the key.
func place(key string) (dir, file string, err error) {
	if err := CheckKey(key); err != nil {
		return "", "", err
	}
	sum := sha256.Sum256([]byte(key))
	dir = hex.EncodeToString(sum[:1])
	return dir, path.Join(dir, key), nil
}

// Get implements Store.
func (d *Disk) Get(ctx context.Context, key string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	_, file, err := place(key)
	if err != nil {
		return nil, err
	}
	files, raw, err := d.readFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, d.missing(files, key)
	}
	if err != nil {
		return nil, fmt.Errorf("read blob %s: %w: %w", key, ErrUnreadable, err)
	}
	if data, ok := Unseal(raw); ok {
		return data, nil
	}
	return d.quarantine(files, key, file)
}

// readFile reads a file, and returns the folder that has it. If the open folder does not have it, it may be in the one
// that is now in its place.
func (d *Disk) readFile(file string) (files FS, raw []byte, err error) {
	at := d.at.Load()
	raw, err = at.files.ReadFile(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return at.files, raw, err
	}
	now, moved := d.current()
	if moved != nil {
		return at.files, nil, moved
	}
	if now != at {
		raw, err = now.files.ReadFile(file)
	}
	return now.files, raw, err
}

// List implements Store.
func (d *Disk) List(ctx context.Context, prefix string) iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) {
		err := CheckPrefix(prefix)
		if err == nil {
			err = d.walk(ctx, prefix, func(_ string, info fs.FileInfo) bool {
				return yield(Info{info.Name(), info.Size() - sha256.Size, info.ModTime()}, nil)
			})
		}
		if err != nil {
			yield(Info{}, err)
		}
	}
}

// walk calls visit for the file of each blob whose key begins with prefix, until visit returns false. It skips files
// that are removed meanwhile, and files outside of their key's folder: Get and Delete do not find them. If a folder
// cannot be read, it visits the others and then returns the error.
func (d *Disk) walk(ctx context.Context, prefix string, visit func(file string, info fs.FileInfo) bool) (failed error) {
	files := d.files()
	dirs, err := files.ReadDir(".")
	if err != nil {
		return fmt.Errorf("list blobs: %w: %w", ErrUnreadable, err)
	}
	for _, dir := range dirs {
		if !dir.IsDir() || dir.Name() == damagedDir {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		entries, err := files.ReadDir(dir.Name())
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = fmt.Errorf("list blobs: %w: %w", ErrUnreadable, err)
		}
		for _, e := range entries {
			if !strings.HasPrefix(e.Name(), prefix) || !e.Type().IsRegular() {
				continue
			}
			if home, _, err := place(e.Name()); err != nil || home != dir.Name() {
				continue
			}
			info, err := e.Info()
			if err == nil && !visit(path.Join(dir.Name(), e.Name()), info) {
				return nil
			}
		}
	}
	return failed
}

// Has reports whether there is a blob of the key. It does not notice damage.
func (d *Disk) Has(ctx context.Context, key string) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	_, file, err := place(key)
	if err != nil {
		return false, err
	}
	at, err := d.current()
	if err == nil {
		_, err = at.files.Stat(file)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, fmt.Errorf("look for blob %s: %w: %w", key, ErrUnreadable, err)
	}
	return err == nil, nil
}

// Delete implements Store. It also removes the damaged files of the key. The removal survives a power cut, unless
// DiskOptions.NoSync is set.
func (d *Disk) Delete(ctx context.Context, key string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	dir, file, err := place(key)
	if err != nil {
		return err
	}
	at, err := d.current()
	if err == nil {
		err = d.remove(at.files, key, dir, file)
	}
	if err == nil {
		err = at.check()
	}
	if err != nil {
		return unavailable("delete blob "+key, at, err)
	}
	return nil
}

// remove removes the file of a key and its damaged files, and syncs that.
func (d *Disk) remove(files FS, key, dir, file string) error {
	err := files.Remove(file)
	switch {
	case err == nil:
		err = d.syncDir(files, dir)
	case errors.Is(err, fs.ErrNotExist):
		err = nil
	}
	return errors.Join(err, d.removeDamaged(files, key))
}

// touch sets the modification time of the blob's file to now. It ignores errors.
func (d *Disk) touch(key string) {
	if _, file, err := place(key); err == nil {
		now := time.Now()
		_ = d.files().Chtimes(file, now, now)
	}
}
