package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"log/slog"
	"path"
	"strings"
	"time"
)

// Disk is a Store of files in one folder. Each file begins with the SHA-256 of its data, which Get verifies. A blob
// survives a power cut once Put has returned, unless DiskOptions.NoSync is set. It is safe for concurrent use, also by
// several processes on one folder.
type Disk struct {
	files  FS
	dir    string // for log lines
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
	files, err := openFolder(dir)
	if err != nil {
		return nil, err
	}
	if o.Wrap != nil {
		files = o.Wrap(files)
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Disk{files: files, dir: dir, noSync: o.NoSync, log: o.Log}, nil
}

// Close closes the folder.
func (d *Disk) Close() error { return d.files.Close() }

// place returns the folder and the path of a blob. There are 256 folders, chosen by the hash of the key.
func place(key string) (dir, file string, err error) {
	if err := checkKey(key); err != nil {
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
	raw, err := d.files.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, d.missing(key)
	}
	if err != nil {
		return nil, fmt.Errorf("read blob %s: %w: %w", key, errUnreadable, err)
	}
	if data, ok := whole(raw); ok {
		return data, nil
	}
	return d.quarantine(key, file)
}

// whole returns the data of a file, and whether it matches the hash at the beginning of the file.
func whole(raw []byte) (data []byte, ok bool) {
	if len(raw) < sha256.Size {
		return nil, false
	}
	sum := sha256.Sum256(raw[sha256.Size:])
	return raw[sha256.Size:], bytes.Equal(sum[:], raw[:sha256.Size])
}

// List implements Store.
func (d *Disk) List(ctx context.Context, prefix string) iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) {
		err := checkPrefix(prefix)
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
	dirs, err := d.files.ReadDir(".")
	if err != nil {
		return fmt.Errorf("list blobs: %w: %w", errUnreadable, err)
	}
	for _, dir := range dirs {
		if !dir.IsDir() || dir.Name() == damagedDir {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		entries, err := d.files.ReadDir(dir.Name())
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			failed = fmt.Errorf("list blobs: %w: %w", errUnreadable, err)
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
	_, err = d.files.Stat(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, fmt.Errorf("look for blob %s: %w: %w", key, errUnreadable, err)
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
	err = d.files.Remove(file)
	switch {
	case err == nil:
		err = d.syncDir(dir)
	case errors.Is(err, fs.ErrNotExist):
		err = nil
	}
	if err = errors.Join(err, d.removeDamaged(key)); err != nil {
		return fmt.Errorf("delete blob %s: %w: %w", key, ErrUnavailable, err)
	}
	return nil
}

// touch sets the modification time of the blob's file to now. It ignores errors.
func (d *Disk) touch(key string) {
	if _, file, err := place(key); err == nil {
		now := time.Now()
		_ = d.files.Chtimes(file, now, now)
	}
}
