package queue

import (
	"context"
	"database/sql"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivertype"
)

// Inserter inserts jobs in transactions of a database. It is safe for concurrent use.
type Inserter[Tx any] struct{ client *river.Client[Tx] }

// ForSQLite returns an Inserter for an SQLite database.
func ForSQLite() (*Inserter[*sql.Tx], error) { return inserter(riversqlite.New(nil)) }

// ForPostgres returns an Inserter for a PostgreSQL database.
func ForPostgres() (*Inserter[pgx.Tx], error) { return inserter(riverpgxv5.New(nil)) }

func inserter[Tx any](driver riverdriver.Driver[Tx]) (*Inserter[Tx], error) {
	client, err := river.NewClient(driver, &river.Config{
		Logger: slog.New(slog.DiscardHandler),
		// Who does the jobs looks for them, so nobody is told of each: that would be a row more.
		FetchCooldown: time.Hour, FetchPollInterval: time.Hour,
	})
	if err != nil {
		return nil, err
	}
	return &Inserter[Tx]{client}, nil
}

// Insert inserts the jobs, except those that are there already and not finished.
func (i *Inserter[Tx]) Insert(ctx context.Context, tx Tx, jobs ...Job) error {
	if len(jobs) == 0 {
		return nil
	}
	all := make([]river.InsertManyParams, len(jobs))
	for n, j := range jobs {
		all[n] = river.InsertManyParams{Args: j.args(), InsertOpts: j.options()}
	}
	_, err := i.client.InsertManyTx(ctx, tx, all)
	return err
}

// The two queues of River, and the priority of jobs in them, from 1 to 4.
const (
	usual     = "default"
	spare     = "spare"
	inMiddle  = 2
	afterMost = 4
)

// unfinished are the states of a job with which another one is the same.
var unfinished = []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable, rivertype.JobStateRunning,
	rivertype.JobStateScheduled,
}

// options returns how River keeps the job.
func (j Job) options() *river.InsertOpts {
	o := &river.InsertOpts{
		MaxAttempts: len(j.Kind.Pauses) + 1, Queue: usual, Priority: inMiddle, ScheduledAt: j.At,
		UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: unfinished},
	}
	if j.Kind.Spare {
		o.Queue, o.Priority = spare, afterMost
	}
	return o
}
