package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"newsroom.example/cards/bench/internal/instance"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/store/sqlite"
)

// limit is a time that must not exceed a goal, however many clicks are stored. All in milliseconds.
type limit struct {
	Name     string
	P50, P99 float64
	Goal     float64 // of P99; 0: none
	Met      verdict
}

func limitOf(name string, goal float64, times []float64) limit {
	l := limit{Name: name, P50: median(times), P99: quantile(times, 0.99), Goal: goal}
	if goal > 0 {
		l.Met = judge(l.P99 <= goal)
	}
	fmt.Fprintf(os.Stderr, "%-56s %.3f ms, p99 %.3f ms %s\n", name, l.P50, l.P99, l.Met)
	return l
}

// clicked measures lists and short links with so many clicks in the month.
func (b *bench) clicked(ctx context.Context, clicks int) ([]limit, error) {
	data, err := os.MkdirTemp(b.dir, "clicks-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(data)
	sh := shelf{b, data}
	if err := sh.articles(ctx, 0, clickedStories); err != nil {
		return nil, err
	}
	fmt.Fprintln(os.Stderr, "articles are stored")
	now := time.Now()
	sums := tap(clicks, clickedStories, now)
	fmt.Fprintln(os.Stderr, len(sums.hours), "sums of hours,", len(sums.targets), "by target")
	if err := sh.taps(ctx, sums, now); err != nil {
		return nil, err
	}
	fmt.Fprintln(os.Stderr, "clicks are stored")
	counted, err := sh.count(ctx, now)
	if err != nil {
		return nil, err
	}
	asked, err := sh.serve(ctx)
	return append(counted, asked...), err
}

// count measures the queries of the store.
func (sh shelf) count(ctx context.Context, now time.Time) (all []limit, err error) {
	db, err := sqlite.Open(ctx, filepath.Join(sh.data, "cards.db"), sqlite.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, window := range []time.Duration{time.Hour, 24 * time.Hour, 7 * 24 * time.Hour, store.ClickLife} {
		times := make([]float64, 10)
		for i := range times {
			began := time.Now()
			top, err := db.Top(ctx, store.TopQuery{Since: now.Add(-window), Now: now, Limit: 100})
			if err != nil || len(top) == 0 {
				return nil, errors.Join(errors.New("no top stories"), err)
			}
			times[i] = ms(time.Since(began))
		}
		all = append(all, limitOf(fmt.Sprintf("the Top 10 of %g h, counted in the background", window.Hours()), 0, times))
	}
	return all, nil
}

// crowds is the number of clients that ask for lists, and meanwhile how long short links are measured.
const (
	crowds = 8
	crowd  = 5 * time.Second
)

// serve measures requests to the service: lists from memory, the statistics of the stories that are read most, and
// short links, alone and while other clients ask for lists that must be counted.
func (sh shelf) serve(ctx context.Context) (all []limit, err error) {
	s, err := instance.Start(ctx, sh.b.program, sh.data)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Stop()) }()
	get := func(address string) (float64, error) {
		began := time.Now()
		_, _, err := s.Get(ctx, address)
		return ms(time.Since(began)), err
	}
	top, stats := make([]float64, asked), make([]float64, asked)
	for i := range asked {
		if top[i], err = get("/v1/top?window=24h"); err != nil {
			return nil, err
		}
		if stats[i], err = get(fmt.Sprintf("/v1/articles/%s/stats?window=30d", articleID(i%50))); err != nil {
			return nil, err
		}
	}
	alone, err := sh.tapped(ctx, s)
	if err != nil {
		return nil, err
	}
	busy, lists, err := sh.crowded(ctx, s)
	if err != nil {
		return nil, err
	}
	return []limit{
		limitOf("/v1/top, a list that is asked for again", 5, top[1:]),
		limitOf("the statistics of one story over 30 days", 10, stats),
		limitOf("a short link, alone", 0, alone),
		limitOf(fmt.Sprintf("a short link, while %d clients have lists counted (%d)", crowds, lists), 50, busy),
	}, nil
}

// tapped measures short links of random stories, one after the other.
func (sh shelf) tapped(ctx context.Context, s *instance.Service) (times []float64, err error) {
	for end := time.Now().Add(crowd); time.Now().Before(end); {
		began := time.Now()
		if err := redirected(s.Get(ctx, "/s/"+articleCode(rand.IntN(clickedStories)))); err != nil {
			return nil, err
		}
		times = append(times, ms(time.Since(began)))
	}
	return times, nil
}

// crowded measures short links while clients ask for lists that nobody has asked for, and returns how many they got.
func (sh shelf) crowded(ctx context.Context, s *instance.Service) (times []float64, lists int, err error) {
	asking, stop := context.WithCancel(ctx)
	defer stop()
	var clients sync.WaitGroup
	got := make([]int, crowds)
	for client := range crowds {
		clients.Go(func() {
			for n := 0; asking.Err() == nil; n++ {
				q := url.Values{
					"window": {[]string{"1h", "24h", "7d", "30d"}[n%4]}, "by": {[]string{"clicks", "shares"}[n/4%2]},
					"site": {fmt.Sprintf("site %d of client %d", n, client)},
				}
				_, _, err := s.Get(asking, "/v1/top?"+q.Encode())
				var status *instance.StatusError
				if err == nil || errors.As(err, &status) && status.Status == http.StatusServiceUnavailable {
					got[client]++
				}
			}
		})
	}
	times, err = sh.tapped(ctx, s)
	stop()
	clients.Wait()
	for _, n := range got {
		lists += n
	}
	return times, lists, err
}
