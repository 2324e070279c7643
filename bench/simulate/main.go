// Command simulate compares the capacity model of docs/scaling.md with the service. It uses only loopback. Run it from
// the repository's root:
//
//	simulate day    # a day of a newsroom on both setups, beside what the model predicts
//	simulate units  # what one request of each kind takes: the constants of the model, in measured.go
//	simulate plan   # what the model says of a day with a billion views, and of smaller ones
//
// With -write day and plan write their tables into docs/scaling.md, and units writes measured.go. The exit status of
// day is 1 if a measurement is farther from the model than the bound in costs.go, or an error occurs; the page then
// says so too.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"newsroom.example/cards/bench/internal/instance"
	"newsroom.example/cards/bench/internal/page"
)

const pageFile = "docs/scaling.md"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	views := flag.Float64("views", 1_000_000, "card views in the simulated day")
	write := flag.Bool("write", false, "write the tables into "+pageFile)
	flag.Parse()
	run := map[string]func() error{
		"day":   func() error { return simulate(ctx, *views, *write) },
		"units": func() error { return units(ctx, *write) },
		"plan": func() error {
			fmt.Print(planText())
			if *write {
				return page.Write(pageFile, planCommand, planText())
			}
			return nil
		},
	}[flag.Arg(0)]
	if run == nil || flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: simulate [-views N] [-write] day|units|plan")
		os.Exit(2)
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "simulate:", err)
		os.Exit(1)
	}
}

// withRigs runs f with each setup.
func withRigs(ctx context.Context, edges int, f func(*rig) error) error {
	dir, err := os.MkdirTemp("", "cards-simulate-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program, err := instance.Build(ctx, dir)
	if err != nil {
		return err
	}
	for s := range setups {
		fmt.Println(s)
		r, err := newRig(ctx, program, filepath.Join(dir, fmt.Sprint("setup-", int(s))), s, edges)
		if err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
		if err := errors.Join(f(r), r.stop()); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// units measures the constants and prints them.
func units(ctx context.Context, write bool) error {
	c := constants{machine: page.Machine()}
	y := startYardstick(ctx)
	time.Sleep(10 * time.Second)
	_, c.yardstick = y.end()
	err := withRigs(ctx, 1, func(r *rig) (err error) {
		if err = c.unitCosts(ctx, r); err != nil {
			return err
		}
		if err = c.idleCost(ctx, r); err != nil || r.setup == alone {
			return err
		}
		if c.photo, c.card, err = r.meanBytes(); err != nil {
			return err
		}
		c.rows, err = unitBytes(ctx, r)
		return err
	})
	if err != nil {
		return err
	}
	text, err := c.source()
	if err != nil {
		return err
	}
	fmt.Printf("%s", text)
	if write {
		return os.WriteFile("bench/simulate/measured.go", text, 0o644)
	}
	return nil
}

// meanBytes returns the mean bytes of a stored photo and of a card.
func (r *rig) meanBytes() (photo, card float64, err error) {
	photos, photoSum, err := r.files("photo-")
	if err != nil {
		return 0, 0, err
	}
	cards, cardSum, err := r.files("card-")
	return float64(photoSum) / float64(max(photos, 1)), float64(cardSum) / float64(max(cards, 1)), err
}

// Of the simulated day.
const (
	dayStories = 60
	dayEdges   = 10
)

// simulate runs a day on both setups, compares and prints.
func simulate(ctx context.Context, views float64, write bool) error {
	machine, began := page.Machine(), time.Now()
	var all []result
	err := withRigs(ctx, dayEdges, func(r *rig) error {
		one, err := runDay(ctx, r, day(views, dayStories, dayEdges))
		all = append(all, one)
		return err
	})
	if err != nil {
		return err
	}
	text := dayText(all, fmt.Sprintf("%s; %s", machine, time.Since(began).Round(time.Second)))
	fmt.Print(text)
	if write {
		if err := page.Write(pageFile, dayCommand, text); err != nil {
			return err
		}
	}
	off := 0
	for _, r := range all {
		for _, c := range r.compared {
			if c.off() {
				off++
			}
		}
	}
	if off > 0 {
		return fmt.Errorf("%d measurements are more than %.0f %% from the model", off, 100*bound)
	}
	return nil
}

// result is what a day has measured.
type result struct {
	setup    setup
	requests [kinds]float64
	views    int
	refused  int64
	hit      float64 // part of the views
	slower   float64 // the machine, in times of that of the constants
	took     time.Duration
	peak     int64 // bytes
	compared []comparison
}

// comparison is a quantity, as the model says and as it was measured.
type comparison struct {
	name, unit      string
	model, measured float64
}

// off reports whether the two are too far from each other.
func (c comparison) off() bool {
	return c.model > 0 && (c.measured > c.model*(1+bound) || c.measured < c.model*(1-bound))
}

func runDay(ctx context.Context, r *rig, t traffic) (result, error) {
	res := result{setup: r.setup}
	d, err := newDay(ctx, r, t)
	if err != nil {
		return res, err
	}
	before, err := r.used()
	if err != nil {
		return res, err
	}
	y, began := startYardstick(ctx), time.Now()
	if err := d.run(); err != nil {
		y.stop()
		return res, err
	}
	res.took = time.Since(began)
	if err := r.settle(); err != nil {
		y.stop()
		return res, err
	}
	after, err := r.used()
	if err != nil {
		return res, err
	}
	res.slower, res.requests, res.views, res.refused = y.slower(), r.counts(), d.views, r.refused.Load()
	res.hit = float64(d.hits) / float64(d.views)
	if res.peak, err = r.peak(); err != nil {
		return res, err
	}
	used, model := after.minus(before), predict(r.setup, res.requests, time.Since(began), res.slower)
	res.compare("processor time of the service", "s", model.service.Seconds(), used.service.Seconds())
	if r.database != nil {
		res.compare("processor time of PostgreSQL", "s", model.database.Seconds(), used.database.Seconds())
		res.compare("processor time of S3", "s", model.objects.Seconds(), used.objects.Seconds())
	}
	expected := t.requests()
	res.compare("pictures that the edges fetch", "", expected[picture]+expected[draw], res.requests[picture]+res.requests[draw])
	if err := res.compareRows(ctx, d); err != nil {
		return res, err
	}
	photo, card, err := r.meanBytes()
	res.compare("bytes of a photo", "kB", photoBytes/1000, photo/1000)
	res.compare("bytes of a card", "kB", cardBytes/1000, card/1000)
	return res, err
}

// compareRows compares the rows of each table with what the day has touched.
func (res *result) compareRows(ctx context.Context, d *simulated) error {
	if d.database == nil {
		return nil
	}
	rows, err := d.rows(ctx)
	if err != nil {
		return err
	}
	n := func(table string) int { return len(d.touched[table]) }
	model := touched{
		stories: n("articles"), versions: n("versions"), storyHours: n("story_1h"), storyDays: n("story_1d"),
		targetHours: n("target_1h"), targetMinutes: n("clicks"), refusedHours: n("uncounted_1h"), readers: n("seen"),
		networkHours: n("networks"),
	}.rows()
	for _, name := range tableNames {
		res.compare("rows of "+name, "", model[name], rows[name])
	}
	return nil
}

func (res *result) compare(name, unit string, model, measured float64) {
	res.compared = append(res.compared, comparison{name, unit, model, measured})
}
