package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"newsroom.example/cards/bench/internal/sample"
)

// Numbers of requests with which the unit costs are measured.
var unitRequests = [kinds]int{upload: 60, put: 120, draw: 200, picture: 6000, tap: 6000, crawl: 4000, top: 6000}

// unitCosts measures what a request of each kind takes, each kind by itself.
func unitCosts(ctx context.Context, r *rig) (all [kinds]cost, err error) {
	photo, _, err := sample.Detailed.JPEG()
	if err != nil {
		return all, err
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
		settle()
		after, err := r.used()
		if err != nil {
			return err
		}
		used, slower := after.minus(before), y.slower()
		each := func(d time.Duration) time.Duration {
			return time.Duration(float64(d) / float64(unitRequests[k]) / slower)
		}
		all[k] = cost{each(used.service), each(used.database), each(used.objects)}
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
				for _, size := range []string{"square", "kakao", "portrait", "story"} {
					drawn = append(drawn, s.pictures[size])
				}
			}
			drawn = drawn[:unitRequests[draw]]
		}
		if err := run(step.k, step.one); err != nil {
			return all, fmt.Errorf("%s: %w", step.k, err)
		}
	}
	return all, nil
}

// inParallel calls one for 0 to n-1, some at a time, and returns the first error. Two calls whose numbers differ by half
// of n or more never run at the same time.
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

// printUnits prints costs as costs.go has them.
func printUnits(w io.Writer, costs [setups][kinds]cost, rows map[string]float64, photo, card float64) {
	fmt.Fprintln(w, "costs")
	for s, all := range costs {
		fmt.Fprintf(w, "\t%s: {\n", [setups]string{"alone", "shared"}[s])
		for k, c := range all {
			fmt.Fprintf(w, "\t\t%-9s {%s, %s, %s},\n", [kinds]string{"upload:", "put:", "draw:", "picture:", "tap:", "crawl:", "top:"}[k],
				literal(c.service), literal(c.database), literal(c.objects))
		}
		fmt.Fprintln(w, "\t},")
	}
	fmt.Fprintln(w, "rowBytes")
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		fmt.Fprintf(w, "\t%q: %.0f,\n", name, rows[name])
	}
	fmt.Fprintf(w, "photoBytes = %.0f, cardBytes = %.0f\n", photo, card)
}

func literal(d time.Duration) string {
	if d <= 0 {
		return "0"
	}
	return fmt.Sprintf("%d * time.Microsecond", d.Microseconds())
}
