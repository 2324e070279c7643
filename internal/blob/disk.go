package blob

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"time"
)

// Disk keeps blobs as files under one folder. Each file begins with the SHA-256 of its data,
// which is checked on every reading. Safe for concurrent use, by several processes too.
type Disk struct {
	root   *os.Root
	noSync bool // what is put is not forced on the disk
}

var _ Store = (*Disk)(nil)

// tempPrefix begins the names of files that are being written.
const tempPrefix = ".new-"

// staleAfter is the age at which a temporary file belongs to no write that is still going on, of this
// process or another on the same folder: the longest request ends after a minute.
const staleAfter = time.Hour

// NewDisk keeps blobs under dir, made where it is missing with mode 0700. Temporary files that
// interrupted writes left there more than an hour ago are removed.
func NewDisk(dir string) (*Disk, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	d := &Disk{root: root}
	if err := d.sweep(); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return d, nil
}

// unsynced is the same folder for pictures that can be drawn again: Put does not wait until the disk has
// them. They survive the death of the process; what a power cut leaves of one is seen by its hash, and reads
// as ErrNotFound.
func (d *Disk) unsynced() *Disk { return &Disk{root: d.root, noSync: true} }

// Close lets go of the folder.
func (d *Disk) Close() error { return d.root.Close() }

// sweep removes stale temporary files from the top folder, where every write begins. Younger ones may
// be another process's. What cannot be removed stays: it is in nobody's way.
func (d *Disk) sweep() error {
	entries, err := fs.ReadDir(d.root.FS(), ".")
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), tempPrefix) || !e.Type().IsRegular() {
			continue
		}
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > staleAfter {
			_ = d.root.Remove(e.Name())
		}
	}
	return nil
}

var nameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,127}(\.[a-z0-9]{1,8})?$`)

// place is the folder and path of a blob: 256 folders by the hash of its name.
func place(name string) (dir, file string, err error) {
	if !nameForm.MatchString(name) {
		return "", "", fmt.Errorf("picture name %q has another form", name)
	}
	sum := sha256.Sum256([]byte(name))
	dir = hex.EncodeToString(sum[:1])
	return dir, path.Join(dir, name), nil
}

// Get implements Store.
func (d *Disk) Get(ctx context.Context, name string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	_, file, err := place(name)
	if err != nil {
		return nil, err
	}
	raw, err := d.root.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	if len(raw) > sha256.Size {
		if sum := sha256.Sum256(raw[sha256.Size:]); bytes.Equal(sum[:], raw[:sha256.Size]) {
			return raw[sha256.Size:], nil
		}
	}
	return nil, errors.Join(fmt.Errorf("picture %s is damaged: %w", name, ErrNotFound), d.root.Remove(file))
}

// Put implements Store.
func (d *Disk) Put(ctx context.Context, name string, data []byte) error {
	return d.PutSummed(ctx, name, data, sha256.Sum256(data))
}

// PutSummed is Put for who knows the data's SHA-256 already. The file is written whole beside its
// place, put on the disk, then moved there.
func (d *Disk) PutSummed(ctx context.Context, name string, data []byte, sum [sha256.Size]byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	dir, file, err := place(name)
	if err != nil {
		return err
	}
	tmp := tempPrefix + rand.Text()
	if err = d.write(tmp, data, sum); err == nil {
		err = d.move(tmp, dir, file)
	}
	if err != nil {
		_ = d.root.Remove(tmp)
	} else {
		err = d.syncDir(dir)
	}
	if err != nil {
		return fmt.Errorf("keep picture %s: %w: %w", name, ErrUnavailable, err)
	}
	return nil
}

// Ping reports whether the folder can be written now.
func (d *Disk) Ping(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	tmp := tempPrefix + rand.Text()
	data := make([]byte, probeBytes)
	err := d.write(tmp, data, sha256.Sum256(data))
	if err := errors.Join(err, d.root.Remove(tmp)); err != nil {
		return fmt.Errorf("write to the folder of pictures: %w: %w", ErrUnavailable, err)
	}
	return nil
}

// probeBytes is what Ping writes: enough to need room on the disk.
const probeBytes = 16 << 10

func (d *Disk) write(file string, data []byte, sum [sha256.Size]byte) error {
	f, err := d.root.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(sum[:])
	if err == nil {
		_, err = f.Write(data)
	}
	if err == nil && !d.noSync {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// move gives a written file its place, in a folder that is made with its first file.
func (d *Disk) move(tmp, dir, file string) error {
	err := d.root.Rename(tmp, file)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := d.root.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return errors.Join(d.root.Rename(tmp, file), d.syncDir("."))
}

// syncDir puts the folder's new entry on the disk.
func (d *Disk) syncDir(dir string) error {
	if d.noSync {
		return nil
	}
	f, err := d.root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Delete implements Store.
func (d *Disk) Delete(ctx context.Context, name string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	_, file, err := place(name)
	if err != nil {
		return err
	}
	if err := d.root.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
