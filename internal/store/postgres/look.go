package postgres

import (
	"context"
	"io/fs"
	"time"

	"github.com/jackc/pgx/v5"
)

// Server is what a look at a database tells.
type Server struct {
	Version int           // as server_version_num has it
	Pending int           // migrations that are to be done
	Ahead   time.Duration // of the server's clock, compared with that of this machine
}

// Look connects to a database once. It changes nothing. Errors are those of Open, and one of a later release's tables.
func Look(ctx context.Context, url string) (s Server, err error) {
	c, err := parse(url)
	if err != nil {
		return s, err
	}
	conn, err := pgx.ConnectConfig(ctx, c.fast.ConnConfig.Copy())
	if err != nil {
		return s, fault(ctx, "connect", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var now time.Time
	before := time.Now()
	err = conn.QueryRow(ctx, "SELECT current_setting('server_version_num')::int, clock_timestamp()").Scan(&s.Version, &now)
	if err != nil {
		return s, fault(ctx, "look", err)
	}
	s.Ahead = now.Sub(before.Add(time.Since(before) / 2))
	known, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return s, err
	}
	done, err := version(ctx, conn, len(known))
	s.Pending = len(known) - done
	return s, err
}
