package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/format"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/bench/internal/sample"
)

// Numbers of requests with which the unit costs are measured.
var unitRequests = [kinds]int{upload: 45, put: 90, draw: 160, picture: 3000, tap: 3000, crawl: 2000, top: 3000}

// idleCost measures what the processes take in a second in which nobody asks for anything.
func (c *constants) idleCost(ctx context.Context, r *rig) error {
	const seconds = 8
	if err := r.settle(); err != nil {
		return err
	}
	y := startYardstick(ctx)
	before, err := r.used()
	time.Sleep(seconds * time.Second)
	after, err2 := r.used()
	used, slower := after.minus(before), y.slowerThan(c.yardstick)
	each := func(d time.Duration) time.Duration { return time.Duration(float64(d) / seconds / slower) }
	c.idle[r.setup] = cost{each(used.service), each(used.database), each(used.objects)}
	return errors.Join(err, err2)
}

// unitCosts measures what a request of each kind takes, each kind by itself.
func (c *constants) unitCosts(ctx context.Context, r *rig) error {
	photo, _, err := sample.Detailed.JPEG()
	if err != nil {
		return err
	}
	stories := make([]*story, unitRequests[upload])
	var drawn []string
	run := func(k kind, one func(i int) error) error {
		before, err := r.used()
		if err != nil {
			return err
		}
		y := startYardstick(ctx)
		if err := inParallel(unitRequests[k], one); err != nil {
			y.stop()
			return err
		}
		if err := r.settle(); err != nil {
			y.stop()
			return err
		}
		after, err := r.used()
		if err != nil {
			return err
		}
		used, slower := after.minus(before), y.slowerThan(c.yardstick)
		each := func(d time.Duration) time.Duration {
			return time.Duration(float64(d) / float64(unitRequests[k]) / slower)
		}
		c.costs[r.setup][k] = cost{each(used.service), each(used.database), each(used.objects)}
		return nil
	}
	for _, step := range []struct {
		k   kind
		one func(i int) error
	}{
		{upload, func(i int) (err error) {
			s := &story{id: fmt.Sprint("unit-", i), number: i}
			parts := sample.Marked(photo, i)
			s.photo, err = r.photoOf(ctx, slices.Concat(parts[0], parts[1], parts[2]))
			stories[i] = s
			return err
		}},
		{put, func(i int) error { return r.put(ctx, stories[i%len(stories)]) }},
		{draw, func(i int) error {
			_, _, err := r.send(ctx, draw, http.MethodGet, drawn[i], "")
			return err
		}},
		{picture, func(i int) error {
			_, _, err := r.send(ctx, picture, http.MethodGet, drawn[rand.IntN(len(drawn))], "")
			return err
		}},
		{tap, func(i int) error {
			return r.tap(ctx, stories[min(i, rand.IntN(len(stories)))%len(stories)], "", i)
		}},
		{crawl, func(i int) error {
			_, _, err := r.send(ctx, crawl, http.MethodGet, stories[i%len(stories)].short, "", "User-Agent", crawler)
			return err
		}},
		{top, func(i int) error {
			_, _, err := r.send(ctx, top, http.MethodGet, "/v1/top", "")
			return err
		}},
	} {
		if step.k == draw {
			for _, s := range stories {
				for _, size := range thumbnails {
					drawn = append(drawn, s.pictures[size])
				}
			}
			drawn = drawn[:unitRequests[draw]]
		}
		if err := run(step.k, step.one); err != nil {
			return fmt.Errorf("%s: %w", step.k, err)
		}
	}
	return nil
}

