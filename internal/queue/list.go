package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"
)

// States are the states of jobs: those that wait for their time, that can be done now, that are being done, that failed
// and will be tried again, that were done, given up, and canceled.
var States = []string{"scheduled", "available", "running", "retryable", "completed", "discarded", "cancelled"}

// Listed is a job as it is stored.
type Listed struct {
	ID        int64     `json:"id"`
	Kind      string    `json:"kind"`
	Article   string    `json:"article,omitempty"`
	Version   string    `json:"version,omitempty"`
	State     string    `json:"state"`
	Attempt   int       `json:"attempt"`  // how many were begun
	Attempts  int       `json:"attempts"` // most
	At        time.Time `json:"at"`       // of the next attempt; of a finished job, when it ended
	LastError string    `json:"last_error,omitempty"`
}

// List returns at most limit jobs in the states, the newest first. No states means all.
func (q *Queue) List(ctx context.Context, states []string, limit int) (all []Listed, err error) {
	p := river.NewJobListParams().First(limit).OrderBy(river.JobListOrderByID, river.SortOrderDesc)
	if len(states) > 0 {
		wanted := make([]rivertype.JobState, len(states))
		for i, s := range states {
			wanted[i] = rivertype.JobState(s)
		}
		p = p.States(wanted...)
	}
	found, err := q.client.JobList(ctx, p)
	if err != nil {
		return nil, err
	}
	for _, row := range found.Jobs {
		all = append(all, listed(row))
	}
	return all, nil
}

// listed returns a row of River's.
func listed(row *rivertype.JobRow) Listed {
	var a args
	_ = json.Unmarshal(row.EncodedArgs, &a) // those of a later release may be others
	l := Listed{
		ID: row.ID, Kind: row.Kind, Article: a.Article, Version: a.Version, State: string(row.State), Attempt: row.Attempt,
		Attempts: row.MaxAttempts, At: row.ScheduledAt.UTC(),
	}
	if row.FinalizedAt != nil {
		l.At = row.FinalizedAt.UTC()
	}
	if n := len(row.Errors); n > 0 {
		l.LastError = row.Errors[n-1].Error
	}
	return l
}

// Counts returns the number of jobs in each state.
func (q *Queue) Counts(ctx context.Context) (map[string]int, error) {
	found, err := q.exec.JobCountByAllStates(ctx, &riverdriver.JobCountByAllStatesParams{})
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for state, n := range found {
		if slices.Contains(States, string(state)) {
			counts[string(state)] = n
		}
	}
	return counts, nil
}

// ErrUnknown says that there is no such job.
var ErrUnknown = errors.New("there is no such job")

// Retry makes a job that waits, or was finished in any way, be done now. A job that runs stays as it is.
func (q *Queue) Retry(ctx context.Context, id int64) (Listed, error) {
	return changed(q.client.JobRetry(ctx, id))
}

// Cancel cancels a job for good. One that runs is canceled by its process within seconds. A finished job stays as it
// is.
func (q *Queue) Cancel(ctx context.Context, id int64) (Listed, error) {
	return changed(q.client.JobCancel(ctx, id))
}

func changed(row *rivertype.JobRow, err error) (Listed, error) {
	if errors.Is(err, rivertype.ErrNotFound) {
		return Listed{}, ErrUnknown
	}
	if err != nil {
		return Listed{}, fmt.Errorf("change the job: %w", err)
	}
	return listed(row), nil
}
