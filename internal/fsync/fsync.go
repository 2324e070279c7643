// Package fsync writes files and folders to the disk.
package fsync

import (
	"errors"
	"os"
)

// Path writes a file, or the names in a folder, to the disk. Syncing a file does not sync its name.
func Path(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