// inParallel calls one for 0 to n-1, some at a time, and returns the first error.
func inParallel(n int, one func(i int) error) error {
	numbers := make(chan int)
	errs := make(chan error, users)
	var working sync.WaitGroup
	for range users {
		working.Go(func() {
			var first error
			for i := range numbers {
				if err := one(i); err != nil && first == nil {
					first = err
				}
			}
			errs <- first
		})
	}
	for i := range n {
		numbers <- i
	}
	close(numbers)
	working.Wait()
	for range users {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}

// multiplied makes rows of each table from those that there are, in other hours or of other stories, until there are
// about a hundred thousand.
var multiplied = map[string]string{
	"articles": `INSERT INTO articles (id, code, version, url, site, kind, searched, embargo, created, updated, revision)
		SELECT id || '-' || g, code || g, version, url || g, site, kind, searched, embargo, created, updated, revision
		FROM articles, generate_series(1, $1) g`,
	"versions": `INSERT INTO versions SELECT id || '-' || g, version, content, photo_id, photo_url, warnings, updated
		FROM versions, generate_series(1, $1) g`,
	"story_1h":     "INSERT INTO story_1h SELECT bucket - 3600 * g, id, opened, shared FROM story_1h, generate_series(1, $1) g",
	"story_1d":     "INSERT INTO story_1d SELECT bucket - 86400 * g, id, opened, shared FROM story_1d, generate_series(1, $1) g",
	"target_1h":    "INSERT INTO target_1h SELECT id, bucket - 3600 * g, target, n FROM target_1h, generate_series(1, $1) g",
	"uncounted_1h": "INSERT INTO uncounted_1h SELECT id, bucket - 3600 * g, reason, n FROM uncounted_1h, generate_series(1, $1) g",
	"clicks":       "INSERT INTO clicks SELECT bucket - 300 * g, id, target, n FROM clicks, generate_series(1, $1) g",
	"seen":         "INSERT INTO seen SELECT gen_random_uuid(), at FROM seen, generate_series(1, $1) g",
	"networks":     "INSERT INTO networks SELECT hour - 3600 * g, id, shared, counts FROM networks, generate_series(1, $1) g",
}

const manyRows = 100_000

// unitBytes measures the bytes of a row of each table with its indexes.
func unitBytes(ctx context.Context, r *rig) (all map[string]float64, err error) {
	all = map[string]float64{}
	return all, r.ask(ctx, func(conn *pgx.Conn) error {
		for table, sql := range multiplied {
			var n, bytes int64
			count := "SELECT count(*), pg_total_relation_size('" + table + "') FROM " + table
			if err := conn.QueryRow(ctx, count).Scan(&n, &bytes); err != nil {
				return err
			}
			if n == 0 {
				return fmt.Errorf("there are no %s", table)
			}
			before, has := bytes, n
			if _, err := conn.Exec(ctx, sql, manyRows/n); err != nil {
				return fmt.Errorf("%s: %w", table, err)
			}
			if err := conn.QueryRow(ctx, count).Scan(&n, &bytes); err != nil {
				return err
			}
			all[table] = float64(bytes-before) / float64(n-has)
		}
		return nil
	})
}

// constants are what measured.go has.
type constants struct {
	machine     string
	yardstick   time.Duration
	costs       [setups][kinds]cost
	idle        [setups]cost
	rows        map[string]float64
	photo, card float64
}

// source returns the text of measured.go.
func (c constants) source() ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, `package main

import "time"

// Written by "go run ./bench/simulate -write units": %s.

// yardstickTime is the processor time of one yardstick on the machine of the constants, while nobody else uses it. On a
// machine whose yardstick takes twice as long, all costs are expected to be twice as high.
const yardstickTime = %s

// costs are what a request takes, measured for each kind by itself, 8 requests at a time, with photos of 2400x1600
// pixels, with all that happens later because of it.
var costs = [setups][kinds]cost{
`, c.machine, literal(c.yardstick))
	for s, all := range c.costs {
		fmt.Fprintf(&b, "%s: {\n", setupNames[s])
		for k, one := range all {
			fmt.Fprintf(&b, "%s: %s,\n", kindNames[k], one.literal())
		}
		fmt.Fprintln(&b, "},")
	}
	fmt.Fprint(&b, `}

// idle is what the processes of a setup take each second when nobody asks for anything.
var idle = [setups]cost{
`)
	for s, one := range c.idle {
		fmt.Fprintf(&b, "%s: %s,\n", setupNames[s], one.literal())
	}
	fmt.Fprint(&b, `}

// rowBytes are the bytes of a row of each table in PostgreSQL with its indexes, in tables of a hundred thousand rows.
var rowBytes = map[string]float64{
`)
	for _, name := range tableNames {
		fmt.Fprintf(&b, "%q: %.0f,\n", name, c.rows[name])
	}
	fmt.Fprintf(&b, `}

// Mean bytes of a stored photo and of a card.
const (
	photoBytes = %.0f
	cardBytes  = %.0f
)
`, c.photo, c.card)
	return format.Source(b.Bytes())
}

// The names of the constants.
var (
	setupNames = [setups]string{"alone", "shared"}
	kindNames  = [kinds]string{"upload", "put", "draw", "picture", "tap", "crawl", "top"}
)

func (c cost) literal() string {
	return fmt.Sprintf("{%s, %s, %s}", literal(c.service), literal(c.database), literal(c.objects))
}

func literal(d time.Duration) string {
	if d < time.Microsecond {
		return "0"
	}
	return fmt.Sprintf("%d * time.Microsecond", d.Microseconds())
}
