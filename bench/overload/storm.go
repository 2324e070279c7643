package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"sync"
	"time"
)

// The limits under ten times the load that the service can draw.
const (
	leastSent     = 0.95 // as a fraction of the requests that are to be sent
	leastServed   = 0.8  // as a fraction of the capacity
	mostAccepted  = 2 * time.Second
	mostRefusing  = 50 * time.Millisecond
	mostRecovery  = 5 * time.Second
	mostUndrawn   = 250 * time.Millisecond // for cached pictures and redirects, which must not wait for drawings
	capacityTime  = 5 * time.Second
	times         = 10
	probesASecond = 20
)

// overload measures the capacity of the service, sends ten times that rate, and measures the recovery.
func overload(ctx context.Context, c *crowd, p *promises, length time.Duration) error {
	c.closed(ctx, 2, time.Second) // warm
	usual := quantile(whole(c.closed(ctx, 1, 2*time.Second)), 0.5)
	drawn := c.closed(ctx, 2*runtime.NumCPU(), capacityTime)
	capacity := float64(len(whole(drawn))) / capacityTime.Seconds()
	if capacity == 0 || usual == 0 {
		return errors.New("nothing is drawn")
	}
	fmt.Fprintln(p.out, "What it can do")
	p.show("photo cards from 2400x1600", "%.1f a second; one alone takes %v", capacity, usual)

	fmt.Fprintf(p.out, "Ten times that, for %v\n", length)
	watching, cancel := context.WithCancel(ctx)
	var undrawn []answer
	var wg sync.WaitGroup
	wg.Go(func() { undrawn = c.probe(watching) })
	all := c.open(ctx, times*capacity, length)
	ended := time.Now()
	cancel()
	wg.Wait()
	p.underLoad(all, undrawn, capacity, length)
	p.recovery(ctx, c, usual, ended)
	return nil
}

func (p *promises) underLoad(all, undrawn []answer, capacity float64, length time.Duration) {
	served, refused := with(all, http.StatusOK), with(all, http.StatusServiceUnavailable)
	sent := float64(len(all)) / length.Seconds() / (times * capacity)
	p.hold("requests that were sent, of those to be sent", sent >= leastSent, "95 % at least", "%.0f %%", 100*sent)
	p.show("asked for", "%d; %d drawn, %d refused", len(all), len(served), len(refused))
	complete := whole(all)
	share := float64(within(complete, all, length)) / length.Seconds() / capacity
	p.hold("share of what it can do that is still drawn", share >= leastServed, "80 % at least", "%.0f %%", 100*share)
	p.show("drawn without their photo, not counted there", "%d", len(served)-len(complete))
	p.hold("drawn, 99th percentile", isWithin(served, 0.99, mostAccepted), "2 s at most", "%v", quantile(served, 0.99))
	p.refusals(refused)
	other := len(all) - len(served) - len(refused)
	p.hold("answered otherwise, or not at all", other == 0, "none", "%d%s", other, firstError(all))
	p.meanwhile(undrawn)
}

func (p *promises) refusals(refused []answer) {
	told := 0
	for _, a := range refused {
		if a.retryAfter {
			told++
		}
	}
	p.hold("refused, 99th percentile", isWithin(refused, 0.99, mostRefusing), "50 ms at most", "%v, median %v",
		quantile(refused, 0.99), quantile(refused, 0.5))
	p.hold("refused with Retry-After from 1 to 10", told > 0 && told == len(refused), "all", "%d of %d", told,
		len(refused))
}

// meanwhile takes the answers to probe.
func (p *promises) meanwhile(undrawn []answer) {
	fine := append(with(undrawn, http.StatusOK), with(undrawn, http.StatusFound)...)
	p.hold("cached pictures and redirects that failed meanwhile", len(undrawn) > 0 && len(fine) == len(undrawn), "none",
		"%d of %d%s", len(undrawn)-len(fine), len(undrawn), firstError(undrawn))
	p.hold("their 99th percentile", isWithin(fine, 0.99, mostUndrawn), "no waiting behind drawings", "%v, median %v",
		quantile(fine, 0.99), quantile(fine, 0.5))
}

// within returns the number of answers in some that came within length after the first request in all began.
func within(some, all []answer, length time.Duration) int {
	var first time.Time
	for _, a := range all {
		if first.IsZero() || a.began.Before(first) {
			first = a.began
		}
	}
	n := 0
	for _, a := range some {
		if a.began.Add(a.took).Before(first.Add(length)) {
			n++
		}
	}
	return n
}

// firstError returns the first error as text with a colon before it, or the empty string.
func firstError(all []answer) string {
	for _, a := range all {
		if a.err != nil {
			return ": " + a.err.Error()
		}
	}
	return ""
}

// probe requests a cached picture and a short link alternately until ctx ends. It returns all answers, whatever their
// status.
func (c *crowd) probe(ctx context.Context) []answer {
	var all []answer
	tick := time.NewTicker(time.Second / probesASecond)
	defer tick.Stop()
	for i := 0; ; i++ {
		select {
		case <-ctx.Done():
			return all
		case <-tick.C:
		}
		address := c.cached
		if i%2 == 1 {
			address = c.short
		}
		all = append(all, c.get(context.WithoutCancel(ctx), address))
	}
}

// recovery measures the time until three successive cards each take at most twice the usual time.
func (p *promises) recovery(ctx context.Context, c *crowd, usual time.Duration, ended time.Time) {
	good := 0
	first := time.Since(ended)
	for good < 3 && time.Since(ended) < 2*mostRecovery {
		began := time.Since(ended)
		a := c.get(ctx, c.card())
		if a.status != http.StatusOK || a.degraded || a.took > 2*usual {
			good = 0
			continue
		}
		if good++; good == 1 {
			first = began
		}
	}
	p.hold("back to the usual time of a card after", good == 3 && first <= mostRecovery, "5 s at most", "%v",
		first.Round(time.Millisecond))
}
