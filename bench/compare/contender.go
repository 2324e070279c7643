package main

import (
	"context"
	"slices"
	"sync"
	"time"
)

// job is what a contender does in one turn: draw cards for a while.
type job struct {
	photo         *photo  // of the cards; nil: type alone
	warm, seconds float64 // seconds before counting, and counted
}

// photo is a made-up photo, in memory and as a file.
type photo struct {
	name string
	data []byte
	file string
}

// turn is what a contender did in one turn.
type turn struct {
	Rate  float64 // cards, or requests, a second; 0 where only one was made
	P50   float64 // milliseconds of one
	Bytes int     // of the last picture
	Peak  int64   // resident memory, bytes; 0: not asked
}

// contender takes turns. Every turn is of fresh processes, warmed before anything counts.
type contender interface {
	turn(ctx context.Context, j job) (turn, error)
}

// lane is what one of several that work at the same time has done.
type lane struct {
	Cards   int     `json:"cards"`
	Seconds float64 `json:"seconds"`
}

// rate sums the lanes' own rates, so that the last card of a slow lane costs the others nothing.
func rate(lanes []lane) float64 {
	sum := 0.0
	for _, l := range lanes {
		if l.Seconds > 0 {
			sum += float64(l.Cards) / l.Seconds
		}
	}
	return sum
}

// load draws on n lanes, each one card after another, until the seconds are over and each has
// drawn one at least. The first error ends it.
func load(ctx context.Context, n int, seconds float64, draw func(context.Context) (int, error)) (turn, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var mu sync.Mutex
	var t turn
	var times []float64
	lanes := make([]lane, n)
	var wg sync.WaitGroup
	for i := range lanes {
		wg.Go(func() {
			for began := time.Now(); ; {
				start := time.Now()
				size, err := draw(ctx)
				if err != nil {
					cancel(err)
					return
				}
				now := time.Now()
				lanes[i] = lane{lanes[i].Cards + 1, now.Sub(began).Seconds()}
				mu.Lock()
				times, t.Bytes = append(times, ms(now.Sub(start))), size
				mu.Unlock()
				if lanes[i].Seconds >= seconds {
					return
				}
			}
		})
	}
	wg.Wait()
	t.Rate, t.P50 = rate(lanes), median(times)
	return t, context.Cause(ctx)
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// median is the middle value, 0 of none; values are sorted on return.
func median(values []float64) float64 { return quantile(values, 0.5) }

// quantile is the value below which the part q (0 to 1) of the values lies; they are sorted on return.
func quantile(values []float64, q float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[min(len(values)-1, int(q*float64(len(values))))]
}
