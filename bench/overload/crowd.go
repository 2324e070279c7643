package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"newsroom.example/cards/bench/internal/instance"
	"newsroom.example/cards/bench/internal/sample"
)

// photos are uploaded beforehand, and every card shows one of them under a headline of its own.
const photos = 8

// crowd asks a service for cards that nobody has drawn.
type crowd struct {
	s      *instance.Service
	ids    []string
	cached string // address of a picture that is kept
	short  string // address of a short link
	next   atomic.Int64
}

func newCrowd(ctx context.Context, s *instance.Service) (*crowd, error) {
	c := &crowd{s: s}
	data, _, err := sample.Detailed.JPEG()
	if err != nil {
		return nil, err
	}
	for i := range photos {
		parts := sample.Marked(data, i)
		raw, _, err := s.Do(ctx, http.MethodPost, "/v1/photos", bytes.NewReader(bytes.Join(parts[:], nil)))
		if err != nil {
			return nil, err
		}
		var answer struct{ ID string }
		if err := json.Unmarshal(raw, &answer); err != nil {
			return nil, err
		}
		c.ids = append(c.ids, answer.ID)
	}
	return c, c.article(ctx)
}

// article registers one, whose picture and short link are asked for while cards are drawn.
func (c *crowd) article(ctx context.Context) error {
	body := fmt.Sprintf(`{"url":"https://news.example/storm","headline":"Storm front stalls","photo":{"url":%q}}`,
		c.ids[0])
	raw, _, err := c.s.Do(ctx, http.MethodPut, "/v1/articles/storm", strings.NewReader(body))
	if err != nil {
		return err
	}
	var answer struct {
		ShortURL string `json:"short_url"`
		Images   map[string]struct{ URL string }
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return err
	}
	c.short = strings.TrimPrefix(answer.ShortURL, c.s.Base)
	c.cached = strings.TrimPrefix(answer.Images["og"].URL, c.s.Base)
	return nil
}

// card is the address of a new one.
func (c *crowd) card() string {
	n := int(c.next.Add(1))
	q := sample.Card(n)
	q.Set("photo", c.ids[n%len(c.ids)])
	return instance.Sign("/v1/card.jpg", q)
}

// answer is what became of a request.
type answer struct {
	status     int // 0: none came, err says why
	degraded   bool
	retryAfter bool
	began      time.Time
	took       time.Duration
	err        error
}

// get asks and reads to the end.
func (c *crowd) get(ctx context.Context, address string) answer {
	a := answer{began: time.Now()}
	_, header, err := c.s.Get(ctx, address)
	a.took = time.Since(a.began)
	var status *instance.StatusError
	switch {
	case errors.As(err, &status):
		a.status = status.Status
	case err != nil:
		a.err = err
		return a
	default:
		a.status = http.StatusOK
	}
	a.degraded = header.Get("X-Card-Degraded") != ""
	a.retryAfter = header.Get("Retry-After") != ""
	return a
}

// closed has lanes ask, each again when it is answered, for a while.
func (c *crowd) closed(ctx context.Context, lanes int, length time.Duration) []answer {
	var mu sync.Mutex
	var all []answer
	var wg sync.WaitGroup
	for end := time.Now().Add(length); lanes > 0; lanes-- {
		wg.Go(func() {
			for time.Now().Before(end) && ctx.Err() == nil {
				a := c.get(ctx, c.card())
				mu.Lock()
				all = append(all, a)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return all
}

// mostWaiting bounds the requests of open that are not answered yet; what comes on top waits for one.
const mostWaiting = 1500

// open asks at a rate, a second, whatever the answers, and returns when all have been answered.
func (c *crowd) open(ctx context.Context, rate float64, length time.Duration) []answer {
	var mu sync.Mutex
	var all []answer
	var wg sync.WaitGroup
	waiting := make(chan struct{}, mostWaiting)
	began := time.Now()
	for i := 0; time.Since(began) < length && ctx.Err() == nil; i++ {
		time.Sleep(time.Until(began.Add(time.Duration(float64(i) / rate * float64(time.Second)))))
		waiting <- struct{}{}
		wg.Go(func() {
			defer func() { <-waiting }()
			a := c.get(ctx, c.card())
			mu.Lock()
			all = append(all, a)
			mu.Unlock()
		})
	}
	wg.Wait()
	return all
}

// with are the answers of a status.
func with(all []answer, status int) []answer {
	var some []answer
	for _, a := range all {
		if a.status == status {
			some = append(some, a)
		}
	}
	return some
}

// quantile is the time within which the part q (0 to 1) was answered; 0 of none.
func quantile(all []answer, q float64) time.Duration {
	if len(all) == 0 {
		return 0
	}
	times := make([]time.Duration, len(all))
	for i, a := range all {
		times[i] = a.took
	}
	slices.Sort(times)
	return times[min(len(times)-1, int(q*float64(len(times))))].Round(100 * time.Microsecond)
}

// ready asks /readyz on a connection of its own, as a balancer does: the status, or 0 where nobody
// listens any more.
func (c *crowd) ready() int {
	client := http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Get(c.s.Base + "/readyz")
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body) // the status is all
	return resp.StatusCode
}
