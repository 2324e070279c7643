package sqlite

import (
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"newsroom.example/cards/internal/store"
)

// fault says what was being done when the driver failed. The error is a store.ErrUnavailable where the disk
// or a lock is at fault, which may pass.
func fault(doing string, err error) error {
	if failure, ok := errors.AsType[*driver.Error](err); ok {
		switch failure.Code() & 0xff { // the primary code of an extended one
		case codes.SQLITE_FULL, codes.SQLITE_IOERR, codes.SQLITE_READONLY, codes.SQLITE_CANTOPEN, codes.SQLITE_BUSY,
			codes.SQLITE_LOCKED:
			return fmt.Errorf("%s: %w: %w", doing, store.ErrUnavailable, err)
		}
	}
	return fmt.Errorf("%s: %w", doing, err)
}
