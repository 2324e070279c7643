package queue

import (
	"context"
	"database/sql"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivertype"

	"newsroom.example/cards/internal/sampled"
)

// Config says what a process does of the jobs of its database.
type Config struct {
	Workers  []Worker // of all kinds: jobs of others are left alone; empty: the Queue only lists jobs
	NoSpare  bool     // leave the jobs whose Kind is Spare to other processes
	Periodic []Periodic
	Log      *slog.Logger
	// Watch is told of each attempt at a job: its kind, one of Results, and how long it took. nil: nothing is told.
	Watch func(kind, result string, took time.Duration)
}

// Periodic is a job that is inserted at an interval, by one of the processes.
type Periodic struct {
	Job   Job
	Every time.Duration
}

// Queue is the jobs of a database. It is safe for concurrent use.
type Queue struct {
	client client
	exec   riverdriver.Executor
	log    *sampled.Logger
	tally  func(ctx context.Context) (Tally, error)
}

// client is a *river.Client for any database.
type client interface {
	Start(ctx context.Context) error
	Stopped() <-chan struct{}
	JobList(ctx context.Context, params *river.JobListParams) (*river.JobListResult, error)
	JobRetry(ctx context.Context, id int64) (*rivertype.JobRow, error)
	JobCancel(ctx context.Context, id int64) (*rivertype.JobRow, error)
}

// OnSQLite returns the jobs of an SQLite database. The pool must have one connection.
func OnSQLite(pool *sql.DB, c Config) (*Queue, error) {
	return open(riversqlite.New(pool), c, func(ctx context.Context) (Tally, error) { return tallySQLite(ctx, pool) })
}

// OnPostgres returns the jobs of a PostgreSQL database.
func OnPostgres(pool *pgxpool.Pool, c Config) (*Queue, error) {
	return open(riverpgxv5.New(pool), c, func(ctx context.Context) (Tally, error) { return tallyPostgres(ctx, pool) })
}

func open[Tx any](
	driver riverdriver.Driver[Tx], c Config, tally func(context.Context) (Tally, error),
) (*Queue, error) {
	if c.Watch == nil {
		c.Watch = func(string, string, time.Duration) {}
	}
	log := sampled.New(c.Log, time.Now)
	client, err := river.NewClient(driver, c.river(log))
	if err != nil {
		return nil, err
	}
	return &Queue{client: client, exec: driver.GetExecutor(), log: log, tally: tally}, nil
}

// How often the database is asked, and for how long finished jobs are kept. River asks on its own for more: each 2 s
// whether a job was canceled, each 5 s who leads and what is due. docs/decisions/queue.md has what that costs.
const (
	lookAtLeast = 50 * time.Millisecond // between looks while there are jobs
	usualJobs   = 4                     // at a time
	usualLimit  = time.Minute           // for an attempt
	doneLife    = time.Hour
	failedLife  = 24 * time.Hour
	softStop    = 2 * time.Second // within which a job may end by itself when the service ends
)

// lookEvery is a variable for tests.
var lookEvery = 2 * time.Second

// rescueAfter is when a job whose process has died is done by another one.
const rescueAfter = 2 * time.Minute

// river returns the settings of River.
func (c Config) river(log *sampled.Logger) *river.Config {
	r := &river.Config{
		Logger:        slog.New(handler{log: log}),
		PollOnly:      true, // LISTEN would take a connection more, and to ask SQLite for notifications costs more
		FetchCooldown: lookAtLeast, FetchPollInterval: lookEvery, FetchOnlyKnownKinds: true,
		JobTimeout: usualLimit, RescueStuckJobsAfter: rescueAfter, SoftStopTimeout: softStop,
		CompletedJobRetentionPeriod: doneLife, CancelledJobRetentionPeriod: failedLife,
		DiscardedJobRetentionPeriod: failedLife,
		ReindexerIndexNames:         []string{}, // that needs the right of the tables' owner, and its locks stop writers
	}
	if len(c.Workers) == 0 {
		return r
	}
	r.Workers = river.NewWorkers()
	for _, w := range c.Workers {
		does := worker{Worker: w, say: say(log), watch: c.Watch}
		river.AddWorkerArgs(r.Workers, args{kind: w.Kind.Name}, river.Worker[args](does))
	}
	r.Queues = map[string]river.QueueConfig{usual: {MaxWorkers: usualJobs}}
	if !c.NoSpare {
		r.Queues[spare] = river.QueueConfig{MaxWorkers: 1}
	}
	for _, p := range c.Periodic {
		r.PeriodicJobs = append(r.PeriodicJobs, river.NewPeriodicJob(river.PeriodicInterval(p.Every),
			func() (river.JobArgs, *river.InsertOpts) { return p.Job.args(), p.Job.options() },
			&river.PeriodicJobOpts{RunOnStart: true}))
	}
	return r
}

// Times of the start and the end of Run.
const (
	tryEvery = time.Second
	stopTime = 5 * time.Second
)

// Run does jobs until ctx ends. Then it begins no others; those that run may take two seconds more, are then canceled,
// and are done again after the next start. While the database cannot be reached, Run tries again.
func (q *Queue) Run(ctx context.Context) {
	for {
		err := q.client.Start(ctx)
		if err == nil {
			break
		}
		if ctx.Err() == nil {
			q.log.Log(ctx, slog.LevelWarn, "jobs are not done now", "start", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(tryEvery):
		}
	}
	stopped := q.client.Stopped()
	<-ctx.Done()
	select {
	case <-stopped:
	case <-time.After(softStop + stopTime): // the database does not take what was done: it will be done again
		q.log.Log(context.WithoutCancel(ctx), slog.LevelWarn, "jobs are not ended", "stop", context.DeadlineExceeded)
	}
}
