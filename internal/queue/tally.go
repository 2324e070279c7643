package queue

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Tally counts the jobs of all processes that are not finished, or were finished lately.
type Tally struct {
	Counts []Count
	Oldest float64 // seconds since the job that waits longest could be done; 0: none waits
}

// Count is the number of the jobs of a kind in a state.
type Count struct {
	Kind, State string
	Number      int
	waited      float64 // seconds since the first of them could be done; negative: none can yet
}

// Tally counts the jobs. It reads all of them: some thousands on a busy service.
func (q *Queue) Tally(ctx context.Context) (Tally, error) { return q.tally(ctx) }

// Both have the kind, the state, the number, and for how many seconds the first of them could have been done.
const (
	countsOfSQLite = `SELECT kind, state, count(*), (julianday('now') - julianday(min(scheduled_at))) * 86400
		FROM river_job GROUP BY kind, state`
	countsOfPostgres = `SELECT kind, state::text, count(*), extract(epoch FROM now() - min(scheduled_at))::float8
		FROM river_job GROUP BY kind, state`
)

func tallySQLite(ctx context.Context, pool *sql.DB) (t Tally, err error) {
	rows, err := pool.QueryContext(ctx, countsOfSQLite)
	if err != nil {
		return t, err
	}
	defer rows.Close()
	for rows.Next() {
		var c Count
		if err := rows.Scan(&c.Kind, &c.State, &c.Number, &c.waited); err != nil {
			return t, err
		}
		t.add(c)
	}
	return t, rows.Err()
}

func tallyPostgres(ctx context.Context, pool *pgxpool.Pool) (t Tally, err error) {
	rows, err := pool.Query(ctx, countsOfPostgres)
	if err != nil {
		return t, err
	}
	var c Count
	_, err = pgx.ForEachRow(rows, []any{&c.Kind, &c.State, &c.Number, &c.waited}, func() error {
		t.add(c)
		return nil
	})
	return t, err
}

// add adds the jobs of a kind in a state.
func (t *Tally) add(c Count) {
	t.Counts = append(t.Counts, c)
	switch c.State {
	case "available", "retryable", "scheduled":
		t.Oldest = max(t.Oldest, c.waited)
	}
}
