package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/store"
)

type logCommand struct {
	Article string        `placeholder:"ID" help:"Only changes of this article."`
	Who     string        `placeholder:"NAME" help:"Only what this editor or token did."`
	Since   time.Duration `placeholder:"DURATION" help:"Only the time before now, such as 24h. Default: all that is kept."`
	Limit   int           `default:"100" help:"Most entries, from 1 to 100000. Default: 100."`
	JSON    bool          `name:"json" help:"Print each entry as a line of JSON."`
	databaseSettings
}

const (
	maxEntries = 100_000 // the largest --limit
	entryPage  = 1000    // entries that are read at a time
)

// Run lists the journal, the newest entry first, also while services use the database.
func (c logCommand) Run(ctx context.Context, std stdio) error {
	if c.Limit < 1 || c.Limit > maxEntries {
		return usagef("--limit: must be from 1 to %d", maxEntries)
	}
	if c.Since < 0 {
		return usagef("--since: must not be negative")
	}
	q := journal.Query{Article: c.Article, Who: c.Who}
	if c.Since > 0 {
		q.Since = time.Now().Add(-c.Since)
	}
	write, end := entryTable(std.out)
	if c.JSON {
		write, end = entryLines(std.out), func() error { return nil }
	}
	return c.with(ctx, func(s store.Store) error {
		return errors.Join(listEntries(ctx, s, q, c.Limit, write), end())
	})
}

// listEntries calls write with the entries of the query, limit at most.
func listEntries(
	ctx context.Context, s journal.Store, q journal.Query, limit int, write func(journal.Entry) error,
) error {
	for limit > 0 {
		q.Limit = min(limit, entryPage)
		page, err := s.Entries(ctx, q)
		if err != nil {
			return err
		}
		for _, e := range page {
			if err := write(e); err != nil {
				return err
			}
			q.Before = e.Seq
		}
		if limit -= len(page); len(page) < q.Limit {
			return nil
		}
	}
	return nil
}

// entryLines writes entries as lines of JSON.
func entryLines(out io.Writer) func(journal.Entry) error {
	lines := json.NewEncoder(out)
	return func(e journal.Entry) error {
		return lines.Encode(struct {
			At       time.Time      `json:"at"`
			Who      string         `json:"who"`
			Action   journal.Action `json:"action"`
			Article  string         `json:"article,omitempty"`
			Version  string         `json:"version,omitempty"`
			Revision int64          `json:"revision,omitempty"`
			Detail   string         `json:"detail,omitempty"`
		}{e.At, e.Who, e.Action, e.Article, e.Version, e.Revision, e.Detail})
	}
}

// entryTable writes entries as a table, which end completes.
func entryTable(out io.Writer) (write func(journal.Entry) error, end func() error) {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "WHEN\tWHO\tACTION\tARTICLE\tREVISION\tVERSION\tDETAIL")
	return func(e journal.Entry) error {
		revision := "-"
		if e.Revision > 0 {
			revision = strconv.FormatInt(e.Revision, 10)
		}
		_, err := fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", e.At.Format(time.RFC3339), cmp.Or(printable(e.Who), "-"),
			e.Action, cmp.Or(e.Article, "-"), revision, cmp.Or(e.Version, "-"), printable(e.Detail))
		return err
	}, t.Flush
}

// printable replaces what a terminal would take for a command: names may be those that another system gives.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, s)
}
