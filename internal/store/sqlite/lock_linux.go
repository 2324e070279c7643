package sqlite

import (
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// lockFolder locks the folder of a database against other processes that renew its files too. It does not wait: the
// error is errBusyLog if another process has the lock.
func lockFolder(path string) (unlock func(), err error) {
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(dir.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		if errors.Is(err, unix.EWOULDBLOCK) {
			err = errBusyLog
		}
		return nil, errors.Join(err, dir.Close())
	}
	return func() { _ = dir.Close() }, nil // which unlocks it
}

// Every connection of SQLite has a read lock on these bytes of the database file. (SQLite, os.h, SHARED_FIRST)
const (
	sharedFirst = 0x40000000 + 2
	sharedSize  = 510
)

// inUse reports whether another process has a connection to the database file. This process must have none to it,
// because closing a file releases the process's own locks on it.
func inUse(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	probe := unix.Flock_t{Type: unix.F_WRLCK, Start: sharedFirst, Len: sharedSize}
	return unix.FcntlFlock(f.Fd(), unix.F_GETLK, &probe) == nil && probe.Type != unix.F_UNLCK
}
