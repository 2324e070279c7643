package main

import (
	"context"
	"slices"
	"sync"
	"time"

	"newsroom.example/cards/bench/internal/sample"
)

// job describes one turn of a contender: the photo on the cards and how long to draw them.
type job struct {
	photo         *photo  // on the cards; nil: text cards
	warm, seconds float64 // seconds of warm-up, and seconds that are measured
}

// photo is a generated photo, in memory and as a file.
type photo struct {
	name      string
	data      []byte
	file      string
	mediaType string
}

// marked returns three parts which, joined, are the photo with bytes that are unique for each n.
func (p *photo) marked(n int) [3][]byte {
	if p.mediaType == "image/jpeg" {
		return sample.Marked(p.data, n)
	}
	return sample.Ended(p.data, n)
}

// turn is the result of one turn.
type turn struct {
	Rate  float64 // cards or requests a second; 0 if there was only one
	P50   float64 // median time of one, in milliseconds
	P99   float64 // 0.99-quantile of the times, in milliseconds; 0: not measured
	Bytes int     // size of the last picture
	Peak  int64   // peak resident memory, in bytes; 0: not measured
}

// contender is a tool that is measured in turns. Each turn starts new processes and warms them up before it measures.
type contender interface {
	turn(ctx context.Context, j job) (turn, error)
}

// lane is the result of one of several concurrent workers.
type lane struct {
	Cards   int     `json:"cards"`
	Seconds float64 `json:"seconds"`
}

// rate returns the sum of the lanes' rates, in cards a second. Thus a lane that ends late does not reduce the rates of
// the others.
func rate(lanes []lane) float64 {
	sum := 0.0
	for _, l := range lanes {
		if l.Seconds > 0 {
			sum += float64(l.Cards) / l.Seconds
		}
	}
	return sum
}

// load draws cards on n concurrent lanes for the given seconds. Each lane draws one card after another, and at least
// one. draw returns the size of a card in bytes. The first error cancels ctx and is returned.
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

// median returns the median of values, or 0 if there are none. It sorts values.
func median(values []float64) float64 { return quantile(values, 0.5) }

// quantile returns the q-quantile (0 to 1) of values, or 0 if there are none. It sorts values.
func quantile(values []float64, q float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[min(len(values)-1, int(q*float64(len(values))))]
}
