package postgres

import (
	"context"
	"errors"
	"io/fs"

	"github.com/jackc/pgx/v5/pgxpool"
)

// ErrPending says that a database has not been brought up to date.
var ErrPending = errors.New("the database is of an earlier release: start the service with this one, or run cards migrate")

// OpenJobs connects to a database for package queue alone. The error is ErrPending if it has pending migrations; others
// are those of Open. The caller closes it.
func OpenJobs(ctx context.Context, url string) (*pgxpool.Pool, error) {
	c, err := parse(url)
	if err != nil {
		return nil, err
	}
	pool, err := pgxpool.NewWithConfig(ctx, c.jobs)
	if err != nil {
		return nil, err
	}
	known, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	done, err := version(ctx, pool, len(known))
	if err == nil && done < len(known) {
		err = ErrPending
	}
	if err != nil {
		pool.Close()
		return nil, err
	}
	return pool, nil
}
