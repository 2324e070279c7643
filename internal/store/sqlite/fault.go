package sqlite

import (
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"newsroom.example/cards/internal/store"
)

// fault adds to an error of the driver what was being done. If the disk or a lock is the cause, which may be
// temporary, the error also wraps store.ErrUnavailable.
func fault(doing string, err error) error {
	if failure, ok := errors.AsType[*driver.Error](err); ok {
		switch failure.Code() & 0xff { // the primary code of an extended error code
		case codes.SQLITE_FULL, codes.SQLITE_IOERR, codes.SQLITE_READONLY, codes.SQLITE_CANTOPEN, codes.SQLITE_BUSY,
			codes.SQLITE_LOCKED:
			return fmt.Errorf("%s: %w: %w", doing, store.ErrUnavailable, err)
		}
	}
	return fmt.Errorf("%s: %w", doing, err)
}
