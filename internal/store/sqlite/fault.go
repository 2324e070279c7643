package sqlite

import (
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"newsroom.example/cards/internal/store"
)

// fault adds to an error of the driver what was being done. If the disk, the file or a lock is the cause, which may be
// temporary, the error also wraps store.ErrUnavailable.
func fault(doing string, err error) error {
	switch primary(err) {
	case codes.SQLITE_FULL, codes.SQLITE_IOERR, codes.SQLITE_READONLY, codes.SQLITE_CANTOPEN, codes.SQLITE_BUSY,
		codes.SQLITE_LOCKED, codes.SQLITE_CORRUPT, codes.SQLITE_NOTADB:
		return fmt.Errorf("%s: %w: %w", doing, store.ErrUnavailable, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// primary returns the primary code of an error of the driver, and 0 for other errors.
func primary(err error) int {
	if failure, ok := errors.AsType[*driver.Error](err); ok {
		return failure.Code() & 0xff
	}
	return 0
}

// isDamage reports whether an error says that the file is damaged or not a database.
func isDamage(err error) bool {
	code := primary(err)
	return code == codes.SQLITE_CORRUPT || code == codes.SQLITE_NOTADB
}
