package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// ErrPending says that a database has not been brought up to date.
var ErrPending = errors.New("the database is of an earlier release: start the service with this one, or run cards migrate")

// OpenJobs opens a database file, which must exist, for package queue alone. Services may use it meanwhile. The error
// is ErrPending if it has pending migrations. The caller closes it.
func OpenJobs(ctx context.Context, file string) (*sql.DB, error) {
	if n, err := Pending(ctx, file); err != nil {
		return nil, fmt.Errorf("database %s: %w", file, err)
	} else if n > 0 {
		return nil, ErrPending
	}
	return openKept(file)
}
