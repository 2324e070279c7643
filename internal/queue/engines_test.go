package queue_test

import (
	"context"
	"database/sql"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/internal/queue"
	"newsroom.example/cards/internal/store/postgres"
	"newsroom.example/cards/internal/store/postgres/pgtest"
	"newsroom.example/cards/internal/store/sqlite"
)

func TestMain(m *testing.M) {
	queue.LookOften()
	os.Exit(pgtest.Run(m))
}

// engine is a database with jobs, of either kind.
type engine struct {
	t *testing.T
	// insert inserts the jobs in a transaction, which is rolled back unless commit is true.
	insert func(commit bool, jobs ...queue.Job)
	// process returns the jobs as another process has them.
	process func(queue.Config) *queue.Queue
	exec    func(query string) // changes the tables
	hourAgo string             // an expression in SQL
}

// onEngines runs a test with a new database of each kind.
func onEngines(t *testing.T, f func(t *testing.T, e *engine)) {
	t.Run("sqlite", func(t *testing.T) { f(t, onSQLite(t)) })
	t.Run("postgres", func(t *testing.T) { f(t, onPostgres(t)) })
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func onSQLite(t *testing.T) *engine {
	path := filepath.Join(t.TempDir(), "cards.db")
	open := func() *sqlite.DB {
		db := must[*sqlite.DB](t)(sqlite.Open(t.Context(), path, sqlite.Options{}))
		t.Cleanup(func() { _ = db.Close() })
		return db
	}
	first := open()
	inserter := must[*queue.Inserter[*sql.Tx]](t)(queue.ForSQLite())
	return &engine{
		t: t,
		insert: func(commit bool, jobs ...queue.Job) {
			t.Helper()
			tx := must[*sql.Tx](t)(first.Jobs().BeginTx(t.Context(), nil))
			if err := inserter.Insert(t.Context(), tx, jobs...); err != nil {
				t.Fatal(err)
			}
			end := tx.Rollback
			if commit {
				end = tx.Commit
			}
			if err := end(); err != nil {
				t.Fatal(err)
			}
		},
		process: func(c queue.Config) *queue.Queue { return must[*queue.Queue](t)(queue.OnSQLite(open().Jobs(), c)) },
		exec: func(query string) {
			t.Helper()
			if _, err := first.Jobs().ExecContext(t.Context(), query); err != nil {
				t.Fatal(err)
			}
		},
		hourAgo: "strftime('%Y-%m-%d %H:%M:%f', 'now', '-1 hour')",
	}
}

// migrated is a database with the schema, of which tests get copies.
var migrated = sync.OnceValues(func() (*pgtest.Template, error) {
	return server.Template(func(url string) error {
		_, err := postgres.Migrate(context.Background(), url)
		return err
	})
})

var server *pgtest.Server // of migrated

func onPostgres(t *testing.T) *engine {
	server = pgtest.Shared(t)
	return onPostgresAt(t, must[*pgtest.Template](t)(migrated()).Database(t))
}

func onPostgresAt(t *testing.T, url string) *engine {
	open := func() *postgres.DB {
		db := must[*postgres.DB](t)(postgres.Open(t.Context(), url, postgres.Options{}))
		t.Cleanup(func() { _ = db.Close() })
		return db
	}
	first := open()
	inserter := must[*queue.Inserter[pgx.Tx]](t)(queue.ForPostgres())
	return &engine{
		t: t,
		insert: func(commit bool, jobs ...queue.Job) {
			t.Helper()
			tx := must[pgx.Tx](t)(first.Jobs().Begin(t.Context()))
			if err := inserter.Insert(t.Context(), tx, jobs...); err != nil {
				t.Fatal(err)
			}
			end := tx.Rollback
			if commit {
				end = tx.Commit
			}
			if err := end(t.Context()); err != nil {
				t.Fatal(err)
			}
		},
		process: func(c queue.Config) *queue.Queue { return must[*queue.Queue](t)(queue.OnPostgres(open().Jobs(), c)) },
		exec: func(query string) {
			t.Helper()
			if _, err := first.Jobs().Exec(t.Context(), query); err != nil {
				t.Fatal(err)
			}
		},
		hourAgo: "now() - interval '1 hour'",
	}
}

// runs starts a process that does the jobs of the workers. It ends with the test, or when end is called.
func (e *engine) runs(workers ...queue.Worker) (q *queue.Queue, end func()) {
	return e.runsAs(queue.Config{Workers: workers})
}

func (e *engine) runsAs(c queue.Config) (q *queue.Queue, end func()) {
	e.t.Helper()
	c.Log = slog.New(slog.DiscardHandler)
	q = e.process(c)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { q.Run(ctx); close(ended) }()
	end = func() { cancel(); <-ended }
	e.t.Cleanup(end)
	return q, end
}

// list returns the jobs in the states, all without any.
func (e *engine) list(q *queue.Queue, states ...string) []queue.Listed {
	e.t.Helper()
	return must[[]queue.Listed](e.t)(q.List(e.t.Context(), states, 1000))
}

// reach waits until n jobs are in the state, and returns them.
func (e *engine) reach(q *queue.Queue, state string, n int) []queue.Listed {
	e.t.Helper()
	for began := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		if found := e.list(q, state); len(found) >= n {
			return found
		}
		if time.Since(began) > time.Minute {
			e.t.Fatalf("%d jobs never are %s: %+v", n, state, e.list(q))
		}
	}
}
