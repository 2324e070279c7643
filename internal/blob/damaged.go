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
func (d *Disk) quarantine(files FS, key, file string) ([]byte, error) {
	aside, err := d.putAside(files, key, file)
	if err != nil {
		return nil, fmt.Errorf("blob %s: %w: %w", key, ErrDamaged, err)
	}
	raw, err := files.ReadFile(aside)
	if err != nil {
		err = fmt.Errorf("read blob %s again: %w: %w", key, ErrUnreadable, err)
		return nil, errors.Join(err, restore(files, aside, file))
	}
	if data, ok := Unseal(raw); ok {
		_ = restore(files, aside, file) // if it fails the blob is missing from now on; this time it is here
		return data, nil
	}
	if d.noSync {
		return nil, errors.Join(fmt.Errorf("blob %s: %w", key, ErrDamaged), files.Remove(aside))
	}
	d.log.Error("a stored photo is damaged; its file is put aside", "key", key, "path", filepath.Join(d.at.Load().path, aside))
	return nil, fmt.Errorf("blob %s: %w", key, ErrDamaged)
}

// putAside renames a damaged file and returns its new name.
func (d *Disk) putAside(files FS, key, file string) (aside string, err error) {
	if d.noSync {
		aside = tempPrefix + rand.Text()
		return aside, files.Rename(file, aside)
	}
	aside = path.Join(damagedDir, key+damagedMark+rand.Text())
	err = files.Rename(file, aside)
	if !errors.Is(err, fs.ErrNotExist) {
		return aside, err
	}
	if err := files.Mkdir(damagedDir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", err
	}
	return aside, files.Rename(file, aside)
}

// restore renames a file back, unless a new file has its name meanwhile.
func restore(files FS, aside, file string) error {
	err := files.Link(aside, file)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return files.Rename(aside, file) // a file system without hard links
	}
	return files.Remove(aside)
}

// missing returns the error for a key without a file: ErrDamaged if the file was put aside.
func (d *Disk) missing(files FS, key string) error {
	if d.noSync {
		return ErrNotFound
	}
	if found, err := damaged(files, key); err == nil && len(found) > 0 {
		return fmt.Errorf("blob %s: %w", key, ErrDamaged)
	}
	return ErrNotFound
}

// damaged returns the names of the damaged files of the key.
func damaged(files FS, key string) (found []string, err error) {
	entries, err := files.ReadDir(damagedDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), key+damagedMark) {
			found = append(found, path.Join(damagedDir, e.Name()))
		}
	}
	return found, nil
}

// removeDamaged removes the damaged files of the key.
func (d *Disk) removeDamaged(files FS, key string) error {
	if d.noSync {
		return nil
	}
	found, err := damaged(files, key)
	if err != nil || len(found) == 0 {
		return err
	}
	for _, file := range found {
		if err := files.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return d.syncDir(files, damagedDir)
}
