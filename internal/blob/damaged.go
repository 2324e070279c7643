package blob

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
)

// ErrDamaged says that the file of a blob is damaged. It wraps ErrNotFound.
var ErrDamaged = fmt.Errorf("damaged: %w", ErrNotFound)

// damagedDir is the folder of damaged files whose blobs cannot be produced again. They stay there until an operator
// or Delete removes them: an operator may be able to repair them. Their number has no limit, since nobody outside can
// damage a file. A file is named by its key, damagedMark and a random text.
const (
	damagedDir  = "damaged"
	damagedMark = "~" // no key contains it
)

// quarantine moves a damaged file out of the way: to the folder of damaged files or, if its blob can be produced again,
// to a temporary name under which it is removed. A Put may have replaced the file since it was read. So quarantine
// checks it again under the new name, which no other goroutine uses; if the file is intact, it restores it and returns
// its data.
func (d *Disk) quarantine(key, file string) ([]byte, error) {
	aside, err := d.putAside(key, file)
	if err != nil {
		return nil, fmt.Errorf("blob %s: %w: %w", key, ErrDamaged, err)
	}
	raw, err := d.files.ReadFile(aside)
	if err != nil {
		err = fmt.Errorf("read blob %s again: %w: %w", key, errUnreadable, err)
		return nil, errors.Join(err, d.restore(aside, file))
	}
	if data, ok := whole(raw); ok {
		_ = d.restore(aside, file) // if it fails the blob is missing from now on; this time it is here
		return data, nil
	}
	if d.noSync {
		return nil, errors.Join(fmt.Errorf("blob %s: %w", key, ErrDamaged), d.files.Remove(aside))
	}
	d.log.Error("a stored photo is damaged; its file is put aside", "key", key, "path", filepath.Join(d.dir, aside))
	return nil, fmt.Errorf("blob %s: %w", key, ErrDamaged)
}

// putAside renames a damaged file and returns its new name.
func (d *Disk) putAside(key, file string) (aside string, err error) {
	if d.noSync {
		aside = tempPrefix + rand.Text()
		return aside, d.files.Rename(file, aside)
	}
	aside = path.Join(damagedDir, key+damagedMark+rand.Text())
	err = d.files.Rename(file, aside)
	if !errors.Is(err, fs.ErrNotExist) {
		return aside, err
	}
	if err := d.files.Mkdir(damagedDir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", err
	}
	return aside, d.files.Rename(file, aside)
}

// restore renames a file back, unless a new file has its name meanwhile.
func (d *Disk) restore(aside, file string) error {
	err := d.files.Link(aside, file)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return d.files.Rename(aside, file) // a file system without hard links
	}
	return d.files.Remove(aside)
}

// missing returns the error for a key without a file: ErrDamaged if the file was put aside.
func (d *Disk) missing(key string) error {
	if d.noSync {
		return ErrNotFound
	}
	if files, err := d.damaged(key); err == nil && len(files) > 0 {
		return fmt.Errorf("blob %s: %w", key, ErrDamaged)
	}
	return ErrNotFound
}

// damaged returns the names of the damaged files of the key.
func (d *Disk) damaged(key string) (files []string, err error) {
	entries, err := d.files.ReadDir(damagedDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), key+damagedMark) {
			files = append(files, path.Join(damagedDir, e.Name()))
		}
	}
	return files, nil
}

// removeDamaged removes the damaged files of the key.
func (d *Disk) removeDamaged(key string) error {
	if d.noSync {
		return nil
	}
	files, err := d.damaged(key)
	if err != nil || len(files) == 0 {
		return err
	}
	for _, file := range files {
		if err := d.files.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return d.syncDir(damagedDir)
}
