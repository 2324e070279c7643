// Command compare compares the speed of the service with other tools that draw the same cards. All run on this
// machine and take turns. Run it from the repository's root, through the Makefile, which installs what it needs:
//
//	compare run [-short]      measures all tools and writes docs/performance.md; -short only prints
//	compare run -only TEXT    measures the work whose name has the text, and prints
//	compare growth            measures reads with many articles and cached pictures; writes the same page
//	compare page              writes the page again from the saved results
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// Time limits of a run, without building. The report lists no values for measurements that have not started by then.
const (
	fullRun  = 22 * time.Minute
	shortRun = 100 * time.Second
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	commands := map[string]func(context.Context, []string) error{"run": compare, "growth": grow, "page": page}
	if len(args) == 0 || commands[args[0]] == nil {
		return errors.New("usage: compare run|growth|page")
	}
	return commands[args[0]](ctx, args[1:])
}

// page writes the page from the saved results.
func page(context.Context, []string) error { return writePage() }

// compare runs all measurements of the report and writes the page.
func compare(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("run", flag.ContinueOnError)
	short := flags.Bool("short", false, "one short round of the main work; print, write nothing")
	only := flags.String("only", "", "measure the work in turns whose name has this text; print, write nothing")
	minutes := flags.Float64("minutes", 0, "bound of the measuring; 0: 22, and for the short form 1.7")
	if err := flags.Parse(args); err != nil {
		return err
	}
	limit := fullRun
	if *short {
		limit = shortRun
	}
	if *minutes > 0 {
		limit = time.Duration(*minutes * float64(time.Minute))
	}
	b, err := newBench(ctx, "", *short)
	if err != nil {
		return err
	}
	defer b.close()
	r, err := b.photographed()
	if err != nil {
		return err
	}
	if *only != "" {
		b.inTurns(ctx, limit, &r, *only)
		return printReport(os.Stdout, r)
	}
	began := time.Now()
	b.everything(ctx, limit, &r)
	if ctx.Err() != nil { // interrupted: do not write an incomplete page
		return ctx.Err()
	}
	r.Took = time.Since(began).Round(time.Second).String()
	if *short {
		return printReport(os.Stdout, r)
	}
	if err := save(compareFile, r); err != nil {
		return err
	}
	return writePage()
}

// everything runs all measurements of the report. Those in alternating turns get 7/8 of the limit. A failure does not
// stop the others. Its error is in the note of its row or in the notes of the report.
func (b *bench) everything(ctx context.Context, limit time.Duration, r *report) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	b.inTurns(ctx, limit-limit/8, r, "")
	r.Rows = append(r.Rows, b.memory(ctx)...)
	r.Rows = append(r.Rows, b.size())
	curves, err := b.curves(ctx)
	if err != nil {
		r.Notes = append(r.Notes, "growth: "+err.Error())
	}
	r.Curves = curves
	if r.Profile, err = b.profile(ctx); err != nil {
		r.Notes = append(r.Notes, "profile: "+err.Error())
	}
}

// inTurns runs the measurements in which the service and the other tools take turns, of work whose name has the text.
func (b *bench) inTurns(ctx context.Context, limit time.Duration, r *report, named string) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for _, w := range b.works() {
		if b.short && !w.brief || !strings.Contains(w.name, named) {
			continue
		}
		if b.short {
			w.job.warm, w.job.seconds, w.rounds = 0.3, min(1, w.job.seconds), 1
		}
		r.Rows = append(r.Rows, b.measure(ctx, w))
	}
	if ctx.Err() != nil {
		r.Notes = append(r.Notes, "the run came to its limit of time before its end; empty places were not measured")
	}
}

// grow measures reads from data folders with few and with many articles and cached pictures.
func grow(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("growth", flag.ContinueOnError)
	articles := flags.Int("articles", 1_000_000, "articles on the full shelf, at least 100")
	cards := flags.Int("cards", 100_000, "kept pictures on the full shelf, at least 100")
	clicks := flags.Int("clicks", 10_000_000, "clicks of a month; 0: none are measured")
	only := flags.Bool("only-clicks", false, "measure clicks alone, and write no page")
	dir := flags.String("dir", "", "where the shelves are made; empty: /var/tmp")
	write := flags.Bool("write", true, "write the page")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *articles < 100 || *cards < 100 {
		return errors.New("at least 100 of each are needed")
	}
	b, err := newBench(ctx, *dir, true)
	if err != nil {
		return err
	}
	defer b.close()
	g := growth{Date: time.Now().UTC(), Articles: *articles, Cards: *cards, Clicks: *clicks, Machine: b.machine}
	if *clicks > 0 {
		if g.Limits, err = b.clicked(ctx, *clicks); err != nil || *only {
			return err
		}
	}
	curves, err := b.shelves(ctx, *articles, *cards)
	if err != nil {
		return err
	}
	g.Curves = curves
	if !*write {
		return printCurves(os.Stdout, curves)
	}
	if err := save(growthFile, g); err != nil {
		return err
	}
	return writePage()
}
