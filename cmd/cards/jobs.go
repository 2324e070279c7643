package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"newsroom.example/cards/internal/queue"
	"newsroom.example/cards/internal/store/postgres"
	"newsroom.example/cards/internal/store/sqlite"
)

type jobsCommand struct {
	List   jobsListCommand   `cmd:"" default:"withargs" help:"List jobs, the newest first."`
	Retry  jobsRetryCommand  `cmd:"" help:"Do a job now: one that waits, or one that was finished in any way."`
	Cancel jobsCancelCommand `cmd:"" help:"Cancel a job for good."`
}

type jobsListCommand struct {
	State []string `placeholder:"STATE" help:"Only jobs in this state: scheduled, available, running, retryable, completed, discarded or cancelled. Repeatable."`
	Limit int      `default:"100" help:"Most jobs, from 1 to 10000. Default: 100."`
	JSON  bool     `name:"json" help:"Print JSON, with the number of jobs in each state."`
	databaseSettings
}

// maxJobs is the largest --limit.
const maxJobs = 10_000

// Run lists jobs, also while services use the database.
func (c jobsListCommand) Run(ctx context.Context, std stdio) error {
	states := splitEnv(c.State)
	for _, s := range states {
		if !slices.Contains(queue.States, s) {
			return usagef("--state: must be one of %s", strings.Join(queue.States, ", "))
		}
	}
	if c.Limit < 1 || c.Limit > maxJobs {
		return usagef("--limit: must be from 1 to %d", maxJobs)
	}
	return c.withJobs(ctx, func(jobs *queue.Queue) error {
		found, err := jobs.List(ctx, states, c.Limit)
		if err != nil {
			return err
		}
		if !c.JSON {
			return printJobs(std.out, found)
		}
		counts, err := jobs.Counts(ctx)
		if err != nil {
			return err
		}
		out := json.NewEncoder(std.out)
		out.SetIndent("", "  ")
		return out.Encode(struct {
			Counts map[string]int `json:"counts"`
			Jobs   []queue.Listed `json:"jobs"`
		}{counts, append([]queue.Listed{}, found...)})
	})
}

// printJobs prints a table.
func printJobs(out io.Writer, all []queue.Listed) error {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "ID\tKIND\tARTICLE\tVERSION\tSTATE\tATTEMPT\tWHEN\tLAST ERROR")
	for _, j := range all {
		fmt.Fprintf(t, "%d\t%s\t%s\t%s\t%s\t%d of %d\t%s\t%s\n", j.ID, j.Kind, cmp.Or(j.Article, "-"), cmp.Or(j.Version, "-"),
			j.State, j.Attempt, j.Attempts, j.At.Format(time.RFC3339), j.LastError)
	}
	return t.Flush()
}

type jobsRetryCommand struct {
	ID int64 `arg:"" help:"The job, as cards jobs lists it."`
	databaseSettings
}

// Run makes a job be done now.
func (c jobsRetryCommand) Run(ctx context.Context, std stdio) error {
	return c.change(ctx, std, c.ID, (*queue.Queue).Retry)
}

type jobsCancelCommand struct {
	ID int64 `arg:"" help:"The job, as cards jobs lists it."`
	databaseSettings
}

// Run cancels a job.
func (c jobsCancelCommand) Run(ctx context.Context, std stdio) error {
	return c.change(ctx, std, c.ID, (*queue.Queue).Cancel)
}

// change changes a job and prints its state.
func (d databaseSettings) change(
	ctx context.Context, std stdio, id int64, how func(*queue.Queue, context.Context, int64) (queue.Listed, error),
) error {
	return d.withJobs(ctx, func(jobs *queue.Queue) error {
		j, err := how(jobs, ctx, id)
		if err != nil {
			return fmt.Errorf("job %d: %w", id, err)
		}
		_, err = fmt.Fprintf(std.out, "job %d, %s of %s, is %s\n", j.ID, j.Kind, cmp.Or(j.Article, "no article"), j.State)
		return err
	})
}

// withJobs calls use with the jobs of the database, which must be up to date.
func (d databaseSettings) withJobs(ctx context.Context, use func(*queue.Queue) error) error {
	config := queue.Config{Log: slog.New(slog.DiscardHandler)}
	if postgres.IsURL(d.Database) {
		pool, err := postgres.OpenJobs(ctx, d.Database)
		if err != nil {
			return fmt.Errorf("--database: %w", err)
		}
		defer pool.Close()
		jobs, err := queue.OnPostgres(pool, config)
		if err != nil {
			return err
		}
		return use(jobs)
	}
	path, err := d.file()
	if err != nil {
		return err
	}
	db, err := sqlite.OpenJobs(ctx, path)
	if err != nil {
		return err
	}
	jobs, err := queue.OnSQLite(db, config)
	if err == nil {
		err = use(jobs)
	}
	return errors.Join(err, db.Close())
}
